"""Who may come in here: everybody to the descriptions, to an operation whom its scope and the thing itself admit."""

from secretariat.foundation.audit.admission import (
    EVERYBODY,
    PROGRAMS,
    Entry,
    Operation,
    Rule,
    admitting,
)

ADDRESSES = {
    "api:openapi": Entry("the description of the API, for programs", EVERYBODY),
    "api:docs": Entry("the API in words", EVERYBODY),
}

ALL = admitting("everybody", *PROGRAMS)
OWN = admitting(
    "whoever has a token of her own", *(role for role in PROGRAMS if role not in {"stranger", "service"})
)
AT_THE_DESK = admitting("who runs or reads the desk", "desk reads", "desk runs", "service")
RUNNING = admitting("who runs the desk", "desk runs", "service")
WRITING = admitting("who runs the desk, with a token of her own", "desk runs")
SPEAKING = admitting("who represents the organisation", "representative")
KEEPING = admitting("who administers security or reads the trail", "security", "auditor")
APPLYING = admitting("the applicant, and who represents the organisation", "applicant", "representative")
READING = admitting("the reviewer it was given to", "reviewer")
JUDGING = admitting("who sits in the committee", "reviewer", "colleague", "chair")
SITTING = admitting("who sits or votes in the body", "authority")
MOVED = admitting("who sits or votes in the body, and the desk", "authority", "desk reads", "desk runs")
SPOKEN = admitting("who speaks for the member", "another")
SENDER = admitting("the one who began it", "applicant")
WITH_IT = admitting(
    "who handed it in or applies with it, who reads the item, and the desk", "applicant", "representative",
    "reviewer", "desk reads", "desk runs",
)  # fmt: skip


def _mine(who: Rule = OWN, scope: str = "my.read", status: int = 200) -> Operation:
    return Operation(who, scope, OWN, status)


def _desk(who: Rule = AT_THE_DESK, scope: str = "desk.read", status: int = 200) -> Operation:
    return Operation(who, scope, who, status)


