"""Who may come in here: applicants to what was offered to them, the desk to all honours and books."""

from secretariat.foundation.audit.admission import (
    DESK,
    DESK_RUN,
    SIGNED_IN,
    Entry,
    admitting,
)

APPLICANTS = admitting(
    "the person in charge, her assistant with this task, a representative of the organisation",
    "applicant", "representative", "assistant",
)  # fmt: skip
PROOFREADERS = admitting(
    "the person in charge, a representative of the organisation", "applicant", "representative"
)
ADDRESSES = {
    "my_honours:honours": Entry("my honours and entries", SIGNED_IN),
    "my_honours:offer": Entry("an offer to me, in confidence", APPLICANTS, post=422),
    "my_honours:entry": Entry("the proof of my entry", PROOFREADERS, post=422),
    "desk_honours:calls": Entry("calls with honours", DESK),
    "desk_honours:call": Entry("the honours of a call", DESK),
    "desk_honours:offer": Entry("honours, offered", DESK_RUN, get=None, post=302, told=DESK),
    "desk_honours:release": Entry("the release of results, set", DESK_RUN, get=None, post=302, told=DESK),
    "desk_honours:confer": Entry("honours, conferred", DESK_RUN, get=None, post=302, told=DESK),
    "desk_honours:revoke": Entry("an honour, revoked", DESK_RUN, get=None, post=302, told=DESK),
    "desk_honours:book": Entry("the book of a call", DESK),
    "desk_honours:prepare": Entry("the proofs, sent", DESK_RUN, get=None, post=302, told=DESK),
    "desk_honours:lapse": Entry("silent proofs, lapsed", DESK_RUN, get=None, post=302, told=DESK),
    "desk_honours:typeset": Entry("the book, set", DESK_RUN, get=None, post=302, told=DESK),
}
