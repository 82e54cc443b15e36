"""Who may come in here."""

from secretariat.foundation.audit.admission import MACHINE

COMMANDS = dict.fromkeys(("backup", "doctor", "live", "migrate", "restore", "seal", "serve"), MACHINE)
