"""A file on its way into the record: tried, brought in, taken back."""

import pytest

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.audit.models import Act
from secretariat.registry.imports import actions
from secretariat.registry.imports.models import Progress, Row
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.refs.models import Counter
from tests.factories.accounts import NOW, make_account, make_actor
from tests.factories.imports import checking, fresh, make_import
from tests.factories.jobs import waiting
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db
TEXT = """Name,Type,ROR id
Alpha,enterprise,05dxps055
Beta,nothing,
,enterprise,
Gamma,enterprise,05dxps056
alpha,enterprise,
"""
GOOD = "Name,Type,简称\nAlpha,enterprise,AL\nBeta,enterprise,\n"


@pytest.fixture
def actor():
    return make_actor("desk.run", account=make_account())


def run(found, actor, *steps):
    for step in steps:
        step(found=fresh(found), actor=actor, now=NOW)
    return fresh(found)


def checked(text, actor, mode="whole"):
    found = checking(make_import(text, actor=actor), actor=actor, mode=mode)
    return run(found, actor, actions.check)


def outcomes(found):
    return list(Row.objects.filter(of=found).values_list("number", "outcome", "column"))


def test_columns_are_guessed_and_the_file_kept(actor):
    found = make_import(TEXT, actor=actor)

    assert found.columns == {"name_en": 0, "kind": 1, "ror": 2}
    assert (found.encoding, found.delimiter, found.state, found.ref.number) == (
        "utf-8",
        ",",
        "matching",
        "IMP-0001",
    )


def test_checking_tells_of_each_row_and_changes_nothing(actor):
    before = {row.series: row.value for row in Counter.objects.all()}
    found = checked(TEXT, actor)

    assert outcomes(found) == [
        (2, "new", ""), (3, "refused", "Kind"), (4, "refused", ""), (5, "refused", "ROR id"), (6, "refused", ""),
    ]  # fmt: skip
    assert found.state == "checked" and found.counts == {"new": 1, "refused": 4}
    assert not Organisation.objects.exists() and "ORG" not in before
    assert not Counter.objects.filter(series="ORG").exists()
    assert "Row 2 is about the same." in Row.objects.get(number=6).reason
    assert not Progress.objects.exists()


def test_all_or_nothing_refuses_while_one_row_is(actor):
    found = checked(TEXT, actor)

    with pytest.raises(ValueError, match="refused"):
        actions.start_apply(found=found, actor=actor, now=NOW)


def test_all_rows_are_brought_in_at_once(actor):
    found = checked(GOOD, actor)
    actions.start_apply(found=found, actor=actor, now=NOW)
    found = run(found, actor, actions.apply)

    assert set(Organisation.objects.values_list("name_en", "acronym")) == {("Alpha", "AL"), ("Beta", "")}
    assert (found.state, found.counts) == ("applied", {"new": 2})
    assert set(Row.objects.values_list("subject_id", flat=True)) == set(
        Organisation.objects.values_list("pk", flat=True)
    )
    run(found, actor, actions.apply)  # a job may run twice
    assert Organisation.objects.count() == 2


def test_what_was_refused_in_between_leaves_nothing(actor):
    found = checked(GOOD, actor)
    actions.start_apply(found=found, actor=actor, now=NOW)
    make_organisation("Beta"), make_organisation("Beta")  # now two are called so

    found = run(found, actor, actions.apply)

    assert (
        found.state == "checked" and found.wrong and not Organisation.objects.filter(name_en="Alpha").exists()
    )
    assert outcomes(found) == [(2, "new", ""), (3, "refused", "Name in English")]


def test_row_by_row_leaves_out_what_is_refused(actor):
    found = checked(TEXT, actor, mode="rows")
    actions.start_apply(found=found, actor=actor, now=NOW)
    found = run(found, actor, actions.apply)

    assert [each.name_en for each in Organisation.objects.all()] == ["Alpha"]
    assert (found.state, found.counts) == ("applied", {"new": 1, "refused": 4})


def test_row_by_row_goes_on_where_it_was_cut_short(actor):
    found = checked(GOOD, actor, mode="rows")
    actions.start_apply(found=found, actor=actor, now=NOW)
    Row.objects.create(of=found, number=2, outcome="new", name="Alpha")  # done before the worker died

    found = run(found, actor, actions.apply)

    assert [each.name_en for each in Organisation.objects.all()] == ["Beta"]
    assert found.counts == {"new": 2}


def test_a_second_time_nothing_changes_and_a_third_tells_before_and_after(actor):
    for _ in range(2):
        found = checked(GOOD, actor)
        actions.start_apply(found=found, actor=actor, now=NOW)
        found = run(found, actor, actions.apply)
    assert found.counts == {"same": 2}

    found = checked(GOOD.replace("AL\n", "ALF\n"), actor)
    assert found.counts == {"same": 1, "changed": 1}
    assert Row.objects.get(of=found, outcome="changed").changes == [["Acronym", "AL", "ALF"]]
    assert Organisation.objects.get(name_en="Alpha").acronym == "AL"


def applied(text, actor):
    found = checked(text, actor)
    actions.start_apply(found=found, actor=actor, now=NOW)
    return run(found, actor, actions.apply)


def test_undoing_takes_back_what_was_new_and_puts_back_what_was_changed(actor):
    there = make_organisation("Alpha", acronym="OLD")
    found = applied(GOOD, actor)
    assert found.counts == {"changed": 1, "new": 1}

    actions.start_undo(found=found, actor=actor, now=NOW)
    found = run(found, actor, actions.undo)

    there.refresh_from_db()
    assert (found.state, there.acronym) == ("undone", "OLD")
    assert [each.name_en for each in Organisation.objects.all()] == ["Alpha"]


def test_undoing_refuses_where_something_was_built_on_a_row_and_undoes_none(actor):
    found = applied(GOOD, actor)
    make_organisation("Daughter", parent=Organisation.objects.get(name_en="Alpha"))

    actions.start_undo(found=found, actor=actor, now=NOW)
    found = run(found, actor, actions.undo)

    assert found.state == "applied" and "Row 2" in found.wrong and "Alpha" in found.wrong
    assert Organisation.objects.count() == 3


def test_each_step_is_an_act_and_each_row_too(actor):
    found = applied(GOOD, actor)

    verbs = list(Act.objects.filter(subject_id=found.pk).order_by("id").values_list("verb", flat=True))
    assert verbs == [
        "import_handed_in",
        "import_checking",
        "import_checked",
        "import_applying",
        "import_applied",
    ]
    assert Act.objects.filter(verb="organisation_registered").count() == 2
    assert [job["key"] for job in waiting("imports.check")] == [str(found.pk)]


def test_a_job_that_gives_up_says_why(actor):
    found = checking(make_import(actor=actor), actor=actor)

    actions.give_up(found=fresh(found), error=RuntimeError("no disk"), now=NOW)

    assert (fresh(found).state, fresh(found).wrong) == ("failed", "no disk")


def test_rules_and_states(actor):
    found = make_import(actor=actor)

    with pytest.raises(NotAllowed):
        checking(found, actor=make_actor("desk.read"))
    with pytest.raises(WrongState):
        actions.start_apply(found=found, actor=actor, now=NOW)
    with pytest.raises(ValueError, match="no row"):
        make_import("name,kind\n", actor=actor)
    with pytest.raises(ValueError, match="Nothing brings in"):
        make_import(importer="stars", actor=actor)
