from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.accounts.models import Account
from secretariat.foundation.audit import actions as audit
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people import rules
from secretariat.registry.people.logic import clean_orcid, match_keys, sort_key
from secretariat.registry.people.models import Affiliation, Person
from secretariat.registry.people.states import AffiliationRole, NameOrder
from secretariat.registry.places.models import Place
from secretariat.registry.refs.actions import next_number, register_ref
from secretariat.registry.refs.models import RefParty

CHANGEABLE = {
    "given_name", "family_name", "name_order", "name_zh", "names", "honorific", "orcid", "languages", "country",
    "simulated",
}  # fmt: skip

CORRECTABLE = {"role", "title_en", "title_zh", "starts_on", "ends_on", "source"}


def register_person(
    *, given_name: str = "", family_name: str = "", name_order: str = NameOrder.GIVEN_FIRST, name_zh: str = "",
    names: Mapping[str, str] | None = None, honorific: str = "", orcid: str = "", languages: Iterable[str] = (),
    country: Place | None = None, account: Account | None = None, simulated: bool = False, actor: Actor,
    now: datetime,
) -> Person:  # fmt: skip
    """Enter a new person, who gets the next number ``PER-00001``. ValueError says what is wrong with a value.

    ``account`` may be the actor's own where that has no person yet; any other is for the desk to link.
    """
    require(rules.can_register(actor), _("register a person"))
    own = account is not None and account.pk == actor.account_id and actor.person_id is None
    require(account is None or own or rules.can_link_account(actor), _("link an account"))
    person = Person(account=account, simulated=simulated)
    _apply(
        person,
        {
            "given_name": given_name, "family_name": family_name, "name_order": name_order, "name_zh": name_zh,
            "names": dict(names or {}), "honorific": honorific, "orcid": orcid, "languages": list(languages),
            "country": country,
        },
    )  # fmt: skip
    with audit.act("person_registered", actor=actor, now=now) as act:
        # No title: it would keep the name in the history of refs when the person is forgotten.
        person.ref = register_ref(kind="person", number=next_number("PER", digits=5), title={})
        person.save(force_insert=True)
        act.on(person)
    return person


def update_person(*, person: Person, actor: Actor, now: datetime, **changes: Any) -> Person:
    """Change the named values; those not named stay. ValueError for an alias, an unknown name or a bad value."""
    require(rules.can_update(actor, person), _("change this person"))
    if unknown := changes.keys() - CHANGEABLE:
        raise ValueError(f"A person has no {', '.join(sorted(unknown))} to change.")
    with audit.act("person_updated", actor=actor, now=now, fields=sorted(changes)) as act:
        person = Person.objects.select_for_update().get(pk=person.pk)
        if person.canonical_id:
            raise ValueError(_("This record is an alias; change the one it stands for."))
        _apply(person, changes)
        person.save()
        act.on(person)
    return person


def link_account(*, person: Person, account: Account, actor: Actor, now: datetime) -> Person:
    """Say that this account is this person's. ValueError where either is linked already."""
    require(rules.can_link_account(actor), _("link an account"))
    with audit.act("account_linked", actor=actor, now=now, account=account.pk) as act:
        person = Person.objects.select_for_update().get(pk=person.pk)
        if person.canonical_id:
            raise ValueError(_("This record is an alias; change the one it stands for."))
        if person.account_id or Person.objects.filter(account=account).exists():
            raise ValueError(_("The person or the account is linked already."))
        person.account = account
        person.save(update_fields=["account"])
        act.on(person)
    return person


def add_affiliation(
    *, person: Person, organisation: Organisation, starts_on: date, ends_on: date | None = None,
    role: str = AffiliationRole.STAFF, title_en: str = "", title_zh: str = "", source: str = "", actor: Actor,
    now: datetime,
) -> Affiliation:  # fmt: skip
    """Say where a person belongs from a day on. ValueError where the same is said already for a part of that time."""
    require(rules.can_affiliate(actor, person, organisation.pk, role), _("add an affiliation"))
    if role not in AffiliationRole.values:
        raise ValueError(f"'{role}' is no role; these are: {', '.join(AffiliationRole.values)}.")
    if ends_on is not None and ends_on < starts_on:
        raise ValueError(_("An affiliation cannot end before it starts."))
    with audit.act("affiliation_added", actor=actor, now=now) as act:
        affiliation = Affiliation(
            person=person, organisation=organisation, role=role, title_en=title_en.strip(), source=source,
            title_zh=title_zh.strip(), starts_on=starts_on, ends_on=ends_on,
        )  # fmt: skip
        _save_once(affiliation, force_insert=True)
        act.on(affiliation)
    return affiliation


