"""What the head of a web page says of AI: its meta tags and its link to a licence.

``<meta name="robots">`` speaks to everyone, a product token for a name speaks to that agent
(Google's page on robots meta tags); which rules there are stands in ``robots_tag``. The tags belong
into the head: one in the body, where broken HTML puts many, is kept and says neither yes nor no.
So is one inside ``noscript``, which a reader that runs scripts never sees. Comments, scripts and
templates hold no tags. TDMRep's tags are its own reader's to understand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from withhold.signals import html_text, robots_tag
from withhold.signals.headers import Licence
from withhold.signals.html_tags import Tag, tags
from withhold.signals.robots_tag import EVERYONE, OURS, Directive, Flaw
from withhold.words import Kind, Statement, Use

Note = (
    robots_tag.Note
    | html_text.Note
    | Literal[
        "limit-1-mib",  # longer: the rest was not read, nor the tag that the limit cuts
        "not-html",  # by its Content-Type; nothing was read
        "binary",  # holds NUL characters; read all the same
        "meta-in-body",
        "meta-in-noscript",
        "meta-in-template",  # says nothing until a script puts it into the page
        "wrong-attribute",
        "typographic-quotes",  # part of the name or value: no machine reads them as quotes
        "no-content",
    ]
)
LIMIT = 1024 * 1024
"""Octets that are read."""

PLACE = "meta"
_TYPES = ("text/html", "application/xhtml+xml")
_CUT = re.compile(rb"[\x80-\xff]{1,3}\Z")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,100}", re.ASCII)
_QUOTES = "“”„‟‘’‚‛«»‹›"
# names that the HTML standard gives a meaning of their own (4.2.5.1, 4.2.5.2)
_NO_AGENTS: tuple[str, ...] = (
    "application-name",
    "author",
    "color-scheme",
    "description",
    "generator",
)
_NO_AGENTS += ("keywords", "referrer", "theme-color", "viewport")


class Meta(Struct, frozen=True):
    """The head of one page, as far as it concerns AI; ``base`` is for relative addresses."""

    directives: tuple[Directive, ...] = ()
    tdm_reservation: tuple[str, ...] = ()
    tdm_policy: tuple[str, ...] = ()
    licences: tuple[Licence, ...] = ()
    base: str = ""
    notes: tuple[Note, ...] = ()

    def statements(
        self,
        *,
        kind: Kind = "page",
        archive_uses: Sequence[Use] = ("train-ai",),
        site: str = "",
        on: date | None = None,
    ) -> list[Statement]:
        """What the robots tags say; together with the headers: ``robots_tag.statements``."""
        return robots_tag.statements(
            self.directives, kind=kind, archive_uses=archive_uses, site=site, on=on
        )


def read(html: bytes, content_type: str = "", tokens: Sequence[str] = ()) -> Meta:
    """The head of a page from its octets; ``tokens`` as knowledge spells them. Never raises.

    ``content_type`` is the header of the response: it may say the charset, or that this is no page.
    """
    essence = content_type[:1000].partition(";")[0].strip().lower()
    if essence and essence not in _TYPES:
        return Meta(notes=("not-html",))
    head = html[:LIMIT]
    if len(html) > LIMIT:  # half a character would say that the page is no UTF-8
        head = _CUT.sub(b"", head)
    text, decoded = html_text.text_of(head, content_type)
    noted: dict[Note, bool] = dict.fromkeys(decoded, True)
    if len(html) > LIMIT:
        noted["limit-1-mib"] = True
    if "\0" in text:
        noted["binary"] = True
    spelled = robots_tag.spellings(tokens)
    directives: list[Directive] = []
    tdm: dict[str, list[str]] = {"tdm-reservation": [], "tdm-policy": []}
    licences: list[Licence] = []
    base: str | None = None
    for tag in tags(text):
        attributes = tag.attributes
        if tag.name == "meta":
            name = attributes.get("name", "").strip().lower()
            if name in tdm:
                if _stands(tag, noted) and _has_content(attributes, noted):
                    tdm[name].append(attributes["content"].strip())
            else:
                directives += _robots(tag, attributes, spelled, noted)
        elif tag.where == "head" and tag.name == "base":
            base = attributes.get("href", "").strip() if base is None else base
        elif tag.where == "head" and "license" in attributes.get("rel", "").lower().split():
            href, kind = attributes.get("href", "").strip(), attributes.get("type", "")
            if href:
                licences.append(Licence(href, kind.strip().lower(), "link", tag.line))
    return Meta(
        tuple(directives),
        tuple(tdm["tdm-reservation"]),
        tuple(tdm["tdm-policy"]),
        tuple(licences),
        base or "",
        (*noted, *robots_tag.notes(directives, tokens)),
    )


def _stands(tag: Tag, noted: dict[Note, bool]) -> bool:
    """Whether a tag stands where it is to stand."""
    if tag.where == "body":
        noted["meta-in-body"] = True
    elif tag.where == "noscript":
        noted["meta-in-noscript"] = True
    elif tag.where == "template":
        noted["meta-in-template"] = True
    return tag.where == "head"


def _has_content(attributes: Mapping[str, str], noted: dict[Note, bool]) -> bool:
    if "content" not in attributes:
        noted["no-content"] = True
    return "content" in attributes


def _robots(
    tag: Tag, attributes: Mapping[str, str], spelled: Mapping[str, str], noted: dict[Note, bool]
) -> list[Directive]:
    """The rules of a meta tag, if it is one for robots."""
    wrong = False
    name = attributes.get("name", "").strip()
    if not name:
        name = attributes.get("property", attributes.get("http-equiv", "")).strip()
        wrong = True
    bare = name.strip(_QUOTES).lower()
    token = EVERYONE if bare == "robots" or (wrong and bare == "x-robots-tag") else ""
    content = attributes.get("content", "")
    if not token:
        token = spelled.get(bare, "") or _agent(bare, name, content)
    if not token or not _has_content(attributes, noted):
        return []
    quoted = bare != name.lower()
    if quoted or any(mark in content for mark in _QUOTES):
        noted["typographic-quotes"] = True
    if wrong:
        noted["wrong-attribute"] = True
    flaw: Flaw = "wrong-attribute" if wrong else "malformed" if quoted else ""
    if not _stands(tag, noted):
        if tag.where == "template":
            return []
        flaw = "in-body" if tag.where == "body" else "in-noscript"
    return robots_tag.said_in_meta(
        token,
        content,
        flaw=flaw,
        spelled=spelled,
        place=PLACE,
        line=tag.line,
        text=" ".join(tag.raw.split()),
    )


def _agent(bare: str, name: str, content: str) -> str:
    """An agent that knowledge does not have: a name like a token, with a rule that speaks of AI."""
    if bare in _NO_AGENTS or not _TOKEN.fullmatch(bare):
        return ""
    said = {piece.strip().lower() for piece in content.split(",")}
    return name.strip(_QUOTES) if said & OURS.keys() else ""


def write(
    refused: Collection[Use],
    tokens: Sequence[str] = (EVERYONE,),
    signals: Collection[str] = ("noai", "noarchive"),
) -> str:
    """The meta tags that refuse these uses, for the head of a page; see ``robots_tag.write``."""
    return "".join(
        f'<meta name="{"robots" if token == EVERYONE else token}" content="{value}">\n'
        for token, value in robots_tag.write(refused, tokens, signals)
    )
