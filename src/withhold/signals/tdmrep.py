"""TDMRep: whether text and data mining of a path is reserved, and what policy is offered.

W3C community group final report of 2024-05-10, not a W3C standard; its draft with EPUB was read
whole by us in the group's repository, what the report adds to it (EPUB 2, PDF) is relayed. It
expresses the reservation of Article 4(3) of Directive (EU) 2019/790. Mining is there "any
automated analytical technique" on text and data (Article 2(2)), and Article 53(1)(c) of
Regulation (EU) 2024/1689 has the makers of general-purpose models heed that reservation: hence
use ``train-ai``.

Four places, each superseding the one before: ``/.well-known/tdmrep.json``, the HTTP header, meta
tags of HTML, metadata inside an EPUB or a PDF. What a place does not say resets nothing. In the
file the *first* rule that matches decides, not the longest pattern. ``tdm-reservation`` is 1 or 0
(5.1; an integer in 2022, a boolean in 2024); other values "are considered protocol
errors" and mean ``unset``. So are, by that word, the string ``"1"`` and ``true``, which an owner
meant as a no: they say neither here, and a note tells. Where the report is silent this is our
reading, and said where it is done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from withhold.signals.tdm_file import PLACE, Reservation, Rule, TdmFile, Why, read_file
from withhold.signals.tdm_write import write
from withhold.words import Statement

__all__ = [
    "PLACE",
    "SIGNAL",
    "Declared",
    "Rule",
    "TdmFile",
    "decide",
    "declared",
    "read_file",
    "write",
]

SIGNAL = "tdmrep"
Pairs = Sequence[tuple[str, str]]


class Declared(Struct, frozen=True, kw_only=True):
    """What all places together declare for one path, and the place and words that decide."""

    reservation: Reservation | None
    why: Why
    policy: str = ""
    """Where a licence may be asked for; only with 1 (with 0 an agent "should not process" it)."""
    place: str = ""
    line: int | None = None
    text: str = ""


def declared(
    path: str,
    *,
    file: TdmFile | None = None,
    header: Pairs = (),
    meta: Pairs = (),
    embedded: Pairs = (),
) -> Declared | None:
    """What is declared for a path; None where no place says anything of it.

    ``header``, ``meta`` and ``embedded`` are (name, value) pairs of the response, of the meta
    tags, and of the metadata of an EPUB or PDF; others among them are ignored, names are
    compared without case. Reservation and policy supersede each on its own. A value that is
    ``unset`` is no value, so that what an earlier place said stands.
    """
    found: Declared | None = None
    policy = ""
    if file is not None:
        rule = file.first(path)
        if rule:
            found = Declared(
                reservation=rule.reservation,
                why=rule.why,
                place=PLACE,
                line=rule.line,
                text=rule.text,
            )
            policy = rule.policy
        elif file.broken:
            found = Declared(reservation=None, why=file.broken, place=PLACE)
    for place, pairs in (
        ("header tdm-reservation", header),
        ("meta", meta),
        ("embedded", embedded),
    ):
        said = _said(place, pairs)
        if said and (said.reservation is not None or found is None or found.reservation is None):
            found = said
        policy = next(iter(_values(pairs, "policy")), policy)
    if found is None:
        return None
    if found.reservation != 1:
        return found
    text = found.text if policy in found.text else f"{found.text}; tdm-policy: {policy}"
    return Declared(
        reservation=1,
        why=found.why,
        policy=policy,
        place=found.place,
        line=found.line,
        text=text[:200],
    )


def decide(
    path: str,
    *,
    file: TdmFile | None = None,
    header: Pairs = (),
    meta: Pairs = (),
    embedded: Pairs = (),
    site: str = "",
    on: date | None = None,
) -> list[Statement]:
    """``declared`` as a statement to everyone about ``train-ai``; none where nothing is said.

    Reserved is a no; not reserved ("can mine the content") a yes; unset by error is neither.
    """
    found = declared(path, file=file, header=header, meta=meta, embedded=embedded)
    if found is None:
        return []
    return [
        Statement(
            token="*",
            allowed=None if found.reservation is None else found.reservation == 0,
            signal=SIGNAL,
            use="train-ai",
            site=site,
            on=on,
            line=found.line,
            text=found.text,
            why=found.why,
            place=found.place,
        )
    ]


def _said(place: str, pairs: Pairs) -> Declared | None:
    """What one place outside the file says; of the same said several times, once."""
    values = dict.fromkeys(_values(pairs, "reservation"))
    if not values:
        return None
    if len(values) > 1:
        why: Why = "said-twice"
    else:
        why = {"1": "reserved", "0": "not-reserved"}.get(next(iter(values)), "not-0-or-1")  # type: ignore[assignment]
    name = "tdm:reservation" if place == "embedded" else "tdm-reservation"
    return Declared(
        reservation=1 if why == "reserved" else 0 if why == "not-reserved" else None,
        why=why,
        place=place,
        text="; ".join(f"{name}: {one[:100]}" for one in list(values)[:2])[:200],
    )


def _values(pairs: Iterable[tuple[str, str]], property_: str) -> list[str]:
    """The values of ``tdm-…`` (header, HTML), ``tdm:…`` (EPUB, XMP) or ``{namespace}…``."""
    wanted = re.compile(
        r"tdm[-:]" + property_ + r"|\{https?://www\.w3\.org/ns/tdmrep[#/]?\}" + property_,
        re.IGNORECASE,
    )
    return [value.strip() for name, value in pairs if wanted.fullmatch(name.strip())]
