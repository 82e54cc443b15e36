"""What a role in a body gives: plain values, no database."""

from collections.abc import Collection

from secretariat.governance.bodies.states import SITTING, Flag, Role

# What who sits may do, by what the body does.
RIGHT_OF_FLAG = {
    Flag.REVIEWS: "review.sit",
    Flag.DECIDES: "body.decide",
    Flag.ELECTS: "body.elect",
    Flag.ADVISES: "body.advise",
}
RIGHT_OF_ROLE = {Role.CHAIR: "body.chair", Role.SECRETARY: "body.serve"}
# Whose seats bring their holders to the summit; a committee made for one call does not.
ATTENDING = frozenset({Flag.SUPREME, Flag.EXECUTIVE, Flag.ADVISES})


def sits(role: str) -> bool:
    return role in SITTING


def rights_in_body(role: str, flags: Collection[str]) -> tuple[str, ...]:
    """Return the rights that a role gives in a body with these flags, in alphabetical order.

    Only who sits may what the body does. A secretary serves it; an alternate has nothing until called in.
    """
    rights = {RIGHT_OF_ROLE[role]} if role in RIGHT_OF_ROLE else set()
    if sits(role):
        rights |= {"body.sit"} | {right for flag, right in RIGHT_OF_FLAG.items() if flag in flags}
    return tuple(sorted(rights))


def attends_summit(role: str, flags: Collection[str]) -> bool:
    """Whether a seat of such a body brings its holder to the summit."""
    return sits(role) and Flag.TEMPORARY not in flags and not ATTENDING.isdisjoint(flags)
