"""Telephone numbers: international ones, and those of the regions that come into question.

A cheap expression finds what could be one; only that is asked of ``phonenumbers``. Dates, prices,
years, addresses of computers and numbers that are called something else are none; neither are
numbers that belong to no person: toll-free and premium ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import phonenumbers
from msgspec import Struct
from phonenumbers import PhoneNumberType as Type

from withhold.catalog.reveals import Calls
from withhold.reveals.phrases import word_list

TRIES = 200
"""Candidates in one text that are looked at, at most."""
_FEWEST, _MOST = 7, 15
_CANDIDATE = re.compile(
    r"(?<![\w#+(/=@])(?<!\d[.,:-])(?<![$€£]\s)(?<![$€£])"
    r"(?:\+\s?|\(\+?)?\d(?:[ ().\-/–\u00a0\u202f]{0,3}\d){6,18}(?![\w@=]|[.,:/-]\d|\s?[€$£%])"
)
_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_DATE = re.compile(
    rf"(?:{_DAY}[./-]{_MONTH}|{_MONTH}[./-]{_DAY})[./-](?:(?:19|20)\d\d|\d\d)(?![\d./-])"
    rf"|(?:19|20)\d\d[./-]{_MONTH}[./-]{_DAY}(?!\d)"
    r"|(?:1[89]|20)\d\d\s?[-–/]\s?(?:(?:1[89]|20)\d\d|\d\d)(?!\d)"
    r"|(?:19|20)\d\d(?:[ ,](?:19|20)\d\d)+"
)
_COMPUTER = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_THOUSANDS = re.compile(r"\d{1,3}(?:([. \u00a0])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"\d+[.]\d+")
_GROUPED = re.compile(
    r"(?:1[ .-]?)?(?:\(\d{3}\)\s?|\d{3}[ .-])\d{3}[ .-]\d{4}|\(0\d{1,4}\)[ -]?\d[\d -]{4,9}"
    r"|0\d(?:[ .-]?\d\d){4}|0\d{1,4}[ /-]{1,3}\d[\d -]{4,10}"
)
"""Ways to write a number that are hardly anything else."""
Verdict = Literal["yes", "no", "nobody's"]
_NOBODYS = (Type.TOLL_FREE, Type.PREMIUM_RATE, Type.SHARED_COST, Type.UAN, Type.VOICEMAIL)


class Beside(Struct, frozen=True, kw_only=True):
    """What stands beside numbers in one language."""

    near: re.Pattern[str]
    other: re.Pattern[str]
    units: re.Pattern[str]
    regions: tuple[str, ...]


def beside(calls: Calls) -> Beside:
    """Made ready, for folded text: the first two end where the number begins."""
    words = r"(?:[^\w.!?;\n]{1,3}\w+){0,3}[^\w!?;\n]{0,4}$"
    few = r"(?:[^\w.!?;\n]{1,3}\w+){0,1}[^\w!?;\n]{0,4}$"
    return Beside(
        near=re.compile(rf"(?<!\w)(?:{word_list(calls.near)})(?!\w){words}"),
        other=re.compile(rf"(?<!\w)(?:{word_list(calls.other)})(?!\w){few}"),
        units=re.compile(rf"\s?(?:{word_list(calls.units)})(?!\w)"),
        regions=tuple(calls.regions),
    )


def phones(
    text: str, folded: str, ways: Sequence[Beside], region: str
) -> Iterator[tuple[int, int]]:
    """Where telephone numbers stand; ``region`` is the owner's, an ISO 3166 code or empty."""
    first = [region[:2].upper()] if region else []
    regions = list(dict.fromkeys([*first, *(one for way in ways for one in way.regions)]))
    at, tries = 0, 0
    while (match := _CANDIDATE.search(text, at)) and tries < TRIES:
        tries += 1
        start, end = match.span()
        at = end
        before = folded[max(0, start - 45) : start]
        near = max(_last(way.near, before) for way in ways)
        other = max(_last(way.other, before) for way in ways)
        if other >= max(near, 0) or any(way.units.match(folded, end) for way in ways):
            continue
        for stop in _ends(match[0]):
            verdict = _is_phone(match[0][:stop], near >= 0, regions, bool(region))
            if verdict == "yes":
                yield start, start + stop
            if verdict != "no":
                break


def _last(pattern: re.Pattern[str], before: str) -> int:
    """Where the word begins that is said before a number; -1 = it is not said."""
    found = pattern.search(before)
    return found.start() if found else -1


def _ends(run: str) -> Iterator[int]:
    """How far a number may reach: all of a run, or without its last one or two groups."""
    yield len(run)
    cut = run
    for _ in range(2):
        cut = cut.rstrip("0123456789").rstrip(" ().-/–\u00a0\u202f")
        if sum(map(str.isdigit, cut)) < _FEWEST:
            return
        yield len(cut)


def _is_phone(run: str, near: bool, regions: Sequence[str], known: bool) -> Verdict:
    digits = "".join(one for one in run if one.isdigit())
    if not (digits.isascii() and _FEWEST <= len(digits) <= _MOST):
        return "no"
    if run.startswith(("+", "(+")) or (digits.startswith("00") and len(digits) >= 11):
        return _international(digits.removeprefix("00"))
    if (
        digits.startswith("00")
        or _DATE.match(run)
        or _COMPUTER.fullmatch(run)
        or _DECIMAL.fullmatch(run)
    ):
        return "no"
    if len(digits) == 13 and digits.startswith(("978", "979")):
        return "no"
    if len(digits) < 9:
        said = near and not _THOUSANDS.fullmatch(run) and len(set(digits)) > 1
        return "yes" if said else "no"
    grouped = bool(_GROUPED.fullmatch(run))
    if not near and _THOUSANDS.fullmatch(run) and not (known and " " in run):
        return "no"
    for region in regions:
        verdict = _national(run, region, near, grouped)
        if verdict:
            return verdict
    return "no"


def _international(digits: str) -> Verdict:
    try:
        number = phonenumbers.parse("+" + digits, None)
    except phonenumbers.NumberParseException:
        return "no"
    if phonenumbers.number_type(number) in _NOBODYS:
        return "nobody's"
    return "yes" if phonenumbers.is_possible_number(number) else "no"


def _national(run: str, region: str, near: bool, grouped: bool) -> Verdict | None:
    """Whether it is a number of this region; None where another may be asked."""
    try:
        number = phonenumbers.parse(run, region)
    except phonenumbers.NumberParseException:
        return None
    kind = phonenumbers.number_type(number)
    if kind in _NOBODYS:
        return "nobody's" if grouped or near else None
    if kind == Type.UNKNOWN:  # not valid, and perhaps made up: how it is written must say it
        said = (grouped or near) and phonenumbers.is_possible_number(number)
        return "yes" if said else None
    if near or grouped:
        return "yes"
    apart = sum(not one.isdigit() for one in run.strip("()"))
    if apart:  # groups, in a number that has this form here
        return "yes" if apart >= 2 or run.startswith("0") else None
    return "yes" if run.startswith("0") and kind == Type.MOBILE else None
