import pytest

from secretariat.governance.bodies.logic import attends_summit, rights_in_body
from secretariat.governance.bodies.states import Role


@pytest.mark.parametrize(
    ("role", "flags", "rights"),
    [
        ("member", [], ("body.sit",)),
        ("chair", [], ("body.chair", "body.sit")),
        ("vice_chair", [], ("body.sit",)),
        ("secretary", ["reviews", "decides"], ("body.serve",)),
        ("alternate", ["reviews", "decides"], ()),
        ("member", ["reviews", "temporary"], ("body.sit", "review.sit")),
        ("member", ["supreme", "decides", "elects"], ("body.decide", "body.elect", "body.sit")),
        ("chair", ["advises", "standing"], ("body.advise", "body.chair", "body.sit")),
    ],
)
def test_a_role_gives_what_the_body_does(role, flags, rights):
    assert rights_in_body(role, flags) == rights


@pytest.mark.parametrize(
    ("flags", "attends"),
    [
        (["supreme"], True),
        (["executive", "decides"], True),
        (["advises"], True),
        (["standing"], False),
        (["reviews", "temporary"], False),
        (["advises", "temporary"], False),
        ([], False),
    ],
)
@pytest.mark.parametrize("role", Role.values)
def test_a_seat_in_a_lasting_body_brings_to_the_summit(role, flags, attends):
    assert attends_summit(role, flags) == (attends and role in ("member", "chair", "vice_chair"))
