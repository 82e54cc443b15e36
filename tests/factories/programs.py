"""A token for every role of the API's table, beside a call in review, and what each operation is asked about."""

import io
import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.audit.models import LogEntry
from secretariat.foundation.files.actions import store_file
from secretariat.foundation.tokens.actions import make_token
from secretariat.foundation.tokens.scopes import SERVICE, scopes_open_to
from secretariat.registry.capacities.queries import actor_for
from secretariat.summit.calls.actions import close_call, screen_submissions
from secretariat.summit.calls.models import Attachment
from secretariat.summit.review.models import Assignment
from tests.factories.accounts import NOW, make_account
from tests.factories.calls import AFTER, CLOSES, STAFF, make_open_call, make_submission
from tests.factories.kept_files import make_files
from tests.factories.people import make_affiliation, make_person
from tests.factories.review import declare_all, freeze, make_matching, stages
from tests.factories.tokens import make_service_token

ADVICE = (
    "read_advice", "read_my_advice", "contribute_to_advice", "adopt_advice", "publish_advice", "withdraw_advice",
)  # fmt: skip


@dataclass
class Programs:
    """The secret of each role's token, and the arguments, query and body of each operation."""

    secrets: dict[str, str]
    parts: dict[str, dict[str, Any]]
    queries: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    files: dict[str, Any] = field(default_factory=dict)

    def path(self, name, template):
        """The address of an operation with what it is about filled in."""
        known = self.parts[""] | self.parts.get(name, {})
        return template.format(**known) + self.queries.get(name, "")


def make_programs(roles):
    """Give every role a token with every scope she can give it; the reviewer of the world reads in a second call."""
    play = roles.play
    item, file = _in_review(roles)
    people = {role: person for role, person in roles.people.items() if role != "assistant"}
    people["lapsed"] = make_person(account=make_account())
    make_affiliation(
        people["lapsed"], roles.item.organisation, role="representative",
        ends_on=timezone.localdate() - timedelta(days=2),
    )  # fmt: skip
    secrets = {role: _secret(person) for role, person in people.items()}
    service = make_service_token(*SERVICE, responsible=people["desk runs"].account, now=timezone.now())
    secrets["service"] = service[1]
    programs = Programs(secrets, _parts(roles, item, file))
    programs.files = make_files(
        attached=file,
        answered=roles.answer_file,
        book=play.publication.file,
        council=play.council,
        chair=people["authority"],
    )
    size = LogEntry.objects.count()
    programs.queries = {
        "prove_inclusion": f"?index=0&size={size}",
        "prove_consistency": f"?first=1&second={size}",
    }
    programs.bodies = {name: json.dumps(body) for name, body in _bodies(play, roles, file).items()}
    return programs


def _in_review(roles):
    """One item of the applicant's in a call whose reviews go on; the reviewer was given it, with a file."""
    play, person, reviewer = roles.play, roles.people["applicant"], roles.people["reviewer"]
    call = make_open_call(committee=play.committee, stages=stages(play.committee, play.council, readers=1))
    actor = Actor(person.account_id, person.pk)
    item = make_submission(call, organisation=roles.item.organisation, applicant=(person, actor))
    file = store_file(
        stream=io.BytesIO(b"For its readers.\n"),
        name="plan.txt",
        allowed_types=(),
        limit=100,
        actor=actor,
        now=NOW,
    )
    Attachment.objects.create(submission=item, key="started_on", file=file)
    call = close_call(call=call, actor=STAFF, now=CLOSES)
    screen_submissions(call=call, actor=STAFF, now=AFTER)
    freeze(call, "eligible", now=AFTER)
    make_matching(call)
    Assignment.objects.filter(submission=item).update(reviewer=reviewer)
    declare_all(call, [reviewer], now=AFTER)
    return item, file


def _secret(person):
    now = timezone.now()
    actor = actor_for(account_id=person.account_id, person_id=person.pk, on=now.date(), door="page")
    return make_token(name="Walk", scopes=scopes_open_to(actor), days=9, actor=actor, now=now)[1]


