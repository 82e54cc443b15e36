"""A signed letter goes out by mail: the paper goes along, and what comes back is seen on the letter."""

import email
from email import policy

import pytest

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.audit.models import Act
from secretariat.foundation.notices.actions import record_bounce
from secretariat.foundation.notices.bounces import Report
from secretariat.foundation.notices.models import Message, Notice, Postbox
from secretariat.foundation.notices.queries import bounced_mail, with_subjects
from secretariat.record.correspondence import actions, queries
from secretariat.record.correspondence.actions import To
from secretariat.record.correspondence.deliveries import deliveries_of, with_deliveries
from tests.factories.accounts import NOW, make_account, make_actor
from tests.factories.correspondence import (
    as_staff,
    make_letter_for_signature,
    make_sent_letter,
    make_signed_letter,
)
from tests.factories.jobs import work_off
from tests.factories.notices import mail_server
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
COMMAND = Actor(door="command")


@pytest.fixture
def server(settings):
    settings.SITE_URL, settings.MAIL_BOUNCES = "https://site.example.org", "returned@example.org"
    with mail_server(settings) as keeper:
        yield keeper


def posted(server):
    """The one mail that brought a letter; who was given a right meanwhile got mail too."""
    work_off()
    mails = [email.message_from_bytes(each.content, policy=policy.default) for each in server.mails]
    [mail] = [each for each in mails if list(each.iter_attachments())]
    return mail


def letter_mail():
    return Message.objects.get(origin="correspondence.letter", state="sent")


def bounce(message, status="5.1.1"):
    report = Report(message.pk, message.address, "failed", status, f"{status} no such user")
    return record_bounce(report=report, actor=COMMAND, now=NOW)


def test_whoever_has_an_address_gets_the_letter_as_pdf_and_the_others_on_paper(server):
    letter = make_sent_letter(recipients=[To("A", "a@example.org"), To("B")], subject="Invitation")

    mail = posted(server)

    [paper] = list(mail.iter_attachments())
    assert mail["To"] == "a@example.org"
    assert mail["Subject"].endswith("Invitation") and mail["List-Unsubscribe"] is None
    assert (paper.get_filename(), paper.get_content_type()) == ("OUT-2022-001.pdf", "application/pdf")
    assert paper.get_content().startswith(b"%PDF-") and letter.file.sha256
    assert "Please find attached the letter OUT-2022-001" in mail.get_body(("plain",)).get_content()
    assert {(one.recipient.name, one.words) for one in deliveries_of(letter)} == {
        ("A", "sent; whether it arrived cannot be known"), ("B", "by post"),
    }  # fmt: skip


def test_a_covering_text_of_its_own_takes_the_place_of_the_usual_words(server):
    make_sent_letter(cover="Dear A,\n\nHere it is.")

    text = posted(server).get_body(("plain",)).get_content()

    assert "Here it is." in text and "Please find attached" not in text


def test_a_letter_in_chinese_comes_in_a_chinese_mail(server):
    make_sent_letter(subject="邀请函", language="zh-hans")

    assert "随信附上" in posted(server).get_body(("plain",)).get_content()


def test_what_comes_back_stands_on_the_letter_and_its_sender_is_told():
    letter = make_sent_letter()
    work_off()

    message = bounce(letter_mail())

    [delivery] = deliveries_of(letter)
    assert (delivery.words, delivery.reason, delivery.is_wrong) == (
        "came back",
        "5.1.1 no such user",
        True,
    )
    [row] = with_deliveries(queries.returned_letters(as_staff(letter.drafter)))
    assert (row.pk, row.returned, row.outcome) == (letter.pk, 1, "1 came back")
    assert Act.objects.get(verb="mail_came_back").subject_id == letter.pk
    assert set(Notice.objects.filter(kind="mail_bounced").values_list("account_id", flat=True)) == {
        letter.drafter.account_id
    }
    [(_row, about)] = with_subjects(list(bounced_mail(make_actor("desk.read"))))
    assert (about.subject, about.path) == ("An answer", f"/desk/letters/{letter.ref.number}/")
    assert message.is_dead and not Postbox.objects.exists()


def test_a_letter_to_the_address_of_an_account_marks_the_account():
    account = make_account()
    person = make_person(account=account)
    make_sent_letter(recipients=[To("A", account.email, person=person)])
    work_off()

    bounce(letter_mail())

    assert Postbox.objects.get().unreachable == account.email


def test_a_mail_is_queued_with_the_letter_or_not_at_all():
    letter = make_signed_letter()
    queries.Letter.objects.filter(pk=letter.pk).update(digest="0" * 64)

    with pytest.raises(ValueError, match="not what was signed"):
        actions.send_letter(letter=letter, actor=as_staff(letter.drafter), now=NOW)

    assert not Message.objects.exclude(origin="").exists()


def test_the_paper_is_the_same_each_time_it_is_set(client):
    letter = make_signed_letter()
    client.force_login(letter.drafter.account)
    path = f"/desk/letters/{letter.ref.number}/letter.pdf"

    first, second = client.get(path), client.get(path)

    assert first["Content-Type"] == "application/pdf" and first.content == second.content
    sent = actions.send_letter(letter=letter, actor=as_staff(letter.drafter), now=NOW)
    kept = b"".join(client.get(path).streaming_content)
    assert kept == first.content and sent.file.name == f"{letter.ref.number}.pdf"


def test_an_unsigned_letter_says_that_it_is_a_draft(client):
    letter = make_letter_for_signature()
    client.force_login(letter.drafter.account)

    page = client.get(f"/desk/letters/{letter.ref.number}/")

    assert page.status_code == 200 and "by e-mail" in page.content.decode()
    assert client.get(f"/desk/letters/{letter.ref.number}/letter.pdf").content.startswith(b"%PDF-")


def test_the_register_tells_what_came_back_at_the_same_cost(client, django_assert_num_queries):
    letter = make_sent_letter()
    client.force_login(letter.drafter.account)
    work_off()
    bounce(letter_mail())
    client.get("/desk/letters/?which=returned")
    with django_assert_num_queries(14):
        page = client.get("/desk/letters/?which=returned")
    assert "1 came back" in page.content.decode()
    for _ in range(2):
        make_sent_letter()
    work_off()
    for message in Message.objects.filter(state="sent", origin="correspondence.letter"):
        bounce(message)
    with django_assert_num_queries(14):
        page = client.get("/desk/letters/?which=returned")
    assert page.content.decode().count('scope="row"') == 3
