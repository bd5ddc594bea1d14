"""Who asks: the address of a client, and whether it is near."""

import ipaddress
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Not `is_private`, for which addresses of examples are private too.
_NEAR = tuple(
    ipaddress.ip_network(network)
    for network in (
        *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
        *("169.254.0.0/16", "::1/128", "fc00::/7", "fe80::/10"),
    )
)
# Who has an IPv6 address has all that begin as it does.
_OWN_BITS = 64
_LONGEST = 64
#: What a proxy says of whom it asks for.
_PROXIED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_VIA")


def client_of(environ: "WSGIEnvironment") -> str:
    """The network of whoever asks from afar, "" where nobody knows.

    A proxy that is near names its client last: what stands before that may be invented,
    and so may all that others say.
    """
    last = environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2]
    return _client(environ.get("REMOTE_ADDR", ""), last.strip()[:_LONGEST])


@lru_cache(maxsize=1024)
def _client(peer: str, forwarded: str) -> str:
    address = _address(peer)
    # Without an address, it came through a socket on this machine.
    if address is None or _is_near(address):
        address = _address(forwarded)
    # Another proxy that is near is no client: whoever it asks for would be one.
    return "" if address is None or _is_near(address) else _network_of(address)


def is_near(environ: "WSGIEnvironment") -> bool:
    """Whether it is this machine or its own network that asks, and no proxy."""
    address = _address(environ.get("REMOTE_ADDR", ""))
    if address is None or any(name in environ for name in _PROXIED):
        return False
    return _is_near(address)


def _network_of(address: _Address) -> str:
    """Whom an address belongs to: itself, or its /64 of IPv6."""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.IPv6Address(int(address) >> _OWN_BITS << _OWN_BITS))


def _address(text: str) -> _Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    # A socket of both families tells of IPv4 so: ::ffff:192.0.2.1
    return getattr(found, "ipv4_mapped", None) or found


def _is_near(address: _Address) -> bool:
    return any(address in network for network in _NEAR)
