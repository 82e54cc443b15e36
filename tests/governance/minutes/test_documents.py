import io

import docx
import pytest
from docx.oxml.ns import qn

from secretariat.governance.ballots.actions import close_ballot
from secretariat.governance.meetings.actions import close_meeting, put_to_the_vote, take_up
from secretariat.governance.meetings.documents import notice_document
from secretariat.governance.meetings.showing import agenda_rows
from secretariat.governance.minutes.actions import draft_minutes
from secretariat.governance.minutes.documents import minutes_document, resolution_document
from secretariat.governance.minutes.queries import actions_of, get_resolution_for, paragraphs_seen_by
from tests.factories.accounts import INSTALLER, NOW
from tests.factories.ballots import vote
from tests.factories.meetings import BEGINS, as_member, make_assembly, make_item, make_open_meeting
from tests.factories.minutes import ENDS, LATER, make_action, make_resolution

pytestmark = pytest.mark.django_db


def opened(data):
    return docx.Document(io.BytesIO(data))


def tables(paper):
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]


def headings(paper):
    return [p.text for p in paper.paragraphs if p.style.name.startswith("Heading")]


def voted(*, audience=""):
    """Minutes of a meeting in which two of three voted on one item."""
    body, people = make_assembly(3)
    meeting = make_open_meeting(body, present=people[:2])
    item = make_item(meeting, now=BEGINS, **({"audience": audience} if audience else {}))
    item = take_up(item=item, actor=INSTALLER, now=BEGINS)
    said = {"question_en": "Shall it be so?", "question_zh": "是否如此？", "method": "roll_call"}
    ballot = put_to_the_vote(item=item, **said, actor=INSTALLER, now=BEGINS)
    for person in people[:2]:
        vote(ballot, person, "yes", now=BEGINS)
    close_ballot(ballot=ballot, actor=INSTALLER, now=BEGINS)
    close_meeting(meeting=meeting, actor=INSTALLER, now=ENDS)
    return draft_minutes(meeting=meeting, actor=INSTALLER, now=LATER), people, ballot


def test_minutes_in_chinese_are_read_back_with_their_tables_and_fonts():
    minutes, people, ballot = voted()
    paper = opened(minutes_document(minutes, paragraphs_seen_by(INSTALLER, minutes), "zh"))

    assert headings(paper)[2:3] == ["1 示例议程"] and len(headings(paper)) == 6
    assert headings(paper)[1] == "出席情况"
    _facts, attendance, votes = tables(paper)
    assert len(attendance[0]) == 4
    assert {row[0] for row in attendance[1:]} == {person.name_in("zh") for person in people[:2]}
    assert votes[1][:6] == ["1", ballot.ref.number, "是否如此？", "2", "0", "0"]
    fonts = {
        name: paper.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) for name in ("Normal", "Heading 1")
    }
    assert fonts == {"Normal": "SimSun", "Heading 1": "SimHei"}
    tags = {tag.get(qn("w:eastAsia")) for tag in paper.element.iter(qn("w:lang"))}
    assert tags == {"zh-CN"} and paper.core_properties.language == "zh-CN"
    heads = [table.rows[0]._tr.trPr for table in paper.tables[1:]]
    assert all(head is not None and head.find(qn("w:tblHeader")) is not None for head in heads)
    assert minutes.ref.number in paper.sections[0].footer.paragraphs[0].text


def test_what_is_hidden_is_in_no_document():
    minutes, people, ballot = voted(audience="closed")
    member = as_member(people[1], body=minutes.meeting.body)
    paper = opened(minutes_document(minutes, paragraphs_seen_by(member, minutes), "en"))

    assert headings(paper) == ["Opening", "Attendance", "Closing", "Table of attendance"]
    written = "\n".join(p.text for p in paper.paragraphs) + str(tables(paper))
    assert ballot.ref.number not in written and "Shall it be so?" not in written


def test_a_resolution_in_both_languages_with_its_actions():
    row = make_resolution(text_en="First.\n\nSecond.")
    task = make_action(row)
    row = get_resolution_for(INSTALLER, row.ref.number)
    paper = opened(resolution_document(row, actions_of(row), "en"))

    assert [p.text for p in paper.paragraphs if p.style.name == "Title"] == ["Example"]
    assert headings(paper) == ["Text", "示例", "Actions"]
    text = [p.text for p in paper.paragraphs if p.style.name == "Normal" and p.text]
    assert text == ["First.", "Second.", "兹决议。"]
    facts, actions = tables(paper)
    assert ["Number", row.code] in facts and ["Digest", row.digest] in facts
    assert actions[1][:2] == ["Tell the members", str(task.owner)]
    chinese = next(p for p in paper.paragraphs if p.text == "兹决议。").runs[0]
    assert chinese._element.rPr.rFonts.get(qn("w:hint")) == "eastAsia"


def test_the_notice_with_the_agenda():
    body, people = make_assembly(2)
    meeting = make_open_meeting(body, place="Hall 1")
    make_item(meeting, now=BEGINS)
    make_item(meeting, now=BEGINS, title_en="Secret matter", audience="closed")
    member = as_member(people[1], body=body)
    paper = opened(notice_document(meeting, agenda_rows(member, meeting), "en", NOW))

    facts, agenda = tables(paper)
    assert ["Place", "Hall 1"] in facts and ["Number", meeting.ref.number] in facts
    assert [line[:2] for line in agenda] == [["Item", "Title"], ["1", "Example item"]]
