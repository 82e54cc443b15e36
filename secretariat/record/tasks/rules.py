from secretariat.foundation.accounts.actor import Actor
from secretariat.record.tasks.models import Task
from secretariat.record.tasks.setting import plans_from
from secretariat.registry.refs.models import Ref


def can_plan(actor: Actor, origin: Ref | None = None) -> bool:
    """Set a task, change it, hand it to somebody, drop it: the secretariat, and who plans what comes from a thing."""
    return actor.has("desk.run") or plans_from(actor, origin)


def can_see_tasks(actor: Actor) -> bool:
    """See everybody's tasks: whoever works at the desk."""
    return actor.has("desk.run") or actor.has("desk.read")


def owns(actor: Actor, task: Task) -> bool:
    return actor.person_id is not None and task.owner_id == actor.person_id


def can_finish(actor: Actor, task: Task) -> bool:
    """Say that it is done: whoever it was given to, or who may plan it."""
    return owns(actor, task) or can_plan(actor, task.origin)
