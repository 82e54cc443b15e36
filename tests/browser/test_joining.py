"""An applicant becomes a member by a vote of the Council, in Chromium: every step by whoever takes it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from secretariat.governance.admissions.models import Application
from tests.browser.conftest import HOST
from tests.factories.accounts import make_account
from tests.factories.ballots import make_council
from tests.factories.membership import make_category, make_conditions, make_member
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person
from tests.factories.staff import grant

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def client_of(person):
    client = Client()
    client.force_login(person.account)
    return client


@pytest.fixture
def world():
    """A Council of three, a clerk, a member who can stand for others, and somebody who works for an organisation."""
    category = make_category("senior", name_en="Senior member", name_zh="高级会员")
    make_conditions(category)
    council, people = make_council(3)
    applicant = make_person("Ada", "Beispiel", account=make_account())
    organisation = make_organisation(name_en="Example Cable Works", name_zh="示例电缆厂")
    make_affiliation(applicant, organisation)
    sponsor = make_member(person=make_person("Bea", "Muster", account=make_account()))
    clerk = make_person(account=make_account())
    grant(clerk.account, "desk.run")
    return council, people, applicant, organisation, sponsor, clerk


def apply_in(page):
    page.goto(f"{HOST}{reverse('site:join')}")
    page.goto(f"{HOST}{reverse('my_admissions:new')}")
    page.get_by_label("Category").select_option(label="Senior member")
    page.get_by_label("In the name of").select_option(label="Example Cable Works")
    page.get_by_label("Why do you want to be a member?").fill("We lay cables and want to agree on how.")
    page.get_by_label("Sponsor").select_option(label="Bea Muster")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_selector("text=being screened")


def stand_for(page):
    page.goto(f"{HOST}{reverse('my_admissions:applications')}")
    page.get_by_role("link", name="Example Cable Works").click()
    page.get_by_label("Yes, we stand for it").check()
    page.get_by_role("button", name="Answer").click()
    page.wait_for_selector("text=confirmed")


def screen_in(number):
    def walk(page):
        path = f"{HOST}{reverse('desk_admissions:application', args=[number])}"
        page.goto(path)
        for at in range(page.get_by_role("link", name="Check").count()):
            page.goto(path)
            page.get_by_role("link", name="Check").nth(at).click()
            page.get_by_label("passed", exact=True).check()
            page.get_by_role("button", name="Save").click()
            page.wait_for_url(path)
        page.goto(f"{HOST}{reverse('desk_admissions:act', args=[number, 'ballot'])}")
        closes = (timezone.localtime() + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M")
        page.locator("input[type=datetime-local]").fill(closes)
        page.get_by_role("button", name="Put to the ballot").click()
        page.wait_for_url(path)
        return page.locator("main").inner_text()

    return walk


def vote_yes(page):
    page.goto(f"{HOST}{reverse('my_ballots:ballots')}")
    page.get_by_role("link", name="Admit the applicant").click()
    yes = page.get_by_role("button", name="Yes")
    yes.wait_for()
    told = page.locator("main, header").all_inner_texts()
    yes.click()
    page.wait_for_selector("text=Your vote is in")
    return " ".join(told)


def close_in(number):
    def walk(page):
        page.goto(f"{HOST}{reverse('desk_ballots:ballot', args=[number])}")
        page.get_by_role("button", name="Close and count").click()
        page.wait_for_selector("text=What has happened")

    return walk


def choose_in_directory(page):
    page.goto(f"{HOST}{reverse('my_admissions:applications')}")
    page.get_by_role("link", name="Example Cable Works").last.click()
    page.wait_for_selector("text=Certificate (PDF)")
    return page.get_by_role("link", name="Certificate (PDF)").get_attribute("href"), page.complaints


def test_an_applicant_becomes_a_member(drive, world, client):
    _council, people, applicant, organisation, sponsor, clerk = world

    drive(apply_in, client=client_of(applicant))
    application = Application.objects.get()
    drive(stand_for, client=client_of(sponsor.person))
    screened = drive(screen_in(application.ref.number), client=client_of(clerk))
    assert "before the Council" in screened
    told = [drive(vote_yes, client=client_of(person)) for person in people[:2]]
    assert all("Example Cable Works" in each and "We lay cables" in each for each in told)
    application.refresh_from_db()
    drive(close_in(application.ballot.ref.number), client=client_of(clerk))
    certificate, complaints = drive(choose_in_directory, client=client_of(applicant))

    application.refresh_from_db()
    assert (application.state, application.member.organisation, complaints) == ("admitted", organisation, [])
    assert client_of(applicant).get(certificate).content.startswith(b"%PDF")
    assert "Example Cable Works" in client.get(reverse("site:members")).content.decode()
    number, digest = application.certificate.number, application.certificate.digest[:16]
    assert client.get(reverse("site:certificate", args=[number, digest])).status_code == 200
