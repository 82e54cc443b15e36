"""What is told about applications; the group "membership" is declared by membership."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.notices.kinds import Kind, register_kind

SAMPLE = {"number": "APP-2027-004"}
MINE = "/my/membership/%(number)s/"
SEE = _("See the application")


def _kind(key: str, subject: str, text: str, **said: object) -> None:
    declared = {"path": MINE, "action": SEE, "sample": SAMPLE, **said}
    register_kind(Kind(key, "membership", subject, text, **declared))  # type: ignore[arg-type]


_kind(
    "application_received", _("Your application %(number)s was received"),
    _("The secretariat looks at it now. Whatever happens to it stands on its page."),
)  # fmt: skip
_kind(
    "inquiry_made", _("A question about your application %(number)s"),
    _("The secretariat wants to know more before your application goes on. Please answer until %(due)s."),
    urgency="decision", days=("due",), sample={**SAMPLE, "due": "2027-03-01"}, action=_("Read and answer"),
)  # fmt: skip
_kind(
    "sponsor_asked", _("Would you stand for an applicant?"),
    _(
        "%(applicant)s applies for membership (%(number)s) and names you as sponsor. Please say whether you stand for "
        "the application."
    ),
    path="/my/membership/", urgency="decision", action=_("Read and answer"),
    sample={**SAMPLE, "applicant": {"en": "An example", "zh": "示例"}},
)  # fmt: skip
_kind(
    "sponsor_confirmed", _("A sponsor stands for your application %(number)s"),
    _("The member you named has confirmed that it stands for your application."),
)  # fmt: skip
_kind(
    "sponsor_declined", _("A sponsor does not stand for your application %(number)s"),
    _("The member you named does not stand for your application. Please name another one on its page."),
    urgency="decision",
)  # fmt: skip
_kind(
    "application_before_council", _("Your application %(number)s is before the Council"),
    _("The secretariat has put it to a ballot. You are told of the result."),
)  # fmt: skip
_kind(
    "application_admitted", _("Your application %(number)s: admitted"),
    _("The Council has admitted you. The certificate of membership stands on the page of the application."),
)  # fmt: skip
_kind(
    "application_rejected", _("Your application %(number)s: not admitted"),
    _("The Council has decided by ballot not to admit the applicant. A letter follows."),
)  # fmt: skip
_kind(
    "application_refused", _("Your application %(number)s: refused"),
    _("The secretariat does not put your application to the Council. The reason: %(reason)s"),
    sample={**SAMPLE, "reason": "The category is for organisations of three years and more."},
)  # fmt: skip
