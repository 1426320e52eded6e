"""RSL 1.0 (Really Simple Licensing): what licence terms permit or prohibit, and on what condition.

An industry specification of 2025-12-10 with errata; only its opening was read by us, the rest as
two others relay it by section. Terms enforce nothing. What is read here:

- where terms are: ``License:`` lines of robots.txt (``linked``); addresses from a Link header or
  ``<link rel="license">`` are the caller's to give;
- ``<content url>``: a pattern of robots.txt; an address counts by its path where the host is the
  site's; all that match apply (3.1.1): of those that speak of a use the longest decides ("more
  specific"), equal ones together;
- ``<permits type="usage">`` is closed: what it does not list is not permitted.
  ``<prohibits>`` stands above ``<permits>``, also where it is the wider word (our reading);
- a permission for payment, with attribution, with reporting, for some users or places, or from a
  licence server is a condition and not a yes: ``allowed`` None, with the condition as why;
- several ``<license>`` are several offers (our reading): a prohibition in one is a no, then a
  condition, then a yes; what no offer lists is a no.

Usage words: ``all``, ``ai-all`` (``ai-train``, ``ai-input``, ``ai-index`` and more), ``search``.
``ai-index`` is none of our uses, so it speaks of none. ``train-ai``, which RSL's own guide had
in its drafts, is no word of 1.0: neither yes nor no, why ``draft-usage``. A word with a prefix
(``x:word``) is an extension that must not be interpreted (3.4.1): it is as if it did not stand.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from withhold.signals import patterns
from withhold.signals.robots import Robots
from withhold.signals.rsl_xml import Broken, Content, License, Note, Said, parsed
from withhold.words import Statement, Use

SIGNAL = "rsl"
EVERYONE = "*"
Why = Literal[
    "permits",
    "prohibits",
    "not-in-permits",
    "for-payment",
    "with-attribution",
    "with-reporting",
    "needs-licence",  # of a licence server, "even if free"; or by terms that stand elsewhere
    "for-some-users",
    "in-some-places",
    "unknown-usage",
    "draft-usage",
    "no-type",  # permits or prohibits without the attribute that says what its words are
]
_USES: dict[Use, frozenset[str]] = {
    "train-ai": frozenset({"all", "ai-all", "ai-train"}),
    "search": frozenset({"all", "search"}),
    "ai-input": frozenset({"all", "ai-all", "ai-input"}),
}
_KNOWN = frozenset().union(*_USES.values(), {"ai-index"})
_DRAFT = "train-ai"


class Answer(Struct, frozen=True):
    """What terms say of one use, and the element that decides."""

    allowed: bool | None
    why: Why
    said: Said


class Rsl(Struct, frozen=True, kw_only=True):
    """An RSL document as read. ``broken``: it is there, and why nothing of it can be read."""

    notes: tuple[Note, ...] = ()
    contents: tuple[Content, ...] = ()
    broken: Broken | None = None

    def decide(
        self,
        path: str,
        *,
        token: str = EVERYONE,
        site: str = "",
        place: str = "RSL",
        on: date | None = None,
    ) -> list[Statement]:
        """What the terms say of a path, one statement for each use that they speak of.

        ``token`` is the one whose group in robots.txt names this document, ``place`` its address.
        """

        def state(use: Use, allowed: bool | None, why: str, said: Said | None = None) -> Statement:
            return Statement(
                token=token,
                allowed=allowed,
                signal=SIGNAL,
                use=use,
                site=site,
                on=on,
                line=said.line if said else None,
                text=said.text if said else "",
                why=why,
                place=place,
            )

        if self.broken:
            return [state("train-ai", None, self.broken)]
        levels = self._here(path, site)
        said: list[Statement] = []
        for use in _USES:
            # what a narrower content is silent about, a wider one still says (3.1.2)
            each = (_together([_answer(one, use) for one in level]) for level in levels)
            if found := next((one for one in each if one), None):
                said.append(state(use, found.allowed, found.why, found.said))
        return said

    def _here(self, path: str, site: str) -> list[list[License]]:
        """The licences of the contents whose address matches, most specific first."""
        asked, host = patterns.asked(path), patterns.host(site)
        here: dict[int, list[License]] = {}
        for content in self.contents:
            pattern = content.url
            address = patterns.host_and_path(pattern)
            if address:
                if host and address[0] != host:
                    continue
                pattern = address[1]
            # empty: "whatever this association covers"
            if pattern and not patterns.matches(pattern, asked):
                continue
            here.setdefault(len(pattern), []).extend(content.licenses)
        return [here[length] for length in sorted(here, reverse=True)]


def read(body: bytes) -> Rsl:
    """An RSL document from its bytes. Any will do; a DTD, which RSL has no use for, is refused."""
    notes, contents, broken = parsed(body)
    return Rsl(notes=notes, contents=contents, broken=broken)


def _answer(terms: License, use: Use) -> Answer | None:
    """What one licence says of a use; None where it says nothing of it."""
    permits = [one for one in terms.said if one.element == "permits" and one.type == "usage"]
    prohibits = [one for one in terms.said if one.element == "prohibits" and one.type == "usage"]
    untyped = [one for one in terms.said if not one.type]
    for said in prohibits:
        if _USES[use] & said.words:
            return Answer(False, "prohibits", said)
    unknown = next((one for one in permits if _unknown_words(one)), None)
    permitted = next((one for one in permits if _USES[use] & one.words), None)
    if permits and not permitted and not unknown:
        return Answer(False, "not-in-permits", permits[0])
    for said in untyped:
        if _USES[use] & said.words:
            return Answer(None, "no-type", said)
    for said in prohibits:
        # a word that 1.0 does not know may be any use; what is said of here is training
        if use == "train-ai" and _unknown_words(said):
            return Answer(None, _unknown(said, use), said)
    if permitted:
        return _condition(terms) or Answer(True, "permits", permitted)
    if unknown:
        return Answer(None, _unknown(unknown, use), unknown)
    return _condition(terms)  # without a list every use is meant


def _unknown_words(said: Said) -> bool:
    """Whether a word is none of the vocabulary; an extension (``x:word``) is not asked about."""
    return any(":" not in one for one in said.words - _KNOWN)


def _unknown(said: Said, use: Use) -> Why:
    draft = use == "train-ai" and _DRAFT in said.words
    return "draft-usage" if draft else "unknown-usage"


def _asked(payment: Said) -> Why | None:
    """What a payment asks for; None for nothing.

    Without a type it is free (3.7), yet a process or a licence that it names has to be followed.
    """
    if payment.type in ("", "free"):
        if payment.type or not payment.words:
            return None
        return "for-payment" if "amount" in payment.words else "needs-licence"
    return "with-attribution" if payment.type == "attribution" else "for-payment"


def _condition(terms: License) -> Answer | None:
    """The condition under which a licence permits; None where it is free and for all."""
    named: dict[Why, Said] = {}
    for said in terms.said:
        if said.element == "payment":
            if asked := _asked(said):
                named[asked] = said
        elif said.element == "reporting":
            named["with-reporting"] = said
        elif said.element == "content":
            named["needs-licence"] = said
        elif said.type == "user":
            named["for-some-users"] = said
        elif said.type == "geo":
            named["in-some-places"] = said
    for why in _CONDITIONS:
        if why in named:
            return Answer(None, why, named[why])
    return None


_CONDITIONS: tuple[Why, ...] = (
    "for-payment",
    "needs-licence",
    "with-reporting",
    "with-attribution",
    "for-some-users",
    "in-some-places",
)


def _together(answers: list[Answer | None]) -> Answer | None:
    """One answer of several offers."""
    given = [one for one in answers if one]

    def rank(one: Answer) -> int:
        if one.why == "prohibits":
            return 0
        if one.allowed is None:
            return 1
        return 2 if one.allowed else 3

    return min(given, key=rank, default=None)


class Linked(Struct, frozen=True):
    """A ``License:`` line of robots.txt; ``absolute`` False: no address, which readers ignore."""

    url: str
    line: int
    absolute: bool


def linked(file: Robots, token: str = EVERYONE) -> list[Linked]:
    """The RSL documents that a robots.txt names for a product token.

    Those in the token's own group, else in that of ``*``; only where that group names none those
    outside all groups. A line after a group belongs to it: blank lines end nothing.
    """
    lines = [one for one in file.others if one.key.lower() == "license" and one.value]
    name = token if file.has_own_group(token) else EVERYONE
    # thousands of lines may share a group of thousands of tokens: each group is looked at once
    groups = {id(one.tokens): one.tokens for one in lines}
    named = {key for key, each in groups.items() if name.lower() in map(str.lower, each)}
    own = [one for one in lines if id(one.tokens) in named]
    return [
        Linked(one.value, one.line, patterns.host_and_path(one.value) is not None)
        for one in own or [one for one in lines if not one.tokens]
    ]
