from secretariat.summit.review.actions.conflicts import (
    declare_conflict,
    declare_conflicts,
    find_conflicts,
    resolve_conflict,
)
from secretariat.summit.review.actions.lists import decide_list, freeze_list
from secretariat.summit.review.actions.matching import (
    assign_reader,
    deploy_matching,
    discard_matching,
    propose_matching,
    state_expertise,
    undo_matching,
)
from secretariat.summit.review.actions.reviews import DraftChanged, hand_in_review, save_review_draft

__all__ = [
    "DraftChanged",
    "assign_reader",
    "decide_list",
    "declare_conflict",
    "declare_conflicts",
    "deploy_matching",
    "discard_matching",
    "find_conflicts",
    "freeze_list",
    "hand_in_review",
    "propose_matching",
    "resolve_conflict",
    "save_review_draft",
    "state_expertise",
    "undo_matching",
]
