from datetime import datetime
from typing import Any

from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.files.models import File
from secretariat.governance.meetings import rules
from secretariat.governance.meetings.actions.locking import ALIVE, locked, locked_item
from secretariat.governance.meetings.logic import DEEPEST, is_late, lineage
from secretariat.governance.meetings.models import AgendaItem, Meeting, Paper, PaperVersion
from secretariat.governance.meetings.presence import rules_of

CHANGEABLE = {"title_en", "title_zh", "minutes", "purpose", "audience", "subject"}


def add_item(
    *, meeting: Meeting, title_en: str, title_zh: str, parent: AgendaItem | None = None, actor: Actor,
    now: datetime, **said: Any,
) -> AgendaItem:  # fmt: skip
    """Put an item on the agenda, last in its place."""
    require(rules.can_run(actor, meeting), _("change this agenda"))
    _check(title_en, title_zh, said)
    with audit.act("item_added", actor=actor, now=now) as act:
        meeting = locked(meeting, ALIVE, _("Changing the agenda"))
        _refuse_too_deep(meeting, parent, 1)
        last = AgendaItem.objects.filter(meeting=meeting, parent=parent).aggregate(last=Max("position"))[
            "last"
        ]
        item = AgendaItem.objects.create(
            meeting=meeting, parent=parent, position=(last or 0) + 1, title_en=title_en, title_zh=title_zh, **said
        )  # fmt: skip
        act.on(meeting, item=item.pk)
    return item


def change_item(*, item: AgendaItem, actor: Actor, now: datetime, **changes: Any) -> AgendaItem:
    """Change an item; what is not named stays."""
    require(rules.can_run(actor, item.meeting), _("change this agenda"))
    titles = {name: changes.get(name, getattr(item, name)) for name in ("title_en", "title_zh")}
    _check(said=changes, **titles)
    with audit.act("item_changed", actor=actor, now=now, fields=sorted(changes)) as act:
        item = locked_item(item, ALIVE, _("Changing the agenda"))
        for name, value in changes.items():
            setattr(item, name, value)
        item.save(update_fields=sorted(changes))
        act.on(item.meeting, item=item.pk)
    return item


def place_item(
    *, item: AgendaItem, parent: AgendaItem | None, position: int, actor: Actor, now: datetime
) -> AgendaItem:
    """Put an item, with what stands under it, at a position (from one) under another item, or on its own."""
    require(rules.can_run(actor, item.meeting), _("change this agenda"))
    with audit.act("item_moved", actor=actor, now=now) as act:
        item = locked_item(item, ALIVE, _("Changing the agenda"))
        _refuse_too_deep(item.meeting, parent, _height(item), under=item)
        rows = AgendaItem.objects.filter(meeting=item.meeting, parent=parent).exclude(pk=item.pk)
        beside = list(rows.order_by("position"))
        item.parent = parent
        beside.insert(max(0, position - 1), item)
        for place, one in enumerate(beside, 1):
            one.position = place
        AgendaItem.objects.bulk_update(beside, ["parent", "position"])
        act.on(item.meeting, item=item.pk)
    return item


def remove_item(*, item: AgendaItem, actor: Actor, now: datetime) -> None:
    """Take an item off the agenda, while nothing stands under it or has happened on it."""
    require(rules.can_run(actor, item.meeting), _("change this agenda"))
    with audit.act(
        "item_removed", actor=actor, now=now, title_en=item.title_en, title_zh=item.title_zh
    ) as act:
        item = locked_item(item, ALIVE, _("Changing the agenda"))
        if item.state != "coming":
            raise ValueError(_("This item has been taken up: it stays on the agenda."))
        meeting = item.meeting
        try:
            item.delete()
        except ProtectedError:
            raise ValueError(_("Something stands under this item: take that away first.")) from None
        act.on(meeting)


