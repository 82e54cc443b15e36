"""What the choices of a form are called, in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from secretariat.registry.places.queries import places_in_order
from secretariat.registry.topics.queries import topics_in
from secretariat.summit.calls.logic import FieldSpec

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Choices:
    """Countries and regions in the profile's order, and the options of each question that has some."""

    places: Pairs = ()
    options: Mapping[str, Pairs] = field(default_factory=dict)

    def names_of_places(self, codes: Sequence[str]) -> list[str]:
        named = dict(self.places)
        return [named.get(code, code) for code in codes]

    def name_of_option(self, key: str, value: str) -> str:
        return dict(self.options.get(key, ())).get(value, value)


def choices_for(specs: Sequence[FieldSpec]) -> Choices:
    """Return the choices of a form: one statement for the places, one for each list of topics."""
    wants_places = any(spec.kind == "country" for spec in specs)
    places = [(place.alpha2, str(place)) for place in places_in_order()] if wants_places else []
    return Choices(places, {spec.key: _options(spec) for spec in specs if spec.kind == "choice"})


def _options(spec: FieldSpec) -> Pairs:
    if scheme := spec.params.get("scheme"):
        return [(topic.key, str(topic)) for topic in topics_in(scheme)]
    return [(option, option) for option in spec.params.get("options") or ()]
