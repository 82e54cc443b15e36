"""Who gets a copy of a mailing, in which language, and who gets none and why."""

from datetime import date, timedelta

import pytest

from secretariat.foundation.notices.actions import choose_deliveries
from secretariat.foundation.notices.models import Message, Postbox
from secretariat.record.mailings import actions
from secretariat.record.mailings.copying import copies_of
from secretariat.record.mailings.models import Mailing, Refusal
from tests.factories.accounts import NOW, make_actor
from tests.factories.calls import make_applicant, make_committee, make_open_call, make_submission
from tests.factories.correspondence import as_staff, make_staff
from tests.factories.mailings import make_mailing, make_reader, make_sent_mailing
from tests.factories.membership import make_category, make_member, make_representative
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person

pytestmark = pytest.mark.django_db


def copies(mailing, actor=None, now=NOW):
    mailing = Mailing.objects.select_related("text").get(pk=mailing.pk)
    return copies_of(mailing, actor or as_staff(mailing.drafter), now)


def outcomes(mailing, now=NOW):
    return {copy.address: copy.skipped for copy in copies(mailing, now=now)}


def to(audience, query="", rows=()):
    staff = make_staff()
    mailing = actions.begin_mailing(audience=audience, query=query, rows=rows, actor=as_staff(staff), now=NOW)
    return mailing


def test_each_reader_gets_her_language_filled_with_her_name_and_number():
    english, chinese = make_reader("Ana"), make_reader("Bo", language="zh-hans", name_zh="示例乙")

    found = {copy.address: copy for copy in copies(make_mailing(people=[english, chinese]))}

    ana, bo = found[english.account.email], found[chinese.account.email]
    assert (ana.language, ana.subject, ana.text) == (
        "en", "The programme", f"Dear Ana Example,\n\nIt is out ({english.ref.number}).",
    )  # fmt: skip
    assert (bo.language, bo.subject) == ("zh-hans", "日程")
    assert bo.text.startswith("尊敬的示例乙：") and chinese.ref.number in bo.text


def test_where_there_is_one_language_all_get_it():
    readers = [make_reader("Ana"), make_reader("Bo", language="zh-hans")]
    mailing = make_mailing(people=readers, subject_zh="", text_zh="")

    assert {copy.language for copy in copies(mailing)} == {"en"}


def test_a_deadline_stands_in_the_readers_language():
    readers = [make_reader("Ana"), make_reader("Bo", language="zh-hans")]
    mailing = make_mailing(
        people=readers, deadline=date(2022, 7, 1), text_en="By {deadline}", text_zh="截至{deadline}"
    )

    assert {copy.text for copy in copies(mailing)} == {"By 1 July 2022", "截至2022年7月1日"}


def test_who_has_no_address_is_left_out():
    person = make_person("Nobody", "Reachable")

    [copy] = copies(make_mailing(people=[person]))

    assert (copy.address, copy.skipped) == ("", "no_address")


def _dead(reader):
    Postbox.objects.create(account=reader.account, unreachable=reader.account.email, unreachable_since=NOW)


def _dead_outside(reader):
    Message.objects.create(
        origin="mailings.copy", origin_id=reader.pk, address=reader.account.email.upper(), queued_at=NOW
    )
    Message.objects.update(state="sent", sent_at=NOW)
    Message.objects.update(state="bounced", ended_at=NOW, is_dead=True)


def _refused(reader):
    Refusal.objects.create(address=reader.account.email, refused_at=NOW)


def _preferred(reader):
    choose_deliveries(choices={"mailings": "inbox"}, actor=make_actor(account=reader.account), now=NOW)


def _recent(reader):
    make_sent_mailing(people=[reader], now=NOW - timedelta(days=6))


def _long_ago(reader):
    make_sent_mailing(people=[reader], now=NOW - timedelta(days=8))


@pytest.mark.parametrize(
    ("before", "news", "affair"),
    [
        (_dead, "dead", "dead"),
        (_dead_outside, "dead", "dead"),
        (_refused, "refused", ""),
        (_preferred, "refused", ""),
        (_recent, "recent", ""),
        (_long_ago, "", ""),
    ],
)
def test_why_somebody_is_left_out(before, news, affair):
    reader = make_reader()
    before(reader)

    address = reader.account.email
    assert outcomes(make_mailing(people=[reader])) == {address: news}
    assert outcomes(make_mailing(people=[reader], kind="affair")) == {address: affair}


def test_a_filter_is_kept_and_nobody_beyond_it_is_reached():
    one, _other = make_reader("Ana"), make_reader("Bo")

    assert {copy.address for copy in copies(to("people", query="q=Ana"))} == {one.account.email}


def test_who_may_not_see_the_list_reaches_nobody():
    mailing = make_mailing(people=[make_reader()])

    assert copies(mailing, actor=make_actor()) == []


def test_organisations_are_reached_through_whoever_represents_them():
    spoken, silent = make_organisation(), make_organisation()
    reader = make_reader()
    make_affiliation(reader, spoken, role="representative")

    found = {copy.reference: (copy.address, copy.skipped) for copy in copies(to("organisations"))}

    assert found[spoken.ref.number] == (reader.account.email, "")
    assert found[silent.ref.number] == ("", "no_address")


def test_members_are_reached_through_their_representatives_or_themselves():
    house, person = make_organisation(), make_reader("Bo")
    member = make_member(organisation=house)
    alone = make_member(person=person, category=make_category(holder="person"))
    speaker = make_reader("Ana")
    make_representative(member, speaker)

    found = {copy.address: copy.reference for copy in copies(to("members"))}

    assert found == {speaker.account.email: member.ref.number, person.account.email: alone.ref.number}


def test_whoever_has_several_submissions_gets_one_copy_that_names_them_all():
    call, applicant = make_open_call(), make_applicant()
    first, second = (
        make_submission(call, applicant=applicant, organisation=make_organisation()) for _ in range(2)
    )
    make_submission(make_open_call())

    [copy] = copies(to("submissions", query=f"call={call.key}"))

    assert copy.address == applicant[0].account.email
    assert set(copy.reference.split(", ")) == {first.ref.number, second.ref.number}


def test_readers_of_a_call_are_its_committee():
    committee, members = make_committee(2)
    call = make_open_call(committee=committee)

    found = {copy.address for copy in copies(to("reviewers", query=f"call={call.key}"))}

    assert found == {person.account.email for person in members}


@pytest.mark.parametrize("count", [1, 3])
def test_copies_cost_the_same_however_many(count, django_assert_num_queries):
    mailing = make_mailing(people=[make_reader() for _ in range(count)])
    mailing = Mailing.objects.select_related("text").get(pk=mailing.pk)
    with django_assert_num_queries(7):
        assert len(copies_of(mailing, as_staff(mailing.drafter), NOW)) == count
