from secretariat.governance.admissions.actions.applying import (
    answer_as_sponsor,
    answer_inquiry,
    apply,
    withdraw,
)
from secretariat.governance.admissions.actions.deciding import (
    act_on_result,
    draft_letter_of_admission,
    put_to_ballot,
)
from secretariat.governance.admissions.actions.prospects import (
    decline_prospect,
    invite_prospect,
    note_prospect,
)
from secretariat.governance.admissions.actions.screening import (
    ask_applicant,
    ask_sponsor,
    record_check,
    refuse,
)

__all__ = [
    "act_on_result", "answer_as_sponsor", "answer_inquiry", "apply", "ask_applicant", "ask_sponsor",
    "decline_prospect", "draft_letter_of_admission", "invite_prospect", "note_prospect", "put_to_ballot",
    "record_check", "refuse", "withdraw",
]  # fmt: skip
