from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record


class SavedView(Record):
    """A list as somebody wants to see it again: its query string, under a name of her own."""

    account = models.ForeignKey(
        "accounts.Account", models.CASCADE, related_name="+", verbose_name=_("account")
    )
    table = models.CharField(_("list"), max_length=60)
    path = models.CharField(_("address"), max_length=200)
    name = models.CharField(_("name of the view"), max_length=60)
    query = models.CharField(_("what it shows"), max_length=2000, blank=True)
    is_default = models.BooleanField(_("shown when the list is opened"), default=False)

    personal_fields = ("name", "query")
    personal_subject = "account"

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.UniqueConstraint(fields=["account", "table", "name"], name="saved_view_name_once"),
            models.UniqueConstraint(
                fields=["account", "table"], name="saved_view_one_default", condition=Q(is_default=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name
