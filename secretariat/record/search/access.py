"""Who may come in here."""

from secretariat.foundation.audit.admission import MACHINE

COMMANDS = {"reindex": MACHINE}
