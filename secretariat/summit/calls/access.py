"""Who may come in here: applicants to what is theirs, the desk to what was handed in."""

from secretariat.foundation.audit.admission import (
    DESK,
    DESK_RUN,
    SIGNED_IN,
    Entry,
    admitting,
)

APPLICANTS = admitting(
    "the person in charge, her assistant with this task, a representative of the organisation",
    "applicant", "representative", "assistant",
)  # fmt: skip
REPRESENTATIVES = admitting("a representative of the organisation", "representative")
ADDRESSES = {
    "my_calls:submissions": Entry("my submissions", SIGNED_IN),
    "my_calls:call": Entry("a call and its first questions", SIGNED_IN),
    "my_calls:start": Entry("a submission begun", SIGNED_IN, get=None, post=302),
    "my_calls:submission": Entry("a submission of mine", APPLICANTS),
    "my_calls:write": Entry(
        "its form; what cannot be written any more is read", APPLICANTS, get=302, post=302
    ),
    "my_calls:autosave": Entry("its draft, kept while it is written", APPLICANTS, get=None, post=403),
    "my_calls:preview": Entry("it as its readers see it", APPLICANTS),
    "my_calls:hand_in": Entry("it, handed in", APPLICANTS, get=None, post=302),
    "my_calls:partners": Entry("who applies with me", APPLICANTS, post=404),
    "my_calls:name_conflict": Entry("who should not judge it", APPLICANTS, post=422),
    "my_calls:receipt": Entry("a receipt", APPLICANTS),
    "my_calls:receipt_text": Entry("a receipt as text", APPLICANTS),
    "my_calls:version": Entry("a version of it", APPLICANTS),
    "my_calls:file": Entry("a file of it", APPLICANTS),
    "my_calls:answer": Entry("a question about it, answered", APPLICANTS, post=200),
    "my_calls:answer_file": Entry("a file of an answer of mine", APPLICANTS),
    "my_calls:enter_late": Entry("it, let in late by a code", APPLICANTS, get=None, post=302),
    "my_calls:withdraw": Entry("it, withdrawn", APPLICANTS, post=200),
    "my_calls:approvals": Entry("who approves for an organisation", REPRESENTATIVES, get=None, post=302),
    "desk_calls:calls": Entry("calls", DESK),
    "desk_calls:call": Entry("a call", DESK),
    "desk_calls:late": Entry("the late codes of a call", DESK_RUN, post=200),
    "desk_calls:end_late": Entry("a late code, called back", DESK_RUN, get=None, post=302),
    "desk_calls:copy": Entry("a new call with the rules of this one", DESK_RUN, post=200),
    "desk_calls:build": Entry("the rules of a call while it is a draft", DESK_RUN),
    "desk_calls:details": Entry("its names and days, changed", DESK_RUN, post=200),
    "desk_calls:new_part": Entry("a field or a condition, added", DESK_RUN, post=200),
    "desk_calls:change_part": Entry("a field or a condition, changed", DESK_RUN, post=200),
    "desk_calls:act_on_part": Entry(
        "a field or a condition, moved or taken out", DESK_RUN, get=None, post=302
    ),
    "desk_calls:form": Entry("the form of a call", DESK),
    "desk_calls:submissions": Entry("what was handed in", DESK),
    "desk_calls:confirm": Entry("a call opened, closed, screened", DESK_RUN, post=302),
    "desk_calls:submission": Entry("a submission", DESK),
    "desk_calls:version": Entry("a version of it", DESK),
    "desk_calls:file": Entry("a file of it", DESK),
    "desk_calls:ask": Entry("a question to its applicant", DESK_RUN, post=200),
    "desk_calls:settle": Entry("a question settled", DESK_RUN, get=None, post=302),
    "desk_calls:answer_file": Entry("a file of an answer", DESK),
}
READERS = {"calls": APPLICANTS}
FILES = {
    "calls.Attachment.file": admitting(
        "the person in charge, a representative of the organisation, the reviewer it was given to, the desk",
        "applicant", "representative", "reviewer", "desk reads", "desk runs",
    ),
    "calls.AnswerFile.file": admitting(
        "the person in charge, a representative of the organisation, the desk",
        "applicant", "representative", "desk reads", "desk runs",
    ),
}  # fmt: skip
EXPORTS = {"calls.submissions": "desk_calls:submissions"}
