"""What strangers find is what the public pages show: nothing sooner, nothing more."""

import pytest

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.search.actions import reindex
from secretariat.record.search.models import SearchRow
from secretariat.record.search.queries import find
from tests.factories.accounts import NOW, make_actor
from tests.factories.calls import DURING, make_call
from tests.factories.membership import make_member
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.selections import make_selection

pytestmark = pytest.mark.django_db
STRANGER = Actor()


def found(text, actor=STRANGER, door="public", **kw):
    answer = find(actor, text, door=door, **kw)
    return {"".join(piece.text for piece in hit.title) for hit in answer.hits}


@pytest.mark.parametrize("until", ["open", "eligible", "frozen"])
def test_before_the_decision_no_item_is_found(until):
    play = make_selection(until)
    reindex(now=play.now)

    every = [*play.submissions, play.draft, play.withdrawn, play.ineligible]
    assert {row.ref.number for row in every if found(row.ref.number)} == set()
    assert not SearchRow.objects.filter(kind="entry").exists()
    assert {row.key for row in SearchRow.objects.filter(kind="call")} == {play.call.pk}


def test_an_offer_in_confidence_is_not_found():
    play = make_selection("offered")
    reindex(now=play.now)

    assert found("Leading") | found("领先") == set()
    assert found(play.submissions[0].ref.number) == {play.title(0)}


def test_what_was_conferred_is_found_by_its_title_applicant_and_level():
    play = make_selection("conferred")
    reindex(now=play.now)

    first = play.submissions[0]
    assert first.title_en in found(first.title_en)
    assert first.title_en in found(first.title_zh)
    assert found("Leading", narrow={"kind": "entry"}) == {first.title_en}
    named = {row.key for row in SearchRow.objects.filter(kind="entry")}
    assert {play.draft.pk, play.withdrawn.pk, play.ineligible.pk} & named == set()


def test_what_only_the_committee_or_the_desk_may_read_is_not_in_the_index():
    play = make_selection("conferred")
    reindex(now=play.now)

    rows = SearchRow.objects.filter(kind="entry").values_list("title_words", "text_words", "text", "folded")
    text = " ".join(part for row in rows for part in row)
    assert text
    assert {word for word in ("committee 1", "named only", "innovation") if word in text} == set()


def test_a_book_and_a_selection_are_found_once_they_are_public():
    def kinds(text):
        return {hit.kind for hit in find(STRANGER, text, door="public").hits} & {"publication", "selection"}

    reindex(now=make_selection("accepted").now)
    assert kinds("A book") == set()

    play = make_selection("published")
    reindex(now=play.now)
    assert kinds("A book") == {"publication"}
    assert kinds("How these were chosen") == kinds("遴选过程") == {"selection"}


def test_a_call_that_is_not_open_yet_is_not_found():
    call = make_call(title={"en": "Coming call", "zh": "未来征集"})
    reindex(now=DURING)

    assert found("Coming", make_actor("desk.run"), "desk") | found("Coming") == set()
    assert not SearchRow.objects.filter(key=call.pk).exists()


def test_people_and_organisations_are_found_at_the_desk_and_members_everywhere():
    make_person("Ada", "Example")
    make_organisation("Applied Example Institute")
    make_member(organisation=make_organisation("Member Example Institute"))
    reindex(now=NOW)

    applied, member = "Applied Example Institute", "Member Example Institute"
    assert found("Example") == {member}
    assert found("Example", Actor(person_id=make_person().pk), "my") == {member}
    assert found("Example", make_actor("desk.run"), "desk") == {applied, member, "Ada Example"}
    assert found("Ada", make_actor("desk.read"), "desk") == {"Ada Example"}


def test_every_public_address_in_the_index_opens_for_a_stranger(client, host):
    play = make_selection("conferred")
    make_member(organisation=make_organisation("Member Institute"))
    reindex(now=play.now)

    paths = (
        SearchRow.objects.filter(is_public=True).exclude(public_path="").values_list("public_path", flat=True)
    )
    assert {SearchRow.objects.get(public_path=path).kind for path in paths} >= {"call", "entry", "member"}
    assert {path for path in paths if client.get(path).status_code != 200} == set()
