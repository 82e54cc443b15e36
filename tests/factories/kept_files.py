"""A kept file of every kind the record knows."""

import io

from secretariat.foundation.files.actions import store_file
from tests.factories.accounts import NOW, make_account, make_actor
from tests.factories.advice import make_advice_paper, make_request
from tests.factories.correspondence import as_staff, make_incoming, make_sent_letter, make_staff
from tests.factories.imports import make_import
from tests.factories.meetings import make_convened_meeting, make_item, make_paper_version
from tests.factories.minutes import make_evidence, make_resolution


def make_files(*, attached, answered, book, council, chair):
    """Kind -> the id of a file of it. What applicants hand in and what is printed comes from the play."""
    scanner = make_staff()
    scan = store_file(
        stream=io.BytesIO(b"We ask.\n"),
        name="scan.txt",
        allowed_types=(),
        limit=100,
        actor=as_staff(scanner),
        now=NOW,
    )
    incoming, letter = make_incoming(by=scanner, file=scan), make_sent_letter()
    sheet = make_import(actor=make_actor("desk.run", account=make_account()))
    return {
        "calls.Attachment.file": attached.pk, "calls.AnswerFile.file": answered.pk,
        "correspondence.Incoming.file": incoming.file_id, "correspondence.Letter.file": letter.file_id,
        "imports.Import.file": sheet.file_id, "publications.Publication.file": book.pk,
        "advice.PaperVersion.file": make_advice_paper(make_request(asked_by=council)).file_id,
        "minutes.Evidence.file": make_evidence(make_resolution(council, [chair])).pk,
        "meetings.PaperVersion.file": make_paper_version(make_item(make_convened_meeting(council))).file_id,
    }  # fmt: skip
