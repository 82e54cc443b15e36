"""Recounts a selection from its bundle alone: no database, no trust in whoever wrote it."""

from secretariat.engines.bundles.container import MANIFEST, Bundle
from secretariat.engines.bundles.input_steps import input_steps
from secretariat.engines.bundles.log_steps import log_steps
from secretariat.engines.bundles.reading import ShapeError, read_selection
from secretariat.engines.bundles.stage_steps import stage_steps
from secretariat.engines.bundles.steps import Step, counted, none_of

MANIFEST_STEP = "Every file is as the manifest says"
SHAPE_STEP = "The files are those of a selection"


def verify_selection(bundle: Bundle, head: str | None = None) -> list[Step]:
    """Every step of the verification, in order; the selection holds where every step is ok.

    ``bundle``: from ``container.inspect_bundle``, faults and all. ``head``: the text of a head of the log
    obtained elsewhere, such as the one on an old receipt. Where the files are not those of a selection the
    steps end there. Never raises for what a bundle says.
    """
    held = counted(len(bundle.files), "file")
    steps = [
        none_of(MANIFEST_STEP, f"{held}, each with its size and SHA-256 in {MANIFEST}", bundle.faults, held)
    ]
    try:
        selection = read_selection(bundle.files)
    except ShapeError as error:
        return [*steps, none_of(SHAPE_STEP, "the documented shape", error.departures)]
    stages = f"{len(selection.lists)} of {counted(len(selection.rules['stages']), 'declared list')} frozen"
    steps.append(Step(SHAPE_STEP, True, "the documented shape", stages))
    return [*steps, *log_steps(selection, head), *input_steps(selection), *stage_steps(selection)]
