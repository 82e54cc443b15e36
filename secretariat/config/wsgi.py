import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from django.utils import translation

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secretariat.config.settings")
application = get_wsgi_application()


def _read_what_every_page_needs() -> None:
    """Read addresses and catalogues now: the first reader need not wait for them, nor the crowd behind her."""
    from django.conf import settings

    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("Search")
            get_resolver().reverse_dict  # noqa: B018  reads every module of addresses


_read_what_every_page_needs()
# What was read by now stays: the collector need not walk over it again and again while readers wait.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)
