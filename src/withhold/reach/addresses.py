"""Addresses: what a URL names, in one spelling, and which addresses of the network are private.

No connection is made here. What may be connected to is decided by numeric addresses only, after
the name was resolved: of names nothing is believed.
"""

from __future__ import annotations

import contextlib
import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Literal
from urllib.parse import quote, urljoin

import idna
from msgspec import Struct

Scheme = Literal["http", "https"]
_PORTS: dict[Scheme, int] = {"http": 80, "https": 443}
_URL = re.compile(r"(https?)://([^/?#]*)([^#]*)", re.IGNORECASE | re.DOTALL)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")  # and what is no character
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")  # with what names in use have and none should
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_KEPT = "%/:?=&~+!$,;'@()*[]|-._"
"""What stands in a path or query as it is: reserved characters, and escapes made already."""
_PLAIN = re.compile(r"[A-Za-z0-9%/:?=&~+!$,;'@()*\[\]|._-]*")
"""Nothing but that and what needs no escape anyway."""


class BadUrl(ValueError):
    """A URL that is not fetched, and in a few words why not."""


class Address(Struct, frozen=True):
    """Where a request goes: the host as A-labels in lower case, or a numeric address.

    ``target`` is the path with its query, as it is sent.
    """

    scheme: Scheme
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The Host header: a usual port is left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port, without a slash at the end."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The whole, in the one spelling that is compared and kept."""
        return self.origin + self.target


@lru_cache(maxsize=256)
def read(url: str) -> Address:
    """What a URL names; raises BadUrl for what is never fetched.

    Only http and https; no user name or password, which would be sent to somebody; no control
    characters. Any port. A number that only some resolvers take for an address (``127.1``,
    ``0x7f000001``) is no host.
    """
    url = url.strip(" ")
    if _UNPRINTABLE.search(url):
        raise BadUrl("control characters in the URL")
    found = _URL.match(url)
    if not found:
        other = _SCHEME.match(url)
        raise BadUrl(f"{other[1].lower()}: is not fetched" if other else "no http or https URL")
    scheme: Scheme = "https" if found[1].lower() == "https" else "http"
    authority, rest = found[2], found[3]
    if "@" in authority:
        raise BadUrl("a user name or password in the URL")
    host, port = _named(authority, scheme)
    path, mark, query = rest.partition("?")
    target = _without_dots(path) + mark + query
    if not _PLAIN.fullmatch(target):  # most are
        target = quote(target, safe=_KEPT)
    return Address(scheme, host, port, target)


@lru_cache(maxsize=256)
def _named(authority: str, scheme: Scheme) -> tuple[str, int]:
    host, port = _split(authority)
    return _host(host), _port(port, scheme)


def origin_of(site: str) -> str:
    """The origin of a site given as a URL or as a bare host, which is asked by https; BadUrl."""
    return read(site if "://" in site else f"https://{site}").origin


def follow(base: Address, location: str) -> Address:
    """Where a Location header leads (RFC 9110, 10.2.2); raises BadUrl.

    Its octets, which the HTTP library gives as Latin-1, are UTF-8 where they can be.
    """
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return read(urljoin(base.url, location.strip(" ")))
    except ValueError as why:
        raise BadUrl(str(why)) from why


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4: ``/a/../b`` is ``/b``, also for the robots.txt that is asked about it."""
    if "/." not in path:
        return path or "/"
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _split(authority: str) -> tuple[str, str]:
    """Host and port; of an IPv6 address the host keeps its brackets."""
    if authority.startswith("["):
        host, bracket, rest = authority.partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            raise BadUrl("an IPv6 address without its bracket")
        return host + "]", rest[1:]
    host, _, port = authority.partition(":")
    return host, port


def _port(text: str, scheme: Scheme) -> int:
    if not text:
        return _PORTS[scheme]
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 0 < int(text) < 65536):
        raise BadUrl("no port has that number")
    return int(text)


def _host(text: str) -> str:
    """A host in the one spelling of it: RFC 5890 A-labels (as UTS 46 maps them), or a number."""
    if text.startswith("["):
        try:
            return str(IPv6Address(text[1:-1])) if "%" not in text else _bad(text)
        except ValueError:
            return _bad(text)
    try:
        name = text if text.isascii() else idna.encode(text, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return _bad(text)
    name = name.lower().removesuffix(".")
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(one) for one in labels):
        return _bad(text)
    if _NUMBER.fullmatch(labels[-1]):
        try:
            return str(IPv4Address(name))
        except ValueError:
            return _bad(text)
    return name


def _bad(text: str) -> str:
    raise BadUrl(f"{text[:80]!r} is no host" if text else "no host")


# What is private ------------------------------------------------------------------------------

_V4 = tuple(
    ip_network(one)
    for one in (
        "0.0.0.0/8",  # this host
        "10.0.0.0/8",
        "100.64.0.0/10",  # between a provider and its customers; Alibaba's metadata too
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's own services for a machine: public by number only
        "169.254.0.0/16",  # link-local, with the clouds' metadata at 169.254.169.254
        "172.16.0.0/12",
        "192.0.0.0/24",  # with Oracle's metadata
        "192.0.2.0/24",
        "192.88.99.0/24",  # relays of 6to4, given up
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
"""IANA's IPv4 Special-Purpose Address Registry (RFC 6890), multicast, and one address more.

Not ``ipaddress.is_global``: it takes multicast for global, and its table differs between patch
releases of Python."""
_V6_GLOBAL = ip_network("2000::/3")
"""The only space of IPv6 that is given out; all else is local, mapped, multicast or reserved."""
_V6 = tuple(
    ip_network(one)
    for one in (
        "2001::/23",  # protocol assignments, with Teredo, which holds an IPv4 address
        "2001:db8::/32",
        "2002::/16",  # 6to4 holds an IPv4 address
        "3fff::/20",
    )
)
_NAT64 = ip_network("64:ff9b::/96")
"""RFC 6052: how an IPv4 host looks from a network that has only IPv6."""


def is_private(text: str) -> bool:
    """Whether a numeric address belongs to a machine or network of its own, not to the open web.

    An IPv4 address inside an IPv6 one counts as itself where it is reached (mapped, NAT64) and
    is private otherwise. What is no address at all is private.
    """
    try:
        found = ip_address(text)
    except ValueError:
        return True
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped
        if found in _NAT64:
            inner = IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is None:
            return found not in _V6_GLOBAL or any(found in one for one in _V6)
        found = inner
    return any(found in one for one in _V4)
