"""Where a browser comes back to from a provider of SAML. What cannot be read is refused in words and breaks nothing."""

from collections.abc import Callable
from functools import wraps

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.saml import views
from allauth.socialaccount.providers.saml.utils import get_app_or_404
from django.http import HttpRequest, HttpResponse
from lxml.etree import LxmlError
from onelogin.saml2.errors import OneLogin_Saml2_Error

# The library tells of a wrong answer by itself, of one that is no answer at all by whatever its parser raised.
UNREADABLE = (LxmlError, OneLogin_Saml2_Error, ValueError)


def _refusing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def answered(request: HttpRequest, organization_slug: str) -> HttpResponse:
        try:
            return view(request, organization_slug=organization_slug)
        except UNREADABLE:
            provider = get_app_or_404(request, organization_slug).get_provider(request)
            return render_authentication_error(request, provider)

    return answered


def _signed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only the provider signs anybody out: the library would do it for any link that is written right."""

    @wraps(view)
    def answered(request: HttpRequest, organization_slug: str) -> HttpResponse:
        if "SAMLRequest" in request.GET and not request.GET.get("Signature"):
            raise ValueError("A request to sign out is not signed.")
        return view(request, organization_slug=organization_slug)

    return answered


finish = _refusing(views.finish_acs)
sign_out = _refusing(_signed(views.sls))
