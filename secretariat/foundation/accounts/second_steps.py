"""Passkeys, authenticator apps and recovery codes: how allauth keeps and calls them here."""

import base64
from io import BytesIO
from urllib.parse import urlsplit

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.accounts.models import Account

SALT = "secretariat.foundation.accounts.second_steps"


class SecondStepAdapter(DefaultMFAAdapter):
    """Secrets are encrypted at rest; names are those of this site."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code is not right."),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Recovery codes need an authenticator app or a passkey."
        ),
    }

    def get_totp_issuer(self) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def build_totp_svg(self, url: str) -> str:
        out = BytesIO()
        segno.make(url, micro=False).save(out, kind="svg", scale=5, border=2, xmldecl=False)
        return out.getvalue().decode()

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _keys().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, object]:
        return {"id": user.pk.hex.encode(), "display_name": user.email, "name": user.email}


def _keys() -> MultiFernet:
    """The key made of the site's secret, and of earlier ones, so that the secret can be renewed."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [salted_hmac(SALT, "at rest", secret=secret, algorithm="sha256").digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in digests])
