"""Who may come in here: nobody by an address of its own. A book that is set is everybody's."""

from secretariat.foundation.audit.admission import EVERYBODY

FILES = {"publications.Publication.file": EVERYBODY}
