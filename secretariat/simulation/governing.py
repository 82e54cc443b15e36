"""The Council of the simulated organisation at work: a sitting held and minuted, the next one convened, a vote that is
open, applications for membership at every step. All of it is invented, around the day of installation."""

import io
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.timezone import make_aware

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.files.actions import store_file
from secretariat.governance.admissions import actions as admissions
from secretariat.governance.admissions.models import Application
from secretariat.governance.ballots import actions as ballots
from secretariat.governance.ballots.electorate import electorate_of
from secretariat.governance.ballots.models import Ballot, RollLine
from secretariat.governance.bodies.models import Body
from secretariat.governance.meetings import actions as meetings
from secretariat.governance.meetings.models import AgendaItem, Meeting
from secretariat.governance.membership.models import Category, Member
from secretariat.governance.minutes import actions as minutes
from secretariat.governance.minutes.models import Resolution
from secretariat.governance.motions import actions as motions
from secretariat.governance.motions.logic import Paragraph
from secretariat.governance.motions.models import Amendment, Motion
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.models import Affiliation, Person
from secretariat.registry.refs.models import Ref
from secretariat.simulation.advising import be_advised, debate, let_decide
from secretariat.simulation.registering import COUNCIL, INSTALLER, SINCE
from secretariat.simulation.world import World

ZONE = "Asia/Shanghai"
HELD, NEXT = -40, 24  # days from today
ABSENT = 3  # of the Council, from the end of its roll
# Title and minutes of an item, in both languages.
HELD_ITEMS = [
    ("Report of the Secretariat", "秘书处工作报告", 20),
    ("Schedule of the summit", "峰会日程安排", 40),
    ("Any other business", "其他事项", 10),
]
NEXT_ITEMS = [
    ("Adoption of the minutes of the last sitting", "通过上次会议纪要", 10),
    ("Outline of the programme", "议程框架", 45),
    ("Admission of members", "会员入会", 30),
]
SCHEDULE = (
    Paragraph("The summit lasts three days.", "峰会为期三天。"),
    Paragraph("The release ceremony is held on the second day.", "发布仪式于第二天举行。"),
    Paragraph("The expo is open to the public on the last day.", "博览会最后一天向公众开放。"),
)
AMENDED = ("The release ceremony is held on the first day.", "发布仪式于第一天举行。")
PAPER = "Outline of the programme, invented for the demonstration.\n议程框架，为演示而虚构。\n"


def govern(world: World, now: datetime) -> None:
    """Let the Council sit, decide, and be asked."""
    council, today = world.bodies[COUNCIL], now.date()
    for body, says in ((council, {"minutes_days": 14, "proxies_each": 1}), (_assembly(world), {})):
        ballots.lay_down_procedure(body=body, starts_on=SINCE, **says, actor=INSTALLER, now=now)
    voters = [place.voter for place in electorate_of(council, today)]
    sitting = [world.person_of(voter) for voter in voters if voter]
    let_decide(_assembly(world), council, now)
    be_advised(world, council, now)
    _held(world, council, sitting, now)
    debate(world, council, sitting, now)
    _convened(world, council, now)
    _open_vote(world, council, sitting, now)
    _applications(world, council, now)


def _assembly(world: World) -> Body:
    return next(body for body in world.bodies.values() if "supreme" in body.flags)


def _at(now: datetime, days: int, hour: int) -> datetime:
    """That hour in the organisation's zone, so many days from today."""
    return make_aware(datetime.combine(now.date() + timedelta(days=days), time(hour)), ZoneInfo(ZONE))


def _held(world: World, council: Body, sitting: Sequence[Person], now: datetime) -> None:
    """A sitting with an amendment and two roll calls: minuted, adopted, and what it resolved carried out."""
    begins = _at(now, HELD, 9)
    announced = begins - timedelta(days=30)
    meeting = _plan(world, council, begins, announced, "Third sitting of the Council", "理事会第三次会议")
    motion = _motion(world, council, sitting, announced)
    items = [
        _item(world, meeting, announced, *said, subject=motion.ref if number == 1 else None)
        for number, said in enumerate(HELD_ITEMS)
    ]
    meeting = meetings.convene(meeting=meeting, actor=world.staff, now=announced)
    for person in sitting[:-ABSENT]:
        meetings.record_arrival(meeting=meeting, person=person, actor=world.staff, now=begins)
    meeting = meetings.open_meeting(meeting=meeting, actor=world.staff, now=begins)
    for number, item in enumerate(items):
        moment = begins + timedelta(minutes=20 * number)
        taken = meetings.take_up(item=AgendaItem.objects.get(pk=item.pk), actor=world.staff, now=moment)
        if number == 1:
            _decide(world, motion, sitting, moment)
        meetings.finish_item(
            item=AgendaItem.objects.get(pk=taken.pk), actor=world.staff, now=moment + timedelta(minutes=18)
        )
    ends = begins + timedelta(minutes=75)
    meeting = meetings.close_meeting(meeting=Meeting.objects.get(pk=meeting.pk), actor=world.staff, now=ends)
    motions.publish_motion(motion=_fresh(motion), actor=world.staff, now=ends + timedelta(days=1))
    _minuted(world, meeting, ends + timedelta(days=2))
    _carried_out(world, now)


