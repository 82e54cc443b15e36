"""The desk of the edition in flight: milestones, tasks and letters around the day of installation, all invented."""

import io
from datetime import date, datetime, timedelta

from secretariat.foundation.accounts.actions import give_grant, register_account
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.files.actions import store_file
from secretariat.record.correspondence.actions import (
    To,
    draft_letter,
    put_up,
    register_incoming,
    send_letter,
    sign,
)
from secretariat.record.correspondence.models import Incoming, Letter
from secretariat.record.mailings.actions import begin_mailing, change_mailing
from secretariat.record.mailings.actions import put_up as put_up_mailing
from secretariat.record.mailings.states import MailingKind
from secretariat.record.tasks.actions import add_task, finish_task
from secretariat.registry.editions.actions import reach_milestone, set_milestone
from secretariat.registry.imports.actions import check, hand_in, start_check
from secretariat.registry.people.actions import register_person
from secretariat.registry.people.models import Person
from secretariat.simulation.registering import INSTALLER, SINCE
from secretariat.simulation.world import World

SECOND_EMAIL = "second.staff@example.org"
# Whose address, names, right, and what for.
KEEPERS = [
    (
        "security@example.org",
        "Security",
        "示例安全管理员",
        "security.administer",
        "Looks after accounts in the demo",
    ),
    ("audit@example.org", "Auditor", "示例审计员", "audit.read", "Reads the demo's trail"),
]

# Days from today (negative: past), key, English, Chinese, whether it was reached.
MILESTONES = [
    (-95, "theme", "Theme decided by the Council", "理事会确定主题", True),
    (-45, "achievements-closed", "Call for achievements closed", "成果征集截止", True),
    (-6, "outline", "Outline of the programme to the Council", "议程框架提交理事会", False),
    (14, "readings", "All readings handed in", "评审意见全部提交", False),
    (61, "cases-closed", "Call for cases closes", "案例征集截止", False),
    (75, "committee", "Committee recommends the achievements", "评审委员会推荐成果", False),
    (95, "registration", "Registration opens", "开放注册", False),
    (140, "honours", "Honours decided", "荣誉名单决定", False),
    (150, "books", "Books go to print", "图书付印", False),
    (179, "rehearsal", "Rehearsal of the release ceremony", "发布仪式彩排", False),
]
# Days until due (None: no day), whose (0: nobody, 1: the first of the staff, 2: the second), what, and what about.
TASKS = [
    (-2, 1, "Send the outline of the programme to the Council", "It was asked for at the last sitting."),
    (1, 2, "Remind the reviewers who have not begun", ""),
    (5, 0, "Ask the venue for the plan of halls 3 and 4", "The expo needs it for the booths."),
    (12, 1, "Prepare the papers of the committee's sitting", ""),
    (20, 2, "Have the Chinese of the call for cases read once more", ""),
    (45, 0, "Find an interpreter for Arabic", "Two days, the opening included."),
    (None, 0, "Collect photographs of earlier release ceremonies", ""),
]

# Names, kind and country of organisations that want a booth; the third names a kind that is none.
EXHIBITORS = """name,name_zh,kind,country
Example Measuring Works,示例测量公司,enterprise,DE
Example Reading Room,示例阅览室,association,KE
Example Weather House,示例气象所,institute,IN
Example Open Maps,示例开放地图,association,BR
"""


def open_office(world: World, now: datetime) -> None:
    """Set what is on the desk on the first day: some of it late, some of it for signature."""
    today, first = now.date(), world.people[0]
    second = _second_of_staff(now)
    _keepers(now)
    _milestones(world, today, now)
    _tasks(world, [None, first, second], today, now)
    _letters(world, first, second, now)
    _mailing(world, first, second, now)
    _import(world, now)


def _second_of_staff(now: datetime) -> Person:
    rights = ("desk.run", "desk.read")
    return _colleague(SECOND_EMAIL, "Second Staff", "示例职员二", rights, "Runs the demo's desk", now)


def _keepers(now: datetime) -> None:
    """Who looks after the front door, and who looks over everybody's shoulder: never one and the same."""
    for email, given, chinese, right, reason in KEEPERS:
        _colleague(email, given, chinese, (right, "desk.read"), reason, now)


def _colleague(
    email: str, given: str, chinese: str, rights: tuple[str, ...], reason: str, now: datetime
) -> Person:
    account = register_account(email=email, actor=INSTALLER, now=now)
    for right in rights:
        give_grant(account=account, right=right, starts_on=SINCE, reason=reason, actor=INSTALLER, now=now)
    return register_person(
        given_name=given, family_name="Example", name_zh=chinese, languages=["en", "zh"], account=account,
        simulated=True, actor=INSTALLER, now=now,
    )  # fmt: skip


