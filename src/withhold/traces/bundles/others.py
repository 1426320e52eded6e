"""What is of other people in a text, taken out: addresses, numbers and names of third persons.

What the parties say stays: the owner, and whom a case is toward. In its place stands what kind of
thing was there, so that nobody takes a gap for the original. What this cannot do: a name in running
text that stands in no header is not known to be one, and a picture is not looked into.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from withhold.catalog.reveals import RevealWords
from withhold.reveals.find import find

MOST_SEARCHED = 8 * 1024 * 1024
"""Octets of a text that are looked through; of a longer one that is said."""
_PIECE = 20_000
_MAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%'-]{1,64}?(?:@|%40|\s?[\[(]at[\])]\s?)[^\W_](?:[\w-]{0,62}\.){1,6}[^\W\d_]{2,24}",
    re.I,
)
_IPV4 = re.compile(r"(?<![\w./-])(?:\d{1,3}\.){3}\d{1,3}(?![\w.-])")
_IPV6 = re.compile(r"(?<![\w:./-])(?:[0-9a-f]{1,4}:|::)[0-9a-f:.]{2,39}(?![\w:])", re.I)
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)")
"""Days are what evidence is about; in brackets they are taken for numbers."""
_DIGIT = re.compile(r"\d")
_SPACE_IN_NAME = re.compile(r"[\s,\"']+")
_SHORTEST_NAME = 3
_LONG = 6
"""A word that is shorter says nothing of what it stands in."""


class Parties(Struct, frozen=True, kw_only=True):
    """Whose data stays: mail addresses in lower case, and words (names, lines of an address)."""

    mails: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()

    def has(self, mail: str) -> bool:
        """Whether an address is one of theirs, or nobody's (RFC 2606)."""
        plain = mail.lower().replace("%40", "@")
        return plain in self.mails or plain.endswith(".invalid")

    def have_word(self, said: str) -> bool:
        """Whether a name, a number or a line is one of theirs."""
        plain = f" {' '.join(said.lower().split())} "
        own = [f" {' '.join(word.lower().split())} " for word in self.words]
        return any(plain in word or (len(word) > _LONG and word in plain) for word in own)


class Cleaned(Struct, frozen=True):
    """A text without what is of others; how much was taken out, by kind."""

    text: str
    withheld: dict[str, int]


class Search(Struct, frozen=True, kw_only=True):
    """How texts are looked through. ``marks`` are the words that stand for what was taken out, by
    kind; ``region`` is where the owner's telephone numbers are."""

    parties: Parties
    words: RevealWords
    marks: Mapping[str, str]
    lang: str = ""
    region: str = ""


def cleaned(
    text: str,
    how: Search,
    *,
    names: Iterable[str] = (),
    letter: bool = False,
    clients: bool = False,
) -> Cleaned:
    """The text without it. ``names``: of others, as headers have them. ``letter``: also postal
    addresses, bank accounts and what is only possibly a number. ``clients``: also the last part of
    IP addresses, as lines of a server's log bring them."""
    counts: dict[str, int] = {}

    def taken(kind: str) -> str:
        counts[kind] = counts.get(kind, 0) + 1
        return how.marks[kind]

    def mail(found: re.Match[str]) -> str:
        return found[0] if how.parties.has(found[0]) else taken("email")

    def named(found: re.Match[str]) -> str:
        return found[0] if how.parties.have_word(found[0]) else taken("name")

    def client(found: re.Match[str]) -> str:
        short = shortened(found[0])
        if short != found[0]:
            taken("client")
        return short

    text = _MAIL.sub(mail, text)
    if clients:
        text = _IPV6.sub(client, _IPV4.sub(client, text))
    kinds = {"phone", "address", "iban"} if letter else {"phone"}
    pieces = []
    for piece in _pieces(text):
        at = 0
        if not _DIGIT.search(piece):  # none of these is without one
            pieces.append(piece)
            continue
        for one in find(piece, how.words, how.lang, how.region):
            said = piece[one.start : one.end]
            if one.kind not in kinds or one.start < at or not (one.sure or letter):
                continue
            if how.parties.have_word(said) or (one.kind == "phone" and _DAY.search(said)):
                continue
            pieces += [piece[at : one.start], taken(one.kind)]
            at = one.end
        pieces.append(piece[at:])
    text = "".join(pieces)
    if pattern := _names(names, how.parties):
        text = pattern.sub(named, text)
    return Cleaned(text, dict(sorted(counts.items())))


def mails_of_others(text: str, how: Search) -> int:
    """How many mail addresses of third persons stand in a text."""
    return sum(not how.parties.has(one[0]) for one in _MAIL.finditer(text))


def shortened(address: str) -> str:
    """An IP address without its last octet, of IPv6 its first 48 bits; itself where it is none."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    kept = 24 if ip.version == 4 else 48
    return str(ipaddress.ip_network((ip, kept), strict=False).network_address)


def _pieces(text: str) -> Iterator[str]:
    """Some thousand characters at a time, cut where a line ends if one does."""
    at = 0
    while at < len(text):
        until = min(at + _PIECE, len(text))
        if until < len(text):
            line = text.rfind("\n", at, until)
            until = line + 1 if line > at else until
        yield text[at:until]
        at = until


def _names(names: Iterable[str], parties: Parties) -> re.Pattern[str] | None:
    """Whole names in any case, and their parts as they are written."""
    whole = [" ".join(one.split()) for one in names if one.strip()]
    whole = [one for one in whole if not parties.have_word(one)]
    parts = {part for one in whole for part in _SPACE_IN_NAME.split(one)}
    parts = {one for one in parts if len(one) >= _SHORTEST_NAME and one[:1].isupper()}
    if not whole:
        return None
    said = [rf"(?i:{re.escape(one)})" for one in sorted(set(whole), key=len, reverse=True)]
    said += [re.escape(one) for one in sorted(parts, key=len, reverse=True)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(said)})(?!\w)")


def as_text(data: bytes) -> str | None:
    """A file as text; None for what is none, or longer than is looked through."""
    if len(data) > MOST_SEARCHED or b"\0" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return text if all(one.isprintable() or one in "\r\n\t\f" for one in text) else None
