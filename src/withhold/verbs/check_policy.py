"""check --policy: what one text says of training, and how that stands to what is known.

Silence is said only of a text that was read: neither of one in another language, nor of an empty
page, nor of a captcha, a login or an error page, nor of a few lines that may be one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from withhold.catalog.load import Knowledge
from withhold.catalog.policies import documents, of_url, place_of
from withhold.facts import Actor, Platform
from withhold.policies.against import Against, against
from withhold.policies.clause import Clause
from withhold.policies.no_policy import not_a_policy
from withhold.policies.reading import Reading, read_document
from withhold.policies.same_practice import About, grouped
from withhold.policy_facts import PolicyDocument
from withhold.verbs.policy_text import PolicyText

Standing = Literal[
    "says",
    "silent",
    "not-read",
    "partly-read",
    "short",
    "captcha",
    "login-wall",
    "consent-page",
    "error-page",
    "script-only",
    "empty",
]
SHORT = 120
"""Words: a text with fewer is no policy, but a notice that stands in its place."""
_UNREAD = frozenset(("cut", "pages-unread"))
"""Notes of a text of which a part was not read: nothing found in the rest is no silence."""
_TITLE_WORDS = 3
_ESCAPED = re.compile(r"%([2-7][0-9A-Fa-f])")


class Policy(Struct, frozen=True, kw_only=True):
    """A text that was read. ``of`` is the platform or company it is held against; empty = none.

    ``document`` is the one of ``knowledge/policies/`` that it is known to be, by its address or
    its title; None where that is not known.
    """

    text: PolicyText
    reading: Reading
    standing: Standing
    words: int
    of: str = ""
    document: PolicyDocument | None = None
    against: Against | None = None

    @property
    def practices(self) -> list[tuple[Clause, int]]:
        """What somebody does with content, and in how many sentences that stands."""
        return [(each[0], len(each)) for each in grouped(self.reading.practices)]

    @property
    def restrictions(self) -> list[tuple[Clause, int]]:
        """What the reader may not do."""
        forbidden = [one for one in self.reading.clauses if one.restricts_reader]
        return [(each[0], len(each)) for each in grouped(forbidden)]


def check_policy(text: PolicyText) -> Policy:
    """What a text says. Raises MissingExtra where what reads its format is not installed."""
    reading = read_document(text.data, text.kind)
    words = sum(len(one.text.split()) for one in reading.document.passages)
    standing = _standing(reading, words, _page(text))
    return Policy(text=text, reading=reading, standing=standing, words=words)


def _page(text: PolicyText) -> bytes:
    """The page as served, where it is one; signs that stand in its source are looked for there."""
    if text.kind != "html":
        return b""
    return text.data if isinstance(text.data, bytes) else text.data.encode("utf-8", "replace")


def _standing(reading: Reading, words: int, page: bytes) -> Standing:
    if reading.practices:  # who says what they do is read, whatever stands around it
        return "says"
    instead = not_a_policy(reading.document, page)
    if instead or not words:
        return instead or "empty"
    if not reading.understood:
        return "not-read"
    if not _UNREAD.isdisjoint(reading.document.notes):
        return "partly-read"
    return "short" if words < SHORT else "silent"


def owner_of(text: PolicyText, root: Path) -> str:
    """Whose document an address is known to be; empty for a file and for what is not listed."""
    for url in (text.asked, text.url):
        owner, document = of_url(root, url) if url else ("", "")
        if document:
            return owner
    return ""


def hold_against(
    policy: Policy, owner: Platform | Actor, knowledge: Knowledge, root: Path, when: date
) -> Policy:
    """The same, held against what is known of a platform or company on a day."""
    listed = [one for of, one in documents(root) if of == owner.id]
    document = _document(policy, listed)
    places = policy.reading.document.places or _places(document)
    about = About(owner=owner, knowledge=knowledge, places=places)
    resting = _resting(policy, document, owner)
    return replace(
        policy,
        of=owner.id,
        document=document,
        against=against(policy.reading, about, when, resting),
    )


def _places(document: PolicyDocument | None) -> tuple[str, ...]:
    """For whom it is by what is listed; a document for the world says nothing of places."""
    return () if document is None or "WORLD" in document.places else tuple(document.places)


def _document(policy: Policy, listed: Iterable[PolicyDocument]) -> PolicyDocument | None:
    """By its address, else by its very title: another of the same name would be another."""
    asked = {place_of(one) for one in (policy.text.asked, policy.text.url) if one}
    title = policy.reading.document.title.casefold().strip()
    listed = list(listed)
    for one in listed:
        if place_of(one.url) in asked:
            return one
    if asked or len(title.split()) < _TITLE_WORDS:
        return None
    return next((one for one in listed if one.title.casefold() == title), None)


def _resting(
    policy: Policy, document: PolicyDocument | None, owner: Platform | Actor
) -> frozenset[str]:
    """The sources of knowledge that are this document: by address, or where it is archived."""
    addresses = {place_of(one) for one in (policy.text.asked, policy.text.url) if one}
    archived: tuple[tuple[str, str], ...] = ()
    if document is not None:
        addresses.add(place_of(document.url))
        archived = tuple((f"/{one.collection}-versions/", one.path) for one in document.tracked)
    return frozenset(
        name
        for name, source in owner.source.items()
        if place_of(source.url) in addresses
        or any(
            where in source.url and _unescaped(source.url).endswith(f"/{path}")
            for where, path in archived
        )
    )


def _unescaped(url: str) -> str:
    """An address with its ASCII characters as they are (``%20`` a space)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), url)
