"""A published selection with somebody in every role of the access page, and a thing at every address."""

import io
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from secretariat.config.access import addresses
from secretariat.foundation.accounts.actions import give_grant
from secretariat.foundation.accounts.actions.assistance import name_assistant
from secretariat.foundation.accounts.actions.invitations import invite
from secretariat.foundation.accounts.actor import SYSTEM, Actor
from secretariat.foundation.accounts.doors import ACTING_FOR
from secretariat.foundation.accounts.models import Grant
from secretariat.foundation.accounts.views.account import SALT
from secretariat.foundation.audit.models import Act
from secretariat.foundation.files.actions import begin_upload, store_file
from secretariat.foundation.notices.kinds import all_groups
from secretariat.foundation.notices.models import Message, Notice
from secretariat.foundation.notices.stopping import stop_path
from secretariat.foundation.preferences.actions import save_view
from secretariat.foundation.privacy.actions import ask_erasure, ask_export, make_export
from secretariat.foundation.tokens.actions import make_service_token, make_token
from secretariat.governance.advice.actions import publish_opinion
from secretariat.governance.bodies.models import Term
from secretariat.governance.meetings.actions import ask_for_floor, recuse
from secretariat.governance.membership.models import Member, Membership
from secretariat.governance.minutes.actions import circulate_minutes, draft_minutes, propose_correction
from secretariat.governance.motions.actions import publish_motion
from secretariat.record.mailings.setting import stop_path as stop_path_of_copy
from secretariat.registry.identity.actions import merge
from secretariat.registry.people.models import Person
from secretariat.summit.calls.actions import answer_question
from secretariat.summit.calls.models import Attachment, Question
from secretariat.summit.review.models import Assignment, Matching
from tests.factories import calls
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account, make_actor
from tests.factories.admissions import make_application, make_certificate, make_inquiry, make_prospect
from tests.factories.advice import make_advice_paper, make_opinion, make_request
from tests.factories.ballots import make_open_ballot, make_procedure
from tests.factories.bodies import make_call, make_term
from tests.factories.correspondence import make_incoming, make_letter
from tests.factories.editions import make_edition, make_milestone
from tests.factories.imports import make_import
from tests.factories.mailings import make_mailing, make_sent_mailing
from tests.factories.meetings import (
    make_convened_meeting,
    make_current_item,
    make_item,
    make_open_meeting,
    make_paper_version,
)
from tests.factories.membership import make_member, make_representative
from tests.factories.minutes import make_action, make_closed_now, make_evidence, make_resolution, paragraph_of
from tests.factories.motions import decide, make_amendment, make_draft, make_motion
from tests.factories.notices import make_dead
from tests.factories.people import make_affiliation, make_person
from tests.factories.places import make_place
from tests.factories.powers import make_delegation, make_power
from tests.factories.relations import make_pinned, make_relation
from tests.factories.review import make_call_in_review, make_conflict
from tests.factories.selections import make_selection
from tests.factories.tasks import make_task

GRANTS = {
    "desk reads": "desk.read", "desk runs": "desk.run", "auditor": "audit.read", "security": "security.administer",
    "system": "system.administer",
}  # fmt: skip


@dataclass
class Roles:
    """What was played: a browser for each role, an item and a reading with a file each, the arguments of addresses."""

    play: Any
    item: Any
    reading: Any
    files: tuple[Any, Any]
    people: dict[str, Any]
    clients: dict[str, Client]
    arguments: dict[str, dict[str, Any]]
    answer_file: Any = None
    ballot: Any = None
    meeting: Any = None

    def path(self, name):
        """The address of a name, with what it is about filled in."""
        known = self.arguments_of(name)
        return reverse(name) if known is None else reverse(name, kwargs=_taken(name, known))

    def arguments_of(self, name):
        """What an address is about: said for it alone, for its app, or for all; None where nothing is."""
        spaces = (name, name.partition(":")[0], "")
        return next((self.arguments[known] for known in spaces if known in self.arguments), None)


