"""Signing in with an identity kept elsewhere, over OpenID Connect or SAML, where the settings say so."""

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest


class ElsewhereAdapter(DefaultSocialAccountAdapter):
    """Whoever proves an address of an account elsewhere signs in to it. Nobody becomes an account that way."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False


def ways_elsewhere(request: HttpRequest) -> list[dict[str, str]]:
    """Return the providers the settings name, each with its label and the address where signing in begins."""
    found = []
    for app in ElsewhereAdapter().list_apps(request):
        provider = app.get_provider(request)
        found.append({"label": app.name, "path": provider.get_login_url(request)})
    return found
