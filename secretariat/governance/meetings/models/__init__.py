from secretariat.governance.meetings.models.agenda import AgendaItem, ItemBallot, Paper, PaperVersion
from secretariat.governance.meetings.models.meeting import Meeting
from secretariat.governance.meetings.models.room import Attendance, Deputy, Proxy, Recusal, Speech

__all__ = [
    "AgendaItem",
    "Attendance",
    "Deputy",
    "ItemBallot",
    "Meeting",
    "Paper",
    "PaperVersion",
    "Proxy",
    "Recusal",
    "Speech",
]