def make_roles():
    """Play it. The applicant is the first of the list; the reading is of an item that the chair does not read."""
    make_place("SE")
    play = make_selection("published")
    item = play.submissions[0]
    people = _people(play, item)
    reading = _reading(play)
    people["reviewer"] = reading.reviewer
    file, read = (_file(of, people["applicant"]) for of in (item, reading.submission))
    assistance = _assistance(people)
    clients = {role: _client(people[role], role, people) for role in people} | {"stranger": Client()}
    roles = Roles(play, item, reading, (file, read), people, clients, {})
    roles.answer_file = _answered(item, people)
    roles.arguments = {
        **_public(roles),
        **_of_registry(roles),
        **_of_admissions(roles),
        **_of_minutes(roles),
        **_of_advice(roles),
        **_of_meetings(roles),
        **_of_motions(roles),
        **_of_accounts(roles, assistance),
        **_of_work(roles),
    }
    return roles


def _taken(name, arguments):
    """Those of the arguments that an address takes."""
    wanted = set(re.findall(r"<(?:\w+:)?(\w+)>", addresses()[name]))
    return {key: value for key, value in arguments.items() if key in wanted}


def _people(play, item):
    people = {"signed in": make_person(account=make_account()), "applicant": item.person}
    people |= {"another": play.submissions[1].person, "assistant": make_person(account=make_account())}
    people["representative"] = make_person(account=make_account())
    make_affiliation(people["representative"], item.organisation, role="representative")
    people["colleague"] = make_person(account=make_account())
    make_term(play.committee, people["colleague"])
    people["chair"] = play.reviewers[0]
    people["authority"] = Term.objects.get(seat__body=play.council).person
    Person.objects.filter(pk=people["authority"].pk).update(account=make_account())
    people["authority"].refresh_from_db()
    for role, right in GRANTS.items():
        people[role] = make_person(account=make_account())
        give_grant(
            account=people[role].account,
            right=right,
            starts_on=TODAY,
            reason="test",
            actor=INSTALLER,
            now=NOW,
        )
    return people


def _reading(play):
    """A reading of an item that the chair was not given; five items, and nobody is given more than four."""
    rows = Assignment.objects.filter(stage=play.stage("recommended")).select_related(
        "submission__ref", "reviewer"
    )
    hers = set(rows.filter(reviewer=play.reviewers[0]).values_list("submission", flat=True))
    return rows.exclude(submission__in=hers).order_by("pk")[0]


def _file(item, person):
    actor = Actor(person.account_id, person.pk)
    file = store_file(
        stream=io.BytesIO(b"For the committee.\n"),
        name="plan.txt",
        allowed_types=(),
        limit=100,
        actor=actor,
        now=NOW,
    )
    Attachment.objects.create(submission=item, key="innovation", file=file)
    return file


def _answered(item, people):
    """A question of the desk about the item, answered with a file."""
    asker, applicant = people["desk runs"], people["applicant"]
    question = Question.objects.create(
        submission=item, text="Since when?", due_at=NOW, asked_by=asker, asked_at=NOW
    )
    actor = Actor(applicant.account_id, applicant.pk)
    file = store_file(
        stream=io.BytesIO(b"Since then.\n"),
        name="since.txt",
        allowed_types=(),
        limit=100,
        actor=actor,
        now=NOW,
    )
    answer_question(question=question, text="See there.", files=[file], actor=actor, now=NOW)
    return file


def _assistance(people):
    person, today = people["applicant"], timezone.localdate()
    return name_assistant(
        assistant=people["assistant"].account, tasks=["calls.apply"], starts_on=today - timedelta(days=1),
        ends_on=today + timedelta(days=9), actor=Actor(person.account_id, person.pk), now=timezone.now(),
    )  # fmt: skip


def _client(person, role, people):
    client = Client()
    client.force_login(person.account)
    if role == "assistant":
        session = client.session
        session[ACTING_FOR] = str(people["applicant"].account_id)
        session.save()
    return client


