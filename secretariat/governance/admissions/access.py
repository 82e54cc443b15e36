"""Who may come in here: whoever applies, the members asked to stand for them, the desk."""

from secretariat.foundation.audit.admission import (
    DESK,
    DESK_RUN,
    IN_PERSON,
    SIGNED_IN,
    Entry,
    admitting,
)

APPLICANT = admitting("who applied, and who represents the organisation that applies, in person", "applicant")
SPONSOR = admitting("who speaks for the member asked, in person", "another")
ADDRESSES = {
    "my_admissions:applications": Entry("my applications", SIGNED_IN),
    "my_admissions:new": Entry("a new application", IN_PERSON, post=422, in_person=True),
    "my_admissions:sponsor": Entry("a sponsor's answer", SPONSOR, post=422, in_person=True),
    "my_admissions:application": Entry("my application", APPLICANT),
    "my_admissions:ask_sponsor": Entry("a further sponsor", APPLICANT, post=422, in_person=True),
    "my_admissions:withdraw": Entry("an application, withdrawn", APPLICANT, post=302, in_person=True),
    "my_admissions:certificate": Entry("my certificate of membership", APPLICANT),
    "my_admissions:answer": Entry("an answer to the desk", APPLICANT, post=422, in_person=True),
    "desk_admissions:applications": Entry("applications", DESK),
    "desk_admissions:application": Entry("an application", DESK),
    "desk_admissions:certificate": Entry("a certificate of membership", DESK),
    "desk_admissions:check": Entry("a point of the due diligence", DESK_RUN, post=422),
    "desk_admissions:act": Entry(
        "an application, asked about, refused, put to the ballot", DESK_RUN, post=422
    ),
    "desk_admissions:prospects": Entry("prospects", DESK),
    "desk_admissions:prospect": Entry("a prospect", DESK),
    "desk_admissions:note": Entry("a new prospect", DESK_RUN, post=422),
    "desk_admissions:act_on_prospect": Entry("a prospect, invited or closed", DESK_RUN, post=422),
}
EXPORTS = {
    "admissions.applications": "desk_admissions:applications",
    "admissions.prospects": "desk_admissions:prospects",
}
