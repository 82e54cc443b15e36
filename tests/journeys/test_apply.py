"""From an open call to a receipt, through the pages alone."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.files.actions import store_file
from secretariat.summit.calls import actions
from secretariat.summit.calls.logic import FieldSpec
from secretariat.summit.calls.models import Receipt, Submission
from tests.factories.calls import CONTENT, FIELDS, make_applicant, make_call, make_submission
from tests.factories.calls import STAFF as DESK
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation
from tests.factories.places import make_place

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF\n"
FORM = [
    *FIELDS,
    FieldSpec("evidence", "file", "Evidence", "佐证", params={"types": ["application/pdf"], "maximum": 1000}),
    FieldSpec("people", "contributors", "People", "参与人", params={"maximum": 20}),
]


def open_now(*, closes_in=timedelta(days=10), opened=timedelta(days=10), **kw):
    now = timezone.now()
    call = make_call(opens_at=now - opened, closes_at=now + closes_in, fields=FORM, **kw)
    return actions.open_call(call=call, actor=DESK, now=min(now, call.closes_at - timedelta(hours=1)))


@pytest.fixture
def applicant(client):
    make_place("SE")
    person, actor = make_applicant()
    client.force_login(person.account)
    return person, actor


def begin(client, call, organisation=""):
    answers = {"begun-before": "2020-01-01", "organisation": organisation}
    return client.post(reverse("my_calls:start", args=[call.key]), answers)["Location"]


def written(page, **changes):
    """What the form of a page would send, with changes."""
    return {**page.context["form"].data.dict(), "countries": ["SE"], **changes}


TEXTS = {
    "title_en": "Example", "title_zh": "示例", "summary_en": "An example.", "summary_zh": "一个示例。",
    "people-0-name_en": "Example Person",
}  # fmt: skip


def test_from_the_call_to_the_receipt(client, applicant):
    call = open_now()
    asked = client.get(reverse("my_calls:call", args=[call.key]))
    assert "which day is that?" in asked.content.decode()
    answered = client.get(reverse("my_calls:call", args=[call.key]), {"begun-before": "2020-01-01"})
    assert "Nothing formal stands against it" in answered.content.decode()

    write = begin(client, call)
    page = client.get(write)
    assert page.context["form"].data["started_on"] == "2020-01-01"
    saved = client.post(
        write, written(page, **TEXTS, evidence=SimpleUploadedFile("a.pdf", PDF), do="preview")
    )
    submission = Submission.objects.get()
    assert saved["Location"] == reverse("my_calls:preview", args=[submission.ref.number])
    assert client.get(saved["Location"]).context["wrong"] == []
    handed = client.post(reverse("my_calls:hand_in", args=[submission.ref.number]), {"do": "submit"})

    receipt = Receipt.objects.get()
    shown = client.get(handed["Location"]).content.decode()
    assert receipt.number in shown
    assert receipt.version.commitment[:20] in shown
    text = client.get(reverse("my_calls:receipt_text", args=[submission.ref.number, 1]))
    assert receipt.version.commitment in text.content.decode()
    assert text["Content-Disposition"] == f'attachment; filename="receipt-{submission.ref.number}-1.txt"'
    content = receipt.version.content
    assert {**content, "evidence": "id"} == {
        "title": {"en": "Example", "zh": "示例"}, "summary": {"en": "An example.", "zh": "一个示例。"},
        "countries": ["SE"], "started_on": "2020-01-01", "evidence": "id", "people": [{"name_en": "Example Person"}],
    }  # fmt: skip
    file = client.get(reverse("my_calls:file", args=[submission.ref.number, content["evidence"]]))
    assert b"".join(file.streaming_content) == PDF


def test_handing_in_twice_is_one_version_and_one_receipt(client, applicant):
    call = open_now(closes_in=timedelta(minutes=1))
    submission = make_submission(call, applicant=applicant, now=timezone.now(), hand_in=False)
    path = reverse("my_calls:hand_in", args=[submission.ref.number])

    answers = [client.post(path, {"do": "submit"})["Location"] for _ in range(2)]

    assert answers[0] == answers[1] == reverse("my_calls:receipt", args=[submission.ref.number, 1])
    assert Receipt.objects.count() == 1


def test_what_is_missing_is_told_with_its_fields_and_nothing_is_lost(client, applicant):
    write = begin(client, open_now())
    page = client.get(write)

    client.post(write, written(page, title_en="x" * 30, countries=[], do="preview"))
    refused = client.post(write.replace("write", "hand-in"), {"do": "submit"}, follow=True)

    assert Submission.objects.get().draft == {"title": {"en": "x" * 30}, "started_on": "2020-01-01"}
    assert set(refused.context["form"].errors) == {"title_en", "summary_en", "countries"}
    assert "30 characters in “en”; at most 20 are allowed." in refused.content.decode()
    assert 'href="#id_title_en"' in refused.content.decode()


def test_two_who_write_at_once_see_both_texts(client, applicant):
    organisation = make_organisation()
    make_affiliation(applicant[0], organisation, role="representative")
    colleague, _ = make_applicant()
    make_affiliation(colleague, organisation, role="representative")
    write = begin(client, open_now(), organisation=str(organisation.pk))
    hers = client.get(write)
    client.force_login(colleague.account)
    his = client.get(write)
    client.post(write, written(his, title_en="His title"))
    client.force_login(applicant[0].account)

    refused = client.post(write, written(hers, title_en="Her title"))

    assert refused.status_code == 409
    told = refused.content.decode()
    assert "His title" in told and "Her title" in told and str(colleague) in told
    assert Submission.objects.get().draft["title"] == {"en": "His title"}
    assert client.post(write, written(refused))["Location"] == write
    assert Submission.objects.get().draft["title"] == {"en": "Her title"}


def test_the_page_that_saves_itself_is_in_nobodys_way(client, applicant):
    write = begin(client, open_now())
    page, autosave = client.get(write), write.replace("write", "autosave")

    first = client.post(autosave, written(page, title_en="One"))
    second = client.post(autosave, written(page, title_en="One and two"))

    assert [first.status_code, second.status_code] == [200, 200]
    assert Submission.objects.get().draft["title"] == {"en": "One and two"}
    other = client.get(write)
    client.post(autosave, written(other, title_en="Three"))
    refused = client.post(autosave, written(page, title_en="Four"))
    assert refused.status_code == 409
    assert "both texts" in refused.json()["message"]
    assert Submission.objects.get().draft["title"] == {"en": "Three"}


def test_more_rows_without_scripts(client, applicant):
    write = begin(client, open_now())
    page = client.get(write)

    more = client.post(write, written(page, **{"people-0-name_en": "First", "do": "more:people"}))

    rows = more.context["form"].rows["people"]
    assert [row["name_en"].value() for row in rows] == ["First", None, None, None]
    assert Submission.objects.get().draft["people"] == [{"name_en": "First"}]


def test_a_file_of_another_kind_is_refused_beside_its_field(client, applicant):
    write = begin(client, open_now())
    page = client.get(write)

    refused = client.post(
        write, written(page, title_en="Kept", evidence=SimpleUploadedFile("a.pdf", b"no pdf"))
    )

    assert set(refused.context["form"].errors) == {"evidence"}
    assert Submission.objects.get().draft["title"] == {"en": "Kept"}


def test_a_file_that_came_in_pieces_is_named_by_its_form_and_only_ones_own(client, applicant):
    write = begin(client, open_now())
    files = [
        store_file(
            stream=BytesIO(PDF), name="a.pdf", allowed_types=(), limit=1000, actor=actor, now=timezone.now()
        )
        for actor in (make_applicant()[1], applicant[1])
    ]

    kept = []
    for named in ("nonsense", *(str(file.pk) for file in files)):
        client.post(write, written(client.get(write), evidence_file=named))
        kept.append(Submission.objects.get().draft.get("evidence"))

    assert kept == [None, None, str(files[1].pk)]


def test_a_second_representative_approves_where_the_organisation_wants_it(client, applicant):
    organisation = make_organisation()
    make_affiliation(applicant[0], organisation, role="representative")
    colleague, _ = make_applicant()
    make_affiliation(colleague, organisation, role="representative")
    client.post(reverse("my_calls:approvals", args=[organisation.ref.number]), {"wanted": "yes"})
    submission = make_submission(
        open_now(), organisation=organisation, applicant=applicant, now=timezone.now(), hand_in=False
    )
    number = submission.ref.number
    hand_in, preview = reverse("my_calls:hand_in", args=[number]), reverse("my_calls:preview", args=[number])

    assert client.post(hand_in, {"do": "submit"}, follow=True).context["submission"].version == 0
    client.post(hand_in, {"do": "ask"})
    client.post(hand_in, {"do": "approve"})
    assert client.get(preview).context["lacks_approval"] is True
    client.force_login(colleague.account)
    assert preview in client.get(reverse("my:home")).content.decode()
    client.post(hand_in, {"do": "approve"})
    assert client.get(preview).context["lacks_approval"] is False
    client.force_login(applicant[0].account)
    client.post(hand_in, {"do": "submit"})

    assert Receipt.objects.get().version.submission == submission


def test_a_change_after_the_approval_needs_another(client, applicant):
    organisation = make_organisation()
    make_affiliation(applicant[0], organisation, role="representative")
    colleague, _ = make_applicant()
    make_affiliation(colleague, organisation, role="representative")
    client.post(reverse("my_calls:approvals", args=[organisation.ref.number]), {"wanted": "yes"})
    submission = make_submission(
        open_now(), organisation=organisation, applicant=applicant, now=timezone.now(), hand_in=False
    )
    hand_in = reverse("my_calls:hand_in", args=[submission.ref.number])
    write = reverse("my_calls:write", args=[submission.ref.number])
    client.post(hand_in, {"do": "ask"})
    client.force_login(colleague.account)
    client.post(hand_in, {"do": "approve"})
    client.post(write, written(client.get(write), title_en="Changed"))

    client.post(hand_in, {"do": "submit"})

    assert not Receipt.objects.exists()


def test_changing_what_was_handed_in_makes_a_version_with_its_differences(client, applicant):
    submission = make_submission(open_now(), applicant=applicant, now=timezone.now())
    number = submission.ref.number
    write = reverse("my_calls:write", args=[number])

    client.post(write, written(client.get(write), title_en="Better"))
    page = client.get(reverse("my_calls:submission", args=[number]))
    assert page.context["has_moved"] is True
    client.post(reverse("my_calls:hand_in", args=[number]), {"do": "submit"})

    changes = client.get(reverse("my_calls:version", args=[number, 2])).context["changes"]
    assert [(change.label, change.before, change.after) for change in changes] == [
        ("Title (English)", "Example", "Better")
    ]


def test_withdrawing_takes_a_reason_and_a_second_thought(client, applicant):
    submission = make_submission(open_now(), applicant=applicant, now=timezone.now())
    path = reverse("my_calls:withdraw", args=[submission.ref.number])

    assert set(client.post(path, {}).context["form"].errors) == {"reason", "sure"}
    client.post(path, {"reason": "Plans changed.", "sure": "on"})

    submission.refresh_from_db()
    assert submission.state == "withdrawn"
    page = client.get(reverse("my_calls:submission", args=[submission.ref.number]))
    assert [event.text for event in page.context["events"]][-1] == "Plans changed."
    assert client.post(path, {"reason": "Again", "sure": "on"}).status_code == 302


def test_a_draft_of_a_closed_call_can_be_read_but_not_written(client, applicant):
    call = open_now(closes_in=timedelta(minutes=1))
    submission = make_submission(call, applicant=applicant, now=timezone.now(), hand_in=False)
    type(call).objects.filter(pk=call.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    number = submission.ref.number

    for name in ("write", "hand_in"):
        client.post(reverse(f"my_calls:{name}", args=[number]), {"do": "submit", "title_en": "Late"})
    autosaved = client.post(reverse("my_calls:autosave", args=[number]), {"title_en": "Late"})

    submission.refresh_from_db()
    assert (submission.draft, submission.version, autosaved.status_code) == (CONTENT, 0, 403)
    assert "Example" in client.get(reverse("my_calls:submission", args=[number])).content.decode()


@pytest.mark.parametrize(
    ("opened", "closes_in", "said"),
    [
        (timedelta(days=-1), timedelta(days=9), "not open yet"),
        (timedelta(days=9), timedelta(seconds=-1), "closing time has passed"),
    ],
)
def test_a_call_that_takes_no_answers_says_so_and_nobody_begins(client, applicant, opened, closes_in, said):
    call = open_now(opened=opened, closes_in=closes_in)

    page = client.get(reverse("my_calls:call", args=[call.key]))
    client.post(
        reverse("my_calls:start", args=[call.key]), {"begun-before": "2020-01-01", "organisation": ""}
    )

    assert said in page.content.decode()
    assert not Submission.objects.exists()


def test_an_answer_that_would_fail_is_told_with_its_reason(client, applicant):
    call = open_now()

    page = client.get(reverse("my_calls:call", args=[call.key]), {"begun-before": "2022-06-01"})

    assert "Begun too late." in page.content.decode()
    assert "Begin all the same" in page.content.decode()


def test_joint_applicants_are_found_or_entered(client, applicant):
    submission = make_submission(open_now(), applicant=applicant, now=timezone.now(), hand_in=False)
    known = make_organisation("Known Institute")
    path = reverse("my_calls:partners", args=[submission.ref.number])

    assert "Known Institute" in client.get(path, {"q": "known"}).content.decode()
    client.post(path, {"do": "add", "organisation": known.ref.number})
    client.post(path, {"do": "enter", "name_en": "New House", "kind": "enterprise", "country": "SE"})
    assert {str(row.organisation) for row in submission.applicants.all()} == {"Known Institute", "New House"}
    client.post(path, {"do": "remove", "organisation": known.ref.number})

    assert {str(row.organisation) for row in submission.applicants.all()} == {"New House"}
