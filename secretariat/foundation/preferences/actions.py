from datetime import datetime

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.accounts.models import Account
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.preferences.models import SavedView
from secretariat.foundation.preferences.rules import can_save_view, owns_view


def save_view(
    *, table: str, path: str, name: str, query: str, is_default: bool = False, actor: Actor, now: datetime
) -> SavedView:
    """Keep a view of a list under a name; one that has the name already is replaced."""
    require(can_save_view(actor), _("save a view"))
    with audit.act("view_saved", actor=actor, now=now) as act:
        # Two requests at once must not leave two usual views: who saves for an account waits for her turn.
        Account.objects.select_for_update().get(pk=actor.account_id)
        own = SavedView.objects.filter(account=actor.account_id, table=table)
        if is_default:
            own.filter(is_default=True).exclude(name=name).update(is_default=False)
        values = {"path": path, "query": query, "is_default": is_default}
        view, _made = SavedView.objects.update_or_create(
            account_id=actor.account_id, table=table, name=name, defaults=values
        )
        act.on(view)
    return view


def choose_usual_view(*, view: SavedView, is_default: bool, actor: Actor, now: datetime) -> SavedView:
    """Show a view whenever its list is opened, in place of another; or no longer."""
    require(owns_view(actor, view), _("change a view"))
    with audit.act("usual_view_chosen", actor=actor, now=now, subject=view):
        Account.objects.select_for_update().get(pk=actor.account_id)
        own = SavedView.objects.filter(account=view.account_id, table=view.table, is_default=True)
        own.exclude(pk=view.pk).update(is_default=False)
        view.is_default = is_default
        view.save(update_fields=["is_default"])
    return view


def remove_view(*, view: SavedView, actor: Actor, now: datetime) -> None:
    """Forget a view."""
    require(owns_view(actor, view), _("remove a view"))
    with audit.act("view_removed", actor=actor, now=now, subject=view):
        view.delete()
