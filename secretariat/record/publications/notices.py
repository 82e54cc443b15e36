"""What publications tell whoever stands in them."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.notices.kinds import Group, Kind, register_group, register_kind

register_group(
    Group(
        "publications",
        _("Publications"),
        _("Entries of yours to approve before they are printed."),
        40,
        mandatory=True,
    )
)
register_kind(
    Kind(
        "proof_to_approve",
        "publications",
        _("An entry of yours is in proof: please read and approve it"),
        _(
            "This is how your entry would be printed. Please approve it, or refuse it, until %(until)s.\n\nIf "
            "you do not answer by then, it is printed as it stands."
        ),
        path="/my/honours/",
        action=_("Read the proof"),
        urgency="decision",
        times=("until",),
        sample={"until": "2026-09-12T16:00:00+00:00"},
    )
)
