"""The tables: what each row is made of, what tells rows apart, and what points where."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from withhold.catalog.load import Correction, Knowledge
from withhold.claims import Ask, Claim
from withhold.faces.guide.opendata import rows
from withhold.faces.guide.opendata.columns import Field, header, value, written
from withhold.faces.guide.opendata.parts import (
    Covering,
    Forbidding,
    Now,
    OfClaim,
    OfFact,
    OfOwner,
    OfPlatform,
    Page,
    PageIfAny,
    Where,
)
from withhold.faces.report.plain import inert
from withhold.facts import Actor, Control, Dispute, Platform, Practice, Shield, Source
from withhold.law_facts import Law
from withhold.site_facts import Crawler, SignalKind


class Ref(Struct, frozen=True):
    """Columns whose cells, where not empty, stand in columns of another table."""

    fields: tuple[str, ...]
    table: str
    to: tuple[str, ...] = ("id",)


class Table(Struct, frozen=True, kw_only=True):
    """A CSV table, as the data dictionary shows it. ``key`` tells its rows apart."""

    name: str
    path: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    refs: tuple[Ref, ...] = ()


class _Made(Struct, frozen=True):
    rows: Callable[[Knowledge], Iterator[rows.Row]]
    parts: tuple[type[Struct], ...]
    key: tuple[str, ...] = ("id",)
    refs: tuple[Ref, ...] = ()


_ON_PLATFORM = Ref(("platform",), "platforms")
_MADE = {
    "platforms": _Made(rows.platforms, (Platform, Page), refs=(Ref(("operator",), "companies"),)),
    "practices": _Made(
        rows.practices,
        (OfOwner, Practice, Now),
        ("fact",),
        (_ON_PLATFORM, Ref(("company",), "companies"), Ref(("actor",), "companies")),
    ),
    "controls": _Made(rows.controls, (OfPlatform, Control, Now), ("fact",), (_ON_PLATFORM,)),
    "coverage": _Made(
        rows.coverage,
        (Covering, Page),
        ("platform", "control", "practice"),
        (
            _ON_PLATFORM,
            Ref(("platform", "control"), "controls", ("platform", "id")),
            Ref(("platform", "practice"), "practices", ("platform", "id")),
        ),
    ),
    "shields": _Made(rows.shields, (OfPlatform, Shield, Page), ("fact",), (_ON_PLATFORM,)),
    "disputes": _Made(rows.disputes, (OfPlatform, Dispute, Page), ("fact",), (_ON_PLATFORM,)),
    "companies": _Made(rows.companies, (Actor, Page), refs=(Ref(("parent",), "companies"),)),
    "crawlers": _Made(rows.crawlers, (Crawler, Page), refs=(Ref(("operator",), "companies"),)),
    "signals": _Made(rows.signals, (SignalKind, Page)),
    "laws": _Made(rows.laws, (Law, Page)),
    "forbidden": _Made(
        rows.forbidden,
        (Forbidding, Page),
        ("law", "practice", "since"),
        (Ref(("law",), "laws"), Ref(("practice",), "practices", ("fact",))),
    ),
    "claims": _Made(rows.claims, (Claim, Page)),
    "asks": _Made(
        rows.asks,
        (OfClaim, Ask, Page),
        ("claim", "nth"),
        (
            Ref(("claim",), "claims"),
            Ref(("actor",), "companies"),
            _ON_PLATFORM,
            Ref(("place",), "places", ("code",)),
        ),
    ),
    "places": _Made(rows.places, (Where, PageIfAny), ("code",)),
    "corrections": _Made(rows.corrections, (Correction, PageIfAny), ("fact", "on")),
    "sources": _Made(rows.sources, (OfFact, Source, Page), ("fact", "source")),
}


def dictionary() -> list[Table]:
    """Every table with every field described: the data dictionary."""
    return [
        Table(
            name=name,
            path=f"{name}.csv",
            description=written()["table"][name],
            fields=tuple(_keyed(one.field, made.key) for one in header(made.parts)),
            key=made.key,
            refs=made.refs,
        )
        for name, made in _MADE.items()
    ]


def csv_of(name: str, known: Knowledge) -> bytes:
    """A table as CSV (RFC 4180; UTF-8, a header, lines that end in LF)."""
    made = _MADE[name]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(one.field.name for one in header(made.parts))
    for row in made.rows(known):
        writer.writerow(
            inert(_clean(value(one, thing)))
            for kind, thing in zip(made.parts, row, strict=True)
            for one in header((kind,))
        )
    return out.getvalue().encode()


def _clean(text: str) -> str:
    """Without control characters but the end of a line; scripts and their marks stay whole."""
    text = text.replace("\r\n", "\n").replace("\t", " ")
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if ord(char) in _CONTROLS and char != "\n" else char
        for char in text
    )


_CONTROLS = frozenset((*range(0x20), *range(0x7F, 0xA0)))


def _keyed(field: Field, key: tuple[str, ...]) -> Field:
    """A column of the key is never empty, and alone it is unique."""
    if field.name not in key:
        return field
    return replace(field, required=True, unique=len(key) == 1)
