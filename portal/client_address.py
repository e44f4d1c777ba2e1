"""Where a request comes from: of use to limits only, and kept nowhere."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The network address of the caller; behind a proxy, what the proxy itself saw: the last entry of X-Forwarded-For.

    Of IPv6 the /64: a household or a rented machine has that many addresses, and could try a password from each.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() if settings.BEHIND_PROXY else ""
    address: str = forwarded or request.META.get("REMOTE_ADDR", "")
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return address
    return str(found.ipv4_mapped or ip_network((found.packed, 64), strict=False).network_address)
