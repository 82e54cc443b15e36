"""What the choices of a form are called, in the reader's language."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from secretariat.registry.places.queries import places_in_order
from secretariat.registry.topics.queries import topics_in
from secretariat.summit.calls.logic import FieldSpec

Pairs = Sequence[tuple[str, str]]


class Choices:
    """Countries and regions in the profile's order, and the options of each question that has some.

    Each list is asked for when somebody first wants it: a saving by the page itself wants none of them.
    """

    def __init__(self, specs: Sequence[FieldSpec] = ()) -> None:
        self._specs = specs

    @cached_property
    def places(self) -> Pairs:
        """Code and name of each place, where a question asks for one. One statement."""
        wanted = any(spec.kind == "country" for spec in self._specs)
        return [(place.alpha2, str(place)) for place in places_in_order()] if wanted else []

    @cached_property
    def options(self) -> Mapping[str, Pairs]:
        """What may be chosen for each question of choice. One statement for each list of topics."""
        return {spec.key: _options(spec) for spec in self._specs if spec.kind == "choice"}

    def names_of_places(self, codes: Sequence[str]) -> list[str]:
        named = dict(self.places)
        return [named.get(code, code) for code in codes]

    def name_of_option(self, key: str, value: str) -> str:
        return dict(self.options.get(key, ())).get(value, value)


def _options(spec: FieldSpec) -> Pairs:
    if scheme := spec.params.get("scheme"):
        return [(topic.key, str(topic)) for topic in topics_in(scheme)]
    options = spec.params.get("options") or ()
    named = spec.params.get("options_zh") if spec.in_chinese else None
    return list(zip(options, named or options, strict=True))
