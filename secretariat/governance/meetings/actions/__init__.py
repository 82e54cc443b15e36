from secretariat.governance.meetings.actions.agenda import (
    add_item,
    add_paper,
    add_paper_version,
    change_item,
    place_item,
    remove_item,
    withdraw_paper,
)
from secretariat.governance.meetings.actions.attending import (
    answer_proxy,
    attend,
    leave,
    offer_proxy,
    record_arrival,
    record_departure,
    revoke_proxy,
)
from secretariat.governance.meetings.actions.chairing import choose_deputy, lift_recusal, pass_chair, recuse
from secretariat.governance.meetings.actions.planning import (
    cancel_meeting,
    change_meeting,
    convene,
    plan_meeting,
)
from secretariat.governance.meetings.actions.running import (
    adjourn_item,
    close_meeting,
    finish_item,
    note_ballot,
    open_meeting,
    put_to_the_vote,
    take_up,
)
from secretariat.governance.meetings.actions.speaking import (
    ask_for_floor,
    close_list,
    end_speech,
    give_floor,
    pause_speech,
    set_limit,
    withdraw_speech,
)
from secretariat.governance.meetings.actions.standing_in import call_in_alternate, call_off_alternate

__all__ = [
    "add_item", "add_paper", "add_paper_version", "adjourn_item", "answer_proxy", "ask_for_floor", "attend",
    "call_in_alternate", "call_off_alternate", "cancel_meeting", "change_item", "change_meeting", "choose_deputy",
    "close_list", "close_meeting", "convene", "end_speech", "finish_item", "give_floor", "leave", "lift_recusal",
    "note_ballot", "offer_proxy", "open_meeting", "pass_chair", "pause_speech", "place_item", "plan_meeting",
    "put_to_the_vote", "record_arrival", "record_departure", "recuse", "remove_item", "revoke_proxy", "set_limit",
    "take_up", "withdraw_paper", "withdraw_speech",
]  # fmt: skip
