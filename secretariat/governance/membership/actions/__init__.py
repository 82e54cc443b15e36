from secretariat.governance.membership.actions.admitting import (
    SAID,
    admit_member,
    change_category,
    end_membership,
    lay_down_conditions,
    load_categories,
    take_back_membership,
)
from secretariat.governance.membership.actions.listing import (
    agree_to_be_named,
    hide_directory_entry,
    keep_directory_entry,
)
from secretariat.governance.membership.actions.representing import (
    end_representation,
    hand_vote_to,
    name_representative,
)
from secretariat.governance.membership.actions.standing import (
    lift_override,
    override_standing,
    recompute_standings,
    reinstate_member,
    renew_membership,
    suspend_member,
)

__all__ = [
    "SAID", "admit_member", "agree_to_be_named", "change_category", "end_membership", "end_representation",
    "hand_vote_to", "hide_directory_entry", "keep_directory_entry", "lay_down_conditions", "lift_override",
    "load_categories", "name_representative", "override_standing", "recompute_standings", "reinstate_member",
    "renew_membership", "suspend_member", "take_back_membership",
]  # fmt: skip
