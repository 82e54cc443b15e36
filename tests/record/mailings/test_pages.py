"""From a list of the desk to a mailing that has gone out, through the pages."""

import pytest
from django.urls import reverse

from secretariat.record.mailings.models import Copy, Mailing, Refusal
from secretariat.record.mailings.setting import stop_path
from tests.factories.correspondence import make_staff
from tests.factories.jobs import work_off
from tests.factories.mailings import WORDS, make_mailing, make_reader, make_sent_mailing

pytestmark = pytest.mark.django_db
LIST = "/desk/mailings/"


def enter(client, right="desk.run"):
    person = make_staff(right)
    client.force_login(person.account)
    return person


def body(client, path):
    return client.get(path).content.decode()


def test_a_filtered_list_is_written_to_previewed_and_sent(client):
    staff, ana = enter(client), make_reader("Ana")
    make_reader("Bo")
    assert f"{LIST}to/people/" in body(client, "/desk/people/?q=ana")

    write = client.post(f"{LIST}to/people/", {"all": "1", "query": "q=ana"}).headers["Location"]
    assert "Write to 1 reader" in body(client, write)
    page = client.post(write, {**WORDS, "kind": "news", "do": "preview"}).headers["Location"]
    preview = body(client, page)
    assert ana.account.email in preview and "Dear Ana Example" in preview
    assert "Dear Ana Example" in body(client, f"{page}mail.html?language=en&n=1")
    mailing = Mailing.objects.get()
    client.post(reverse("desk_mailings:act", args=[mailing.ref.number, "start"]))
    work_off()

    [copy] = Copy.objects.all()
    assert (copy.address, mailing.drafter) == (ana.account.email, staff)
    shown = body(client, reverse("desk_mailings:mailing", args=[mailing.ref.number]))
    assert "Gone out" in shown and "1 of 1" in shown
    copies = reverse("desk_mailings:copies", args=[mailing.ref.number])
    assert ana.account.email in body(client, f"{copies}?outcome=sent")
    assert ana.account.email not in body(client, f"{copies}?outcome=bounced")
    rows = b"".join(client.get(f"{copies}?export=csv").streaming_content).decode()
    assert ana.account.email in rows
    assert "Ana Example" in body(client, reverse("desk_mailings:copy", args=[mailing.ref.number, copy.pk]))
    mail = client.get(reverse("desk_mailings:mail", args=[mailing.ref.number, copy.pk]))
    assert "frame-ancestors 'self'" in mail.headers["Content-Security-Policy"]


def test_what_a_browser_sends_keeps_its_lines_and_paragraphs(client):
    staff, ana = enter(client), make_reader("Ana")
    number = make_mailing(by=staff, people=[ana]).ref.number
    typed = {**WORDS, "text_en": "Dear {name},\r\n\r\nit is out.\r\nCome.", "kind": "news"}

    client.post(reverse("desk_mailings:write", args=[number]), typed)

    mail = body(client, reverse("desk_mailings:preview_mail", args=[number]))
    assert "<p>Dear Ana Example,</p>\n<p>it is out.<br>Come.</p>" in mail
    assert "/mailings/stop/" in mail


def test_its_progress_is_asked_for_while_it_goes_and_then_the_whole_page(client):
    mailing = make_sent_mailing(by=enter(client))
    path, part = (
        reverse("desk_mailings:mailing", args=[mailing.ref.number]),
        {"HX-Target": "mailing-progress"},
    )

    going = client.get(path, headers=part)
    assert 'hx-trigger="every 4s"' in going.content.decode() and "HX-Refresh" not in going
    Mailing.objects.filter(pk=mailing.pk).update(state="stopped")
    assert client.get(path, headers=part)["HX-Refresh"] == "true"


def test_ticked_rows_alone_are_written_to(client):
    enter(client)
    ana, _bo = make_reader("Ana"), make_reader("Bo")

    write = client.post(f"{LIST}to/people/", {"row": str(ana.pk), "query": ""}).headers["Location"]

    assert Mailing.objects.get().rows == [ana.pk] and "1 chosen row" in body(client, write)


def test_without_a_row_nothing_begins(client):
    enter(client)

    back = client.post(f"{LIST}to/people/", {"next": "/desk/people/?q=a"})

    assert (back.headers["Location"], Mailing.objects.count()) == ("/desk/people/?q=a", 0)


def test_what_is_wrong_stands_at_its_field(client):
    number = make_mailing(by=enter(client)).ref.number

    page = client.post(
        reverse("desk_mailings:write", args=[number]),
        {**WORDS, "text_zh": "", "text_en": "{x}", "kind": "news"},
    )

    assert page.status_code == 422
    assert "There is no placeholder {x}" in page.content.decode()
    assert "belong together" in page.content.decode()


@pytest.mark.parametrize(
    ("right", "name", "method", "status"),
    [
        ("desk.read", "mailings", "get", 200), ("desk.read", "write", "get", 404), ("desk.read", "preview", "get", 200),
        ("desk.read", "act", "post", 404), ("audit.read", "mailings", "get", 404), ("desk.run", "write", "get", 200),
    ],
)  # fmt: skip
def test_who_may_do_what(client, right, name, method, status):
    mailing = make_mailing()
    enter(client, right)
    arguments = {"mailings": [], "act": [mailing.ref.number, "start"]}.get(name, [mailing.ref.number])

    assert getattr(client, method)(reverse(f"desk_mailings:{name}", args=arguments)).status_code == status


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(client, count, django_assert_num_queries):
    enter(client)
    for _ in range(count):
        make_sent_mailing()
    client.get(LIST)

    with django_assert_num_queries(11):
        page = client.get(LIST)

    assert page.content.decode().count('scope="row"') == count


def test_the_link_in_a_mail_ends_the_news_and_looking_at_it_does_not(client):
    copy = make_sent_mailing().copies.select_related("mailing").get()
    path = stop_path(copy)

    assert "Shall they stop?" in body(client, path) and not Refusal.objects.exists()
    assert client.post(path).status_code == 200 and client.post(path).status_code == 200

    assert list(Refusal.objects.values_list("address", flat=True)) == [copy.address]
    assert client.get("/mailings/stop/none/").status_code == 404
