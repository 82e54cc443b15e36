import json
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.audit.models import Act
from secretariat.registry.identity.actions import merge, tell_apart, undo_merge
from secretariat.registry.identity.models import Distinction, Merge, MergeStep
from secretariat.registry.identity.queries import TablePlan, plan_merge
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.actions import end_affiliation, update_person
from secretariat.registry.people.models import Affiliation, Person
from secretariat.registry.people.queries import affiliations_of, people_of_accounts
from secretariat.registry.refs.actions import Party, add_parties, register_ref
from secretariat.registry.refs.models import Ref, RefLink, RefParty
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account, make_actor
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person

pytestmark = pytest.mark.django_db

BY = {"actor": INSTALLER, "now": NOW}
LATER = NOW + timedelta(days=1)


def snapshot():
    """Every row of every table of the product, as text; history and the merges themselves apart."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.app_label in {"audit", "identity"} or not model.__module__.startswith(
                "secretariat"
            ):
                continue
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{model._meta.db_table}" t')
            found[model._meta.label_lower] = sorted(row for (row,) in cursor.fetchall())
    return found


def tables(plan):
    return {table.label: table for table in plan.tables}


def make_two_busy_people():
    """(kept, absorbed): the absorbed one has an affiliation, a party, a link to her reference and an alias."""
    kept, absorbed, alias = (
        make_person("Ann", "Lee"),
        make_person("Ann", "Li", account=make_account()),
        make_person(),
    )
    make_affiliation(absorbed)
    thing = register_ref(kind="thing", number="T-1", title={})
    add_parties(
        ref=thing, parties=[Party("author", person_id=absorbed.pk), Party("author", person_id=kept.pk)]
    )
    add_parties(ref=thing, parties=[Party("speaker", person_id=absorbed.pk)])
    RefLink.objects.create(source=thing, target=absorbed.ref, kind="names")
    Person.objects.filter(pk=alias.pk).update(canonical=absorbed)
    return kept, absorbed


def test_a_merge_repoints_every_live_row_and_leaves_an_alias():
    kept, absorbed = make_two_busy_people()

    done = merge(kept=kept, absorbed=absorbed, **BY)

    absorbed.refresh_from_db()
    assert absorbed.canonical == kept
    assert set(Affiliation.objects.values_list("person", flat=True)) == {kept.pk}
    assert set(RefParty.objects.filter(person_id=kept.pk).values_list("role", flat=True)) == {
        "author",
        "speaker",
    }
    assert RefLink.objects.get().target == kept.ref
    assert set(Person.objects.filter(canonical=kept)) == set(Person.objects.exclude(pk=kept.pk))
    act = Act.objects.get(verb="person_merged")
    assert (act.subject_id, act.detail["absorbed"]) == (kept.pk, str(absorbed.pk))
    assert (done.kept_id, done.absorbed_id, done.state) == (kept.pk, absorbed.pk, "done")


def test_the_plan_is_what_happens_and_itself_changes_nothing():
    kept, absorbed = make_two_busy_people()
    before = snapshot()

    plan = plan_merge(kept, absorbed)

    assert snapshot() == before
    assert tables(plan) == {
        "people.affiliation": TablePlan("people.affiliation", 1, 0, ()),
        "people.person": TablePlan("people.person", 1, 0, ()),
        "refs.reflink": TablePlan("refs.reflink", 1, 0, ()),
        "refs.refparty": TablePlan("refs.refparty", 1, 0, (("party_once", 1),)),
    }
    assert plan.fills == ("account_id",)
    done = merge(kept=kept, absorbed=absorbed, **BY)
    steps = list(MergeStep.objects.filter(merge=done, before__isnull=True).values_list("model", flat=True))
    assert {label: steps.count(label) for label in steps} == {t.label: t.moves for t in plan.tables}
    filled = MergeStep.objects.get(merge=done, row=str(kept.pk), before__isnull=False)
    assert tuple(filled.columns) == plan.fills


def test_undoing_a_merge_restores_every_row_to_the_letter():
    kept, absorbed = make_two_busy_people()
    before = snapshot()

    done = merge(kept=kept, absorbed=absorbed, **BY)
    assert snapshot() != before
    undone = undo_merge(merge=done, actor=INSTALLER, now=LATER)

    assert snapshot() == before
    assert (undone.state, undone.undone_at) == ("undone", LATER)
    assert Act.objects.filter(verb="person_merge_undone", subject_id=kept.pk).count() == 1


def test_a_merge_can_be_done_again_after_it_was_undone():
    kept, absorbed = make_two_busy_people()
    done = merge(kept=kept, absorbed=absorbed, **BY)
    after = snapshot()
    undo_merge(merge=done, **BY)

    merge(kept=kept, absorbed=absorbed, **BY)

    assert snapshot() == after


def test_empty_values_are_taken_over_and_given_back():
    account = make_account()
    kept = make_person(name_zh="李安", name_order="family_first")
    absorbed = make_person(
        "Ann", "Lee", orcid="0000-0002-1825-0097", languages=["en"], names={"ru": "Ли"}, account=account
    )
    before = snapshot()

    done = merge(kept=kept, absorbed=absorbed, **BY)

    kept.refresh_from_db()
    assert (kept.given_name, kept.family_name, kept.name_order, kept.name_zh, kept.orcid, kept.languages) == (
        "Ann", "Lee", "given_first", "李安", "0000-0002-1825-0097", ["en"],
    )  # fmt: skip
    assert (kept.account, kept.sort_key) == (account, "lee ann")
    assert "name:ann lee" in kept.match_keys
    undo_merge(merge=done, **BY)
    assert snapshot() == before


def test_what_the_kept_row_has_is_never_replaced():
    kept = make_person("Ann", "Lee", orcid="0000-0002-1825-0097", account=make_account())
    absorbed = make_person("Anna", "", honorific="Dr.", orcid="0000-0002-1694-233X", account=make_account())

    assert plan_merge(kept, absorbed).fills == ("honorific",)
    merge(kept=kept, absorbed=absorbed, **BY)

    assert people_of_accounts([kept.account_id, absorbed.account_id]) == {
        kept.account_id: kept.pk,
        absorbed.account_id: kept.pk,
    }


def test_no_step_holds_a_name():
    kept, absorbed = make_person(name_zh="李安"), make_person("Ann", "Lee")

    merge(kept=kept, absorbed=absorbed, **BY)

    told = json.dumps([*MergeStep.objects.values("columns", "before")]) + str(Act.objects.latest("id").detail)
    assert [name for name in ("Ann", "Lee", "李安") if name in told] == []


def test_a_row_that_would_collide_stays_with_the_alias_and_still_counts():
    kept, absorbed, place = make_person(), make_person(), make_organisation()
    make_affiliation(kept, place, starts_on=date(2018, 1, 1), ends_on=date(2020, 6, 30))
    overlapping = make_affiliation(absorbed, place, starts_on=date(2020, 1, 1))
    elsewhere = make_affiliation(absorbed, starts_on=date(2020, 1, 1))

    plan = plan_merge(kept, absorbed)
    merge(kept=kept, absorbed=absorbed, **BY)

    assert tables(plan)["people.affiliation"].collides == (("affiliation_once_at_a_time", 1),)
    assert Affiliation.objects.get(pk=overlapping.pk).person == absorbed
    assert {a.pk for a in affiliations_of([kept.pk], TODAY)[kept.pk]} == {overlapping.pk, elsewhere.pk}


def test_a_link_between_the_two_stays_because_it_would_point_to_itself():
    kept, absorbed = make_organisation(), make_organisation()
    link = RefLink.objects.create(source=kept.ref, target=absorbed.ref, kind="follows")

    assert tables(plan_merge(kept, absorbed))["refs.reflink"].collides == (("link_of_two", 1),)
    merge(kept=kept, absorbed=absorbed, **BY)
    link.refresh_from_db()
    assert link.target_id == absorbed.ref_id


def test_organisations_merge_with_their_parts_and_title():
    kept = make_organisation(name_zh="示例")
    absorbed = make_organisation("Example", ror="05dxps055", parent=make_organisation("Top"))
    part, of_absorbed = make_organisation(parent=absorbed), make_affiliation(organisation=absorbed)
    before = snapshot()

    done = merge(kept=kept, absorbed=absorbed, **BY)

    kept.refresh_from_db()
    assert (kept.name_en, kept.ror, kept.parent.name_en) == ("Example", "05dxps055", "Top")
    assert Ref.objects.get(pk=kept.ref_id).title == {"en": "Example", "zh-hans": "示例"}
    assert Organisation.objects.get(pk=part.pk).parent == kept
    assert Affiliation.objects.get(pk=of_absorbed.pk).organisation == kept
    undo_merge(merge=done, **BY)
    assert snapshot() == before


def test_a_part_is_merged_into_its_whole_and_not_the_other_way_round():
    whole = make_organisation()
    part = make_organisation(parent=make_organisation(parent=whole))

    with pytest.raises(ValueError, match="the other way round"):
        merge(kept=part, absorbed=whole, **BY)
    merge(kept=whole, absorbed=part, **BY)
    whole.refresh_from_db()
    assert whole.parent is None


def test_what_cannot_be_merged():
    person, organisation, simulated = make_person(), make_organisation(), make_person(simulated=True)
    alias = make_person()
    Person.objects.filter(pk=alias.pk).update(canonical=simulated)
    alias.refresh_from_db()

    refused = [(person, person, "itself"), (person, organisation, "Two people"), (person, alias, "alias"),
               (person, simulated, "simulated")]  # fmt: skip
    for kept, absorbed, reason in refused:
        with pytest.raises(ValueError, match=reason):
            merge(kept=kept, absorbed=absorbed, **BY)
    assert not Merge.objects.exists()


@pytest.mark.parametrize("right", ["desk.read", "organisation.represent", "audit.read"])
def test_only_the_desk_merges_undoes_and_tells_apart(right):
    kept, absorbed, actor = make_person(), make_person(), make_actor(right, person=make_person())
    done = merge(kept=make_person(), absorbed=make_person(), actor=make_actor("desk.run"), now=NOW)

    for act in (
        lambda: merge(kept=kept, absorbed=absorbed, actor=actor, now=NOW),
        lambda: undo_merge(merge=done, actor=actor, now=NOW),
        lambda: tell_apart(one=kept, other=absorbed, actor=actor, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_merge_is_undone_once():
    done = merge(kept=make_person(), absorbed=make_person(), **BY)
    undo_merge(merge=done, **BY)

    with pytest.raises(WrongState):
        undo_merge(merge=done, **BY)


def test_undoing_is_refused_when_a_filled_value_changed():
    kept = make_person()
    done = merge(kept=kept, absorbed=make_person(honorific="Dr."), **BY)
    update_person(person=kept, honorific="Prof.", **BY)

    with pytest.raises(ValueError, match=f"honorific of {kept.ref.number} changed"):
        undo_merge(merge=done, **BY)


def test_undoing_is_refused_when_a_moved_row_changed_and_names_it():
    kept, absorbed, third = make_person(), make_person(), make_person()
    row = make_affiliation(absorbed)
    done = merge(kept=kept, absorbed=absorbed, **BY)
    before = snapshot()
    Affiliation.objects.filter(pk=row.pk).update(person=third)

    with pytest.raises(ValueError, match=f"{row.pk} of “people.affiliation” is in the way .changed"):
        undo_merge(merge=done, **BY)
    Affiliation.objects.filter(pk=row.pk).update(person=kept)
    assert snapshot() == before
    Affiliation.objects.filter(pk=row.pk).delete()
    with pytest.raises(ValueError, match=f"{row.pk} of “people.affiliation” is in the way .gone"):
        undo_merge(merge=done, **BY)


def test_undoing_is_refused_when_a_row_would_collide_now():
    kept, absorbed, place = make_person(), make_person(), make_organisation()
    row = make_affiliation(absorbed, place)
    done = merge(kept=kept, absorbed=absorbed, **BY)
    make_affiliation(absorbed, place)

    with pytest.raises(ValueError, match=f"{row.pk} .*affiliation_once_at_a_time"):
        undo_merge(merge=done, **BY)


def test_a_moved_row_may_have_been_ended_since():
    kept, absorbed = make_person(), make_person()
    row = make_affiliation(absorbed)
    done = merge(kept=kept, absorbed=absorbed, **BY)
    end_affiliation(affiliation=row, ends_on=TODAY, **BY)

    undo_merge(merge=done, **BY)

    row.refresh_from_db()
    assert (row.person, row.ends_on) == (absorbed, TODAY)


def test_merges_are_undone_from_the_latest_back():
    first, second, third = make_person(), make_person(), make_person()
    make_affiliation(first)
    before = snapshot()
    one = merge(kept=second, absorbed=first, **BY)
    two = merge(kept=third, absorbed=second, **BY)
    assert set(Affiliation.objects.values_list("person", flat=True)) == {third.pk}

    with pytest.raises(ValueError, match="undo that merge first"):
        undo_merge(merge=one, **BY)
    undo_merge(merge=two, **BY)
    undo_merge(merge=one, **BY)
    assert snapshot() == before


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_statements_does_not_depend_on_rows(number, django_assert_num_queries):
    kept, absorbed = make_person(), make_person(honorific="Dr.")
    for _ in range(number):
        make_affiliation(absorbed)
        RefLink.objects.create(source=make_person().ref, target=absorbed.ref, kind="names")

    with django_assert_num_queries(2):
        plan_merge(kept, absorbed)
    with django_assert_num_queries(16):
        done = merge(kept=kept, absorbed=absorbed, **BY)
    with django_assert_num_queries(19):
        undo_merge(merge=done, **BY)


def test_two_records_are_told_apart_once():
    one, other = make_person(), make_person()

    tell_apart(one=one, other=other, reason="Brothers", **BY)
    tell_apart(one=other, other=one, **BY)

    row = Distinction.objects.get()
    assert ({row.one_id, row.other_id}, row.kind, row.reason) == (
        {one.pk, other.pk},
        "people.person",
        "Brothers",
    )
    with pytest.raises(ValueError, match="with itself"):
        tell_apart(one=one, other=one, **BY)
