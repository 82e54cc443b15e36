from secretariat.registry.relations.actions import declare_relation, pin_relation
from tests.factories.accounts import NOW, make_actor
from tests.factories.people import make_person


def as_herself(person):
    return make_actor(account=person.account, person=person)


def make_relation(person=None, name="Ada Example", *, kind="family", now=NOW, **kw):
    person = person or make_person()
    return declare_relation(name=name, kind=kind, actor=as_herself(person), now=now, **kw)


def make_pinned(
    person=None, name="Ada Example", *, kind="money", reason="A register says so.", now=NOW, **kw
):
    desk = make_actor("desk.run")
    return pin_relation(
        person=person or make_person(), name=name, kind=kind, reason=reason, actor=desk, now=now, **kw
    )
