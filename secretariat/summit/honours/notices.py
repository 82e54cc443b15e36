"""What honours tell their applicants."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.notices.kinds import Group, Kind, register_group, register_kind

register_group(
    Group("honours", _("Honours"), _("Offers in confidence, and entries to approve."), 30, mandatory=True)
)
register_kind(
    Kind(
        "honour_offered",
        "honours",
        _("An honour is offered to you, in confidence"),
        _(
            "The organisation offers you an honour for what you handed in. Until it is conferred, please keep it to "
            "yourself.\n\nPlease accept or decline it on your page."
        ),
        path="/my/honours/",
        action=_("Read the offer"),
        urgency="decision",
        sample={"level": "leading"},
    )
)
register_kind(
    Kind(
        "results_released",
        "honours",
        _("The results are out: %(call)s"),
        _(
            "What was decided in “%(call)s” is known from now on. What became of what you handed in stands on its page."
        ),
        path="/my/submissions/",
        action=_("To what I handed in"),
        sample={"call": {"en": "Outstanding cases", "zh": "实践案例"}},
    )
)
