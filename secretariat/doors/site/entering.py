"""The demo's way in: a signed link that signs an account in, and whom one may enter as."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.models import Account, Grant
from secretariat.foundation.accounts.queries import in_force
from secretariat.governance.bodies.models import Term
from secretariat.governance.membership.models import Representative
from secretariat.registry.people.models import Person
from secretariat.summit.calls.models import Submission
from secretariat.summit.review.models import Assignment

SALT = "secretariat.doors.site.entering"
MAX_AGE = timedelta(days=30)


def is_open() -> bool:
    """Whether links sign in here: in the demo only."""
    return settings.MODE == "demo"


def entry_path(account: Account) -> str:
    """Return the path of a link that signs this account in, for thirty days and in the demo only."""
    return reverse("site:enter", args=[signing.dumps(str(account.pk), salt=SALT)])


def account_of(token: str) -> Account | None:
    """Return the account a link stands for; None where it is forged, too old, or the account may not sign in."""
    try:
        key = signing.loads(token, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    return Account.objects.filter(pk=key, is_active=True).first()


@dataclass(frozen=True)
class Part:
    """A role one may play in the demo: what it is called, what there is to do, and the way in."""

    role: str
    purpose: str
    name: str
    path: str


def parts_to_play(on: date) -> list[Part]:
    """Return one person for each role the record knows on a day. One statement for each role."""
    chairs = Term.objects.filter(in_force(on), role="chair", person__account__isnull=False)
    chairs = chairs.order_by("seat__body__position", "pk")
    waiting = Assignment.objects.filter(state="assigned", reviewer__account__isnull=False)
    applying = Submission.objects.filter(call__state="open", state="submitted", person__account__isnull=False)
    members = Representative.objects.filter(in_force(on), person__account__isnull=False)
    staff, security, audit = (
        Person.objects.filter(account__in=Grant.objects.filter(in_force(on), right=right).values("account"))
        for right in ("desk.run", "security.administer", "audit.read")
    )
    of_committee = chairs.filter(seat__body__flags__contains=["reviews"])
    of_council = chairs.filter(seat__body__flags__contains=["executive", "decides"])
    found = [
        (_("Secretariat"), _("runs the desk"), _first(staff.order_by("pk"))),
        (_("Committee chair"), _("resolves conflicts"), _first(of_committee, "person")),
        (_("Reviewer"), _("has items to read"), _first(waiting.order_by("pk"), "reviewer")),
        (_("Applicant"), _("has handed in"), _first(applying.order_by("ref__number"), "person")),
        (_("Council chair"), _("decides on lists"), _first(of_council, "person")),
        (_("Representative"), _("speaks for a member"), _first(members.order_by("pk"), "person")),
        (_("Security"), _("keeps accounts and tokens"), _first(security.order_by("pk"))),
        (_("Auditor"), _("reads the trail"), _first(audit.order_by("pk"))),
    ]
    return [
        Part(role, purpose, str(person), entry_path(person.account))
        for role, purpose, person in found
        if person is not None
    ]


def _first(rows: QuerySet[Any], to: str = "") -> Person | None:
    row: Model | None = rows.select_related(f"{to}__account" if to else "account").first()
    return getattr(row, to) if row is not None and to else row
