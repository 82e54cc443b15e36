"""What a member shows of itself: chosen part by part, written in the trail, and nothing else by any way."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.accounts.actor import Actor, Capacity, NotAllowed
from secretariat.foundation.audit.models import Act
from secretariat.governance.membership import actions, directory
from secretariat.governance.membership.directory import Shown
from secretariat.governance.membership.models import DirectoryEntry, Representative
from secretariat.governance.membership.rules import REPRESENT
from secretariat.record.search.actions import refresh, reindex
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account
from tests.factories.membership import make_member, make_representative
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
WRITTEN = {
    "description_en": "Quiet undersea cables", "description_zh": "安静的海底电缆",
    "website": "https://cables.example/about", "contact": "desk-office@cables.example",
    "accounts": ["https://social.example/@cables"],
}  # fmt: skip
# What stands in a page or an answer when a part of an entry is shown.
TRACES = {
    "description": {"Quiet undersea cables", "安静的海底电缆"}, "website": {"https://cables.example/about"},
    "contact": {"desk-office@cables.example"}, "accounts": {"https://social.example/@cables"},
    "representatives": {"Hedda Nordlicht", "hedda nordlicht"},
}  # fmt: skip


def speaker(member):
    """A representative with an account, and the actor she is."""
    person = make_person(account=make_account(), given_name="Hedda", family_name="Nordlicht")
    row = make_representative(member, person)
    return row, Actor(
        person.account_id, person.pk, (Capacity(REPRESENT, f"membership.representative:{row.pk}", member.pk),)
    )


@pytest.fixture
def kept():
    """A member whose entry is whole and whose representative agrees to be named; nothing is shown yet."""
    member = make_member()
    row, actor = speaker(member)
    actions.agree_to_be_named(representative=row, agrees=True, actor=actor, now=NOW)
    actions.keep_directory_entry(member=member, shown=[], actor=actor, now=NOW, **WRITTEN)
    return member, row, actor


def show(kept, *parts):
    member, _row, actor = kept
    actions.keep_directory_entry(member=member, shown=parts, actor=actor, now=NOW)


def everything_public(client, member):
    """All that strangers can get of a member: pages in both languages, the API, the search and the map of the site."""
    number = member.ref.number
    reindex(now=timezone.now())
    paths = [
        reverse("site:members"), reverse("site:figures"), reverse("site:member", args=[number]), "/api/v1/members",
        f"/api/v1/members/{number}", reverse("site:front"), reverse("site:sitemap"), reverse("site:feed"),
        *(f"{reverse('site:search')}?q={word}" for word in ("cables", "undersea", "Hedda", number)),
    ]  # fmt: skip
    texts = []
    for language in ("en", "zh-hans"):
        for path in paths:
            response = client.get(path, HTTP_ACCEPT_LANGUAGE=language)
            assert response.status_code == 200, path
            texts.append(response.content.decode())
    return "\n".join(texts)


def traces_in(text):
    return {part for part, words in TRACES.items() if any(word in text for word in words)}


def test_at_first_nothing_is_shown(client, kept):
    member, _row, _actor = kept

    assert directory.shown_of([member.pk], TODAY) == {member.pk: Shown()}
    assert traces_in(everything_public(client, member)) == set()


@pytest.mark.parametrize("part", sorted(TRACES))
def test_each_part_is_shown_by_itself(client, kept, part):
    show(kept, part)

    member = kept[0]
    found = everything_public(client, member)
    mine = client.get(f"/api/v1/members/{member.ref.number}").content.decode()

    assert (traces_in(found), traces_in(mine)) == ({part}, {part})


def test_a_description_is_found_while_it_is_shown_and_not_before_or_after(client, kept):
    found = []
    reindex(now=timezone.now())
    for parts in ([], ["description"], ["website"]):
        show(kept, *parts)
        refresh(now=timezone.now())
        page = client.get(f"{reverse('site:search')}?q=undersea").content.decode()
        found.append(reverse("site:member", args=[kept[0].ref.number]) in page)

    assert found == [False, True, False]


def test_a_representative_is_named_only_if_she_agreed_herself(client, kept):
    member, row, actor = kept
    show(kept, "representatives")
    silent = make_representative(member, make_person("Silent", "Partner"))

    page = client.get(reverse("site:member", args=[member.ref.number])).content.decode()
    assert "Hedda Nordlicht" in page
    assert "Silent Partner" not in page
    assert "and 1 who is not named" in page

    with pytest.raises(NotAllowed):
        actions.agree_to_be_named(representative=silent, agrees=True, actor=actor, now=NOW)
    actions.agree_to_be_named(representative=row, agrees=False, actor=actor, now=NOW)
    assert "Hedda" not in client.get(reverse("site:member", args=[member.ref.number])).content.decode()


def test_a_suspended_member_names_nobody(kept):
    member, _row, _actor = kept
    show(kept, "representatives", "website")

    actions.suspend_member(member=member, reason="x", actor=INSTALLER, now=NOW)

    shown = directory.shown_of([member.pk], TODAY)[member.pk]
    assert (shown.representatives, shown.website) == ((), WRITTEN["website"])


def test_handing_over_the_vote_keeps_what_each_agreed_to(kept):
    member, row, _actor = kept
    other = make_representative(member, make_person())

    actions.hand_vote_to(representative=row, starts_on=TODAY, actor=INSTALLER, now=NOW)
    actions.hand_vote_to(representative=other, starts_on=TODAY + timedelta(days=1), actor=INSTALLER, now=NOW)

    named = Representative.objects.filter(member=member).values_list("person", "is_named").distinct()
    assert set(named) == {(row.person_id, True), (other.person_id, False)}


def test_each_choice_stands_in_the_trail(kept):
    show(kept, "website", "contact")

    act = Act.objects.filter(verb="directory_entry_kept").order_by("id").last()
    assert act.detail["shown"] == ["website", "contact"]
    assert act.subject_id == kept[0].pk


@pytest.mark.parametrize("who", ["stranger", "another", "assistant", "desk"])
def test_nobody_else_keeps_the_entry(kept, who):
    member, _row, actor = kept
    others = {
        "stranger": Actor(), "another": speaker(make_member())[1], "desk": INSTALLER,
        "assistant": Actor(actor.account_id, actor.person_id, actor.capacities, acting_for_id=member.pk),
    }  # fmt: skip

    with pytest.raises(NotAllowed):
        actions.keep_directory_entry(member=member, shown=["contact"], actor=others[who], now=NOW)
    assert DirectoryEntry.objects.get(member=member).shown == []


def test_the_desk_hides_at_the_wish_of_the_member_and_cannot_show(kept):
    show(kept, "website", "contact")

    with pytest.raises(NotAllowed):
        actions.hide_directory_entry(member=kept[0], actor=kept[2], now=NOW)
    actions.hide_directory_entry(member=kept[0], actor=INSTALLER, now=NOW)

    entry = DirectoryEntry.objects.get(member=kept[0])
    assert (entry.shown, entry.contact) == ([], WRITTEN["contact"])


def test_a_person_has_no_representatives_to_show():
    person = make_person(account=make_account())
    member, actor = make_member(person=person), Actor(person.account_id, person.pk)

    with pytest.raises(ValueError, match="only an organisation"):
        actions.keep_directory_entry(member=member, shown=["representatives"], actor=actor, now=NOW)
    actions.keep_directory_entry(member=member, shown=["contact"], contact="Letters", actor=actor, now=NOW)
    assert directory.shown_of([member.pk], TODAY)[member.pk] == Shown(contact="Letters")


def test_a_part_there_is_not_is_refused(kept):
    with pytest.raises(ValueError, match="no telephone"):
        show(kept, "telephone")


@pytest.mark.parametrize("count", [1, 3])
def test_two_statements_for_any_number(django_assert_num_queries, count):
    members = [make_member() for _ in range(count)]
    for member in members:
        row, actor = speaker(member)
        actions.agree_to_be_named(representative=row, agrees=True, actor=actor, now=NOW)
        actions.keep_directory_entry(member=member, shown=["representatives"], actor=actor, now=NOW)

    with django_assert_num_queries(2):
        found = directory.shown_of([member.pk for member in members], TODAY)
    assert [len(shown.representatives) for shown in found.values()] == [1] * count


def test_the_pages_of_a_representative(client, kept):
    member, row, _actor = kept
    client.force_login(row.person.account)
    page, form = (
        reverse(f"my_membership:{name}", args=[member.ref.number]) for name in ("member", "directory")
    )

    assert "you and the secretariat" in client.get(page).content.decode()
    sent = {**WRITTEN, "accounts": "https://social.example/@cables\n", "shown": ["website", "accounts"]}
    assert client.post(form, sent).headers["Location"] == page
    assert DirectoryEntry.objects.get(member=member).shown == ["website", "accounts"]

    bad = client.post(form, {**sent, "accounts": "no address at all"})
    assert bad.status_code == 422

    named = reverse("my_membership:named", args=[member.ref.number])
    client.post(named, {"agrees": "no"})
    row.refresh_from_db()
    assert row.is_named is False


def test_another_member_has_no_such_page(client, kept):
    client.force_login(make_account())

    assert client.get(reverse("my_membership:member", args=[kept[0].ref.number])).status_code == 404
