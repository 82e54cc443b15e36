"""A profile: an organisation as data. `load_profile(folder)` reads and checks it or fails with one line."""

from __future__ import annotations

from pathlib import Path

from secretariat.simulation.profile.archive import read_archive
from secretariat.simulation.profile.calls import read_call
from secretariat.simulation.profile.facts import read_sources
from secretariat.simulation.profile.kinds import Call, Profile
from secretariat.simulation.profile.organisation import (
    read_bodies,
    read_categories,
    read_organisation,
    read_topics,
)
from secretariat.simulation.profile.places import read_places
from secretariat.simulation.profile.reading import ProfileError

__all__ = ["Profile", "ProfileError", "load_profile"]


def load_profile(folder: Path | str) -> Profile:
    """Read the profile in `folder` (for example `profiles/wic`).

    Raises ProfileError with one line "folder/file: key: reason" for anything missing, mistyped, unknown or
    pointing nowhere.
    """
    folder = Path(folder).resolve()
    if not folder.is_dir():
        raise ProfileError(f"{folder}: no such folder")
    sources = read_sources(folder)
    schemes, topics = read_topics(folder, sources)
    profile = Profile(
        organisation=read_organisation(folder, sources),
        sources=sources,
        categories=read_categories(folder, sources),
        bodies=read_bodies(folder, sources),
        schemes=schemes,
        topics=topics,
        places=read_places(folder),
        calls=_read_calls(folder, sources),
        archive=read_archive(folder, sources),
    )
    _check_references(profile, folder.name)
    return profile


def _read_calls(folder: Path, sources: dict) -> dict[str, Call]:
    calls: dict[str, Call] = {}
    for path in sorted((folder / "calls").glob("*.toml")):
        call = read_call(folder, f"calls/{path.name}", sources)
        if call.key != path.stem:
            raise ProfileError(f"{folder.name}/calls/{path.name}: key: {call.key!r} is not the file's name")
        calls[call.key] = call
    if not calls:
        raise ProfileError(f"{folder.name}/calls: no call")
    return calls


def _check_references(profile: Profile, label: str) -> None:
    """What one file says about another: bodies, schemes, series and places must exist."""
    bodies = {body.key for body in profile.bodies}
    for call in profile.calls.values():
        where = f"{label}/calls/{call.key}.toml"
        for key, value, known in (
            ("committee", call.committee, bodies),
            ("scheme", call.scheme, profile.schemes),
            ("series", call.series, profile.archive.series),
            *((f"stages.{stage.key}.authority", stage.authority, bodies) for stage in call.stages),
            *(
                (f"form.{field.key}.scheme", field.scheme, profile.schemes)
                for field in call.form
                if field.scheme
            ),
        ):
            if value not in known:
                raise ProfileError(f"{where}: {key}: {value!r} is not in this profile")
    for initiator in profile.organisation.initiators:
        if initiator.country.value not in profile.places.codes:
            raise ProfileError(
                f"{label}/organisation.toml: initiators.{initiator.key}.country: "
                f"{initiator.country.value!r} is no place"
            )