def _public(roles):
    play, call = roles.play, roles.play.call
    member = make_member(organisation=roles.item.organisation)
    return {
        "site:call": {"key": call.key}, "site:selection": {"key": call.key}, "site:bundle": {"key": call.key},
        "site:entry": {"key": call.key, "number": roles.item.ref.number}, "site:book": {"key": play.publication.key},
        "site:member": {"number": member.ref.number}, "site:place": {"code": "se"},
        "site:topic": {"key": roles.item.topic.key}, "site:edition": {"number": call.edition.ref.number},
        "site:language": {"code": "en"}, "site:enter": {"token": "none"},
        "": {"provider_id": "none", "organization_slug": "none", "pk": 1},
    }  # fmt: skip


def _of_registry(roles):
    person, committee = roles.item.person, roles.play.committee
    affiliation, term = make_affiliation(person), Term.objects.filter(seat__body=committee)[0]
    member = Member.objects.get(organisation=roles.item.organisation)
    spoken, edition = make_representative(member), make_edition()
    pair = make_person(), make_person()
    merged = merge(kept=make_person(), absorbed=make_person(), actor=INSTALLER, now=NOW)
    milestone = make_milestone(edition, "papers", TODAY)
    return {
        "desk_people": {"number": person.ref.number, "pk": affiliation.pk},
        "desk_organisations": {"number": roles.item.organisation.ref.number},
        "my_relations": {"pk": make_relation(person).pk},
        "desk_relations": {"number": person.ref.number, "pk": make_pinned(person).pk},
        "desk_editions": {"number": edition.ref.number, "act": "open", "key": milestone.key},
        "desk_refs": {"kind": "person"},
        "desk_identity": {
            "what": "people",
            "one": pair[0].ref.number,
            "other": pair[1].ref.number,
            "pk": merged.pk,
        },
        "desk_imports": {"number": make_import().ref.number, "act": "apply"},
        "desk_topics": {"key": roles.item.topic.key},
        "desk_places": {"code": "SE"},
        "desk_membership": {
            "number": member.ref.number,
            "act": "end",
            "pk": spoken.pk,
            "key": Membership.objects.filter(member=member)[0].category.key,
        },
        "desk_bodies": {"number": committee.ref.number, "key": term.seat.key, "pk": term.pk, "act": "end"},
        **_of_bodies(roles, committee, term),
    }


def _of_bodies(roles, committee, term):
    """An alternate who will act for a seat, and a power of one body delegated to another."""
    call = make_call(seat=term.seat, starts_on=timezone.localdate() + timedelta(days=30))
    delegation = make_delegation(make_power(roles.play.council, starts_on=TODAY), committee, starts_on=TODAY)
    power = {"body": roles.play.council.pk, "pk": delegation.power_id}
    return {
        "desk_bodies:call_in": {"number": committee.ref.number, "pk": call.term_id},
        "desk_bodies:call_off": {"number": committee.ref.number, "pk": call.pk},
        "desk_ballots:lay_down": {"body": committee.pk}, "desk_ballots:procedure": {"pk": make_procedure(committee).pk},
        "desk_powers": power, "desk_powers:revoke": {"pk": delegation.pk},
    }  # fmt: skip


def _of_admissions(roles):
    """The applicant applies for herself, and a member asks: another, who is a member of her own."""
    another = make_member(person=roles.people["another"])
    application = make_application(roles.people["applicant"], sponsor=another, now=timezone.now())
    inquiry, certificate = make_inquiry(application), make_certificate(application, another)
    number, prospect = application.ref.number, make_prospect()
    spoken = make_member()
    speaker = make_representative(spoken, roles.people["another"])
    mine = {"number": number, "pk": inquiry.pk, "point": "identity", "act": "refuse"}
    return {
        "my_admissions": mine, "desk_admissions": {**mine, "pk": prospect.pk},
        "desk_admissions:act_on_prospect": {"pk": prospect.pk, "act": "decline"},
        "my_admissions:sponsor": {"pk": application.sponsors.get().pk},
        "my_membership": {"number": spoken.ref.number, "pk": speaker.pk},
        "site:certificate": {"number": certificate.number, "digest": certificate.digest[:16]},
    }  # fmt: skip


