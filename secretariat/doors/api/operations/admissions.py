"""Applications for membership: mine, those I am asked to stand for, and the desk's; prospects."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from secretariat.doors.api.entering import needing
from secretariat.doors.api.operations.membership import who
from secretariat.doors.api.operations.public import After, Limit, found
from secretariat.doors.api.operations.registry import READS, today
from secretariat.doors.api.operations.work import RUNS, State, known
from secretariat.doors.api.paging import page_of
from secretariat.doors.api.problems import in_person, naming
from secretariat.doors.api.shapes.admissions import (
    ApplicationAct,
    ApplicationActing,
    ApplicationLine,
    ApplicationOfDesk,
    ApplicationWhole,
    Applying,
    Checking,
    Following,
    MemberNamed,
    Noting,
    ProspectShape,
    SponsorAnswer,
    SponsorLine,
    Text,
)
from secretariat.doors.api.shapes.basic import Page, answers
from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.admissions import actions, queries
from secretariat.governance.admissions.models import Prospect
from secretariat.governance.membership.models import Category
from secretariat.registry.organisations.queries import live_organisations
from secretariat.registry.people.models import Person

my = Router(tags=["my"])
desk = Router(tags=["desk"])
MY_READS, MY_WRITES = needing("my.read"), needing("my.write")
MINE, DESK = "/my/applications/{number}", "/desk/applications/{number}"


@my.get("/my/applications", auth=MY_READS, response=answers(Page[ApplicationLine], 403))
def list_my_applications(request: HttpRequest, after: str = After, limit: int = Limit) -> Any:
    """What I applied for, or an organisation I represent, by number."""
    rows = queries.own_applications(request.auth)
    salt = "my-applications"
    return page_of(rows, ["ref__number"], after=after, limit=limit, shape=ApplicationLine.of, salt=salt)


@my.get(MINE, auth=MY_READS, response=answers(ApplicationWhole, 403, 404))
def read_my_application(request: HttpRequest, number: str) -> Any:
    """One application of mine."""
    return _mine(request.auth, number)


def _mine(actor: Actor, number: str) -> ApplicationWhole:
    return ApplicationWhole.of_one(queries.get_own_application(actor, number))


@my.post("/my/applications", auth=MY_WRITES, response=answers(ApplicationWhole, 403, status=201))
def apply(request: HttpRequest, said: Applying) -> Any:
    """Apply for a category, for an organisation or for myself. The sponsor named is asked at once."""
    in_person(request.auth)
    organisations = {row.ref.number: row for row in queries.applies_for(request.auth, today())}
    organisation = (
        None if said.organisation is None else known(organisations.get(said.organisation), "organisation")
    )
    category = known(Category.objects.filter(key=said.category).first(), "category")
    with naming("category", "possible"):
        made = actions.apply(
            category=category, organisation=organisation, motivation=said.motivation, contribution=said.contribution,
            person=Person.objects.get(pk=request.auth.person_id), sponsor=_sponsor(said.sponsor), **who(request),
        )  # fmt: skip
    return Status(201, _mine(request.auth, made.ref.number))


def _sponsor(number: str | None) -> Any:
    rows = queries.possible_sponsors(today())
    return None if number is None else known(rows.filter(ref__number=number).first(), "sponsor")


@my.post(f"{MINE}/withdraw", auth=MY_WRITES, response=answers(ApplicationWhole, 403, 404, 409))
def withdraw_my_application(request: HttpRequest, number: str) -> Any:
    """Withdraw an application before it stands before the body that decides."""
    row = queries.get_own_application(request.auth, number)
    actions.withdraw(application=row, **who(request))
    return _mine(request.auth, number)


@my.post(f"{MINE}/sponsors", auth=MY_WRITES, response=answers(ApplicationWhole, 403, 404, 409, status=201))
def ask_my_sponsor(request: HttpRequest, number: str, said: MemberNamed) -> Any:
    """Ask one more member to stand for my application."""
    row = queries.get_own_application(request.auth, number)
    with naming("member", "possible"):
        actions.ask_sponsor(application=row, member=_sponsor(said.member), **who(request))
    return Status(201, _mine(request.auth, number))


@my.post(
    f"{MINE}/inquiries/{{inquiry}}/answer", auth=MY_WRITES, response=answers(ApplicationWhole, 403, 404, 409)
)
def answer_my_inquiry(request: HttpRequest, number: str, inquiry: UUID, said: Text) -> Any:
    """Answer what the desk wants to know; the application goes on."""
    row = queries.get_own_application(request.auth, number)
    asked = found(row.inquiries.filter(pk=inquiry).select_related("application").first())
    with naming("text", "once"):
        actions.answer_inquiry(inquiry=asked, text=said.text, **who(request))
    return _mine(request.auth, number)


@my.get("/my/sponsorships", auth=MY_READS, response=answers(Page[SponsorLine], 403))
def list_my_sponsorships(request: HttpRequest, after: str = After, limit: int = Limit) -> Any:
    """What members I speak for are asked to stand for."""
    rows = queries.sponsorships_of(request.auth)
    return page_of(rows, ["state", "pk"], after=after, limit=limit, shape=SponsorLine.of, salt="sponsorships")


@my.post(
    "/my/sponsorships/{sponsorship}/answer", auth=MY_WRITES, response=answers(SponsorLine, 403, 404, 409)
)
def answer_as_sponsor(request: HttpRequest, sponsorship: UUID, said: SponsorAnswer) -> Any:
    """Say whether a member I speak for stands for an application; said once."""
    rows = queries.sponsorships_of(request.auth)
    row = found(rows.filter(pk=sponsorship).first())
    actions.answer_as_sponsor(sponsor=row, stands=said.stands, note=said.note, **who(request))
    return SponsorLine.of(rows.get(pk=sponsorship))


@desk.get("/desk/applications", auth=READS, response=answers(Page[ApplicationLine], 403))
def list_applications(
    request: HttpRequest, state: str = State, after: str = After, limit: int = Limit
) -> Any:
    """Every application for membership, by number."""
    rows = queries.visible_applications(request.auth)
    rows = rows.filter(state=state) if state else rows
    salt = f"applications:{state}"
    return page_of(rows, ["ref__number"], after=after, limit=limit, shape=ApplicationLine.of, salt=salt)


@desk.get(DESK, auth=READS, response=answers(ApplicationOfDesk, 403, 404))
def read_application(request: HttpRequest, number: str) -> Any:
    """One application with its due diligence, and what keeps it from the ballot."""
    return _told(request.auth, number)


def _told(actor: Actor, number: str) -> ApplicationOfDesk:
    row = queries.get_application_for(actor, number)
    return ApplicationOfDesk.of_desk(row, queries.still_missing(row) if row.state == "screening" else [])


@desk.put(f"{DESK}/checks/{{point}}", auth=RUNS, response=answers(ApplicationOfDesk, 403, 404, 409))
def record_check(request: HttpRequest, number: str, point: str, said: Checking) -> Any:
    """Say how a point of the due diligence came out."""
    row = queries.get_application_for(request.auth, number)
    check = found(row.checks.filter(point=point).select_related("application").first())
    with naming("note", "required"):
        actions.record_check(check=check, state=said.state, note=said.note, **who(request))
    return _told(request.auth, number)


@desk.post(f"{DESK}/{{act}}", auth=RUNS, response=answers(ApplicationOfDesk, 403, 404, 409))
def act_on_application(
    request: HttpRequest, number: str, act: ApplicationAct, said: ApplicationActing
) -> Any:
    """Ask the applicant, ask a sponsor, refuse, put it to the ballot of a body, or draft the letter of the decision."""
    row = queries.get_application_for(request.auth, number)
    given = {"application": row, **who(request)}
    with naming("act", "possible"):
        match act:
            case "ask":
                text, due_on = known(said.text or None, "text"), known(said.due_on, "due_on")
                actions.ask_applicant(text=text, due_on=due_on, **given)
            case "sponsor":
                actions.ask_sponsor(member=known(_sponsor(said.member), "member"), **given)
            case "refuse":
                actions.refuse(reason=known(said.reason or None, "reason"), **given)
            case "ballot":
                body = known(queries.deciding_bodies().filter(key=said.body).first(), "body")
                actions.put_to_ballot(body=body, closes_at=known(said.closes_at, "closes_at"), **given)
            case "letter":
                in_person(request.auth)
                actions.draft_letter_of_admission(**given)
    return _told(request.auth, number)


@desk.get("/desk/prospects", auth=READS, response=answers(Page[ProspectShape], 403))
def list_prospects(request: HttpRequest, state: str = State, after: str = After, limit: int = Limit) -> Any:
    """Every organisation that is to be won, the one noted last first."""
    rows = queries.visible_prospects(request.auth)
    rows = rows.filter(state=state) if state else rows
    keys, salt = ["-noted_at", "pk"], f"prospects:{state}"
    return page_of(rows, keys, after=after, limit=limit, shape=ProspectShape.of, salt=salt)


@desk.get("/desk/prospects/{prospect}", auth=READS, response=answers(ProspectShape, 403, 404))
def read_prospect(request: HttpRequest, prospect: UUID) -> Any:
    """One organisation that is to be won."""
    return ProspectShape.of(_prospect(request.auth, prospect))


@desk.post("/desk/prospects", auth=RUNS, response=answers(ProspectShape, 403, 409, status=201))
def note_prospect(request: HttpRequest, said: Noting) -> Any:
    """Note an organisation that is to be won, or what is new of it."""
    organisation = known(live_organisations().filter(ref__number=said.organisation).first(), "organisation")
    category = (
        None
        if said.category is None
        else known(Category.objects.filter(key=said.category).first(), "category")
    )
    with naming("organisation", "free"):
        made = actions.note_prospect(
            organisation=organisation, category=category, note=said.note, follow_up_on=said.follow_up_on,
            **who(request),
        )  # fmt: skip
    return Status(201, ProspectShape.of(_prospect(request.auth, made.pk)))


@desk.post("/desk/prospects/{prospect}/{act}", auth=RUNS, response=answers(ProspectShape, 403, 404, 409))
def act_on_prospect(
    request: HttpRequest, prospect: UUID, act: Literal["invite", "decline"], said: Following
) -> Any:
    """Say that it was invited, and when to ask again; or why it does not apply."""
    row = _prospect(request.auth, prospect)
    if act == "invite":
        actions.invite_prospect(prospect=row, follow_up_on=said.follow_up_on, **who(request))
    else:
        with naming("note", "required"):
            actions.decline_prospect(prospect=row, note=said.note, **who(request))
    return ProspectShape.of(_prospect(request.auth, prospect))


def _prospect(actor: Actor, key: UUID) -> Prospect:
    return found(queries.visible_prospects(actor).filter(pk=key).first())
