from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
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
from secretariat.summit.review.models import Decision, ListEntry, PartDecision, StageList
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
            _tell_authority(frozen, now)
    return frozen


def _tell_authority(frozen: StageList, now: datetime) -> None:
    chairs = holders_of_seats(frozen.stage.authority, now.date(), roles=("chair",))
    accounts = [term.person.account_id for term in chairs if term.person and term.person.account_id]
    _tell(frozen, "list_to_decide", accounts, now)


def _tell(frozen: StageList, kind: str, accounts: Collection[UUID], now: datetime) -> None:
    stage, call = frozen.stage, frozen.stage.call
    tell(
        accounts=accounts, kind=kind, subject_id=frozen.pk, now=now,
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
) -> Decision | PartDecision:
    """The authority named for the stage approves its list. It may refuse items, each with a reason; it adds none.

    ``refused`` maps submission numbers to reasons; ``by`` is the office that acts, as it is published. On an item she
    is recused from, on the list or not, nobody decides: then what is returned is her part, and the decision is made
    when somebody else of the authority, not recused from those, has decided on them.
    """
    allowed = rules.can_decide(actor, stage.authority_id) or (
        rules.can_finish(actor, stage.authority_id)
        and PartDecision.objects.filter(list__stage=stage).exists()
    )
    require(allowed, _("decide on this list"))
    if not by.strip():
        raise ValueError(_("A decision says which office made it."))
    with transaction.atomic():
        # The call is locked, since a frozen list cannot be: nobody has the right to change it.
        Call.objects.select_for_update().get(pk=stage.call_id)
        listed = queries.frozen_list(stage)
        if listed is None or listed["decision"] is not None:
            require_state("decided" if listed else "not frozen", [], _("Deciding"))
        frozen = StageList.objects.select_related("part").get(stage=stage)
        share = queries.share_of(actor, frozen, now.date())
        require(share.is_hers, _("decide on an item you are recused from"))
        reasons = _refusals(listed, share, refused)
        if share.left is None and share.recused:
            return _keep_part(frozen, share, reasons, by, actor, now)
        return _decide(frozen, listed, reasons, by, actor, now)


def _refusals(listed: Mapping[str, Any], share: queries.Share, refused: Mapping[str, str]) -> dict[str, str]:
    """The reasons for the items that are refused, where each may be and has one.

    Whoever is recused is not told which of the others are on the list: what she refuses and is not, falls away.
    """
    standing = {entry["ref"] for entry in listed["entries"] if entry["outcome"] != "cut"}
    told = {entry["ref"] for entry in listed["entries"]} if share.recused else standing
    if unknown := sorted(ref for ref in refused if ref not in told or not share.takes(ref)):
        raise ValueError(_("Not on the list: %(items)s.") % {"items": ", ".join(unknown)})
    if bare := sorted(ref for ref, reason in refused.items() if not reason.strip()):
        raise ValueError(_("Refused without a reason: %(items)s.") % {"items": ", ".join(bare)})
    return {ref: reason for ref, reason in refused.items() if ref in standing}


def _keep_part(
    frozen: StageList, share: queries.Share, refused: dict[str, str], by: str, actor: Actor, now: datetime
) -> PartDecision:
    with audit.act("list_decided_in_part", actor=actor, now=now, stage=frozen.stage.key) as act:
        frozen.part = part = PartDecision.objects.create(
            list=frozen, person_id=actor.person_id, decided_at=now, office=by, refused=refused,
            left_out=sorted(share.recused),
        )  # fmt: skip
        act.on(part)
        people = queries.able_to_finish(frozen, now.date())
        _tell(frozen, "list_to_finish", [person.account_id for person in people if person.account_id], now)
    return part


def _decide(
    frozen: StageList,
    listed: Mapping[str, Any],
    refused: dict[str, str],
    by: str,
    actor: Actor,
    now: datetime,
) -> Decision:
    stage, part = frozen.stage, getattr(frozen, "part", None)
    if part is not None:
        refused = {**part.refused, **refused}
        by = "; ".join(dict.fromkeys((part.office, by)))
    with audit.act("list_decided", actor=actor, now=now, stage=stage.key, refused=sorted(refused)) as act:
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
