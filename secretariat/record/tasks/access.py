"""Who may come in here: the desk plans, whoever a task was given to sees it."""

from secretariat.foundation.audit.admission import (
    DESK,
    DESK_RUN,
    SIGNED_IN,
    Entry,
    admitting,
)

OWNER = admitting("whom the task was given to, and her assistant", "applicant", "assistant")
ADDRESSES = {
    "my_tasks:tasks": Entry("my tasks", SIGNED_IN),
    "my_tasks:task": Entry("a task of mine", OWNER, post=200),
    "desk_tasks:tasks": Entry("every task", DESK),
    "desk_tasks:new": Entry("a new task", DESK_RUN, post=200),
    "desk_tasks:plan": Entry("tasks in the order of their days", DESK),
    "desk_tasks:task": Entry("a task", DESK),
    "desk_tasks:change": Entry("a task, changed", DESK_RUN, post=200),
    "desk_tasks:many": Entry("an act on many tasks", DESK_RUN, get=None, post=302),
    "desk_tasks:end": Entry("a task, done or dropped", DESK_RUN, get=None, post=302, told=DESK, telling=403),
}
EXPORTS = {"tasks.tasks": "desk_tasks:tasks"}
