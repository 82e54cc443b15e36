"""What surrounds the work of the simulated Council: powers delegated to it, advice asked and answered, a motion that is
debated. All of it is invented."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from secretariat.governance.advice import actions as advice
from secretariat.governance.advice.models import AdviceRequest
from secretariat.governance.bodies.models import Body, Term
from secretariat.governance.bodies.states import Role
from secretariat.governance.motions import actions as motions
from secretariat.governance.motions.logic import Paragraph
from secretariat.governance.motions.models import Motion
from secretariat.governance.powers.actions import delegate, reserve_power
from secretariat.registry.people.models import Person
from secretariat.simulation.registering import INSTALLER, SINCE
from secretariat.simulation.world import World

ADVISERS = "high-level-advisory-committee"
POWERS = (
    ("Adopt the work plan", "通过工作计划", "Charter, article 9 (invented)"),
    ("Decide on the schedule of the summit", "决定峰会日程", "Charter, article 11 (invented)"),
)
SAID = (
    "Hearings by region, in the working languages of each.",
    "Two hearings a year, and a page on which anybody can write.",
)
QUESTIONS = (
    ("How should small institutions be heard before the programme is fixed?", "议程确定前，应如何听取小型机构的意见？"),
    ("Which subjects should the forums of the next summit take up?", "下届峰会各论坛应讨论哪些议题？"),
)  # fmt: skip
OPINION = {
    "opinion_en": "By hearings of regions, held twice a year, of which a summary is published.",
    "opinion_zh": "每年举行两次区域听证会，并公布听证会摘要。",
    "dissent_en": "Two members would have preferred a written procedure.",
    "dissent_zh": "两名委员认为采用书面程序更为适宜。",
}
HEARINGS = (
    Paragraph("Regional hearings are held before the programme is fixed.", "在议程确定之前举行区域听证会。"),
    Paragraph("Each lasts one day.", "每次听证会为期一天。"),
    Paragraph("A summary is published within a month.", "听证会摘要在一个月内公布。"),
)
# The first two compete: what is done, at which paragraph, in both languages, why.
AMENDMENTS = (
    ("replace", 2, "Each lasts half a day.", "每次听证会为期半天。", "More can be held."),
    ("replace", 2, "Each lasts two days.", "每次听证会为期两天。", "One day is short for those who travel."),
    ("delete", 3, "", "", "The minutes are enough."),
)


def let_decide(supreme: Body, council: Body, now: datetime) -> None:
    """Reserve two matters to the supreme body, let the Council use one, and ask more of a change of statutes."""
    powers = [
        reserve_power(
            body=supreme, name_en=en, name_zh=zh, rests_on=rule, starts_on=SINCE, actor=INSTALLER, now=now
        )
        for en, zh, rule in POWERS
    ]
    delegate(
        power=powers[1], to=council, rests_on="Decision of the founding session (invented)", starts_on=SINCE,
        scope_en="For sessions of up to three days.", scope_zh="限于会期不超过三天的峰会。", actor=INSTALLER, now=now,
    )  # fmt: skip
    motions.lay_down_requirement(
        body=supreme, kind="statutes", majority="two_thirds", base="voting", seconders=10, actor=INSTALLER, now=now
    )  # fmt: skip


def be_advised(world: World, council: Body, now: datetime) -> None:
    """Ask the advisers two questions: one is answered and published, to the other two of them have said something."""
    committee = world.bodies[ADVISERS]
    answered, asked = (
        _ask(world, committee, council, number, now - timedelta(days=60 - 50 * number)) for number in (0, 1)
    )
    advisers = _advisers(world, committee)
    for request, when in ((answered, now - timedelta(days=50)), (asked, now - timedelta(days=2))):
        for person, text in zip(advisers[1:], SAID, strict=False):
            advice.contribute(advice=request, text=text, actor=world.actor_of(person), now=when)
    chair = world.actor_of(advisers[0])
    advice.adopt_opinion(advice=answered, **OPINION, actor=chair, now=now - timedelta(days=40))
    answered.refresh_from_db()
    advice.publish_opinion(advice=answered, actor=world.staff, now=now - timedelta(days=38))


def debate(world: World, council: Body, sitting: Sequence[Person], now: datetime) -> None:
    """Lay a motion before the Council that others want to read otherwise."""
    mover = world.actor_of(sitting[1])
    motion = motions.start_motion(body=council, actor=mover, now=now - timedelta(days=6))
    motion = motions.save_motion(
        motion=motion, title_en="Hearings before the programme is fixed", title_zh="议程确定前的听证会",
        paragraphs=HEARINGS, reason="The advisers recommend it.", kind="ordinary", seen=0, actor=mover,
        now=now - timedelta(days=6),
    )  # fmt: skip
    motions.submit_motion(motion=motion, actor=mover, now=now - timedelta(days=5))
    motion = motions.admit_motion(motion=_fresh(motion), actor=world.staff, now=now - timedelta(days=4))
    for number, (doing, paragraph, en, zh, reason) in enumerate(AMENDMENTS):
        motions.propose_amendment(
            motion=motion, doing=doing, paragraph=paragraph, text_en=en, text_zh=zh, reason=reason,
            actor=world.actor_of(sitting[2 + number]), now=now - timedelta(days=3 - number),
        )  # fmt: skip


def _ask(world: World, committee: Body, council: Body, number: int, when: datetime) -> AdviceRequest:
    en, zh = QUESTIONS[number]
    return advice.ask_advice(
        committee=committee, asked_by=council, question_en=en, question_zh=zh,
        background="Invented for the demonstration.", due_on=(when + timedelta(days=30)).date(), actor=world.staff,
        now=when,
    )  # fmt: skip


def _advisers(world: World, committee: Body) -> list[Person]:
    """Those who sit in it, the chair first."""
    held = Term.objects.filter(seat__body=committee).order_by("seat__position", "seat__key")
    chairs_first = sorted(held, key=lambda term: term.role != Role.CHAIR)
    return [world.person_of(term.person_id) for term in chairs_first if term.person_id]


def _fresh(motion: Motion) -> Motion:
    return Motion.objects.select_related("ref", "body__ref").get(pk=motion.pk)
