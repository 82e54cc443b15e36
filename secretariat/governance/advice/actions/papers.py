"""Papers that go with a question: announced, handed in by language, withdrawn, as long as the opinion is to come."""

from datetime import datetime

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.files.models import File
from secretariat.governance.advice import rules
from secretariat.governance.advice.actions.locking import locked
from secretariat.governance.advice.models import AdviceRequest, Paper, PaperVersion


def add_paper(*, advice: AdviceRequest, title_en: str, title_zh: str, actor: Actor, now: datetime) -> Paper:
    """Announce a paper for a question; it gets the next number. Its text is handed in by versions."""
    require(rules.can_bring_papers(actor, advice), _("add a paper"))
    if not title_en.strip() or not title_zh.strip():
        raise ValueError(_("This needs a title in English and in Chinese."))
    with audit.act("advice_paper_added", actor=actor, now=now) as act:
        advice = locked(advice, _("Adding a paper"))
        paper = Paper.objects.create(
            request=advice, number=Paper.objects.filter(request=advice).count() + 1, title_en=title_en.strip(),
            title_zh=title_zh.strip(),
        )  # fmt: skip
        act.on(advice, paper=paper.number)
    return paper


def hand_in_paper(*, paper: Paper, language: str, file: File, actor: Actor, now: datetime) -> PaperVersion:
    """Keep a paper as it reads from now on in a language."""
    require(rules.can_bring_papers(actor, paper.request), _("add a paper"))
    with audit.act("advice_paper_handed_in", actor=actor, now=now, language=language) as act:
        advice = locked(paper.request, _("Adding a paper"))
        _refuse_withdrawn(paper)
        version = PaperVersion.objects.create(
            paper=paper, language=language, file=file, handed_in_at=now,
            turn=PaperVersion.objects.filter(paper=paper, language=language).count() + 1,
        )  # fmt: skip
        act.on(advice, paper=paper.number, turn=version.turn)
    return version


def withdraw_paper(*, paper: Paper, reason: str, actor: Actor, now: datetime) -> Paper:
    """Withdraw a paper with a reason; its number is not given again."""
    require(rules.can_bring_papers(actor, paper.request), _("withdraw a paper"))
    if not reason.strip():
        raise ValueError(_("A paper is withdrawn with a reason."))
    with audit.act("advice_paper_withdrawn", actor=actor, now=now, reason=reason.strip()) as act:
        advice = locked(paper.request, _("Withdrawing the paper"))
        _refuse_withdrawn(paper)
        Paper.objects.filter(pk=paper.pk).update(withdrawn=reason.strip())
        act.on(advice, paper=paper.number)
    return Paper.objects.select_related("request").get(pk=paper.pk)


def _refuse_withdrawn(paper: Paper) -> None:
    if Paper.objects.filter(pk=paper.pk).exclude(withdrawn="").exists():
        raise ValueError(_("This paper was withdrawn."))
