"""Serving: what ``secretariat serve`` and the demo do."""

import resource
from collections.abc import Callable

from django.conf import settings
from django.db import connections

from secretariat.doors.serving.parts import CONNECTIONS, Plan, parts
from secretariat.doors.serving.supervisor import Supervisor


def serve(planned: Plan, say: Callable[[str], object]) -> int:
    """Run all parts until interrupted or ended; every one of them ends with this process."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    found = parts(planned)
    connections.close_all()  # the parts have their own
    # A connection is a file; the limit a shell gives is often 1,024. The parts inherit what is set here.
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 2 * CONNECTIONS)), hard))
    say(f"pages    http://{_shown(planned.host)}:{planned.port}")
    say(f"events   http://{_shown(planned.host)}:{planned.live_port}/events, to browsers {planned.live_url}")
    say(f"parts    {', '.join(part.name for part in found)}; stop with Ctrl-C")
    return Supervisor(found, folder=settings.ROOT).run()


def _shown(host: str) -> str:
    return "localhost" if host == "127.0.0.1" else host