def correct_affiliation(
    *, affiliation: Affiliation, actor: Actor, now: datetime, **changes: Any
) -> Affiliation:
    """Correct what was recorded: role, titles, days, source. Who has moved on gets another affiliation instead.

    ValueError where the days are the wrong way round, or meet another record of the same.
    """
    role = changes.get("role", affiliation.role)
    allowed = rules.can_affiliate(actor, affiliation.person, affiliation.organisation_id, role)
    require(allowed and rules.can_end_affiliation(actor, affiliation), _("correct this affiliation"))
    if unknown := changes.keys() - CORRECTABLE:
        raise ValueError(f"An affiliation has no {', '.join(sorted(unknown))} to correct.")
    with audit.act("affiliation_corrected", actor=actor, now=now, fields=sorted(changes)) as act:
        affiliation = Affiliation.objects.select_for_update().get(pk=affiliation.pk)
        for name, value in changes.items():
            setattr(affiliation, name, " ".join(value.split()) if isinstance(value, str) else value)
        if affiliation.ends_on is not None and affiliation.ends_on < affiliation.starts_on:
            raise ValueError(_("An affiliation cannot end before it starts."))
        _save_once(affiliation)
        act.on(affiliation)
    return affiliation


def end_affiliation(*, affiliation: Affiliation, ends_on: date, actor: Actor, now: datetime) -> Affiliation:
    """Say on which day an affiliation ends; that day still belongs to it."""
    require(rules.can_end_affiliation(actor, affiliation), _("end this affiliation"))
    with audit.act("affiliation_ended", actor=actor, now=now) as act:
        affiliation = Affiliation.objects.select_for_update().get(pk=affiliation.pk)
        if ends_on < affiliation.starts_on:
            raise ValueError(_("An affiliation cannot end before it starts."))
        if affiliation.ends_on is not None and affiliation.ends_on < ends_on:
            raise ValueError(_("This affiliation has ended already."))
        affiliation.ends_on = ends_on
        affiliation.save(update_fields=["ends_on"])
        act.on(affiliation)
    return affiliation


def take_back_affiliation(*, affiliation: Affiliation, actor: Actor, now: datetime) -> None:
    """Remove an affiliation that was recorded by mistake. Who has moved on keeps it: ``end_affiliation``."""
    require(rules.can_take_back(actor), _("take an affiliation back"))
    with audit.act("affiliation_taken_back", actor=actor, now=now, subject=affiliation.person):
        affiliation.delete()


def take_back_person(*, person: Person, actor: Actor, now: datetime) -> None:
    """Remove a person that was entered by mistake, as long as nothing in the record points to her.

    Her number is never given again. ValueError where something was built on her.
    """
    require(rules.can_take_back(actor), _("take a person back"))
    with audit.act("person_taken_back", actor=actor, now=now, subject=person):
        person = Person.objects.select_for_update().get(pk=person.pk)
        if person.account_id or RefParty.objects.filter(person_id=person.pk).exists():
            raise ValueError(_("%(name)s stays: something was built on this record.") % {"name": person})
        try:
            person.delete()
            person.ref.delete()
        except ProtectedError:
            raise ValueError(
                _("%(name)s stays: something was built on this record.") % {"name": person}
            ) from None


def refresh_keys(person: Person) -> None:
    """Compute the sorting and matching keys anew; whoever changes a name calls this before saving."""
    person.sort_key = sort_key(person.given_name, person.family_name, person.name_zh)
    person.match_keys = match_keys(
        given=person.given_name,
        family=person.family_name,
        name_zh=person.name_zh,
        further=person.names.values(),
        orcid=person.orcid,
    )


def _save_once(affiliation: Affiliation, force_insert: bool = False) -> None:
    try:
        with transaction.atomic():
            affiliation.save(force_insert=force_insert)
    except IntegrityError as error:
        if "affiliation_once_at_a_time" not in str(error):
            raise
        raise ValueError(_("This affiliation is recorded already for a part of that time.")) from None


def _apply(person: Person, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if name == "orcid":
            value = clean_orcid(value)
        elif isinstance(value, str):
            value = " ".join(value.split())
        setattr(person, name, value)
    if not (person.given_name or person.family_name or person.name_zh):
        raise ValueError(_("A person needs a name, in Latin letters or in Chinese."))
    if person.name_order not in NameOrder.values:
        raise ValueError(
            f"'{person.name_order}' is no order of names; these are: {', '.join(NameOrder.values)}."
        )
    refresh_keys(person)
