"""Members: mine, as whoever speaks for them; at the desk their standing, events and the ordinary acts."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Status

from secretariat.doors.api.entering import needing
from secretariat.doors.api.operations.public import found
from secretariat.doors.api.operations.registry import READS, today
from secretariat.doors.api.operations.registry import router as registry
from secretariat.doors.api.operations.work import RUNS, known
from secretariat.doors.api.problems import invalid, naming
from secretariat.doors.api.shapes.basic import Listed, answers
from secretariat.doors.api.shapes.membership import (
    Admission,
    Agreement,
    ConditionsShape,
    EntryWords,
    EventShape,
    MemberAct,
    MemberActing,
    MyMember,
    OnDay,
    SpeakerBeginning,
    SpeakerShape,
    StandingShape,
)
from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.membership import actions, directory, queries
from secretariat.governance.membership.forms import LinesField
from secretariat.governance.membership.models import Category, Member, Representative
from secretariat.governance.membership.standing import stands_of
from secretariat.registry.organisations.queries import live_organisations
from secretariat.registry.people.queries import live_people

my = Router(tags=["my"])
desk = Router(tags=["desk"])
Day = Query(None, description="A day; today without one.")
MINE, MEMBER = "/my/members/{number}", "/desk/members/{number}"
SPEAKER, MY_SPEAKER = (f"{path}/representatives/{{representative}}" for path in (MEMBER, MINE))


def who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.auth, "now": timezone.now()}


@my.get("/my/members", auth=needing("my.read"), response=answers(Listed[MyMember], 403))
def list_my_members(request: HttpRequest) -> Any:
    """The members I speak for, and the one I am: how each stands today, and its entry in the directory."""
    rows = directory.own_members(request.auth)
    return {"items": _mine(rows)}


@my.get(MINE, auth=needing("my.read"), response=answers(MyMember, 403, 404))
def read_my_member(request: HttpRequest, number: str) -> Any:
    """One member I speak for."""
    return _mine([directory.get_own_member(request.auth, number)])[0]


def _mine(rows: list[Member]) -> list[MyMember]:
    on = today()
    stands = stands_of([row.pk for row in rows], on)
    return [MyMember.of(row, stands[row.pk], directory.entry_of(row), on) for row in rows]


@my.put(f"{MINE}/directory", auth=needing("my.write"), response=answers(MyMember, 403, 404, 409))
def keep_my_entry(request: HttpRequest, number: str, words: EntryWords) -> Any:
    """Write what the member says of itself, and choose the parts that everybody reads."""
    member = directory.get_own_member(request.auth, number)
    website = "".join(_addresses([words.website], "website"))
    actions.keep_directory_entry(
        member=member, shown=words.shown, description_en=words.description.en, description_zh=words.description.zh,
        website=website, contact=words.contact, accounts=_addresses(words.accounts, "accounts"), **who(request),
    )  # fmt: skip
    return read_my_member(request, number)


def _addresses(lines: list[str], field: str) -> list[str]:
    try:
        return LinesField(required=False).clean("\n".join(lines))
    except ValidationError as wrong:
        raise invalid(field, "address", " ".join(wrong.messages)) from wrong


@my.post(f"{MINE}/named", auth=needing("my.write"), response=answers(Agreement, 403, 404))
def agree_to_be_named(request: HttpRequest, number: str, said: Agreement) -> Any:
    """Agree to be named in the directory as its representative, or no longer; for oneself alone."""
    member = directory.get_own_member(request.auth, number)
    own = found(directory.own_representation(request.auth, member, today()))
    actions.agree_to_be_named(representative=own, agrees=said.agrees, **who(request))
    return said


@my.get(f"{MINE}/representatives", auth=needing("my.read"), response=answers(Listed[SpeakerShape], 403, 404))
def list_my_representatives(request: HttpRequest, number: str) -> Any:
    """Who speaks and spoke for a member of mine, the latest first."""
    return {"items": _speakers(directory.get_own_member(request.auth, number))}


@my.post(
    f"{MINE}/representatives", auth=needing("my.write"), response=answers(SpeakerShape, 403, 404, 409, status=201)
)  # fmt: skip
def name_my_representative(request: HttpRequest, number: str, said: SpeakerBeginning) -> Any:
    """Name somebody of the organisation who speaks for it from a day on."""
    member = directory.get_own_member(request.auth, number)
    person = _by_number(queries.people_of(member, today()), said.person, "person")
    return _named(request, member, person, said)


@my.post(
    f"{MY_SPEAKER}/vote", auth=needing("my.write"), response=answers(Listed[SpeakerShape], 403, 404, 409)
)  # fmt: skip
def hand_my_vote(request: HttpRequest, number: str, representative: UUID, said: OnDay) -> Any:
    """Let another representative cast the vote of the member from a day on."""
    return _hand(request, directory.get_own_member(request.auth, number), representative, said)


@my.post(
    f"{MY_SPEAKER}/end", auth=needing("my.write"), response=answers(Listed[SpeakerShape], 403, 404, 409)
)  # fmt: skip
def end_my_representative(request: HttpRequest, number: str, representative: UUID, said: OnDay) -> Any:
    """Say on which day a representative of the member stops speaking for it; that day still belongs to it."""
    return _end(request, directory.get_own_member(request.auth, number), representative, said)


@desk.get("/desk/categories", auth=READS, response=answers(Listed[ConditionsShape], 403))
def list_conditions(request: HttpRequest) -> Any:
    """What every category asks and gives, and asked and gave, the latest first."""
    return {"items": [ConditionsShape.of(row) for row in queries.conditions_of_categories()]}


@desk.get(f"{MEMBER}/standing", auth=READS, response=answers(StandingShape, 403, 404))
def read_standing(request: HttpRequest, number: str, on: date | None = Day) -> Any:
    """How a member stands, or stood, on a day."""
    member, day = _member(request.auth, number), on or today()
    return StandingShape.of(stands_of([member.pk], day)[member.pk], day)


@desk.get(f"{MEMBER}/events", auth=READS, response=answers(Listed[EventShape], 403, 404))
def list_events(request: HttpRequest, number: str) -> Any:
    """What happened to a member, the latest first."""
    rows = queries.events_of(_member(request.auth, number).pk)
    return {"items": [EventShape.of(row) for row in rows]}


@desk.get(f"{MEMBER}/representatives", auth=READS, response=answers(Listed[SpeakerShape], 403, 404))
def list_representatives(request: HttpRequest, number: str) -> Any:
    """Who speaks and spoke for a member, the latest first."""
    return {"items": _speakers(_member(request.auth, number))}


@registry.post("/desk/members", auth=RUNS, response=answers(StandingShape, 403, 409, status=201))
def admit_member(request: HttpRequest, said: Admission) -> Any:
    """Admit an organisation or a person. Who was a member before is the same member again."""
    asked = said.dict(exclude={"category", "organisation", "person"})
    holder = {
        "organisation": _by_number(live_organisations(), said.organisation, "organisation"),
        "person": _by_number(live_people(), said.person, "person"),
    }
    category = known(Category.objects.filter(key=said.category).first(), "category")
    with naming("category", "holder"):
        member = actions.admit_member(category=category, **holder, **asked, **who(request))
    return Status(201, StandingShape.of(stands_of([member.pk], today())[member.pk], today()))


def _by_number(rows: Any, number: str | None, field: str) -> Any:
    return None if number is None else known(rows.filter(ref__number=number).first(), field)


@desk.post(f"{MEMBER}/representatives", auth=RUNS, response=answers(SpeakerShape, 403, 404, 409, status=201))
def name_representative(request: HttpRequest, number: str, said: SpeakerBeginning) -> Any:
    """Say who speaks for a member from a day on."""
    return _named(
        request, _member(request.auth, number), _by_number(live_people(), said.person, "person"), said
    )


def _named(request: HttpRequest, member: Member, person: Any, said: SpeakerBeginning) -> Status:
    with naming("starts_on", "free"):
        made = actions.name_representative(
            member=member, person=person, starts_on=said.starts_on, ends_on=said.ends_on,
            is_voting=said.casts_vote, **who(request),
        )  # fmt: skip
    return Status(201, next(row for row in _speakers(member) if row.id == made.pk))


@desk.post(f"{SPEAKER}/vote", auth=RUNS, response=answers(Listed[SpeakerShape], 403, 404, 409))
def hand_vote(request: HttpRequest, number: str, representative: UUID, said: OnDay) -> Any:
    """Let a representative cast the vote of the member from a day on."""
    return _hand(request, _member(request.auth, number), representative, said)


def _hand(request: HttpRequest, member: Member, representative: UUID, said: OnDay) -> dict[str, Any]:
    with naming("on", "represents"):
        actions.hand_vote_to(
            representative=_speaker(member, representative), starts_on=said.on, **who(request)
        )
    return {"items": _speakers(member)}


@desk.post(f"{SPEAKER}/end", auth=RUNS, response=answers(Listed[SpeakerShape], 403, 404, 409))
def end_representation(request: HttpRequest, number: str, representative: UUID, said: OnDay) -> Any:
    """Say on which day a representative stops speaking for a member; that day still belongs to it."""
    return _end(request, _member(request.auth, number), representative, said)


def _end(request: HttpRequest, member: Member, representative: UUID, said: OnDay) -> dict[str, Any]:
    with naming("on", "day"):
        actions.end_representation(
            representative=_speaker(member, representative), ends_on=said.on, **who(request)
        )
    return {"items": _speakers(member)}


@desk.post(f"{MEMBER}/{{act}}", auth=RUNS, response=answers(StandingShape, 403, 404, 409))
def act_on_member(request: HttpRequest, number: str, act: MemberAct, said: MemberActing) -> Any:
    """Renew, change the category, suspend, reinstate, decide by hand, lift that, end, or hide the directory's entry."""
    member = _member(request.auth, number)
    with naming("act", "possible"):
        _act(member, act, said, request.auth, timezone.now())
    return StandingShape.of(stands_of([member.pk], today())[member.pk], today())


