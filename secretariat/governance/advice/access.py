"""Who may come in here: whoever sits in or leads the bodies concerned, and the desk."""

from secretariat.foundation.audit.admission import DESK_RUN, SIGNED_IN, Entry, admitting

WITHIN = admitting(
    "whoever sits in the committee or in the body that asked, and the desk", "authority", "desk reads", "desk runs",
    "auditor",
)  # fmt: skip
LEADERS = admitting(
    "chairs and secretaries of bodies, the desk and the auditor", "chair", "authority", "desk reads", "desk runs",
    "auditor",
)  # fmt: skip
ASKERS = admitting(
    "chairs and secretaries of bodies, and who runs the desk", "chair", "authority", "desk runs"
)
AUTHORS = admitting("whoever leads the body that asked, and who runs the desk", "authority", "desk runs")
ADDRESSES = {
    "my_advice:requests": Entry("questions to my committees", SIGNED_IN),
    "my_advice:request": Entry("a question to a committee, and its opinion", WITHIN),
    "my_advice:contribute": Entry("a contribution to an opinion", WITHIN, get=None, post=302, in_person=True),
    "my_advice:adopt": Entry("an opinion, adopted", WITHIN, get=None, post=302, in_person=True),
    "my_advice:file": Entry("a paper of a question", WITHIN),
    "desk_advice:file": Entry("a paper of a question", WITHIN),
    "desk_advice:new_paper": Entry("a paper of a question, announced", AUTHORS, post=422),
    "desk_advice:new_version": Entry("a paper of a question, handed in", AUTHORS, post=422),
    "desk_advice:withdraw_paper": Entry("a paper of a question, withdrawn", AUTHORS, post=422),
    "desk_advice:requests": Entry("requests for advice", LEADERS),
    "desk_advice:new": Entry("a request for advice", ASKERS, post=200),
    "desk_advice:request": Entry("a request for advice, kept", WITHIN),
    "desk_advice:publish": Entry("an opinion, published", DESK_RUN, get=None, post=302),
    "desk_advice:withdraw": Entry("a request for advice, withdrawn", AUTHORS, post=200),
}
READERS = {"advice": WITHIN}
FILES = {
    "advice.PaperVersion.file": admitting(
        "whoever sits in the committee or in the body that asked, and the desk", "authority", "desk reads", "desk runs",
    )
}  # fmt: skip
EXPORTS = {"advice.requests": "desk_advice:requests"}
