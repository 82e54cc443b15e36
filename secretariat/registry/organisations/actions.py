from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit import actions as audit
from secretariat.registry.organisations.logic import clean_domains, clean_ror, match_keys, sort_key
from secretariat.registry.organisations.models import Host, Organisation
from secretariat.registry.organisations.queries import ancestors_of
from secretariat.registry.organisations.rules import can_register, can_update, keeps_registry
from secretariat.registry.organisations.states import OrganisationKind
from secretariat.registry.places.models import Place
from secretariat.registry.refs.actions import next_number, register_ref, update_ref
from secretariat.registry.refs.models import RefParty

CHANGEABLE = {
    "name_en", "name_zh", "names", "acronym", "kind", "country", "parent", "ror", "website", "email_domains",
    "simulated",
}  # fmt: skip


def register_organisation(
    *, name_en: str = "", name_zh: str = "", kind: str, country: Place | None = None,
    names: Mapping[str, str] | None = None, acronym: str = "", parent: Organisation | None = None, ror: str = "",
    website: str = "", email_domains: Iterable[str] = (), simulated: bool = False, actor: Actor, now: datetime,
) -> Organisation:  # fmt: skip
    """Enter a new organisation; it gets the next number ``ORG-00001``. ValueError says what is wrong with a value."""
    require(can_register(actor), _("register an organisation"))
    organisation = Organisation(simulated=simulated)
    _apply(
        organisation,
        {
            "name_en": name_en, "name_zh": name_zh, "names": dict(names or {}), "acronym": acronym, "kind": kind,
            "country": country, "parent": parent, "ror": ror, "website": website, "email_domains": email_domains,
        },
    )  # fmt: skip
    with audit.act("organisation_registered", actor=actor, now=now) as act:
        organisation.ref = register_ref(
            kind="organisation", number=next_number("ORG", digits=5), title=title_of(organisation)
        )
        organisation.save(force_insert=True)
        act.on(organisation)
    return organisation


def update_organisation(
    *, organisation: Organisation, actor: Actor, now: datetime, **changes: Any
) -> Organisation:
    """Change the named values; those not named stay. ValueError for an alias, an unknown name or a bad value."""
    require(can_update(actor, organisation), _("change this organisation"))
    if unknown := changes.keys() - CHANGEABLE:
        raise ValueError(f"An organisation has no {', '.join(sorted(unknown))} to change.")
    with audit.act("organisation_updated", actor=actor, now=now, fields=sorted(changes)) as act:
        organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
        if organisation.canonical_id:
            raise ValueError(_("%(name)s is an alias; change what it stands for.") % {"name": organisation})
        _apply(organisation, changes)
        _refuse_circle(organisation)
        organisation.save()
        update_ref(ref_id=organisation.ref_id, title=title_of(organisation))
        act.on(organisation)
    return organisation


def take_back_organisation(*, organisation: Organisation, actor: Actor, now: datetime) -> None:
    """Remove an organisation that was entered by mistake, as long as nothing in the record points to it.

    Its number is never given again. ValueError where something was built on it.
    """
    require(keeps_registry(actor), _("take an organisation back"))
    with audit.act("organisation_taken_back", actor=actor, now=now, subject=organisation):
        organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
        stays = _("%(name)s stays: something was built on this record.") % {"name": organisation}
        if RefParty.objects.filter(organisation_id=organisation.pk).exists():
            raise ValueError(stays)
        try:
            organisation.delete()
            organisation.ref.delete()
        except ProtectedError:
            raise ValueError(stays) from None


def name_host(
    *, organisation: Organisation, disclaimer: Mapping[str, str], simulated: Mapping[str, str], actor: Actor,
    now: datetime,
) -> Host:  # fmt: skip
    """Say which organisation this installation serves, its disclaimer, and the words on whatever is simulated."""
    require(can_register(actor), _("name the host organisation"))
    with audit.act("host_named", actor=actor, now=now) as act:
        said = {f"disclaimer_{language}": text for language, text in disclaimer.items()}
        said |= {f"simulated_{language}": text for language, text in simulated.items()}
        host, _new = Host.objects.update_or_create(only=True, defaults={"organisation": organisation, **said})
        act.on(host)
    return host


def refresh_keys(organisation: Organisation) -> None:
    """Compute the sorting and matching keys anew; whoever changes a name calls this before saving."""
    names = [organisation.name_en, *organisation.names.values()]
    organisation.sort_key = sort_key(next(filter(None, names), ""), organisation.name_zh)
    organisation.match_keys = match_keys(
        name_en=organisation.name_en,
        name_zh=organisation.name_zh,
        names=organisation.names,
        acronym=organisation.acronym,
        ror=organisation.ror,
        domains=organisation.email_domains,
    )


def _apply(organisation: Organisation, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if name == "ror":
            value = clean_ror(value)
        elif name == "email_domains":
            value = clean_domains(value)
        elif isinstance(value, str):
            value = " ".join(value.split())
        setattr(organisation, name, value)
    if not organisation.name_en and not organisation.name_zh:
        raise ValueError(_("An organisation needs a name in English or in Chinese."))
    if organisation.kind not in OrganisationKind.values:
        raise ValueError(
            f"'{organisation.kind}' is no kind of organisation; these are: {', '.join(OrganisationKind.values)}."
        )
    refresh_keys(organisation)


def _refuse_circle(organisation: Organisation) -> None:
    parent = organisation.parent_id
    if parent and (parent == organisation.pk or organisation.pk in ancestors_of([parent])[parent]):
        raise ValueError(_("%(name)s cannot belong to a part of itself.") % {"name": organisation})


def title_of(organisation: Organisation) -> dict[str, str]:
    """Return the title that the reference of an organisation carries."""
    title = {"en": organisation.name_en, "zh-hans": organisation.name_zh, **organisation.names}
    return {language: name for language, name in title.items() if name}