def _parts(roles, item, file):
    """What stands in the addresses: for all operations, and for those that mean another thing by the same word."""
    known, call = roles.arguments_of, roles.play.call
    numbers = {
        "read_edition": known("site:edition"), "read_member": known("site:member"), "read_topic": known("site:topic"),
        "read_motion": known("site:motion"), "read_motion_of_desk": known("desk_motions"),
        "read_ballot": known("desk_ballots"), "act_on_ballot": {**known("desk_ballots"), "act": "cancel"},
        "change_organisation": known("desk_organisations"),
        "read_task": known("desk_tasks"), "finish_task": known("desk_tasks"), "drop_task": known("desk_tasks"),
        "read_incoming": known("desk_correspondence:incoming"), "read_letter": known("desk_correspondence"),
        "read_person": known("desk_people:person"), "read_body": known("desk_bodies:body"),
        "read_organisation": known("desk_organisations:organisation"),
        "read_member_of_desk": known("desk_membership:member"), "want_my_approval": known("desk_organisations"),
        "change_letter": known("desk_correspondence"), "read_mailing": known("desk_mailings"),
        "list_copies": known("desk_mailings:copy"), "read_meeting": known("site:meeting"),
        "read_resolution": known("site:resolution"), "read_resolution_of_desk": known("desk_minutes:resolution"),
        "read_my_resolution": known("my_minutes:resolution"), "read_minutes": known("desk_minutes"),
        "read_my_minutes": known("my_minutes"), "read_public_body": known("site:body"),
        "read_opinion": known("site:opinion"),
        **dict.fromkeys(ADVICE, known("desk_advice")),
        "read_my_meeting": known("my_meetings"), "change_mailing": known("desk_mailings"),
        "act_on_letter": {**known("desk_correspondence"), "act": "put-up"},
        "act_on_mailing": {**known("desk_mailings"), "act": "drop"},
        "ask_question": {"number": item.ref.number},
        **_of_members(roles),
        **dict.fromkeys(["read_my_honour", "answer_my_honour"], known("my_honours:offer")),
    }  # fmt: skip
    judged = {"call": item.call.key, "stage": "recommended", "number": item.ref.number}
    reading = ("read_my_reading", "save_my_review", "hand_in_my_review", "step_aside")
    questions = {name: {"key": "innovation"} for name in ("attach_my_file", "detach_my_file")}
    everything = {
        "key": call.key, "number": roles.item.ref.number, "stage": "recommended", "code": "SE",
        "call": item.call.key, "file": file.pk, "upload": known("my_files:upload")["pk"],
        "question": known("my_calls:answer")["pk"], "book": roles.play.publication.key,
        "notice": known("my_notices:notice")["pk"], "account": roles.people["applicant"].account_id,
    }  # fmt: skip
    return {"": everything, **numbers, **dict.fromkeys(reading, judged), **questions}


def _of_members(roles):
    """Members, applications and prospects by what the walk of the pages knows of them; votes by the ballot's."""
    known, spoken = roles.arguments_of, roles.arguments_of("my_membership")
    member, mine = known("desk_membership"), known("my_admissions")
    prospect, ballot = {"prospect": known("desk_admissions:act_on_prospect")["pk"]}, known("my_ballots")
    at_desk, speaking = ({**each, "representative": each["pk"]} for each in (member, spoken))
    return {
        **dict.fromkeys(["read_my_member", "keep_my_entry", "agree_to_be_named"], spoken),
        **dict.fromkeys(["list_my_representatives", "name_my_representative"], spoken),
        **dict.fromkeys(["hand_my_vote", "end_my_representative"], speaking),
        **dict.fromkeys(["read_standing", "list_events", "list_representatives", "name_representative"], member),
        **dict.fromkeys(["hand_vote", "end_representation"], at_desk),
        "act_on_member": {**member, "act": "suspend"},
        **dict.fromkeys(["read_my_application", "withdraw_my_application", "ask_my_sponsor", "read_application"], mine),
        "answer_my_inquiry": {**mine, "inquiry": mine["pk"]}, "record_check": mine,
        "act_on_application": {**mine, "act": "refuse"},
        "answer_as_sponsor": {"sponsorship": known("my_admissions:sponsor")["pk"]},
        "read_prospect": prospect, "act_on_prospect": {**prospect, "act": "invite"},
        "end_my_relation": {"relation": known("my_relations")["pk"]},
        "read_my_motion": known("desk_motions"), "read_my_ballot": ballot, "vote": ballot,
    }  # fmt: skip


