"""Who may come in here."""

from secretariat.foundation.audit.admission import EVERYBODY, Entry

ADDRESSES = {"ui:style": Entry("the style guide", EVERYBODY)}
