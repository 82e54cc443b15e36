from secretariat.governance.advice.actions.asking import (
    adopt_opinion,
    ask_advice,
    contribute,
    publish_opinion,
    withdraw_request,
)
from secretariat.governance.advice.actions.papers import add_paper, hand_in_paper, withdraw_paper

__all__ = [
    "add_paper",
    "adopt_opinion",
    "ask_advice",
    "contribute",
    "hand_in_paper",
    "publish_opinion",
    "withdraw_paper",
    "withdraw_request",
]
