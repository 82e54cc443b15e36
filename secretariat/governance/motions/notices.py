"""What is told about motions and amendments: to the body, to who leads it, to who backs or follows a motion."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.notices.kinds import Group, Kind, register_group, register_kind

SAMPLE = {
    "number": "MOT-2027-004", "code": "COUNCIL/2027/2",
    "title": {"en": "Working languages of the committees", "zh": "各委员会的工作语言"},
}  # fmt: skip
PATH = "/my/motions/%(number)s/"
SEE = _("See the motion")

register_group(Group("motions", _("Motions"), _("Motions and amendments in the bodies you belong to."), 22))


def _kind(key: str, subject: str, text: str, **said: object) -> None:
    declared = {"path": PATH, "action": SEE, "sample": SAMPLE, **said}
    register_kind(Kind(key, "motions", subject, text, **declared))  # type: ignore[arg-type]


_kind(
    "motion_submitted", _("A motion was submitted: %(title)s"),
    _("%(code)s waits to be admitted or ruled out of order."), path="/desk/motions/%(number)s/", urgency="decision",
    action=_("Read and rule"),
)  # fmt: skip
_kind(
    "motion_admitted", _("A motion is before the body: %(title)s"),
    _("%(code)s is admitted. It can be seconded and amended until the vote opens."),
)  # fmt: skip
_kind("motion_seconded", _("Seconded: %(title)s"), _("Another member seconds %(code)s."))
_kind(
    "motion_ruled_out", _("Ruled out of order: %(title)s"),
    _("%(code)s is not put before the body. The reason: %(reason)s"),
    sample={**SAMPLE, "reason": "The matter belongs to the Assembly."},
)  # fmt: skip
_kind(
    "motion_withdrawn", _("Withdrawn: %(title)s"),
    _("The movers of %(code)s have withdrawn it. Another member may take it over."),
)  # fmt: skip
_kind(
    "motion_taken_over", _("Taken over: %(title)s"),
    _("Another member has taken over %(code)s; it stands again where it stood."),
)  # fmt: skip
_kind(
    "motion_lapsed", _("Lapsed: %(title)s"), _("%(code)s is not voted on. The reason: %(reason)s"),
    sample={**SAMPLE, "reason": "The session is closed."},
)  # fmt: skip
_kind("motion_adopted", _("Adopted: %(title)s"), _("The body has adopted %(code)s."))
_kind("motion_rejected", _("Rejected: %(title)s"), _("The body has rejected %(code)s."))
_kind(
    "amendment_proposed", _("An amendment to your motion: %(title)s"),
    _("%(which)s changes paragraph %(paragraph)s of %(code)s. You may accept it; otherwise the body votes on it."),
    urgency="decision", action=_("Read and answer"), sample={**SAMPLE, "which": "A1", "paragraph": 2},
)  # fmt: skip
_kind(
    "amendment_decided", _("Your amendment to %(code)s: %(outcome)s"),
    _("%(which)s to paragraph %(paragraph)s of “%(title)s”: %(outcome)s."),
    sample={**SAMPLE, "which": "A1", "paragraph": 2, "outcome": {"en": "adopted", "zh": "通过"}},
)  # fmt: skip
