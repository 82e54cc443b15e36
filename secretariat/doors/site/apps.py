from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What else is public stands in the footer: five ways are read at a glance.
WAYS = [
    ("calls", pgettext_lazy("of the whole site", "Calls")),
    ("selections", _("Selections")),
    ("honours", _("Honours")),
    ("members", _("Members")),
    ("archive", _("Archive")),
]


class SiteConfig(AppConfig):
    name = "secretariat.doors.site"
    verbose_name = _("site")

    def ready(self) -> None:
        from secretariat.doors.site.books import files_of_books
        from secretariat.doors.site.searching import register_sources
        from secretariat.doors.site.speaking import speaker
        from secretariat.foundation.files.queries import register_reader
        from secretariat.foundation.notices.brand import register_brand
        from secretariat.foundation.ui.navigation import Way, register_way

        register_reader("site.books", files_of_books)
        register_brand(speaker)
        register_sources()
        for position, (name, label) in enumerate(WAYS):
            register_way(Way("public", f"site:{name}", label, position))