def _plan(
    world: World, body: Body, begins: datetime, when: datetime, title_en: str, title_zh: str
) -> Meeting:
    return meetings.plan_meeting(
        body=body, title_en=title_en, title_zh=title_zh, starts_at=begins, ends_at=begins + timedelta(hours=2),
        zone=ZONE, how="hybrid", audience="public", actor=world.staff, now=when,
    )  # fmt: skip


def _item(
    world: World, meeting: Meeting, when: datetime, en: str, zh: str, length: int, subject: Ref | None = None
) -> AgendaItem:
    return meetings.add_item(
        meeting=meeting,
        audience="body" if en == "Admission of members" else "public",
        title_en=en,
        title_zh=zh,
        minutes=length,
        subject=subject,
        actor=world.staff,
        now=when,
    )


def _motion(world: World, council: Body, sitting: Sequence[Person], when: datetime) -> Motion:
    mover, other = (world.actor_of(person) for person in sitting[1:3])
    motion = motions.start_motion(body=council, actor=mover, now=when)
    motion = motions.save_motion(
        motion=motion, title_en="Schedule of the summit", title_zh="峰会日程安排", paragraphs=SCHEDULE,
        reason="The halls have to be booked.", kind="ordinary", seen=0, actor=mover, now=when,
    )  # fmt: skip
    motions.submit_motion(motion=motion, actor=mover, now=when)
    motion = motions.admit_motion(motion=_fresh(motion), actor=world.staff, now=when + timedelta(days=1))
    motions.propose_amendment(
        motion=motion, doing="replace", paragraph=2, text_en=AMENDED[0], text_zh=AMENDED[1],
        reason="More of the press is there.", actor=other, now=when + timedelta(days=4),
    )  # fmt: skip
    return _fresh(motion)


def _fresh(motion: Motion) -> Motion:
    return Motion.objects.select_related("ref", "body__ref").get(pk=motion.pk)


def _decide(world: World, motion: Motion, sitting: Sequence[Person], when: datetime) -> None:
    """First the amendment, then the motion as it stands by then; two are against each, one abstains."""
    amendment = Amendment.objects.select_related("ref").get(motion=motion)
    for number, subject in enumerate((amendment.ref, motion.ref)):
        moment = when + timedelta(minutes=4 + 5 * number)
        ballot = motions.put_to_vote(subject=subject, method="roll_call", actor=world.staff, now=moment)
        _vote(world, ballot, sitting[:-ABSENT], ["no", "no", "abstain"], moment)
        ballots.close_ballot(ballot=ballot, actor=world.staff, now=moment + timedelta(minutes=3))


def _vote(
    world: World, ballot: Ballot, people: Sequence[Person], first: Sequence[str], when: datetime
) -> None:
    """These people vote, the first of them as told, the others in favour."""
    lines = {line.voter_id: line for line in RollLine.objects.filter(ballot=ballot).select_related("ballot")}
    for number, person in enumerate(people):
        choice = first[number] if number < len(first) else "yes"
        moment = when + timedelta(seconds=5 * number)
        ballots.cast_vote(line=lines[person.pk], choice=choice, actor=world.actor_of(person), now=moment)


def _minuted(world: World, meeting: Meeting, when: datetime) -> None:
    drafted = minutes.draft_minutes(meeting=meeting, actor=world.staff, now=when)
    until = when + timedelta(days=15)
    minutes.circulate_minutes(minutes=drafted, until=until, actor=world.staff, now=when)
    drafted.refresh_from_db()
    minutes.adopt_by_silence(minutes=drafted, actor=world.staff, now=until + timedelta(minutes=1))


def _carried_out(world: World, now: datetime) -> None:
    """What was resolved is published; one task that came of it is done, one is due next week."""
    resolution = Resolution.objects.select_related("ref", "body").get()
    resolution = minutes.publish_resolution(
        resolution=resolution, actor=world.staff, now=now - timedelta(days=20)
    )
    said: dict[str, Any] = {"resolution": resolution, "owner": world.people[0], "actor": world.staff}
    done = minutes.set_action(
        **said, title="Book the halls for three days", due_on=now.date() - timedelta(days=12), now=now
    )
    minutes.close_action(
        resolution=resolution, task=done, outcome="Booked; the contract is filed.", actor=world.staff, now=now
    )
    minutes.set_action(
        **said,
        title="Tell the exhibitors about the public day",
        due_on=now.date() + timedelta(days=7),
        now=now,
    )


