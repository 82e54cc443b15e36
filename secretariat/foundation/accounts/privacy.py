"""What is kept of whoever signs in."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import (
    ACCOUNT,
    CONTRACT,
    DUTY,
    INTEREST,
    Declared,
    Holding,
    Running,
    Subject,
    of_account,
)


def _no_address(now: datetime) -> Mapping[str, Any]:
    """An address no mail reaches and a password nobody has: both must be something."""
    email = Concat(Value("erased-"), Cast("pk", CharField()), Value("@erased.invalid"))
    return {"email": email, "password": "!erased", "is_active": False, "last_login": None}


def _invited(subject: Subject) -> Q:
    return Q(person_id__in=subject.people) | Q(account__in=subject.accounts) | Q(email__in=subject.emails)


HOLDINGS = (
    Holding(
        model="accounts.Account", hers=of_account("pk"), fields=("email", "password"), secret=("password",),
        shown=("language", "is_active", "last_login", "created_at"),
        purpose=_("signing in, and mail about what she takes part in"), ground=CONTRACT, kept=ACCOUNT, at_end="blank",
        replaced=_no_address,
    ),
    Holding(
        model="account.EmailAddress", hers=of_account("user"), fields=("email",), shown=("verified",),
        purpose=_("knowing that mail to this address reaches her"), ground=CONTRACT, kept=ACCOUNT, at_end="delete",
    ),
    Holding(
        model="mfa.Authenticator", hers=of_account("user"), fields=("data",), secret=("data",),
        shown=("type", "created_at"),
        purpose=_("signing in with a passkey or an app"), ground=CONTRACT, kept=ACCOUNT, at_end="delete",
    ),
    Holding(
        model="socialaccount.SocialAccount", hers=of_account("user"), fields=("uid", "extra_data"),
        shown=("provider", "date_joined"),
        purpose=_("signing in with the account of another house"), ground=CONTRACT, kept=ACCOUNT, at_end="delete",
    ),
    Holding(
        model="accounts.Session", hers=of_account(), fields=("session_data",), secret=("session_data",),
        shown=("seen_at", "expire_date"),
        purpose=_("staying signed in"), ground=CONTRACT, kept=_("until it ends"), at_end="delete",
        ended=lambda now: Q(expire_date__lt=now),
    ),
    Holding(
        model="accounts.Device", hers=of_account(), fields=("label", "network"), shown=("seen_at",),
        purpose=_("telling her when her account is used on a new device"), ground=INTEREST,
        kept=_("a year after it was last used"), at_end="delete",
        ended=lambda now: Q(seen_at__lt=now - timedelta(days=365)),
    ),
    Holding(
        model="accounts.Invitation", hers=_invited, fields=("email",), shown=("reason", "created_at", "expires_at"),
        purpose=_("asking somebody in"), ground=INTEREST, kept=_("90 days after it has run out, or as the account"),
        at_end="blank",
        ended=lambda now: ~Q(state="accepted") & ~Q(email="") & Q(expires_at__lt=now - timedelta(days=90)),
    ),
    Holding(
        model="accounts.Grant", hers=of_account(), fields=("reason", "ended_reason"),
        shown=("right", "starts_on", "ends_on"),
        purpose=_("who was given which right, and why"), ground=DUTY, kept=_("as long as the record"), at_end="keep",
        why_kept=_("Who could do what must stay known; nothing in it names her once her account is erased."),
    ),
    Holding(
        model="accounts.Assistance",
        hers=lambda subject: Q(principal__in=subject.accounts) | Q(assistant__in=subject.accounts),
        fields=("tasks",), shown=("starts_on", "ends_on"),
        purpose=_("who may act for whom"), ground=DUTY, kept=_("as long as the record"), at_end="keep",
        why_kept=_("What was done for another must stay known; nothing in it names her once her account is erased."),
    ),
    Holding(
        model="audit.Act", hers=of_account("account_id"), fields=("verb",), shown=("at", "door", "subject_kind"),
        purpose=_("who did what, when and through which door"), ground=DUTY, kept=_("as long as the record"),
        at_end="keep",
        why_kept=_("The trail is sealed. It holds numbers of accounts, and no value of hers once they are erased."),
    ),
)  # fmt: skip
RUNNING = (
    Running(
        "accounts.Grant", _("a right given to her by hand"),
        lambda subject, now: Q(account__in=subject.accounts, ended_at=None)
        & (Q(ends_on=None) | Q(ends_on__gte=now.date())),
    ),
)  # fmt: skip
DECLARED = Declared(HOLDINGS, RUNNING, {"accounts.address": _("Your e-mail address and how you sign in")})
