"""Everything about a selection that a stranger can recount, in the files of engines.bundles.selection.

Sits above review and honours because it tells of both.
"""

from typing import Any

from secretariat.engines.sealed.canonical import COMMITMENT_SCHEME
from secretariat.foundation.audit import queries as log
from secretariat.foundation.audit.models import LogEntry, Pledge
from secretariat.summit.calls.models import Call, ClosedInputs
from secretariat.summit.calls.queries import rules_of
from secretariat.summit.honours.queries import honours_of
from secretariat.summit.review import queries as review


class NothingToShow(Exception):
    """The call has no list yet, or the log was not sealed since the call last bound itself to something."""


def selection_files(call: Call) -> dict[str, Any]:
    """Return the bundle's files, name -> content (JSON values, or text for log/head.txt and log/key.txt)."""
    head = log.latest_head()
    stages = list(call.stages.order_by("position").select_related("authority__ref"))
    lists = {
        f"stages/{number:02d}-{stage.key}.json": frozen
        for number, stage in enumerate(stages, 1)
        if (frozen := review.frozen_list(stage))
    }
    if head is None or not lists:
        raise NothingToShow(f"{call.key} has no frozen list in the sealed log yet")
    entries = _entries(call, head.size)
    if len(entries) < Pledge.objects.filter(subject_id=call.pk).count():
        raise NothingToShow(f"the log was not sealed since the last list or decision of {call.key}")
    inputs = ClosedInputs.objects.get(call=call).content
    return {
        "selection.json": {
            "schema": 1, "edition": call.edition.ref.number, "call": call.key, "title": call.title_en,
            "simulated": call.edition.simulated, "collected": len(inputs), "commitments": COMMITMENT_SCHEME,
        },
        "rules.json": rules_of(call),
        "inputs.json": inputs,
        "eligibility.json": review.eligibility_of(call),
        "reviews.json": review.reviews_of(call),
        "conflicts.json": review.conflicts_of(call),
        **lists,
        "honours.json": honours_of(call),
        "log/head.txt": head.note,
        "log/key.txt": log.public_key_line(),
        "log/entries.json": entries,
        "log/tree.json": {"leaves": _leaves(head.size)},
    }  # fmt: skip


def _entries(call: Call, size: int) -> list[dict[str, Any]]:
    return [
        {
            "payload": sealed.pledge.payload,
            "index": sealed.index,
            "leaf": sealed.leaf_hash.hex(),
            "proof": [node.hex() for node in log.inclusion_proof(sealed.index, size)],
        }
        for sealed in log.sealed_pledges([call.pk])
        if sealed.index < size
    ]


def _leaves(size: int) -> list[str]:
    hashes = LogEntry.objects.filter(index__lt=size).order_by("index").values_list("leaf_hash", flat=True)
    return [bytes(leaf).hex() for leaf in hashes.iterator()]