def _convened(world: World, council: Body, now: datetime) -> None:
    """The next sitting, with its agenda and a paper."""
    begins = _at(now, NEXT, 9)
    meeting = _plan(world, council, begins, now, "Fourth sitting of the Council", "理事会第四次会议")
    items = [_item(world, meeting, now, *said) for said in NEXT_ITEMS]
    paper = meetings.add_paper(
        item=items[1], title_en="Outline of the programme", title_zh="议程框架", actor=world.staff, now=now
    )
    file = store_file(
        stream=io.BytesIO(PAPER.encode()), name="outline.txt", allowed_types=(), limit=len(PAPER) * 4,
        actor=world.staff, now=now,
    )  # fmt: skip
    meetings.add_paper_version(paper=paper, language="en", file=file, actor=world.staff, now=now)
    meetings.convene(meeting=meeting, actor=world.staff, now=now)


def _open_vote(world: World, council: Body, sitting: Sequence[Person], now: datetime) -> None:
    """A question in writing to which a third of the Council has answered."""
    asked = ballots.declare_ballot(
        body=council, question_en="Shall the expo be open to the public on the last day?",
        question_zh="博览会最后一天是否向公众开放？", method="roll_call", closes_at=now + timedelta(days=6),
        actor=world.staff, now=now,
    )  # fmt: skip
    asked = ballots.open_ballot(
        ballot=asked, places=electorate_of(council, now.date()), actor=world.staff, now=now
    )
    _vote(world, asked, sitting[: len(sitting) // 3], ["yes", "no"], now)


def _applications(world: World, council: Body, now: datetime) -> None:
    """Four apply: one is before the Council, one looked into, one asked something, one has just asked; three may."""
    category = Category.objects.filter(holder="organisation").order_by("-position")[0]
    held = set(Member.objects.filter(organisation__isnull=False).values_list("organisation", flat=True))
    outside = [row for row in world.organisations.values() if row.pk not in held]
    sponsor = _sponsor()
    made = [
        _apply(category, organisation, sponsor, now - timedelta(days=20 - 5 * number))
        for number, organisation in enumerate(outside[:4])
    ]
    for application in made[:3]:
        asked = application.sponsors.select_related("member", "application").get()
        moment = application.handed_in_at + timedelta(days=1)
        admissions.answer_as_sponsor(sponsor=asked, stands=True, actor=_speaker(world, sponsor), now=moment)
    for application, passed in zip(made, (None, 1), strict=False):
        for check in list(application.checks.select_related("application"))[:passed]:
            admissions.record_check(check=check, state="passed", actor=world.staff, now=now)
    balloted, _looked_into, questioned, _new = (Application.objects.get(pk=row.pk) for row in made)
    admissions.ask_applicant(
        application=questioned, text="Since when has the institute been registered?",
        due_on=now.date() + timedelta(days=9), actor=world.staff, now=now,
    )  # fmt: skip
    admissions.put_to_ballot(
        application=balloted, body=council, closes_at=now + timedelta(days=10), actor=world.staff, now=now
    )
    _prospects(world, category, outside[4:7], now)


def _apply(category: Category, organisation: Organisation, sponsor: Member, when: datetime) -> Application:
    works = Affiliation.objects.filter(organisation=organisation, person__account__isnull=False)
    person = works.select_related("person").order_by("pk")[0].person
    return admissions.apply(
        category=category, person=person, organisation=organisation, sponsor=sponsor,
        motivation="We work on the same questions and want to do so together.",
        contribution="A working group on measurement, and its host.",
        actor=Actor(person.account_id, person.pk), now=when,
    )  # fmt: skip


def _prospects(
    world: World, category: Category, organisations: Sequence[Organisation], now: datetime
) -> None:
    """Whom the organisation would like to have as members; the first is invited."""
    for number, organisation in enumerate(organisations):
        prospect = admissions.note_prospect(
            organisation=organisation, category=category, note="Met at the last summit.",
            follow_up_on=now.date() + timedelta(days=3 + number), actor=world.staff, now=now,
        )  # fmt: skip
        if number == 0:
            admissions.invite_prospect(prospect=prospect, actor=world.staff, now=now)


def _sponsor() -> Member:
    """A member whose standing is in order, and who has somebody to speak for it."""
    rows = Member.objects.filter(standing="current", representatives__is_voting=True)
    return rows.select_related("organisation").order_by("ref__number").distinct().first()


def _speaker(world: World, member: Member) -> Actor:
    speaking = member.representatives.select_related("person").filter(is_voting=True)
    return world.actor_of(speaking[0].person)
