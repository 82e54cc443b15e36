"""What reviews tell: readers what they have to read, an authority that a list waits."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.notices.kinds import Group, Kind, register_group, register_kind

CALL = {"en": "Outstanding cases", "zh": "实践案例"}

register_group(
    Group("review", _("Reviews"), _("Items to read, and lists that wait for a decision."), 20, mandatory=True)
)
register_kind(
    Kind(
        "readings_assigned",
        "review",
        _("Items to review: %(call)s"),
        _(
            "The secretariat has given you items to read for “%(call)s”. They stand in your queue, with the day by "
            "which your reviews are asked for.\n\nIf you may not judge one of them, say so there: it leaves your queue "
            "at once."
        ),
        path="/my/review/",
        action=_("To my reviews"),
        sample={"call": CALL},
    )
)
register_kind(
    Kind(
        "reading_declined",
        "review",
        _("%(number)s is short of a reader: %(call)s"),
        _(
            "A reader of “%(call)s” has declined %(number)s. Who could take over, with as few changes as can be, is "
            "being worked out, and will stand beside the readings as a proposal."
        ),
        path="/desk/review/calls/%(key)s/%(stage)s/readings/",
        action=_("To the readings"),
        urgency="decision",
        sample={"call": CALL, "key": "cases-2026", "stage": "recommended", "number": "EXA-2026-001"},
    )
)
register_kind(
    Kind(
        "list_to_decide",
        "review",
        _("A list waits for your decision: %(list)s"),
        _(
            "The list “%(list)s” of “%(call)s” is frozen and waits for the decision of the authority you chair.\n\n"
            "You may refuse an item with a reason; nothing can be added."
        ),
        path="/my/review/lists/",
        action=_("Look at the list"),
        urgency="decision",
        sample={"call": CALL, "list": {"en": "Recommended", "zh": "推荐入选"}},
    )
)
register_kind(
    Kind(
        "list_to_finish",
        "review",
        _("Your decision is asked for on a part of a list: %(list)s"),
        _(
            "Whoever has decided on the list “%(list)s” of “%(call)s” is recused from some of its items. You are not: "
            "please decide on them.\n\nYou may refuse an item with a reason; nothing can be added."
        ),
        path="/my/review/lists/",
        action=_("Look at the list"),
        urgency="decision",
        sample={"call": CALL, "list": {"en": "Recommended", "zh": "推荐入选"}},
    )
)
register_kind(
    Kind(
        "reviews_due",
        "review",
        _("Your reviews are asked for soon: %(call)s"),
        _(
            "Reviews of yours still to come for “%(call)s”: %(n)s. They are asked for by %(due)s.\n\nWhat you cannot "
            "review you give back on its own page, with a reason, so that somebody else can read it in time."
        ),
        path="/my/review/",
        action=_("To my reviews"),
        times=("due",),
        sample={"call": CALL, "n": 4, "due": "2026-10-01T15:59:59+00:00"},
    )
)
register_kind(
    Kind(
        "reviews_late",
        "review",
        _("Your reviews are late: %(call)s"),
        _(
            "Reviews of yours still to come for “%(call)s”: %(n)s. They were asked for by %(due)s, and the committee "
            "waits for them.\n\nA review that comes late still counts. What you cannot review you give back on its own "
            "page, with a reason."
        ),
        path="/my/review/",
        action=_("To my reviews"),
        urgency="decision",
        times=("due",),
        sample={"call": CALL, "n": 4, "due": "2026-10-01T15:59:59+00:00"},
    )
)