def _bodies(play, roles, file):
    judgement = {"scores": {"depth": 5, "benefit": 5}, "comment": "Sound."}
    return {
        "start_my_submission": {"call": play.call.key}, "save_my_draft": {"content": {}},
        "withdraw_my_submission": {"reason": "x"}, "attach_my_file": {"file": str(file.pk)},
        "begin_upload": {"name": "b.txt", "size": 9}, "finish_upload": {},
        "declare": {"aside": {}, "undertaking": play.call.undertaking_digest},
        "save_my_review": judgement, "hand_in_my_review": judgement, "step_aside": {"reason": "x"},
        "want_my_approval": {"wanted": True}, "answer_my_honour": {"accept": True},
        "declare_my_relation": {"name": "Ada Example", "kind": "family"}, "end_my_relation": {"on": "2026-01-01"},
        "name_my_conflict": _tied(roles), "enter_conflict": {**_tied(roles), "number": roles.item.ref.number},
        "answer_my_entry": {"approve": True}, "answer_my_question": {"text": "x"},
        "ask_advice": {"committee": "none", "question": {"en": "x", "zh": "x"}, "wanted_by": "2099-01-01"},
        "contribute_to_advice": {"text": "x"}, "adopt_advice": {"opinion": {"en": "x", "zh": "x"}},
        "publish_advice": {}, "withdraw_advice": {"reason": "x"},
        "draft_letter": {"subject": "A"}, "change_letter": {"subject": "A"}, "act_on_letter": {},
        "begin_mailing": {"audience": "people"}, "change_mailing": {"subject_en": "A", "text_en": "A"},
        "act_on_mailing": {}, "ask_question": {"text": "x", "due_on": "2099-01-01"},
        "register_organisation": {"name": {"en": "New"}, "kind": "media"}, "act_on_ballot": {"reason": "x"},
        "change_organisation": {"name": {"en": "New"}, "kind": "media"},
        "keep_my_entry": {"shown": ["contact"], "contact": "x"}, "agree_to_be_named": {"agrees": True},
        "answer_as_sponsor": {"stands": True}, "apply": {"category": "none", "motivation": "x"},
        "ask_my_sponsor": {"member": "none"}, "answer_my_inquiry": {"text": "x"}, "vote": {"choice": "yes"},
        "admit_member": {"category": "none", "starts_on": "2026-01-01"}, "act_on_member": {"reason": "x"},
        "name_my_representative": {"person": "none", "starts_on": "2026-01-01"},
        "hand_my_vote": {"on": "2099-01-01"}, "end_my_representative": {"on": "2099-01-01"},
        "name_representative": {"person": "none", "starts_on": "2026-01-01"}, "hand_vote": {"on": "2099-01-01"},
        "end_representation": {"on": "2099-01-01"}, "record_check": {"state": "passed"},
        "act_on_application": {"reason": "x"}, "note_prospect": {"organisation": "none"}, "act_on_prospect": {},
        "set_task": {"title": "A"}, "finish_task": {"outcome": "x"}, "drop_task": {"reason": "x"},
    }  # fmt: skip


def _tied(roles):
    """A member of the committee, by number, and why."""
    return {"person": roles.people["colleague"].ref.number, "reason": "x"}
