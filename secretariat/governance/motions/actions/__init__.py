from secretariat.governance.motions.actions.amending import (
    accept_amendment,
    decline_amendment,
    propose_amendment,
    rule_on_competing,
    rule_out_amendment,
    set_order,
)
from secretariat.governance.motions.actions.backing import (
    back_motion,
    follow_motion,
    step_back,
    step_back_from_amendment,
    take_over,
)
from secretariat.governance.motions.actions.deciding import act_on_result, declare_vote, put_to_vote
from secretariat.governance.motions.actions.leading import (
    admit_motion,
    lapse_motion,
    lay_down_requirement,
    name_power,
    publish_motion,
    rule_out_motion,
)
from secretariat.governance.motions.actions.writing import (
    DraftConflict,
    revise_motion,
    save_motion,
    start_motion,
    submit_motion,
)

__all__ = [
    "DraftConflict",
    "accept_amendment",
    "act_on_result",
    "admit_motion",
    "back_motion",
    "declare_vote",
    "decline_amendment",
    "follow_motion",
    "lapse_motion",
    "lay_down_requirement",
    "name_power",
    "propose_amendment",
    "publish_motion",
    "put_to_vote",
    "revise_motion",
    "rule_on_competing",
    "rule_out_amendment",
    "rule_out_motion",
    "save_motion",
    "set_order",
    "start_motion",
    "step_back",
    "step_back_from_amendment",
    "submit_motion",
    "take_over",
]
