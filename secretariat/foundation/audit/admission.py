"""How a feature declares who may come in at which of its addresses: in its ``access.py``, one entry for each.

The declarations decide nothing: rules and queries do. A test asks as every role and compares, and
``python -m secretariat.config.access`` writes docs/reference/access.md from them.
"""

from dataclasses import dataclass

# Whoever comes, seen from the thing an address is about. The order is that of the columns of the page.
ROLES = {
    "stranger": "nobody is signed in",
    "signed in": "an account and a person, and nothing else",
    "applicant": "the person in charge of the thing, or the one it belongs to",
    "another": "an applicant too, but of other things",
    "representative": "a representative of the organisation that applies",
    "assistant": "acts for the applicant, with the task of applying",
    "reviewer": "sits in the committee and was given the item to read",
    "colleague": "sits in the committee and was not given the item",
    "chair": "chair of the committee of the call",
    "authority": "chair of the body that decides on the last list",
    "desk reads": "holds desk.read",
    "desk runs": "holds desk.run",
    "auditor": "holds audit.read",
    "security": "holds security.administer",
    "system": "holds system.administer",
}


# Whoever comes by a token, with every scope she can give it: an assistant has none of her principal's.
PROGRAMS = {
    **{role: words for role, words in ROLES.items() if role != "assistant"},
    "lapsed": "represented the organisation that applies until some days ago",
    "service": "a service token with every scope such a token can have",
}


@dataclass(frozen=True)
class Rule:
    """Who is let in, in words, and which roles that are."""

    words: str
    roles: frozenset[str]


def admitting(words: str, *roles: str) -> Rule:
    """Return the rule that lets these roles in.

    Raises:
        ValueError: a role that is neither in ``ROLES`` nor in ``PROGRAMS``.
    """
    if unknown := set(roles) - set(ROLES) - set(PROGRAMS):
        raise ValueError(f"There is no such role: {sorted(unknown)}.")
    return Rule(words, frozenset(roles))


@dataclass(frozen=True)
class Entry:
    """What stands at an address, who is let in, and what is answered: to her by method, and to those who are not.

    ``get`` and ``post`` are the answers to whoever is let in, the latter to an empty form; None: no such method.
    ``others`` is the answer to the rest; where something is done in person, an assistant is told so: 403. Those in
    ``told`` see the page around a button they may not press: they come back to it and read why, and nothing is done;
    where no such page leads on, they are told by ``telling``: 403.
    ``inside`` is the answer to who is signed in already, where that is another.
    """

    what: str
    who: Rule
    get: int | None = 200
    post: int | None = None
    others: int = 404
    told: Rule | None = None
    telling: int = 302
    in_person: bool = False
    inside: int | None = None

    def answer(self, role: str, method: str) -> int | str:
        """Return the status that a role is answered; ``sign in`` where it is sent to sign in."""
        if role in self.who.roles:
            if self.inside and role != "stranger":
                return self.inside
            return self.get if method == "GET" else self.post
        if role == "stranger":
            return "sign in"
        if role == "assistant" and self.in_person:
            return 403
        return self.telling if self.told and role in self.told.roles else self.others


@dataclass(frozen=True)
class Operation:
    """An operation of the API: which roles a token lets in, and what is answered to them and to the rest.

    ``scope`` is what a token needs, ``holders`` are those who can have it: to whom a token is refused for want of it
    is told so, 403. Who could have it and has nothing to do with the very thing is answered 404.
    """

    who: Rule
    scope: str
    holders: Rule
    status: int = 200

    def answer(self, role: str) -> int:
        """Return the status that a role is answered."""
        if role in self.who.roles:
            return self.status
        if role == "stranger":
            return 401
        return 404 if role in self.holders.roles else 403


EVERYBODY = admitting("everybody", *ROLES)
SIGNED_IN = admitting("whoever is signed in", *(role for role in ROLES if role != "stranger"))
IN_PERSON = admitting(
    "whoever is signed in, in person", *(role for role in ROLES if role not in {"stranger", "assistant"})
)
OWNER = admitting("the one it belongs to", "applicant")
DESK = admitting("who runs or reads the desk", "desk reads", "desk runs")
DESK_RUN = admitting("who runs the desk", "desk runs")
MACHINE = admitting("whoever has a shell on the machine")
NOBODY = admitting("nobody at this address")
