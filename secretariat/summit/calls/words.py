from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "conflict_named": _("Member of the committee named as tied"),
    "call_declared": _("Call declared"),
    "call_opened": _("Call opened; its rules are fixed"),
    "call_closed": _("Call closed; what was handed in is fixed"),
    "submission_started": _("Submission begun"),
    "draft_saved": _("Draft kept"),
    "submission_submitted": _("Handed in"),
    "submission_withdrawn": _("Withdrawn"),
    "applicants_added": _("Joint applicants named"),
    "submissions_screened": _("Formally checked"),
    "approval_wanted": _("Approval by a second representative asked for"),
    "approval_asked": _("Draft put up for approval"),
    "draft_approved": _("Draft approved"),
    "question_asked": _("The applicant was asked"),
    "question_answered": _("The applicant answered"),
    "questions_reminded": _("Applicants reminded of questions"),
    "question_settled": _("Question settled"),
    "file_attached": _("File attached"),
    "file_detached": _("File taken off"),
    "applicant_removed": _("Joint applicant removed"),
}
