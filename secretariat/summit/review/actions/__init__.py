from secretariat.summit.review.actions.conflicts import declare_conflict, find_conflicts, resolve_conflict
from secretariat.summit.review.actions.lists import decide_list, freeze_list
from secretariat.summit.review.actions.matching import (
    assign_reader,
    deploy_matching,
    propose_matching,
    state_expertise,
    undo_matching,
)
from secretariat.summit.review.actions.reviews import hand_in_review

__all__ = [
    "assign_reader",
    "decide_list",
    "declare_conflict",
    "deploy_matching",
    "find_conflicts",
    "freeze_list",
    "hand_in_review",
    "propose_matching",
    "resolve_conflict",
    "state_expertise",
    "undo_matching",
]
