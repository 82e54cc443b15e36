"""What surrounds the product: settings, clock, mail, disk, the keys' files, the worker, the backups."""

import shutil
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat.doors.operations.checks.finding import Finding, Look, failure, ok, warning
from secretariat.doors.operations.queries import BACKUP_AGE, backup_state
from secretariat.foundation.files.logic import readable_size
from secretariat.foundation.jobs.queries import queue_health

SKEW = timedelta(seconds=2)
FREE_SHARE, FREE_BYTES = 0.05, 1 << 30
SECRET_LENGTH = 32
PATIENCE = timedelta(minutes=5)  # a job may wait so long while the worker is started again


def check_settings(look: Look) -> Iterator[Finding]:
    """What would be unsafe on a public address."""
    if not settings.PRODUCTION:
        yield ok(_("mode %(mode)s: not for the public") % {"mode": settings.MODE})
        return
    unsafe = [
        (settings.DEBUG, _("SECRETARIAT_DEBUG is on: errors show their source to everybody")),
        (
            len(settings.SECRET_KEY) < SECRET_LENGTH,
            _("SECRETARIAT_SECRET_KEY has fewer than %(length)d characters") % {"length": SECRET_LENGTH},
        ),
        (not settings.SITE_URL.startswith("https://"), _("SECRETARIAT_URL does not begin with https://")),
        (
            not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS,
            _("SECRETARIAT_HOSTS names no host, or every host"),
        ),
    ]
    found = [failure(says) for is_unsafe, says in unsafe if is_unsafe]
    yield from found or [ok(_("as they should be for the public"))]


def check_clock(look: Look) -> Iterator[Finding]:
    """Two clocks that differ put acts out of order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        skew = abs(cursor.fetchone()[0] - timezone.now())
    seconds = {"seconds": f"{skew.total_seconds():.1f}"}
    if skew > SKEW:
        yield failure(_("the database's clock differs by %(seconds)s s from this machine's") % seconds)
    else:
        yield ok(_("the database's clock agrees within %(seconds)s s") % seconds)


def check_mail(look: Look) -> Iterator[Finding]:
    """Whether mail finds its server. Nothing is sent."""
    if "smtp" not in settings.EMAIL_BACKEND:
        yield ok(_("mail is written to files and not sent"))
        return
    place = {"server": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"}
    try:
        with get_connection(timeout=5):
            yield ok(_("%(server)s answers") % place)
    except OSError as error:
        yield failure(_("%(server)s cannot be reached: %(error)s") % {**place, "error": type(error).__name__})


def check_disk(look: Look) -> Iterator[Finding]:
    """Whether there is room for what is handed in next."""
    usage = shutil.disk_usage(settings.VAR)
    free = {"free": readable_size(usage.free), "share": f"{usage.free / usage.total:.0%}"}
    if usage.free < FREE_BYTES or usage.free < FREE_SHARE * usage.total:
        yield failure(_("only %(free)s free (%(share)s)") % free)
    else:
        yield ok(_("%(free)s free (%(share)s)") % free)


def check_keys(look: Look) -> Iterator[Finding]:
    """Whether somebody else on this machine could read the keys."""
    private = [path for path in _private_keys() if path.exists()]
    if not private:
        yield warning(_("there is no key of the log yet; the sealer makes it"))
    for path in private:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield failure(_("%(name)s can be read by others: its mode must be 0600") % {"name": path.name})
        else:
            yield ok(_("%(name)s is closed to others") % {"name": path.name})


def _private_keys() -> list[Path]:
    folder = settings.VAR / "keys"
    found = {path for path in folder.glob("*") if path.is_file() and path.suffix != ".pub"}
    return sorted({*found, settings.LOG_KEY})


def check_worker(look: Look) -> Iterator[Finding]:
    """Whether somebody does the jobs that wait."""
    health = queue_health(look.now)
    workers = ngettext("%(count)d worker", "%(count)d workers", health.workers) % {"count": health.workers}
    waiting = ngettext("%(count)d job waits", "%(count)d jobs wait", health.waiting) % {
        "count": health.waiting
    }
    says = _("%(workers)s, %(waiting)s") % {"workers": workers, "waiting": waiting}
    if health.is_well(look.now):
        yield ok(says)
    elif health.due_since is None or look.now - health.due_since < PATIENCE:
        yield warning(says)
    else:
        yield failure(_("%(workers)s, %(waiting)s, the oldest since %(since)s") % {
            "workers": workers, "waiting": waiting, "since": f"{health.due_since:%Y-%m-%d %H:%M}",
        })  # fmt: skip
    if health.failed:
        failed = ngettext("%(count)d job was given up", "%(count)d jobs were given up", health.failed)
        yield warning(failed % {"count": health.failed})


def check_backup(look: Look) -> Iterator[Finding]:
    """Whether one could come back, and to which day."""
    state = backup_state()
    if state.last_verified is None:
        missing = _("no backup was ever verified")
        yield failure(missing) if settings.PRODUCTION else warning(missing)
        return
    made = {"name": state.last_verified.name, "at": f"{state.last_verified.made_at:%Y-%m-%d %H:%M}"}
    if state.newest != state.last_verified:
        yield failure(_("the newest backup is not verified; the last good one is %(name)s of %(at)s") % made)
    elif look.now - state.last_verified.made_at > BACKUP_AGE:
        yield warning(_("the last verified backup is %(name)s of %(at)s: too old") % made)
    else:
        yield ok(_("the last verified backup is %(name)s of %(at)s") % made)
