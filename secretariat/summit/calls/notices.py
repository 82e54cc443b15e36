"""What calls tell applicants and representatives."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.notices.kinds import Group, Kind, register_group, register_kind

register_group(Group("calls", _("Calls"), _("What you hand in, and texts to approve."), 20))
register_group(
    Group(
        "questions",
        _("Questions about what you handed in"),
        _("Each wants an answer by a day."),
        21,
        mandatory=True,
    )
)
register_kind(
    Kind(
        "submission_received",
        "calls",
        _("%(number)s was received"),
        _(
            "“%(title)s” was handed in as version %(version)s. You may change it until the call closes: "
            "%(closes)s.\n\nIts commitment in the log is %(commitment)s. Keep it with the receipt."
        ),
        path="/my/submissions/%(number)s/receipts/%(version)s/",
        action=_("Open the receipt"),
        times=("closes",),
        sample={
            "number": "EXA-2026-001", "version": 1, "title": {"en": "An example", "zh": "示例"},
            "commitment": "9f2c41d0b7e35a68", "closes": "2026-09-12T16:00:00+00:00",
        },
    )
)  # fmt: skip
register_kind(
    Kind(
        "draft_to_approve",
        "calls",
        _("%(number)s waits for your approval"),
        _(
            "A colleague wants to hand in %(number)s for your organisation, which lets a second representative "
            "approve every text first. Please read it, and approve it or speak with your colleague."
        ),
        path="/my/submissions/%(number)s/preview/",
        action=_("Read it"),
        urgency="decision",
        sample={"number": "EXA-2026-001"},
    )
)
register_kind(
    Kind(
        "question_asked",
        "questions",
        _("A question about %(number)s"),
        _(
            "The secretariat wants to know something about %(number)s. Please answer until %(due)s. You may attach "
            "files.\n\nThe question stands on the page of the submission."
        ),
        path="/my/submissions/%(number)s/questions/%(subject_id)s/",
        action=_("Read and answer"),
        urgency="decision",
        times=("due",),
        sample={"number": "EXA-2026-001", "due": "2026-10-01T15:59:59+00:00"},
    )
)
register_kind(
    Kind(
        "question_answered",
        "calls",
        _("An answer about %(number)s"),
        _("The applicant of %(number)s has answered what you asked."),
        path="/desk/submissions/%(number)s/",
        action=_("Read the answer"),
        sample={"number": "EXA-2026-001"},
    )
)
register_kind(
    Kind(
        "question_due",
        "questions",
        _("Your answer about %(number)s is due"),
        _("The secretariat waits for your answer about %(number)s until %(due)s."),
        path="/my/submissions/%(number)s/questions/%(subject_id)s/",
        action=_("Read and answer"),
        urgency="decision",
        times=("due",),
        sample={"number": "EXA-2026-001", "due": "2026-10-01T15:59:59+00:00"},
    )
)
