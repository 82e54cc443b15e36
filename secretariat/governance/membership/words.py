from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "membership_taken_back": _("Membership taken back"),
    "categories_loaded": _("Categories of members loaded"),
    "category_changed": _("Category changed"),
    "member_admitted": _("Member admitted"),
    "member_reinstated": _("Member reinstated"),
    "member_suspended": _("Member suspended"),
    "membership_ended": _("Membership ended"),
    "conditions_laid_down": _("Conditions of a category laid down"),
    "membership_renewed": _("Membership renewed"),
    "standing_overridden": _("Standing decided by hand"),
    "override_lifted": _("Decision by hand lifted"),
    "standings_counted": _("Standing of members counted"),
    "vote_handed": _("Voting representative chosen"),
    "representative_named": _("Representative named"),
    "directory_entry_kept": _("Entry in the directory changed"),
    "directory_entry_hidden": _("Entry in the directory hidden"),
    "representative_agreed": _("Representative agreed to be named"),
    "representative_declined": _("Representative is no longer named"),
    "representation_ended": _("Representation ended"),
}
