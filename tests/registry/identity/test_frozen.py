"""Rows that may not move: of tables made for these tests, with the triggers that every table of the product gets."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models.functions import Lower

from secretariat.foundation.audit import integrity
from secretariat.foundation.audit.models import Record
from secretariat.registry.identity.actions import merge, undo_merge
from secretariat.registry.identity.queries import TablePlan, plan_merge
from tests.factories.accounts import INSTALLER, NOW
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

BY = {"actor": INSTALLER, "now": NOW}


def person():
    return models.ForeignKey("people.Person", models.PROTECT, related_name="+")


def model(name, constraints=(), base=Record, **members):
    meta = type("Meta", (), {"app_label": "identity", "constraints": list(constraints)})
    return type(name, (base,), {"__module__": __name__, "Meta": meta, **members})


@pytest.fixture
def tables():
    """Line: append-only. Folder and Page: a page is fixed once its folder is closed. Desk: unique in odd ways."""
    made = {
        "line": model("Line", person=person(), append_only=True),
        "folder": model(
            "Folder",
            state=models.CharField(max_length=10, default="open"),
            transitions={"state": {"open": ("closed",), "closed": ()}},
        ),
    }
    made["page"] = model(
        "Page",
        folder=models.ForeignKey("identity.Folder", models.PROTECT, related_name="+"),
        person=person(),
        open_while=(("folder", "state", ("open",)),),
    )
    made["desk"] = model(
        "Desk",
        person=person(),
        deputy=models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+"),
        place=models.CharField(max_length=20, null=True),
        given_up=models.BooleanField(default=False),
        constraints=[
            models.UniqueConstraint(
                Lower("place"), "person", name="desk_once", condition=models.Q(given_up=False)
            ),
            models.UniqueConstraint(fields=["person", "place"], name="desk_of_none", nulls_distinct=False),
            models.CheckConstraint(
                name="desk_of_two", condition=~models.Q(person=models.F("deputy")) | models.Q(deputy=None)
            ),
        ],
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE owner")
        with connection.schema_editor(atomic=False) as editor:
            for one in made.values():
                editor.create_model(one)
        integrity.install()
        cursor.execute("SET LOCAL ROLE app")
    yield made
    for name in made:
        del apps.all_models["identity"][name]
    apps.clear_cache()


def planned(kept, absorbed):
    return {table.label: table for table in plan_merge(kept, absorbed).tables}


def test_an_append_only_row_stays_with_the_alias(tables):
    kept, absorbed = make_person(), make_person()
    line = tables["line"].objects.create(person=absorbed)

    assert planned(kept, absorbed) == {"identity.line": TablePlan("identity.line", 0, 1, ())}
    merge(kept=kept, absorbed=absorbed, **BY)
    line.refresh_from_db()
    assert line.person_id == absorbed.pk


def test_a_row_fixed_by_its_parents_state_stays_and_its_like_moves(tables):
    kept, absorbed = make_person(), make_person()
    closed, opened = tables["folder"].objects.create(), tables["folder"].objects.create()
    fixed = tables["page"].objects.create(folder=closed, person=absorbed)
    free = tables["page"].objects.create(folder=opened, person=absorbed)
    tables["folder"].objects.filter(pk=closed.pk).update(state="closed")

    assert planned(kept, absorbed) == {"identity.page": TablePlan("identity.page", 1, 1, ())}
    merge(kept=kept, absorbed=absorbed, **BY)
    fixed.refresh_from_db()
    free.refresh_from_db()
    assert (fixed.person_id, free.person_id) == (absorbed.pk, kept.pk)


def test_undoing_is_refused_when_a_moved_row_has_been_fixed_since(tables):
    kept, absorbed = make_person(), make_person()
    folder = tables["folder"].objects.create()
    page = tables["page"].objects.create(folder=folder, person=absorbed)
    done = merge(kept=kept, absorbed=absorbed, **BY)
    tables["folder"].objects.filter(pk=folder.pk).update(state="closed")

    with pytest.raises(ValueError, match=f"{page.pk} of “identity.page” is in the way .frozen"):
        undo_merge(merge=done, **BY)


@pytest.mark.parametrize(
    ("kept_has", "absorbed_has", "broken"),
    [
        ({"place": "A"}, {"place": "a"}, "desk_once"),
        ({"place": "A", "given_up": True}, {"place": "a"}, None),
        ({"place": "A"}, {"place": "a", "given_up": True}, None),
        ({"place": None}, {"place": None}, "desk_of_none"),
        ({"place": "A"}, {"place": "B"}, None),
    ],
)
def test_collisions_are_judged_as_the_database_judges_them(tables, kept_has, absorbed_has, broken):
    kept, absorbed = make_person(), make_person()
    tables["desk"].objects.create(person=kept, **kept_has)
    desk = tables["desk"].objects.create(person=absorbed, **absorbed_has)

    table = planned(kept, absorbed)["identity.desk"]
    merge(kept=kept, absorbed=absorbed, **BY)
    desk.refresh_from_db()
    assert table.collides == (((broken, 1),) if broken else ())
    assert desk.person_id == (absorbed.pk if broken else kept.pk)


def test_a_row_that_points_twice_moves_once_or_stays_whole(tables):
    kept, absorbed = make_person(), make_person()
    both = tables["desk"].objects.create(person=make_person(), deputy=absorbed, place="A")
    between = tables["desk"].objects.create(person=absorbed, deputy=kept, place="B")

    table = planned(kept, absorbed)["identity.desk"]
    done = merge(kept=kept, absorbed=absorbed, **BY)
    assert (table.moves, table.collides) == (1, (("desk_of_two", 1),))
    assert set(tables["desk"].objects.values_list("pk", "person", "deputy")) == {
        (both.pk, both.person_id, kept.pk),
        (between.pk, absorbed.pk, kept.pk),
    }
    undo_merge(merge=done, **BY)
    assert tables["desk"].objects.get(pk=both.pk).deputy_id == absorbed.pk


def test_a_table_that_refuses_by_a_trigger_of_its_own_is_named_and_nothing_moves(tables):
    kept, absorbed = make_person(), make_person()
    desk = tables["desk"].objects.create(person=absorbed, place="A")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE owner")
        cursor.execute(
            "CREATE TRIGGER stay BEFORE UPDATE ON identity_desk FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
        )
        cursor.execute("SET LOCAL ROLE app")

    with pytest.raises(ValueError, match=r"Rows of “identity.desk” may not move: .*append-only"):
        merge(kept=kept, absorbed=absorbed, **BY)
    desk.refresh_from_db()
    absorbed.refresh_from_db()
    assert (desk.person_id, absorbed.canonical_id) == (absorbed.pk, None)
