"""Hosts, and the key by which Common Crawl's indexes know them: ``org,example``."""

from __future__ import annotations

import re

_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*", re.ASCII)
_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+){3}")
_ADDRESS = re.compile(
    r"((?i:https?))://(?:[^/?#@]*@)?([^/?#:@]+)(?::(\d{0,5}))?/robots\.txt\??(?:#.*)?"
)
_WWW = re.compile(r"www\d*\.(?=[^.]+\.)")
_USUAL = {"http": ("", "80"), "https": ("", "443")}
_LONGEST = 253


def host_of(url: str) -> str:
    """The host of a robots.txt by its address, in ASCII and lower case.

    Empty for what is no address of a robots.txt: RFC 9309 (2.3) has it at ``/robots.txt``, and
    for each port another; those of unusual ports are nobody's in an index of hosts.
    """
    found = _ADDRESS.fullmatch(url)
    if not found or (found[3] or "") not in _USUAL[found[1].lower()]:
        return ""
    return host_name(found[2])


def host_name(name: str) -> str:
    """A host's name in ASCII and lower case; empty for what is none."""
    name = name.strip().rstrip(".").lower()
    if not name.isascii():
        import idna

        try:
            name = idna.encode(name, uts46=True).decode()
        except (idna.IDNAError, UnicodeError):
            return ""
    return name if len(name) <= _LONGEST and _NAME.fullmatch(name) else ""


def surt(host: str) -> str:
    """The key ``surt_host_name``: labels from the last, joined by commas; numbers stay as they are.

    A leading ``www`` or ``www2`` is not in it: the form that web archives sort addresses by leaves
    it out. So ``www.example.org`` and ``example.org`` are two hosts with one key.
    """
    if _NUMBERS.fullmatch(host):
        return host
    found = _WWW.match(host)
    return ",".join(reversed(host[found.end() if found else 0 :].split(".")))
