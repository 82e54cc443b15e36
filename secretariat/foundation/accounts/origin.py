"""Where a request comes from, as far as it may be kept: its address for limits, network and device for the owner."""

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest

from secretariat.foundation.accounts.logic import device_label, network_of

DEVICE_COOKIE = "device"


def address_of(request: HttpRequest) -> str:
    """Return the client's address, behind as many proxies as the setting says; a constant where there is none."""
    return get_client_ip(request) or "local"


def network(request: HttpRequest) -> str:
    """Return the coarse network an account's owner is shown."""
    return network_of(address_of(request))


def device(request: HttpRequest) -> str:
    """Return what the browser calls itself, in short."""
    return device_label(request.headers.get("User-Agent", ""))
