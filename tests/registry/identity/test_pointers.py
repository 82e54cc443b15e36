from django.apps import apps
from django.db.models import UUIDField

from secretariat.registry.identity.pointers import Pointer, pointing_to
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.models import Person
from secretariat.registry.refs.models import Ref, RefParty, Traceable


def columns_that_point(target, name):
    """Every column of the product that can hold the id of a row of ``target`` or of its reference, told another way."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if not getattr(field, "concrete", False) or field.many_to_many:
                continue
            to = field.remote_field.model if field.remote_field else None
            own = field.name == "ref" and Traceable in model.__mro__
            loose = to is None and isinstance(field, UUIDField) and field.attname == name
            if to is target or (to is Ref and not own) or loose:
                found.add((model, field.column))
    return found


def walked(target):
    return {(found.model, pointer.column) for found in pointing_to(target) for pointer in found.pointers}


def test_the_walk_finds_every_column():
    assert walked(Person) == columns_that_point(Person, "person_id")
    assert walked(Organisation) == columns_that_point(Organisation, "organisation_id")


def test_a_column_without_a_foreign_key_is_found_by_its_name():
    parties = {pointing.model: pointing.pointers for pointing in pointing_to(Person)}[RefParty]

    assert set(parties) == {Pointer("person_id", "row"), Pointer("ref_id", "ref")}


def test_a_row_keeps_its_own_reference():
    assert {pointer.column for _model, pointer in _pointers_of(Person)} == {"canonical_id"}
    assert {pointer.column for _model, pointer in _pointers_of(Organisation)} == {"canonical_id", "parent_id"}


def _pointers_of(model):
    return [(p.model, pointer) for p in pointing_to(model) if p.model is model for pointer in p.pointers]
