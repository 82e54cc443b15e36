"""Recounts a selection from its bundle: from the submissions through every cut to the honours, and the log.

The bundle is a folder or a zip, laid out as docs/reference/selection-bundle.md says. Every step is computed
anew from what the bundle holds; --head brings a head of the log that did not come with it, from a receipt say,
and shows whether the log was rewritten since.
"""

import argparse
import hashlib
import io
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from secretariat.engines.bundles.container import (
    MOST_BYTES,
    Bundle,
    BundleError,
    bundle_digest,
    inspect_bundle,
)
from secretariat.engines.bundles.steps import Step
from secretariat.engines.bundles.verify import verify_selection
from secretariat.engines.commands.contract import DONE, NO, Outcome, aligned
from secretariat.engines.formats.source import STANDARD_INPUT, InputError, Source, reading

INPUTS = ("bundle", "head")
READS_TABLES = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, the bundle, and a head to hold it against."""
    parser.add_argument("action", choices=["verify"], help="recount it and say step by step what holds")
    parser.add_argument(
        "bundle", metavar="BUNDLE", help="a folder or a zip; - reads a zip from standard input"
    )
    parser.add_argument("--head", metavar="FILE", help="a text with a head of the log obtained elsewhere")


def run(args: argparse.Namespace) -> Outcome:
    """Verify the bundle. Raises InputError where bundle or head cannot be read."""
    bundle, source = _bundle(args.bundle)
    sources = [source]
    head = None
    if args.head is not None:
        with reading(args.head) as text:
            head = "".join(block.text for block in text.blocks())
            sources.append(text.source)
    steps = verify_selection(bundle, head)
    ok = all(step.ok for step in steps)
    return Outcome(
        payload={"ok": ok, "steps": [asdict(step) for step in steps]},
        table=[_printable(line) for line in _table(steps, head is not None)],
        exit_code=DONE if ok else NO,
        sources=sources,
    )


def _bundle(name: str) -> tuple[Bundle, Source]:
    try:
        if name == STANDARD_INPUT:
            # One byte more than a bundle may have: enough for the container to refuse it.
            data = sys.stdin.buffer.read(2 * MOST_BYTES + 1)
            return inspect_bundle(io.BytesIO(data)), Source(name, hashlib.sha256(data).hexdigest())
        path = Path(name)
        return inspect_bundle(path), Source(name, bundle_digest(path))
    except BundleError as error:
        file = f"{name}/{error.file}" if error.file else name
        raise InputError(_printable(file), None, _printable(error.reason)) from None
    except OSError as error:
        raise InputError(name, None, f"cannot be read: {error.strerror or error}") from None


def _table(steps: Sequence[Step], held_against_a_head: bool) -> list[str]:
    failed = [step for step in steps if not step.ok]
    answer = f"does NOT hold: {len(failed)} of {len(steps)} steps failed" if failed else "holds in every step"
    lines = [f"The selection {answer}."]
    if not held_against_a_head:
        lines.append(
            "Not held against a head obtained elsewhere (--head): a log rewritten as a whole would not show."
        )
    rows = [
        ("ok", step.step, step.found)
        if step.ok
        else ("NO", step.step, f"{step.found} (expected: {step.expected})")
        for step in steps
    ]
    return [
        *lines,
        "",
        *aligned([row for row in rows if row[0] == "NO"] + [row for row in rows if row[0] == "ok"]),
    ]


def _printable(line: str) -> str:
    # A bundle is somebody else's text: nothing in it may steer the reader's terminal.
    return "".join(character if character.isprintable() else "�" for character in line)
