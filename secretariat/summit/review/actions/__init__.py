from secretariat.summit.review.actions.conflicts import (
    declare_conflict,
    declare_conflicts,
    enter_conflict,
    find_conflicts,
    resolve_conflict,
)
from secretariat.summit.review.actions.deliberating import Order, plan_deliberation
from secretariat.summit.review.actions.lists import decide_list, freeze_list
from secretariat.summit.review.actions.matching import (
    deploy_matching,
    discard_matching,
    propose_matching,
    state_expertise,
    undo_matching,
    work_out_matching,
)
from secretariat.summit.review.actions.moving import (
    act_on_result,
    declare_move,
    propose_move,
    refuse_barred_voters,
)
from secretariat.summit.review.actions.readings import (
    accept_readings,
    assign_reader,
    decline_reading,
    propose_repair,
)
from secretariat.summit.review.actions.reminding import remind_late, remind_of_reviews
from secretariat.summit.review.actions.reviews import DraftChanged, hand_in_review, save_review_draft

__all__ = [
    "DraftChanged",
    "Order",
    "accept_readings",
    "act_on_result",
    "assign_reader",
    "decide_list",
    "declare_conflict",
    "declare_conflicts",
    "declare_move",
    "decline_reading",
    "deploy_matching",
    "discard_matching",
    "enter_conflict",
    "find_conflicts",
    "freeze_list",
    "hand_in_review",
    "plan_deliberation",
    "propose_matching",
    "propose_move",
    "propose_repair",
    "refuse_barred_voters",
    "remind_late",
    "remind_of_reviews",
    "resolve_conflict",
    "save_review_draft",
    "state_expertise",
    "undo_matching",
    "work_out_matching",
]