def _milestones(world: World, today: date, now: datetime) -> None:
    for days, key, english, chinese, reached in MILESTONES:
        due = today + timedelta(days=days)
        milestone = set_milestone(
            edition=world.edition,
            key=key,
            title_en=english,
            title_zh=chinese,
            due_on=due,
            actor=world.staff,
            now=now,
        )
        if reached:
            reach_milestone(milestone=milestone, reached_on=due, actor=world.staff, now=now)


def _tasks(world: World, whose: list[Person | None], today: date, now: datetime) -> None:
    for days, owner, title, note in TASKS:
        due = None if days is None else today + timedelta(days=days)
        add_task(
            title=title,
            note=note,
            owner=whose[owner],
            due_on=due,
            edition=world.edition,
            actor=world.staff,
            now=now,
        )
    done = add_task(title="Invite the committee to its sitting", owner=whose[2], actor=world.staff, now=now)
    finish_task(task=done, outcome="Forty invitations are out.", actor=world.staff, now=now)


def _letters(world: World, first: Person, second: Person, now: datetime) -> None:
    one, other = (
        world.staff,
        Actor(second.account_id, second.pk, world.staff.capacities, door=world.staff.door),
    )
    asked = register_incoming(
        subject="Question about the deadline for cases", sender="Example Institute 041",
        received_on=now.date() - timedelta(days=3), summary="They ask whether a case of 2025 may be handed in.",
        owner=first, answer_by=now.date() + timedelta(days=4), actor=other, now=now,
    )  # fmt: skip
    register_incoming(
        subject="Offer of a venue for the regional meeting", sender="Example Convention Centre",
        received_on=now.date() - timedelta(days=1), medium="post", actor=other, now=now,
    )  # fmt: skip
    waiting = _draft(
        other, first, "Answer about the deadline for cases", "A case may be handed in if it was in use by the day "
        "the call closes. We look forward to yours.", "Example Institute 041", now, answers=asked,
    )  # fmt: skip
    put_up(letter=waiting, actor=other, now=now)
    sent = _draft(
        one, second, "Invitation to the Review Committee", "You are invited to the sitting of the committee.",
        "Example Person 280", now, email="person.280@example.org",
    )  # fmt: skip
    put_up(letter=sent, actor=one, now=now)
    sign(letter=sent, actor=other, now=now)
    send_letter(letter=sent, actor=one, now=now)


def _mailing(world: World, first: Person, second: Person, now: datetime) -> None:
    """One to everybody who may sign in, which waits for the approval of the first of the staff."""
    writer = Actor(second.account_id, second.pk, world.staff.capacities, door=world.staff.door)
    mailing = begin_mailing(audience="people", query="account=yes", actor=writer, now=now)
    mailing = change_mailing(
        mailing=mailing, subject_en="The call for cases is open", subject_zh="案例征集已开放",
        text_en="Dear {name},\n\nthe call for cases is open. We look forward to yours until {deadline}. In what you "
        "write to us please give your number, {reference}.\n\nThe secretariat",
        text_zh="尊敬的{name}：\n\n案例征集现已开放，期待您于{deadline}前申报。来函请注明您的编号{reference}。\n\n秘书处",
        deadline=now.date() + timedelta(days=61), kind=MailingKind.NEWS, approver=first, actor=writer, now=now,
    )  # fmt: skip
    put_up_mailing(mailing=mailing, actor=writer, now=now)


def _draft(
    actor: Actor,
    signer: Person,
    subject: str,
    text: str,
    to: str,
    now: datetime,
    answers: Incoming | None = None,
    email: str = "",
) -> Letter:
    return draft_letter(
        subject=subject, text=text, recipients=[To(name=to, email=email)], signer=signer, answers=answers,
        due_on=now.date() + timedelta(days=3), actor=actor, now=now,
    )  # fmt: skip


def _import(world: World, now: datetime) -> None:
    """A list that came by mail, tried first: one of its rows is not understood."""
    data = EXHIBITORS.encode()
    file = store_file(
        stream=io.BytesIO(data), name="exhibitors.csv", allowed_types=(), limit=len(data), actor=world.staff, now=now
    )  # fmt: skip
    found = hand_in(importer="organisations", file=file, stream=io.BytesIO(data), actor=world.staff, now=now)
    found = start_check(
        found=found, columns=found.columns, mode="whole", encoding="", delimiter="", day_order="", actor=world.staff,
        now=now,
    )  # fmt: skip
    check(found=found, actor=world.staff, now=now)
