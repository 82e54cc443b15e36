from collections.abc import Collection, Mapping
from math import log2, prod

# How far one piece of evidence goes by itself towards two rows being one; judged, not measured. Keys that many rows
# share go less far (see ``score``). The names are those of states.ReasonKind.
FOR: Mapping[str, float] = {
    "orcid": 0.98, "ror": 0.98, "mail": 0.9, "domain": 0.4, "zh": 0.6, "name": 0.6, "pinyin": 0.45, "sound": 0.35,
    "similar": 0.35, "acronym": 0.25, "together": 0.5, "country": 0.15,
}  # fmt: skip
# By what the score is multiplied when something speaks against.
AGAINST: Mapping[str, float] = {"other_id": 0.05, "other_country": 0.6, "related": 0.2}
# Names grow less telling the more rows have them.
COMMON = frozenset({"zh", "name", "pinyin", "sound", "acronym", "domain"})
# Evidence that only repeats what a stronger one says: the first of these counts.
ONE_NAME = ("name", "zh", "pinyin", "sound", "similar")


def score(reasons: Collection[str], holders: Mapping[str, int] | None = None) -> float:
    """Return between 0 and 1 how likely two rows are one, every reason for it taken as independent (noisy or).

    ``holders`` says how many rows share the key behind a reason; its weight is divided by the binary logarithm.
    """
    held = holders or {}
    weights = [
        FOR[reason] / (log2(max(2, held.get(reason, 2))) if reason in COMMON else 1)
        for reason in reasons
        if reason in FOR
    ]
    return round((1 - prod(1 - w for w in weights)) * prod(AGAINST.get(reason, 1) for reason in reasons), 3)


def telling(reasons: Collection[str]) -> tuple[str, ...]:
    """Return the reasons in canonical order, without those that repeat a stronger one.

    The same Chinese name and the same Latin name count both: they were written down apart.
    """
    names = [reason for reason in ONE_NAME if reason in reasons]
    kept = {"name", "zh"} & set(names) or set(names[:1])
    order = [*FOR, *AGAINST]
    return tuple(r for r in order if r in reasons and (r not in ONE_NAME or r in kept))
