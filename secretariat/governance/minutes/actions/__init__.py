from secretariat.governance.minutes.actions.adopting import (
    adopt_at_meeting,
    adopt_by_silence,
    adopt_due_minutes,
    circulate_minutes,
)
from secretariat.governance.minutes.actions.carrying_out import (
    change_action,
    close_action,
    drop_action,
    set_action,
)
from secretariat.governance.minutes.actions.correcting import (
    mark_read,
    propose_correction,
    refuse_correction,
    take_correction,
)
from secretariat.governance.minutes.actions.resolving import (
    enter_adopted_motion,
    enter_resolution,
    publish_resolution,
)
from secretariat.governance.minutes.actions.writing import MinutesConflict, draft_minutes, edit_paragraph

__all__ = [
    "MinutesConflict", "adopt_at_meeting", "adopt_by_silence", "adopt_due_minutes", "change_action",
    "circulate_minutes", "close_action", "draft_minutes", "drop_action", "edit_paragraph", "enter_adopted_motion",
    "enter_resolution", "mark_read", "propose_correction", "publish_resolution", "refuse_correction", "set_action",
    "take_correction",
]  # fmt: skip