def _act(member: Member, act: str, said: MemberActing, actor: Actor, now: datetime) -> None:
    needs: dict[str, dict[str, Any]] = {
        "renew": {"until": said.until}, "category": {"category": said.category, "starts_on": said.on},
        "suspend": {"reason": said.reason}, "override": {
            "standing": said.standing, "until": said.until, "reason": said.reason
        },
        "end": {"ends_on": said.on, "reason": said.reason},
    }  # fmt: skip
    for name, value in needs.get(act, {}).items():
        known(value or None, {"starts_on": "on", "ends_on": "on"}.get(name, name))
    given = {**needs.get(act, {}), "member": member, "actor": actor, "now": now}
    match act:
        case "category":
            given["category"] = known(Category.objects.filter(key=said.category).first(), "category")
            actions.change_category(**given, reason=said.reason)
        case "end":
            actions.end_membership(**given, resigned=said.resigned)
        case "renew":
            actions.renew_membership(**given, reason=said.reason)
        case _:
            plain = {
                "suspend": actions.suspend_member, "reinstate": actions.reinstate_member,
                "override": actions.override_standing, "lift": actions.lift_override,
                "hide": actions.hide_directory_entry,
            }  # fmt: skip
            plain[act](**given)


def _member(actor: Actor, number: str) -> Member:
    return queries.get_member_for(actor, number, today())


def _speaker(member: Member, key: UUID) -> Representative:
    rows = Representative.objects.select_related("person", "member")
    return found(rows.filter(pk=key, member=member).first())


def _speakers(member: Member) -> list[SpeakerShape]:
    return [SpeakerShape.of(row) for row in queries.every_representative_of(member.pk)]
