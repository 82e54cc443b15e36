"""The worker: fetches jobs and does them, until it is told to stop."""

import asyncio
from collections.abc import Collection

from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

GRACE = 20.0  # seconds for what is running when it is told to stop
HEARTBEAT = 5.0


def run(
    *, queues: Collection[str] | None = None, concurrency: int = 2, until_empty: bool = False,
    install_signal_handlers: bool = True,
) -> None:  # fmt: skip
    """Work until SIGTERM or SIGINT, or until nothing waits. Blocks; what runs then may end within the grace."""
    connector = PsycopgConnector(kwargs=connector_params("default"), min_size=1, max_size=concurrency + 2)

    async def work() -> None:
        async with app.open_async():
            await app.run_worker_async(
                queues=list(queues) if queues else None,
                concurrency=concurrency,
                wait=not until_empty,
                shutdown_graceful_timeout=GRACE,
                delete_jobs="successful",
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=HEARTBEAT * 4,
                install_signal_handlers=install_signal_handlers,
            )

    with app.replace_connector(connector):
        asyncio.run(work())
