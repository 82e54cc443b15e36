from secretariat.summit.calls.actions.approvals import approve, ask_approval, want_approval
from secretariat.summit.calls.actions.building import (
    add_part,
    change_call,
    change_part,
    copy_call,
    move_part,
    remove_part,
)
from secretariat.summit.calls.actions.calls import (
    CallSpec,
    close_call,
    declare_call,
    log_payload,
    open_call,
    screen_submissions,
)
from secretariat.summit.calls.actions.files import attach_file, detach_file
from secretariat.summit.calls.actions.late import end_late_code, enter_late, give_late_code, start_late
from secretariat.summit.calls.actions.naming import name_conflict
from secretariat.summit.calls.actions.partners import add_applicants, remove_applicant
from secretariat.summit.calls.actions.questions import (
    answer_question,
    ask_applicant,
    remind_of_questions,
    settle_question,
)
from secretariat.summit.calls.actions.submissions import (
    ApprovalMissing,
    DraftConflict,
    InvalidContent,
    Seen,
    save_draft,
    start_submission,
    submit,
    withdraw,
)

__all__ = [
    "ApprovalMissing", "CallSpec", "DraftConflict", "InvalidContent", "Seen", "add_applicants", "add_part",
    "answer_question", "approve", "ask_applicant", "ask_approval", "attach_file", "change_call", "change_part",
    "close_call", "copy_call", "declare_call", "detach_file", "end_late_code", "enter_late", "give_late_code",
    "log_payload", "move_part", "name_conflict", "open_call", "remind_of_questions", "remove_applicant",
    "remove_part", "save_draft", "screen_submissions", "settle_question", "start_late", "start_submission",
    "submit", "want_approval", "withdraw",
]  # fmt: skip
