"""By which keys a name that somebody wrote down finds a person or an organisation. Plain values in and out."""

import re

from secretariat.registry.organisations.logic import match_keys as organisation_keys
from secretariat.registry.people.logic import HAN
from secretariat.registry.people.logic import match_keys as person_keys

ACRONYM = re.compile(r"[A-Z0-9]{2,10}")


def keys_of(name: str) -> list[str]:
    """Return the keys of a name, Latin or Chinese, of a person or an organisation; empty where it has no letter.

    Neither initials nor likeness of sound count: they suggest duplicates to somebody who looks at both, and here nobody
    does. A word in capitals also counts as an acronym.
    """
    name = " ".join(name.split())
    latin, chinese = ("", name) if HAN.search(name) else (name, "")
    keys = set(person_keys(given=latin, family="", name_zh=chinese, further=(), orcid=""))
    keys |= set(organisation_keys(name_en=latin, name_zh=chinese, names={}, acronym="", ror="", domains=()))
    if ACRONYM.fullmatch(name):
        keys.add(f"acronym:{name.lower()}")
    else:
        keys = {key for key in keys if not key.startswith("acronym:")}
    return sorted(key for key in keys if not key.startswith("sound:") and key.partition(":")[2])