def _of_meetings(roles):
    """A meeting of the deciding body for itself, open, with a paper, a speaker and a recusal; and a public one."""
    now, chair = timezone.now(), roles.people["authority"]
    begins = {"starts_at": now + timedelta(minutes=1), "now": now, "reason": "x"}
    roles.meeting = meeting = make_open_meeting(roles.play.council, present=[chair], **begins)
    item = make_current_item(meeting, now=now)
    make_paper_version(item)
    speech = ask_for_floor(item=item, person=chair, actor=INSTALLER, now=now)
    away = recuse(item=make_item(meeting), person=make_person(), reason="x", actor=INSTALLER, now=now)
    public = make_convened_meeting(roles.play.council, audience="public", **begins)
    make_paper_version(make_item(public, audience="public"))
    known = {"number": meeting.ref.number, "pk": item.pk, "paper": 1, "language": "en"}
    shown = {**known, "number": public.ref.number}
    return {
        "my_meetings": {**known, "verb": "leave"}, "site:paper": shown, "site:meeting": shown,
        "site:meeting_calendar": shown, "desk_meetings": {**known, "verb": "close"},
        "desk_meetings:attend": {**known, "verb": "guest"}, "desk_meetings:move_item": {**known, "verb": "remove"},
        "desk_meetings:act_on_item": {**known, "verb": "finish"}, "desk_meetings:lift": {**known, "pk": away.pk},
        "desk_meetings:act_on_speech": {**known, "pk": speech.pk, "verb": "give"},
    }  # fmt: skip


def _of_advice(roles):
    """The deciding body asks one committee; another has answered the secretariat, and everybody reads it."""
    now = timezone.now()
    asked, out = make_request(asked_by=roles.play.council, now=now), make_opinion(now=now)
    publish_opinion(advice=out, actor=INSTALLER, now=now)
    make_advice_paper(asked, now=now)
    known = {"number": asked.ref.number, "paper": 1, "language": "en"}
    return {"my_advice": known, "desk_advice": known, "site:opinion": {"number": out.ref.number}}


def _of_motions(roles):
    """The authority moves: one motion is a draft, the other is admitted with an amendment of hers."""
    council, mover, now = roles.play.council, roles.people["authority"], timezone.now()
    draft, motion = make_draft(council, mover, now=now), make_motion(council, mover, now=now)
    make_amendment(motion, mover, now=now)
    adopted = decide(make_motion(council, mover, now=now), [mover], now=now)
    publish_motion(motion=adopted, actor=INSTALLER, now=now)
    known = {"number": motion.ref.number, "paragraph": 1, "at": 1, "act": "second"}
    written = {"number": draft.ref.number}
    return {
        "site:motion": {"number": adopted.ref.number}, "site:body": {"key": council.key},
        "my_motions": known, "my_motions:write": written, "my_motions:autosave": written,
        "my_motions:act_on_amendment": {**known, "act": "decline"}, "desk_motions": {**known, "act": "lapse"},
        "desk_motions:act_on_amendment": {**known, "act": "rule-out"},
    }  # fmt: skip