PUBLIC = Operation(ALL, "public.read", ALL)
ACCOUNTS = Operation(KEEPING, "accounts.read", KEEPING)
# By the name of the operation in the description. The walk sends what is right in form, to a published selection: what
# is over is answered 409, a value that does not fit 422. A reading is of a call whose reviews go on.
OPERATIONS = {
    **dict.fromkeys(
        [
            "list_editions", "read_edition", "list_calls", "read_call", "list_selections", "read_selection",
            "list_entries", "read_entry", "list_pledges", "list_honours", "list_members", "read_member", "list_places",
            "read_place", "list_topics", "read_topic", "read_head", "prove_inclusion", "prove_consistency",
            "list_meetings", "read_meeting", "list_motions", "read_motion",
            "list_resolutions", "read_resolution", "list_public_bodies", "read_public_body",
            "list_opinions", "read_opinion",
        ],
        PUBLIC,
    ),
    **dict.fromkeys(["list_my_submissions", "list_my_readings", "list_my_declarations", "list_my_notices"], _mine()),
    "read_my_submission": _mine(APPLYING),
    "start_my_submission": _mine(OWN, "my.write", 403),
    "save_my_draft": _mine(APPLYING, "my.write", 409),
    "submit_my_submission": _mine(APPLYING, "my.write"),
    "withdraw_my_submission": _mine(APPLYING, "my.write"),
    "attach_my_file": _mine(APPLYING, "my.write", 422),
    "detach_my_file": _mine(APPLYING, "my.write", 409),
    "begin_upload": _mine(OWN, "my.write", 201),
    "read_upload": _mine(SENDER),
    "send_piece": _mine(SENDER, "my.write", 422),
    "finish_upload": _mine(SENDER, "my.write", 409),
    "read_my_file": _mine(WITH_IT),
    "download_my_file": _mine(WITH_IT),
    "read_my_declaration": _mine(JUDGING),
    "declare": _mine(JUDGING, "my.write"),
    "read_my_reading": _mine(READING),
    "save_my_review": _mine(READING, "my.write"),
    "hand_in_my_review": _mine(READING, "my.write"),
    "step_aside": _mine(READING, "my.write"),
    "mark_my_notice_read": _mine(SENDER, "my.write"),
    **dict.fromkeys(
        [
            "list_my_motions", "list_my_ballots", "list_my_organisations", "list_my_honours", "list_my_entries",
            "list_my_questions", "list_my_advice", "list_my_meetings", "list_my_minutes", "list_my_resolutions",
        ],
        _mine(),
    ),
    **dict.fromkeys(
        ["read_my_approval", "read_my_honour", "read_my_entry", "read_my_questions"], _mine(APPLYING)
    ),
    "read_my_meeting": _mine(SITTING),
    **dict.fromkeys(["read_my_minutes", "read_my_resolution"], _mine(SITTING)),
    "want_my_approval": _mine(SPEAKING, "my.write"),
    "ask_my_approval": _mine(APPLYING, "my.write", 409),
    "give_my_approval": _mine(APPLYING, "my.write", 409),
    "answer_my_honour": _mine(APPLYING, "my.write", 409),
    "answer_my_entry": _mine(APPLYING, "my.write", 409),
    "answer_my_question": _mine(APPLYING, "my.write", 201),
    **dict.fromkeys(
        [
            "list_calls_of_desk", "list_submissions", "read_submission", "list_stages", "list_readings", "read_list",
            "list_conflicts", "list_tasks", "read_task", "list_incoming", "read_incoming", "list_letters",
            "read_letter", "list_people", "read_person", "list_organisations", "read_organisation",
            "list_members_of_desk", "read_member_of_desk", "list_bodies", "read_body", "read_file_of_desk",
            "download_file_of_desk", "list_audiences", "list_mailings", "read_mailing", "list_copies",
            "list_questions", "read_questions", "list_motions_of_desk", "read_motion_of_desk", "list_ballots",
            "read_ballot", "list_minutes", "read_minutes", "list_advice", "read_advice",
            "list_resolutions_of_desk", "read_resolution_of_desk",
        ],
        _desk(),
    ),
    "list_my_members": _mine(),
    "list_my_relations": _mine(),
    "declare_my_relation": _mine(OWN, "my.write", 201),
    "end_my_relation": _mine(SENDER, "my.write"),
    "name_my_conflict": _mine(APPLYING, "my.write", 201),
    "list_my_applications": _mine(),
    "list_my_sponsorships": _mine(),
    "read_my_member": _mine(SPOKEN),
    "keep_my_entry": _mine(SPOKEN, "my.write"),
    "agree_to_be_named": _mine(SPOKEN, "my.write"),
    "list_my_representatives": _mine(SPOKEN),
    "name_my_representative": _mine(SPOKEN, "my.write", 422),
    "hand_my_vote": _mine(SPOKEN, "my.write"),
    "end_my_representative": _mine(SPOKEN, "my.write"),
    "answer_as_sponsor": _mine(SPOKEN, "my.write"),
    "read_my_application": _mine(SENDER),
    "apply": _mine(OWN, "my.write", 422),
    "withdraw_my_application": _mine(SENDER, "my.write"),
    "ask_my_sponsor": _mine(SENDER, "my.write", 422),
    "answer_my_inquiry": _mine(SENDER, "my.write"),
    "read_my_motion": _mine(MOVED),
    "read_my_advice": _mine(MOVED),
    # Said in person: a token that sees the question is told so.
    **dict.fromkeys(["contribute_to_advice", "adopt_advice"], _mine(MOVED, "my.write", 403)),
    "read_my_ballot": _mine(SITTING),
    "vote": _mine(SITTING, "my.write", 403),
    **dict.fromkeys(
        [
            "list_conditions", "read_standing", "list_events", "list_representatives", "list_applications",
            "read_application", "list_prospects", "read_prospect",
        ],
        _desk(),
    ),
    "register_organisation": _desk(RUNNING, "desk.run", 201),
    "change_organisation": _desk(RUNNING, "desk.run"),
    "act_on_ballot": _desk(RUNNING, "desk.run"),
    "admit_member": _desk(RUNNING, "desk.run", 422),
    "act_on_member": _desk(RUNNING, "desk.run"),
    "name_representative": _desk(RUNNING, "desk.run", 422),
    "hand_vote": _desk(RUNNING, "desk.run"),
    "end_representation": _desk(RUNNING, "desk.run"),
    "record_check": _desk(RUNNING, "desk.run"),
    "act_on_application": _desk(RUNNING, "desk.run"),
    "note_prospect": _desk(RUNNING, "desk.run", 422),
    "act_on_prospect": _desk(RUNNING, "desk.run"),
    # Written in somebody's name: a program that comes for nobody is told so.
    "draft_letter": _desk(WRITING, "desk.run", 201),
    "change_letter": _desk(WRITING, "desk.run"),
    "act_on_letter": _desk(WRITING, "desk.run"),
    "begin_mailing": _desk(WRITING, "desk.run", 201),
    "change_mailing": _desk(WRITING, "desk.run"),
    "act_on_mailing": _desk(WRITING, "desk.run"),
    "enter_conflict": _desk(RUNNING, "desk.run", 201),
    "ask_question": _desk(WRITING, "desk.run", 201),
    "settle_question": _desk(WRITING, "desk.run"),
    "ask_advice": _desk(RUNNING, "desk.run", 422),
    "publish_advice": _desk(RUNNING, "desk.run", 409),
    "withdraw_advice": _desk(RUNNING, "desk.run"),
    "set_task": _desk(RUNNING, "desk.run", 201),
    "finish_task": _desk(RUNNING, "desk.run"),
    "drop_task": _desk(RUNNING, "desk.run"),
    "list_accounts": ACCOUNTS,
    "read_account": ACCOUNTS,
}  # fmt: skip
