from secretariat.summit.calls.models.call import Call, CallPart, Criterion, EligibilityRule, FormField, Stage
from secretariat.summit.calls.models.late import LateCode, LateEntry
from secretariat.summit.calls.models.questions import Answer, AnswerFile, Question
from secretariat.summit.calls.models.submission import (
    Applicant,
    Approval,
    ApprovalRule,
    Attachment,
    ClosedInputs,
    NamedConflict,
    Receipt,
    Screening,
    Submission,
    SubmissionCountry,
    Version,
)

__all__ = [
    "Answer",
    "AnswerFile",
    "Applicant",
    "Approval",
    "ApprovalRule",
    "Attachment",
    "Call",
    "CallPart",
    "ClosedInputs",
    "Criterion",
    "EligibilityRule",
    "FormField",
    "LateCode",
    "LateEntry",
    "NamedConflict",
    "Question",
    "Receipt",
    "Screening",
    "Stage",
    "Submission",
    "SubmissionCountry",
    "Version",
]
