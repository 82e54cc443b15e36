"""Keeps the saved views that the tables of ``ui`` offer."""

from django.urls import reverse

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.preferences.queries import visible_views
from secretariat.foundation.ui.tables.saved import View


class ViewKeeper:
    """Answers the tables from the saved views of the account."""

    def views_of(self, actor: Actor, table: str) -> list[View]:
        if actor.account_id is None:
            return []
        rows = visible_views(actor).filter(table=table)
        return [View(str(row.pk), row.name, row.query, row.is_default) for row in rows]

    def save_path(self) -> str:
        return reverse("my_preferences:save_view")

    def manage_path(self) -> str:
        return reverse("my_preferences:views")