def add_paper(*, item: AgendaItem, title_en: str, title_zh: str, actor: Actor, now: datetime) -> Paper:
    """Announce a paper for an item; it gets the next number of the meeting. Its text is handed in by versions."""
    require(rules.can_run(actor, item.meeting), _("add a paper"))
    _check(title_en, title_zh, {})
    with audit.act("paper_added", actor=actor, now=now) as act:
        item = locked_item(item, ALIVE, _("Adding a paper"))
        last = Paper.objects.filter(meeting=item.meeting).aggregate(last=Max("number"))["last"] or 0
        paper = Paper.objects.create(
            meeting=item.meeting, item=item, number=last + 1, title_en=title_en, title_zh=title_zh
        )
        act.on(item.meeting, item=item.pk, paper=paper.number)
    return paper


def add_paper_version(
    *, paper: Paper, language: str, file: File, actor: Actor, now: datetime
) -> PaperVersion:
    """Keep a paper as it reads from now on in a language. One that comes later than the rules ask for is marked."""
    require(rules.can_run(actor, paper.meeting), _("add a paper"))
    with audit.act("paper_handed_in", actor=actor, now=now, language=language) as act:
        meeting = locked(paper.meeting, ALIVE, _("Adding a paper"))
        paper = Paper.objects.get(pk=paper.pk)
        if paper.withdrawn:
            raise ValueError(_("This paper was withdrawn."))
        late = is_late(meeting.day_of(now), meeting.day, rules_of(meeting).papers_days)
        version = PaperVersion.objects.create(
            paper=paper, language=language, file=file, handed_in_at=now, is_late=late,
            turn=PaperVersion.objects.filter(paper=paper, language=language).count() + 1,
        )  # fmt: skip
        act.on(meeting, item=paper.item_id, paper=paper.number, turn=version.turn, late=late)
    return version


def withdraw_paper(*, paper: Paper, reason: str, actor: Actor, now: datetime) -> Paper:
    """Withdraw a paper with a reason; its number is not given again."""
    require(rules.can_run(actor, paper.meeting), _("withdraw a paper"))
    if not reason.strip():
        raise ValueError(_("A paper is withdrawn with a reason."))
    with audit.act("paper_withdrawn", actor=actor, now=now, reason=reason) as act:
        meeting = locked(paper.meeting, ALIVE, _("Withdrawing the paper"))
        paper = Paper.objects.get(pk=paper.pk)
        if paper.withdrawn:
            raise ValueError(_("This paper was withdrawn."))
        paper.withdrawn = reason
        paper.save(update_fields=["withdrawn"])
        act.on(meeting, item=paper.item_id, paper=paper.number)
    return paper


def _check(title_en: str, title_zh: str, said: dict[str, Any]) -> None:
    if not title_en.strip() or not title_zh.strip():
        raise ValueError(_("This needs a title in English and in Chinese."))
    if unknown := said.keys() - CHANGEABLE:
        raise ValueError(f"An agenda item has no {', '.join(sorted(unknown))}.")


def _refuse_too_deep(
    meeting: Meeting, parent: AgendaItem | None, height: int, under: AgendaItem | None = None
) -> None:
    """Refuse what would stand under itself, in another meeting, or deeper than an agenda is numbered."""
    if parent is None:
        return
    parents = dict(AgendaItem.objects.filter(meeting=meeting).values_list("pk", "parent"))
    if parent.pk not in parents:
        raise ValueError(_("That item is on the agenda of another meeting."))
    line = lineage(parents, parent.pk)
    if under is not None and under.pk in line:
        raise ValueError(_("An item does not stand under itself."))
    if len(line) + height > DEEPEST:
        raise ValueError(_("An agenda is no deeper than 1.1.1."))


def _height(item: AgendaItem) -> int:
    parents = dict(AgendaItem.objects.filter(meeting=item.meeting).values_list("pk", "parent"))
    lines = [lineage(parents, key) for key in parents]
    return max(line.index(item.pk) + 1 for line in lines if item.pk in line)
