"""Pages of applicants, sponsors, the desk and strangers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.admissions import actions
from secretariat.governance.admissions.models import Application, Certificate, Prospect
from secretariat.governance.admissions.providers import duties
from secretariat.governance.ballots.actions import close_ballot
from tests.factories.accounts import INSTALLER, TODAY, make_account, make_actor
from tests.factories.admissions import (
    DESK,
    as_person,
    make_application,
    make_inquiry,
    make_prospect,
    make_ready_application,
)
from tests.factories.ballots import make_council, vote
from tests.factories.membership import make_category, make_conditions, make_member
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db


def browser_of(person):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(person.account)
    return client


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def admitted(now):
    body, people = make_council(3)
    application = make_ready_application(now=now)
    said = {"body": body, "closes_at": now + timedelta(days=1), "actor": DESK, "now": now}
    ballot = actions.put_to_ballot(application=application, **said)
    for person in people:
        vote(ballot, person, "yes", now=now)
    close_ballot(ballot=ballot, actor=INSTALLER, now=now)
    return Application.objects.get(pk=application.pk)


def test_a_category_that_takes_no_applications_says_so_and_has_no_button(client):
    closed, open_one = make_category("founders", holder="person"), make_category("others", holder="person")
    make_conditions(closed, starts_on=TODAY, takes_applications=False)
    text = text_of(client.get(reverse("site:join"), HTTP_ACCEPT_LANGUAGE="en"))
    assert "category=founders" not in text and "category=others" in text
    assert text.count("Nobody applies for this category") == 1

    browser = browser_of(make_person(account=make_account()))
    path = reverse("my_admissions:new")
    page = browser.get(path, {"category": closed.key})
    assert set(page.context["form"].fields["category"].queryset) == {open_one}
    assert browser.post(path, {"category": closed.pk, "motivation": "We care"}).status_code == 422
    assert not Application.objects.exists()


def test_a_stranger_reads_what_each_category_asks(client):
    make_conditions(make_category("senior"), criteria_en="Ten years of work", fee=100, currency="CNY")
    make_category("plain")
    text = text_of(client.get(reverse("site:join"), headers={"accept-language": "en"}))
    assert "Ten years of work" in text and "100 CNY" in text and "not recorded" in text
    assert "?category=senior" in text


def test_an_applicant_applies_answers_and_withdraws():
    person, organisation = make_person(account=make_account()), make_organisation("Example Group")
    make_affiliation(person, organisation)
    category, sponsor = make_category(), make_member()
    browser = browser_of(person)
    form = text_of(browser.get(reverse("my_admissions:new") + f"?category={category.key}"))
    assert "Example Group" in form and str(sponsor) in form
    said = {"category": category.pk, "motivation": "We care"}
    assert browser.post(reverse("my_admissions:new"), said).status_code == 422

    browser.post(
        reverse("my_admissions:new"), {**said, "organisation": organisation.pk, "sponsor": sponsor.pk}
    )

    application = Application.objects.get()
    page = reverse("my_admissions:application", args=[application.ref.number])
    assert "We care" in text_of(browser.get(page)) and application.sponsors.get().member == sponsor
    inquiry = make_inquiry(application)
    assert "Since when?" in text_of(browser.get(page))
    browser.post(reverse("my_admissions:answer", args=[application.ref.number, inquiry.pk]), {"text": "2001"})
    assert "2001" in text_of(browser.get(page))
    withdraw = reverse("my_admissions:withdraw", args=[application.ref.number])
    assert withdraw in browser.get(page).content.decode()
    assert "Leave it as it is" in text_of(browser.get(withdraw))
    assert Application.objects.get().state == "screening"
    browser.post(withdraw)
    assert Application.objects.get().state == "withdrawn"
    assert "Example Group" in text_of(browser.get(reverse("my_admissions:applications")))


def test_nobody_else_sees_an_application():
    application = make_application()
    other = browser_of(make_person(account=make_account()))
    for name in ("my_admissions:application", "desk_admissions:application"):
        assert other.get(reverse(name, args=[application.ref.number])).status_code == 404
    assert application.ref.number not in text_of(other.get(reverse("my_admissions:applications")))


def test_a_sponsor_answers():
    sponsor = make_member(person=make_person(account=make_account()))
    application = make_application(sponsor=sponsor)
    browser, asked = browser_of(sponsor.person), application.sponsors.get()
    assert "Asked to stand for" in text_of(browser.get(reverse("my_admissions:applications")))
    browser.post(reverse("my_admissions:sponsor", args=[asked.pk]), {"stands": "yes", "note": "Known to us"})
    asked.refresh_from_db()
    assert (asked.state, asked.note) == ("confirmed", "Known to us")


def test_the_desk_screens_and_puts_it_to_the_ballot(client, now):
    sign_in_with(client, "desk.run")
    body, _people = make_council(2)
    sponsor = make_member(person=make_person(account=make_account()))
    application = make_application(organisation=make_organisation(), sponsor=sponsor, now=now)
    number = application.ref.number
    page = reverse("desk_admissions:application", args=[number])
    assert "No sponsor has confirmed yet." in text_of(client.get(page))
    for check in application.checks.all():
        path = reverse("desk_admissions:check", args=[number, check.point])
        client.post(path, {"state": "passed", "note": "Seen"})
    said = {"sponsor": application.sponsors.select_related("member").get(), "stands": True, "now": now}
    actions.answer_as_sponsor(actor=as_person(sponsor.person), **said)
    closes = (now + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")

    client.post(
        reverse("desk_admissions:act", args=[number, "ballot"]), {"body": body.pk, "closes_at": closes}
    )

    found = Application.objects.get()
    assert (found.state, found.ballot.state) == ("ballot", "open")
    assert found.ballot.ref.number in text_of(client.get(page))


def test_the_desk_refuses_and_drafts_the_letter(client, now):
    make_person(account=sign_in_with(client, "desk.run"))
    number = make_application(now=now).ref.number
    act = reverse("desk_admissions:act", args=[number, "refuse"])
    assert client.post(act, {"reason": " "}).status_code == 422
    client.post(act, {"reason": "Too young"})
    client.post(reverse("desk_admissions:act", args=[number, "letter"]))
    text = text_of(client.get(reverse("desk_admissions:application", args=[number])))
    assert "Too young" in text and "Letter of the decision drafted" in text


def test_the_certificate_is_a_pdf_that_everybody_can_verify(admitted, client):
    certificate = Certificate.objects.get()
    browser = browser_of(admitted.person)
    path = reverse("my_admissions:certificate", args=[admitted.ref.number])
    first, again = browser.get(path), browser.get(path)
    assert first["Content-Type"] == "application/pdf" and first.content.startswith(b"%PDF")
    assert first.content == again.content
    check = reverse("site:certificate", args=[certificate.number, certificate.digest[:16]])
    assert "is genuine" in text_of(client.get(check, headers={"accept-language": "en"}))
    for wrong in ("0" * 16, certificate.digest[:8]):
        assert client.get(reverse("site:certificate", args=[certificate.number, wrong])).status_code == 404
    assert check in text_of(browser.get(reverse("my_admissions:application", args=[admitted.ref.number])))


def test_prospects_are_noted_invited_and_closed(client):
    sign_in_with(client, "desk.run")
    make_organisation("Example Group")
    said = {"organisation": "Example Group", "note": "Met", "follow_up_on": "2027-01-01"}
    client.post(reverse("desk_admissions:note"), said)
    prospect = Prospect.objects.get()
    client.post(reverse("desk_admissions:act_on_prospect", args=[prospect.pk, "invite"]), {})
    client.post(
        reverse("desk_admissions:act_on_prospect", args=[prospect.pk, "decline"]), {"note": "No money"}
    )
    assert "No money" in text_of(client.get(reverse("desk_admissions:prospect", args=[prospect.pk])))
    assert "Example Group" in text_of(client.get(reverse("desk_admissions:prospects")))


def test_what_waits_is_told_to_each(now):
    member = make_member(person=make_person(account=make_account()))
    application = make_application(sponsor=member, now=now)
    make_application(now=now)
    make_inquiry(application, now=now)
    make_prospect(follow_up_on=TODAY - timedelta(days=400))

    def waiting(actor, door):
        return sorted(duty.key.partition(":")[0] for duty in duties(actor, door, now))

    assert waiting(as_person(application.person), "my") == ["admissions.inquiry"]
    assert waiting(as_person(member.person), "my") == ["admissions.sponsor"]
    assert waiting(make_actor("desk.run"), "desk") == ["admissions.application", "admissions.prospect"]
    assert waiting(make_actor("desk.read"), "desk") == [] == waiting(Actor(), "my")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_many_there_are(rows, client, django_assert_max_num_queries):
    sign_in_with(client, "desk.run")
    for _ in range(rows):
        make_application()
    client.get(reverse("desk_admissions:applications"))
    with django_assert_max_num_queries(16):
        assert text_of(client.get(reverse("desk_admissions:applications"))).count("APP-") >= rows
