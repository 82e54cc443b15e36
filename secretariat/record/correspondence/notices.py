"""What letters tell the staff; the group "work" is declared by tasks."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.notices.kinds import Kind, register_kind

SAMPLE = {"subject": "Invitation to the Review Committee", "number": "OUT-2027-004"}

register_kind(
    Kind(
        "letter_to_answer",
        "work",
        _("A letter for you to answer: %(subject)s"),
        _("The letter %(number)s was given to you: %(subject)s"),
        path="/desk/letters/in/%(number)s/",
        action=_("See the letter"),
        sample=SAMPLE | {"number": "IN-2027-004"},
    )
)
register_kind(
    Kind(
        "letter_to_sign",
        "work",
        _("A letter for you to sign: %(subject)s"),
        _("The letter %(number)s waits for your signature: %(subject)s"),
        path="/desk/letters/%(number)s/",
        action=_("Read and sign"),
        urgency="decision",
        sample=SAMPLE,
    )
)
register_kind(
    Kind(
        "letter_sent_back",
        "work",
        _("Sent back to you: %(subject)s"),
        _("Whoever was to sign the letter %(number)s, “%(subject)s”, sent it back with a remark."),
        path="/desk/letters/%(number)s/",
        action=_("See the remark"),
        sample=SAMPLE,
    )
)
