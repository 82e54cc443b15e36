from secretariat.governance.minutes.actions.adopting import (
    adopt_at_meeting,
    adopt_by_silence,
    circulate_minutes,
)
from secretariat.governance.minutes.actions.correcting import (
    propose_correction,
    refuse_correction,
    take_correction,
)
from secretariat.governance.minutes.actions.resolving import (
    enter_adopted_motion,
    enter_resolution,
    publish_resolution,
    set_action,
)
from secretariat.governance.minutes.actions.writing import draft_minutes, edit_paragraph

__all__ = [
    "adopt_at_meeting", "adopt_by_silence", "circulate_minutes", "draft_minutes", "edit_paragraph",
    "enter_adopted_motion", "enter_resolution", "propose_correction", "publish_resolution", "refuse_correction",
    "set_action", "take_correction",
]  # fmt: skip
