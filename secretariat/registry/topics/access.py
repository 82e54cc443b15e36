"""Who may come in here: the desk."""

from secretariat.foundation.audit.admission import DESK, DESK_RUN, Entry

ADDRESSES = {
    "desk_topics:topics": Entry("topics", DESK),
    "desk_topics:topic": Entry("a topic", DESK),
    "desk_topics:new": Entry("a new topic", DESK_RUN, post=200),
    "desk_topics:change": Entry("a topic, changed", DESK_RUN, post=200),
}
EXPORTS = {"topics.topics": "desk_topics:topics"}
