from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from secretariat.engines.bundles.counting import decision_digest, list_digest
from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.notices.actions import tell
from secretariat.governance.bodies.queries import holders_of_seats
from secretariat.summit.calls.actions import log_payload
from secretariat.summit.calls.models import Call, Stage
from secretariat.summit.calls.queries import rules_of
from secretariat.summit.review import queries, rules
from secretariat.summit.review.models import Decision, ListEntry, StageList
from secretariat.summit.review.queries.entries import NUMBERS


def freeze_list(*, stage: Stage, actor: Actor, now: datetime) -> StageList:
    """Make the list of a stage by the rule declared for it, and freeze it; its digest goes into the sealed log.

    A calibrated stage waits for every review that is still to come, and for the conflicts found since with who
    reviewed; a stage waits for the decision on the list before it.
    """
    require(rules.can_run_review(actor), _("freeze a list"))
    with audit.act("list_frozen", actor=actor, now=now, stage=stage.key) as act:
        call = Call.objects.select_for_update().get(pk=stage.call_id)
        require_state(call.state, ["closed"], _("Freezing a list"))
        if StageList.objects.filter(stage=stage).exists():
            require_state("frozen", [], _("Freezing a list"))
        declared = rules_of(call)
        entries, based_on = queries.list_entries(stage, declared)
        content = {
            "stage": stage.key, "frozen_at": queries.moment(now), "rules": call.rules_digest,
            "inputs": call.inputs_digest, "basis": based_on,
            **({"moves": moves} if (moves := queries.moves_of(stage)) else {}),
        }  # fmt: skip
        frozen = StageList.objects.create(
            stage=stage, frozen_at=now, content=content,
            digest=list_digest({**content, "entries": entries, "decision": None}),
        )  # fmt: skip
        _keep_entries(frozen, entries)
        audit.pledge(act, subject=call, payload=log_payload(call, "list", frozen.digest, now, stage.key))
        act.on(frozen, digest=frozen.digest)
        if stage.authority_id:
            _tell_authority(frozen, call, now)
    return frozen


def _tell_authority(frozen: StageList, call: Call, now: datetime) -> None:
    chairs = holders_of_seats(frozen.stage.authority, now.date(), roles=("chair",))
    accounts = [term.person.account_id for term in chairs if term.person and term.person.account_id]
    stage = frozen.stage
    tell(
        accounts=accounts, kind="list_to_decide", subject_id=frozen.pk, now=now,
        call={"en": call.title_en, "zh": call.title_zh}, list={"en": stage.label_en, "zh": stage.label_zh},
    )  # fmt: skip


def _keep_entries(frozen: StageList, entries: list[dict[str, Any]]) -> None:
    submissions = {s.ref.number: s for s in frozen.stage.call.submissions.select_related("ref")}
    ListEntry.objects.bulk_create(
        ListEntry(
            list=frozen, submission=submissions[entry["ref"]], position=position, outcome=entry["outcome"],
            **{name: entry[name] for name in NUMBERS},
        )
        for position, entry in enumerate(entries, 1)
    )  # fmt: skip


def decide_list(
    *, stage: Stage, refused: Mapping[str, str], by: str, actor: Actor, now: datetime
) -> Decision:
    """The authority named for the stage approves its list. It may refuse items, each with a reason; it adds none.

    ``refused`` maps submission numbers to reasons; ``by`` is the office that acts, as it is published.
    """
    require(rules.can_decide(actor, stage.authority_id), _("decide on this list"))
    if not by.strip():
        raise ValueError(_("A decision says which office made it."))
    with audit.act("list_decided", actor=actor, now=now, stage=stage.key, refused=sorted(refused)) as act:
        # The call is locked, since a frozen list cannot be: nobody has the right to change it.
        Call.objects.select_for_update().get(pk=stage.call_id)
        listed = queries.frozen_list(stage)
        if listed is None or listed["decision"] is not None:
            require_state("decided" if listed else "not frozen", [], _("Deciding"))
        frozen = StageList.objects.get(stage=stage)
        standing = {e["ref"] for e in listed["entries"] if e["outcome"] != "cut"}
        if unknown := sorted(set(refused) - standing):
            raise ValueError(_("Not on the list: %(items)s.") % {"items": ", ".join(unknown)})
        if bare := sorted(ref for ref, reason in refused.items() if not reason.strip()):
            raise ValueError(_("Refused without a reason: %(items)s.") % {"items": ", ".join(bare)})
        content = {
            "authority": stage.authority.ref.number, "by": by, "at": queries.moment(now),
            "refused": [{"ref": ref, "reason": reason} for ref, reason in sorted(refused.items())],
        }  # fmt: skip
        bound = decision_digest({**listed, "decision": content})
        decision = Decision.objects.create(
            list=frozen, authority=stage.authority, person_id=actor.person_id, decided_at=now, content=content,
            digest=bound,
        )  # fmt: skip
        audit.pledge(
            act, subject=stage.call, payload=log_payload(stage.call, "decision", bound, now, stage.key)
        )
        act.on(decision)
    return decision
