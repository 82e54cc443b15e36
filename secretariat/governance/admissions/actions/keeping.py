"""Parts of the actions on applications: locking, moving, telling."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import require_state
from secretariat.foundation.notices.actions import tell
from secretariat.governance.admissions.models import Application, Sponsor
from secretariat.governance.ballots.electorate import in_words
from secretariat.governance.membership.models import Member
from secretariat.governance.membership.queries import accounts_speaking
from secretariat.governance.membership.standing import stands_of
from secretariat.registry.refs.actions import update_ref


def locked(application: Application, states: Collection[str], what: str) -> Application:
    """Lock an application, loaded with what acts need, and hold that it is in one of these states."""
    rows = Application.objects.select_for_update(of=("self",))
    found = rows.select_related("ref", "category", "person__account", "organisation").get(pk=application.pk)
    require_state(found.state, states, what)
    return found


def move(application: Application, state: str, **changes: Any) -> None:
    """Lead an application to another state, and its reference with it."""
    for name, value in {"state": state, **changes}.items():
        setattr(application, name, value)
    application.save(update_fields=["state", *changes])
    update_ref(ref_id=application.ref_id, state=state)


def tell_applicant(application: Application, kind: str, now: datetime, **data: Any) -> None:
    """Tell whoever applied, where she has an account."""
    if application.person.account_id:
        tell(
            accounts=[application.person.account_id], kind=kind, subject_id=application.pk, now=now,
            number=application.ref.number, **data,
        )  # fmt: skip


def ask(application: Application, member: Member, on: date, now: datetime) -> Sponsor:
    """Ask a member to stand for an application, and tell whoever speaks for it."""
    if not stands_of([member.pk], on)[member.pk].is_good:
        raise ValueError(_("Only a member in good standing can be a sponsor."))
    if application.organisation_id and application.organisation_id == member.organisation_id:
        raise ValueError(_("Nobody stands for itself."))
    sponsor, is_new = Sponsor.objects.get_or_create(application=application, member=member)
    if not is_new:
        raise ValueError(_("This member has been asked already."))
    tell(
        accounts=accounts_speaking([member.pk], on)[member.pk], kind="sponsor_asked", subject_id=sponsor.pk, now=now,
        number=application.ref.number, applicant=_name(application),
    )  # fmt: skip
    return sponsor


def _name(application: Application) -> dict[str, str]:
    """Who applies. A person's name stands on the page alone: what others were told of her outlives her wish to be
    forgotten.
    """
    holder = application.organisation
    if holder is None:
        return in_words(lambda: _("Somebody"))
    return {"en": holder.name_in("en"), "zh": holder.name_in("zh-hans")}
