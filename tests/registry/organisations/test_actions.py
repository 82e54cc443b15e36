import pytest

from secretariat.foundation.accounts.actor import Actor, NotAllowed
from secretariat.foundation.audit.models import Act
from secretariat.registry.organisations.actions import register_organisation, update_organisation
from secretariat.registry.organisations.models import Organisation
from tests.factories.accounts import INSTALLER, NOW, make_account, make_actor
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db


def test_an_organisation_is_registered_with_a_number_a_title_and_an_act():
    actor = make_actor(account=make_account())

    organisation = register_organisation(
        name_en=" Example  Institute ", name_zh="示例研究所", names={"fr": "Institut"}, kind="academia",
        ror="https://ror.org/05dxps055", email_domains=["EXAMPLE.org"], actor=actor, now=NOW,
    )  # fmt: skip

    organisation.refresh_from_db()
    assert (organisation.name_en, organisation.ror, organisation.email_domains, organisation.sort_key) == (
        "Example Institute",
        "05dxps055",
        ["example.org"],
        "example institute",
    )
    assert organisation.ref.number == "ORG-00001"
    assert organisation.ref.title == {"en": "Example Institute", "zh-hans": "示例研究所", "fr": "Institut"}
    act = Act.objects.get(verb="organisation_registered")
    assert (act.account_id, act.subject_id) == (actor.account_id, organisation.pk)


def test_who_is_not_signed_in_registers_nothing():
    with pytest.raises(NotAllowed):
        make_organisation(actor=Actor())

    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"name_en": " ", "kind": "media"}, "needs a name"),
        ({"name_en": "X", "kind": "circus"}, "'circus' is no kind"),
        ({"name_en": "X", "kind": "media", "ror": "05dxps056"}, "do not agree"),
    ],
)
def test_a_bad_value_is_named_and_nothing_is_written(values, reason):
    with pytest.raises(ValueError, match=reason):
        register_organisation(**values, actor=INSTALLER, now=NOW)

    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("rights", "allowed"),
    [(("desk.run",), True), (("organisation.represent",), True), ((), False), (("desk.read",), False)],
)
def test_who_may_change_an_organisation(rights, allowed):
    organisation = make_organisation()
    scope = organisation.pk if "organisation.represent" in rights else None
    actor = make_actor(*rights, account=make_account(), scope_id=scope)

    if allowed:
        update_organisation(organisation=organisation, acronym="EI", actor=actor, now=NOW)
        assert Organisation.objects.get().acronym == "EI"
    else:
        with pytest.raises(NotAllowed):
            update_organisation(organisation=organisation, acronym="EI", actor=actor, now=NOW)


def test_a_representative_of_another_organisation_may_not_change_this_one():
    actor = make_actor("organisation.represent", account=make_account(), scope_id=make_organisation().pk)

    with pytest.raises(NotAllowed):
        update_organisation(organisation=make_organisation(), acronym="EI", actor=actor, now=NOW)


def test_a_new_name_renews_the_keys_and_the_title():
    organisation = make_organisation("Old Name")

    changed = update_organisation(organisation=organisation, name_en="New Name", actor=INSTALLER, now=NOW)

    changed.refresh_from_db()
    assert (changed.sort_key, changed.match_keys) == ("new name", ["name:namenew", "name:newname"])
    assert changed.ref.title == {"en": "New Name"}


def test_only_named_values_can_be_changed():
    with pytest.raises(ValueError, match="has no canonical, sort_key to change"):
        update_organisation(
            organisation=make_organisation(), sort_key="a", canonical=None, actor=INSTALLER, now=NOW
        )


def test_an_organisation_cannot_belong_to_a_part_of_itself():
    top = make_organisation("Top")
    part = make_organisation("Part", parent=make_organisation("Middle", parent=top))

    for parent in (part, top):
        with pytest.raises(ValueError, match="Top cannot belong to a part of itself"):
            update_organisation(organisation=top, parent=parent, actor=INSTALLER, now=NOW)


def test_an_alias_is_not_changed():
    kept, absorbed = make_organisation(), make_organisation()
    Organisation.objects.filter(pk=absorbed.pk).update(canonical=kept)

    with pytest.raises(ValueError, match="is an alias"):
        update_organisation(organisation=absorbed, acronym="EI", actor=INSTALLER, now=NOW)
