from secretariat.foundation.accounts.actor import Actor
from secretariat.record.tasks.models import Task


def can_plan(actor: Actor) -> bool:
    """Set a task, change it, hand it to somebody, drop it: the secretariat."""
    return actor.has("desk.run")


def can_see_tasks(actor: Actor) -> bool:
    """See everybody's tasks: whoever works at the desk."""
    return actor.has("desk.run") or actor.has("desk.read")


def owns(actor: Actor, task: Task) -> bool:
    return actor.person_id is not None and task.owner_id == actor.person_id


def can_finish(actor: Actor, task: Task) -> bool:
    """Say that it is done: whoever it was given to, or the secretariat."""
    return owns(actor, task) or can_plan(actor)