def _of_minutes(roles):
    """Minutes of the deciding body, circulated to the authority, who asks for a correction; and what it resolved."""
    council, chair, now = roles.play.council, roles.people["authority"], timezone.now()
    held = make_closed_now(council, [chair], now=now)
    minutes = draft_minutes(meeting=held, actor=INSTALLER, now=now)
    circulate_minutes(minutes=minutes, until=now + timedelta(days=20), actor=INSTALLER, now=now)
    paragraph = paragraph_of(minutes)
    asked = propose_correction(
        paragraph=paragraph, text="So.", actor=Actor(chair.account_id, chair.pk), now=now
    )
    published = make_resolution(council, [chair], now=now, published=True)
    resolution = make_resolution(council, [chair], now=now)
    task, shown = make_action(resolution, chair, now=now), make_evidence(resolution, now=now)
    loose = make_open_ballot(council, now=now)
    known = {"number": minutes.ref.number, "pk": paragraph.pk, "verb": "adopt", "language": "en"}
    numbered = {"number": resolution.ref.number, "task": task.ref.number, "verb": "close", "language": "en"}
    numbered_at = ("resolution", "publish", "new_action", "action", "resolution_word")
    return {
        "my_minutes": known, "desk_minutes": known, "site:resolution": {"number": published.ref.number},
        "desk_minutes:draft": {"number": held.ref.number},
        "desk_minutes:correction": {**known, "pk": asked.pk, "verb": "refuse"},
        "desk_minutes:enter": {"number": loose.ref.number},
        **{f"{door}_minutes:evidence": {**numbered, "pk": shown.pk} for door in ("my", "desk")},
        **{f"my_minutes:{name}": numbered for name in ("resolution", "done", "resolution_word")},
        **{f"desk_minutes:{name}": numbered for name in numbered_at},
    }  # fmt: skip


def _of_accounts(roles, assistance):
    person = roles.people["applicant"]
    account, actor, now = person.account, Actor(person.account_id, person.pk), timezone.now()
    desk = make_actor("desk.run", account=roles.people["desk runs"].account)
    invitation, token = invite(email="guest@example.org", reason="test", actor=desk, now=now)
    upload = begin_upload(name="a.txt", size=9, modified=1, actor=actor, now=now)
    view = save_view(table="people.people", path="/desk/people/", name="A", query="q=a", actor=actor, now=now)
    mine, _secret = make_token(name="A", scopes=["my.read"], days=9, actor=actor, now=now)
    service, _secret = make_service_token(
        name="A", scopes=["desk.read"], days=9, responsible=roles.people["desk runs"].account_id,
        actor=make_actor("system.administer", account=roles.people["system"].account), now=now,
    )  # fmt: skip
    group = next(group for group in all_groups() if not group.mandatory)
    notice = Notice.objects.filter(account=account).order_by("pk")[0]
    dead = Message(origin="letters", origin_id=uuid4(), address="old@example.org", queued_at=now)
    dead.save(force_insert=True)
    make_dead(dead, now)
    asked = ask_erasure(note="", number=person.ref.number, actor=actor, now=now)
    export = ask_export(actor=actor, now=now)
    make_export(export_id=export.pk, actor=SYSTEM, now=now)
    return {
        "accounts:accept": {"token": token}, "my_tokens:revoke": {"pk": mine.pk}, "desk_tokens": {"pk": service.pk},
        "my_privacy:copy": {"pk": export.pk}, "my_privacy:withdraw": {"pk": asked.pk}, "desk_privacy": {"pk": asked.pk},
        "notices:stop": {"token": stop_path(account.pk, group.key).split("/")[-2]},
        "my_accounts:email_confirm": {
            "token": signing.dumps([str(account.pk), account.email, "new@example.org"], salt=SALT)
        },
        "my_accounts:withdraw_assistant": {"pk": assistance.pk}, "my_files:upload": {"pk": upload.pk},
        "my_notices:notice": {"pk": notice.pk}, "my_notices:open": {"pk": notice.pk},
        "my_preferences:change_view": {"key": view.pk}, "desk_notices:retry": {"number": 1},
        "desk_notices": {"key": notice.kind}, "desk_notices:address": {"pk": dead.pk},
        "desk_accounts:send_again": {"pk": invitation.pk}, "desk_accounts:withdraw_invitation": {"pk": invitation.pk},
        "desk_accounts:end_grant": {"pk": Grant.objects.order_by("pk")[0].pk},
        "desk_accounts": {"pk": account.pk, "what": "close"},
    }  # fmt: skip


