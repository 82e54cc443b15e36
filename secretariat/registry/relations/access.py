"""Who may come in here: each person to her own relations, in person; the desk to those it recorded."""

from secretariat.foundation.audit.admission import DESK_RUN, IN_PERSON, Entry, admitting

HERS = admitting("who declared it, in person", "applicant")
ADDRESSES = {
    "my_relations:relations": Entry("my personal relations", IN_PERSON, in_person=True),
    "my_relations:declare": Entry("a personal relation, declared", IN_PERSON, post=422, in_person=True),
    "my_relations:end": Entry("a personal relation of mine, ended", HERS, post=422, in_person=True),
    "desk_relations:pin": Entry("a relation of a person, recorded", DESK_RUN, post=422),
    "desk_relations:end": Entry("a relation that the desk recorded, ended", DESK_RUN, post=422),
}
