"""What a response's headers say of AI: ``X-Robots-Tag`` here, others are handed on as they stand.

Names are compared without case and values lose the white space around them (RFC 9110 5.1, 5.5);
a header that comes twice counts twice, in order. ``Link`` is RFC 8288. The values of TDMRep's
headers and of ``Content-Usage`` are their own readers' to understand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from withhold.signals import robots_tag
from withhold.signals.robots_tag import EVERYONE, Directive
from withhold.words import Kind, Statement, Use

Note = (
    robots_tag.Note
    | Literal[
        "limit-64-kib",  # more: the rest was not read, nor the rule that the limit cuts
        "obs-fold",  # a value over several lines (RFC 9112 5.2); each fold read as a space
        "control-characters",  # in a value (RFC 9110 5.5); read as spaces
        "not-ascii",
        "space-in-name",  # white space in or around a name: no header (RFC 9112 5.1); not read
        "repeated-x-robots-tag",  # fine, but a reader that keeps one of several loses the others
        "link-anchor",  # a Link that speaks of another resource (RFC 8288 3.2); not read
        "link-malformed",
    ]
)
LIMIT = 64 * 1024
"""Characters that are read, of the headers that concern us together."""

PLACE = "header X-Robots-Tag"
_READ = ("x-robots-tag", "tdm-reservation", "tdm-policy", "content-usage", "link")
_FOLD = re.compile(r"(?:\r\n?|\n)[ \t]++")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_GAP = re.compile(r"[ \t,]*+")
_PARAM = re.compile(
    r"[ \t]*+;[ \t]*+([^ \t=;,\"<>]*+)"
    r"(?:[ \t]*+=[ \t]*+(\"(?:[^\"\\]|\\.)*+(?:\"|\Z)|[^ \t;,\"]*+))?+",
    re.DOTALL,
)


class Licence(Struct, frozen=True):
    """A link to the terms of a page: the address as written, its media type, where it stands."""

    href: str
    type: str = ""
    place: str = ""
    line: int | None = None


class Headers(Struct, frozen=True):
    """The headers of one response that concern AI, as read."""

    directives: tuple[Directive, ...] = ()
    tdm_reservation: tuple[str, ...] = ()
    tdm_policy: tuple[str, ...] = ()
    content_usage: tuple[str, ...] = ()
    licences: tuple[Licence, ...] = ()
    notes: tuple[Note, ...] = ()

    def statements(
        self,
        *,
        kind: Kind = "page",
        archive_uses: Sequence[Use] = ("train-ai",),
        site: str = "",
        on: date | None = None,
    ) -> list[Statement]:
        """What ``X-Robots-Tag`` says; together with a page's meta: ``robots_tag.statements``."""
        return robots_tag.statements(
            self.directives, kind=kind, archive_uses=archive_uses, site=site, on=on
        )


def read(headers: Sequence[tuple[str, str]], tokens: Sequence[str] = ()) -> Headers:
    """The headers of a response, in order; ``tokens`` as knowledge spells them. Never raises."""
    noted: dict[Note, bool] = {}
    values: dict[str, list[str]] = {name: [] for name in _READ}
    left = LIMIT
    for raw, value in headers:
        name = _lower(raw)
        if name not in values:
            if len(raw) < 100 and _lower(raw.strip()) in values:
                noted["space-in-name"] = True
            continue
        if len(value) > left:
            noted["limit-64-kib"] = True
            if name in ("x-robots-tag", "link"):  # half a rule is a rule that nobody wrote
                value = value[:left].rpartition(",")[0]
            else:  # one more, so that the reader of it sees that it is too long
                value = value[: LIMIT + 1]
        left = max(0, left - len(value))
        values[name].append(_clean(value, noted))
    directives = [one for value in values["x-robots-tag"] for one in robots_tag.read(value, tokens)]
    if len(values["x-robots-tag"]) > 1:
        noted["repeated-x-robots-tag"] = True
    licences = [one for value in values["link"] for one in _licences(value, noted)]
    return Headers(
        tuple(directives),
        tuple(values["tdm-reservation"]),
        tuple(values["tdm-policy"]),
        tuple(values["content-usage"]),
        tuple(licences),
        (*noted, *robots_tag.notes(directives, tokens)),
    )


def _lower(name: str) -> str:
    """A header's name to compare; one that is not ASCII is none of ours, whatever it looks like."""
    return name.lower() if name.isascii() else ""


def _clean(value: str, noted: dict[Note, bool]) -> str:
    """A value in one line and trimmed."""
    flat = _FOLD.sub(" ", value)
    if flat != value:
        noted["obs-fold"] = True
    flat = flat.rstrip("\r\n")
    clean = _CONTROL.sub(" ", flat)
    if clean != flat:
        noted["control-characters"] = True
    if not clean.isascii():
        noted["not-ascii"] = True
    return clean.strip(" \t")


def _licences(value: str, noted: dict[Note, bool]) -> Iterator[Licence]:
    """The links of a ``Link`` value whose relation is ``license`` (RFC 8288 3, 3.3)."""
    gap = _GAP.match(value)
    at = gap.end() if gap else 0
    while at < len(value):
        end = value.find(">", at) if value[at] == "<" else -1
        params: dict[str, str] = {}
        target = value[at + 1 : end].strip() if end >= 0 else ""
        if end >= 0:
            at = end + 1
            while (found := _PARAM.match(value, at)) and found.end() > at:
                at = found.end()
                params.setdefault(found[1].lower(), _unquoted(found[2] or ""))  # the first counts
        gap = _GAP.match(value, at)
        after = gap.end() if gap else at
        if end < 0:  # no link begins here: what is not understood ends at the next comma
            noted["link-malformed"] = True
            comma = value.find(",", at)
            gap = _GAP.match(value, comma) if comma >= 0 else None
            after = gap.end() if gap else len(value)
        at = after
        if target and "license" in params.get("rel", "").lower().split():
            if "anchor" in params:
                noted["link-anchor"] = True
            else:
                yield Licence(target, params.get("type", "").lower(), "header Link")


def _unquoted(value: str) -> str:
    if value[:1] != '"':
        return value
    return re.sub(r"\\(.)", r"\1", value[1:].removesuffix('"'), flags=re.DOTALL)


def write(
    refused: Collection[Use],
    tokens: Sequence[str] = (EVERYONE,),
    signals: Collection[str] = ("noai", "noarchive"),
) -> list[tuple[str, str]]:
    """The ``X-Robots-Tag`` headers that refuse these uses; see ``robots_tag.write``."""
    return [
        ("X-Robots-Tag", value if token == EVERYONE else f"{token}: {value}")
        for token, value in robots_tag.write(refused, tokens, signals)
    ]
