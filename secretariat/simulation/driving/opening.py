"""From the declaration of a call to what may be judged: declare, open, close, screen."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from secretariat.engines.sealed.canonical import digest
from secretariat.foundation.audit.sealer import seal
from secretariat.governance.bodies.models import Body
from secretariat.registry.editions.models import Edition
from secretariat.registry.topics.models import Scheme
from secretariat.simulation.driving.acting import Visit, account_named, actor_of, moment
from secretariat.simulation.profile.calls import read_call
from secretariat.simulation.profile.facts import read_sources
from secretariat.simulation.profile.kinds import Call as CallProfile
from secretariat.simulation.profile.kinds import Source
from secretariat.simulation.profile.reading import ProfileError
from secretariat.simulation.specs import call_spec
from secretariat.summit.calls import actions, queries

# What a call file may name as a source beside those of the profile: that its author says so.
OWN = "own"


def declare(file: str, *, edition: str, at: str | None, acting: str | None) -> Iterator[str]:
    """Declare the call of a file for an edition, given by its number."""
    profile = read_call_file(Path(file))
    chosen = Edition.objects.select_related("ref").filter(ref__number=edition).first()
    if chosen is None:
        raise ValueError(f"--edition {edition}: there is no such edition")
    now = moment(at, edition=chosen, zone=profile.zone)
    bodies = {body.key: body for body in Body.objects.filter(edition=None)}
    check_against_registry(profile, file, bodies)
    call = actions.declare_call(
        edition=chosen, spec=call_spec(profile, bodies), committee=bodies[profile.committee],
        actor=actor_of(account_named(acting, now), now), now=now,
    )  # fmt: skip
    yield f"{call.key} is declared for {edition}: {len(profile.form)} fields, {len(profile.criteria)} criteria."
    for number, stage in enumerate(profile.stages, 1):
        kept = f"keeps {stage.keep}" if stage.keep else "keeps all that pass"
        yield f"  cut {number}: {stage.key} ({stage.kind}, {kept}; decides: {stage.authority})"
    yield f"Rules so far: {digest(queries.rules_of(call))}. They can be changed until the call opens."


def read_call_file(path: Path) -> CallProfile:
    """Return the call of a file like profiles/wic/calls/*.toml. Raises ProfileError with file, key and reason."""
    sources = {**read_sources(settings.PROFILE), OWN: Source(OWN, "the organisation itself", path.name)}
    path = path.resolve()
    return read_call(path.parent, path.name, sources)


def check_against_registry(call: CallProfile, file: str, bodies: Mapping[str, Any]) -> None:
    """Refuse a call whose bodies or lists of fields the registry does not have. Raises ProfileError."""
    schemes = set(Scheme.objects.values_list("key", flat=True))
    for key, value, known, what in (
        ("scheme", call.scheme, schemes, "list of topics"),
        ("committee", call.committee, bodies, "body"),
        *((f"stages.{stage.key}.authority", stage.authority, bodies, "body") for stage in call.stages),
        *(
            (f"form.{row.key}.scheme", row.scheme, schemes, "list of topics")
            for row in call.form
            if row.scheme
        ),
    ):
        if value not in known:
            raise ProfileError(f"{file}: {key}: the registry has no {what} {value!r}")


def open_(visit: Visit) -> Iterator[str]:
    """Open the call; its rules go into the sealed log."""
    call = actions.open_call(call=visit.call, actor=visit.actor, now=visit.now)
    yield f"{call.key} is open. Rules: {call.rules_digest}"
    yield from sealed()


def close(visit: Visit) -> Iterator[str]:
    """Close the call when its time has come; what was handed in goes into the sealed log."""
    call = actions.close_call(call=visit.call, actor=visit.actor, now=visit.now)
    yield f"{call.key} is closed. Inputs: {call.inputs_digest}"
    yield from sealed()


def screen(visit: Visit) -> Iterator[str]:
    """Hold what was handed in against the eligibility rules."""
    counts = actions.screen_submissions(call=visit.call, actor=visit.actor, now=visit.now)
    yield f"{counts['eligible']} eligible, {counts['ineligible']} not eligible."
    reasons = dict(visit.call.eligibilityrules.values_list("key", "reason_en"))
    refused = visit.call.submissions.filter(state="ineligible").select_related("ref", "screening")
    for submission in refused.order_by("ref__number"):
        told = " ".join(reasons[key] for key in submission.screening.failed)
        yield f"  {submission.ref.number}: {told}"


def sealed() -> Iterator[str]:
    """Seal the log at once, so that what was pledged stands under a signed head. The head bears the real time."""
    if head := seal(now=timezone.now()):
        yield f"Log sealed at {head.size} entries."
