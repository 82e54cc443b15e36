"""Jobs of the tests, and a worker that knows them: ``python -m tests.foundation.jobs.samples``."""

import os
import time
from functools import cache
from pathlib import Path

DONE = []


@cache
def declare():
    """Declare them, once in a process."""
    from secretariat.foundation.jobs.declaring import Hopeless, job

    @job("tests.note", waits=(5, 60), gives_up=lambda now, word, **_: DONE.append(f"gave up {word}"))
    def note(*, word, now, path="", seconds=0):
        if word == "broken":
            raise RuntimeError(word)
        if word == "hopeless":
            raise Hopeless(word)
        DONE.append(word)
        if path:
            with Path(path).open("a") as file:
                file.write(f"begun {word}\n")
            time.sleep(seconds)
            with Path(path).open("a") as file:
                file.write(f"ended {word}\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secretariat.config.settings")
    import django

    django.setup()
    declare()
    from django.core.management import call_command

    call_command("worker")
