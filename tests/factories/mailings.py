from secretariat.record.mailings.actions import begin_mailing, change_mailing, put_up, start
from tests.factories.accounts import NOW, make_account
from tests.factories.correspondence import as_staff, make_staff
from tests.factories.people import make_person

WORDS = {
    "subject_en": "The programme", "text_en": "Dear {name},\n\nIt is out ({reference}).", "subject_zh": "日程",
    "text_zh": "尊敬的{name}：\n\n日程已发布（{reference}）。",
}  # fmt: skip


def make_reader(given="Ana", language="en", **kw):
    """A person whom mail reaches, in a language."""
    return make_person(given, "Example", account=make_account(language=language), **kw)


def make_mailing(*, by=None, people=None, kind="news", approver=None, deadline=None, now=NOW, **words):
    """A draft with words, to these people."""
    by = by or make_staff()
    rows = [person.pk for person in (people if people is not None else [make_reader()])]
    mailing = begin_mailing(audience="people", rows=rows, actor=as_staff(by), now=now)
    return change_mailing(
        mailing=mailing, **{**WORDS, **words}, kind=kind, approver=approver, deadline=deadline, actor=as_staff(by),
        now=now,
    )  # fmt: skip


def make_mailing_for_approval(**kw):
    mailing = make_mailing(approver=make_staff(), **kw)
    return put_up(mailing=mailing, actor=as_staff(mailing.drafter), now=NOW)


def make_sent_mailing(*, now=NOW, **kw):
    """A mailing to few that has begun to go out; the worker sends its mail."""
    mailing = make_mailing(now=now, **kw)
    return start(mailing=mailing, actor=as_staff(mailing.drafter), now=now)
