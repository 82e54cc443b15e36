from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "topic_listed": _("Schemes of the topic changed"),
    "topic_renamed": _("Topic renamed"),
    "topics_loaded": _("Topics loaded"),
    "topic_registered": _("Topic registered"),
    "topic_moved": _("Topic moved"),
}
