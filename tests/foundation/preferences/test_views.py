import pytest
from django.db import IntegrityError, transaction

from secretariat.foundation.accounts.actor import Actor, NotAllowed
from secretariat.foundation.audit.models import Act
from secretariat.foundation.preferences.actions import choose_usual_view, remove_view, save_view
from secretariat.foundation.preferences.models import SavedView
from secretariat.foundation.preferences.queries import get_view_for, visible_views
from tests.factories.accounts import NOW, make_account, make_actor

pytestmark = pytest.mark.django_db


def make_view(account, name="Kenya", **kw):
    given = {"table": "people.people", "path": "/desk/people/", "query": "country=KE", **kw}
    return save_view(name=name, **given, actor=make_actor(account=account), now=NOW)


def usual(account):
    return {view.name for view in visible_views(make_actor(account=account)) if view.is_default}


def test_saving_again_under_a_name_replaces_what_it_shows():
    account = make_account()
    first = make_view(account)

    second = make_view(account, query="country=CN")

    assert second.pk == first.pk
    assert [view.query for view in visible_views(make_actor(account=account))] == ["country=CN"]


def test_one_view_of_a_list_is_the_usual_one():
    account = make_account()
    make_view(account, "A", is_default=True)
    make_view(account, "Elsewhere", table="audit.trail", is_default=True)
    second = make_view(account, "B", is_default=True)
    assert usual(account) == {"B", "Elsewhere"}

    choose_usual_view(view=second, is_default=False, actor=make_actor(account=account), now=NOW)
    assert usual(account) == {"Elsewhere"}

    choose_usual_view(view=second, is_default=True, actor=make_actor(account=account), now=NOW)
    assert usual(account) == {"B", "Elsewhere"}


def test_the_database_keeps_one_usual_view():
    account = make_account()
    make_view(account, "A", is_default=True)
    second = make_view(account, "B")

    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.filter(pk=second.pk).update(is_default=True)


def test_views_are_private():
    mine, other = make_account(), make_account()
    view = make_view(mine)
    stranger = make_actor("desk.run", account=other)

    assert get_view_for(stranger, view.pk) is None
    assert list(visible_views(Actor())) == []
    for act in (
        lambda: remove_view(view=view, actor=stranger, now=NOW),
        lambda: choose_usual_view(view=view, is_default=True, actor=stranger, now=NOW),
        lambda: save_view(table="t", path="/", name="n", query="", actor=Actor(), now=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert list(visible_views(make_actor(account=mine))) == [view]


def test_a_view_can_be_forgotten_and_the_trail_says_so():
    account = make_account()
    view = make_view(account)

    remove_view(view=view, actor=make_actor(account=account), now=NOW)

    assert not SavedView.objects.exists()
    acts = Act.objects.filter(subject_kind="preferences.savedview").order_by("id")
    assert list(acts.values_list("verb", flat=True)) == ["view_saved", "view_removed"]
