from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "secretariat.doors.site"
    verbose_name = _("site")

    def ready(self) -> None:
        from secretariat.doors.site.books import files_of_books
        from secretariat.foundation.files.queries import register_reader

        register_reader("site.books", files_of_books)