def _of_work(roles):
    play, call, person = roles.play, roles.play.call, roles.people["applicant"]
    task = make_task(owner=person, actor=make_actor("desk.run"))
    letter, incoming = make_letter(by=roles.people["desk runs"]), make_incoming(by=roles.people["desk runs"])
    mailing = make_mailing(by=roles.people["desk runs"], people=[roles.people["applicant"]])
    mailing.sent = make_sent_mailing(by=roles.people["desk runs"], people=[roles.people["applicant"]])
    mailing.copy = mailing.sent.copies.select_related("mailing").get()
    conflict = make_conflict(roles.people["colleague"], play.submissions[2])
    item = {"key": call.key, "number": roles.item.ref.number, "version": 1, "file": roles.files[0].pk}
    read = {"key": call.key, "stage": "recommended", "number": roles.reading.submission.ref.number}
    matching = Matching.objects.get(stage=play.stage("recommended")).pk
    asked = Question.objects.get()
    roles.ballot = make_open_ballot(play.council, now=timezone.now())
    judged, _people = make_call_in_review(1, committee=play.committee, council=play.council)
    honour = next(honour for honour in play.honours if honour.submission_id == roles.item.pk)
    colleague = {
        "organisation": roles.item.organisation.ref.number,
        "person": roles.people["representative"].ref.number,
    }
    ballot = {"number": roles.ballot.ref.number, "position": 1, "verb": "open"}
    draft, late = calls.make_call(), calls.make_open_call()
    code = calls.make_late_code(late, now=timezone.now())
    return {
        "my_ballots": ballot, "desk_ballots": ballot,
        "my_tasks": {"number": task.ref.number},
        "desk_tasks": {"number": task.ref.number, "state": "done", "act": "give"},
        "desk_correspondence": {"number": letter.ref.number, "verb": "put-up"},
        "desk_correspondence:incoming": {"number": incoming.ref.number},
        "desk_correspondence:act_incoming": {"number": incoming.ref.number, "verb": "take"},
        "desk_mailings": {"number": mailing.ref.number, "verb": "put-up", "audience": "people"},
        "desk_mailings:copy": {"number": mailing.sent.ref.number, "pk": mailing.copy.pk},
        "desk_mailings:mail": {"number": mailing.sent.ref.number, "pk": mailing.copy.pk},
        "mailings:stop": {"token": stop_path_of_copy(mailing.copy).split("/")[-2]},
        "my_calls": {**item, **colleague}, "desk_calls": {**item, "act": "screen"},
        "desk_calls:late": {"key": late.key}, "desk_calls:end_late": {"key": late.key, "pk": code.pk},
        **{f"desk_calls:{name}": {"key": draft.key, "part": "fields", "row": "contact", "verb": "up"}
           for name in ("copy", "build", "details", "new_part", "change_part", "act_on_part")},
        "my_calls:answer": {**item, "pk": asked.pk}, "desk_calls:settle": {**item, "pk": asked.pk},
        "my_calls:answer_file": {**item, "file": roles.answer_file.pk},
        "desk_calls:answer_file": {**item, "file": roles.answer_file.pk},
        "my_review": {**read, "pk": roles.files[1].pk}, "my_review:decide": {**read, "stage": "honours"},
        "my_review:declare": {"key": judged.key},
        "desk_review": {**read, "pk": matching}, "desk_review:resolve": {"key": call.key, "pk": conflict.pk},
        "my_honours": item, "my_honours:offer": {"number": honour.ref.number},
        "my_honours:entry": {"key": play.publication.key, "number": roles.item.ref.number},
        "desk_honours": {"key": call.key, "number": honour.ref.number}, "my:change_role": colleague,
        "desk:act": {"number": Act.objects.order_by("pk").first().pk},
    }  # fmt: skip
