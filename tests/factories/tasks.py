from secretariat.record.tasks.actions import add_task
from tests.factories.accounts import NOW, make_actor

PLANNER = make_actor("desk.run")


def make_task(title="Book the hall", *, actor=PLANNER, now=NOW, **kw):
    return add_task(title=title, actor=actor, now=now, **kw)
