from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "membership_applied_for": _("Application handed in"),
    "inquiry_answered": _("Question answered"),
    "application_withdrawn": _("Application withdrawn"),
    "sponsor_confirmed": _("Sponsor confirmed"),
    "sponsor_declined": _("Sponsor declined"),
    "sponsor_asked": _("Sponsor asked"),
    "application_checked": _("Point of the due diligence checked"),
    "applicant_asked": _("Applicant asked"),
    "application_refused": _("Application refused"),
    "application_put_to_ballot": _("Application put to the ballot"),
    "application_admitted": _("Applicant admitted"),
    "application_rejected": _("Applicant not admitted"),
    "application_undecided": _("The ballot decided nothing"),
    "admission_letter_drafted": _("Letter of the decision drafted"),
    "prospect_noted": _("Prospect noted"),
    "prospect_invited": _("Prospect invited"),
    "prospect_declined": _("Prospect declined"),
}
