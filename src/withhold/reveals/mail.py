"""E-mail addresses, also those written so that no program sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from withhold.catalog.reveals import Spelled
from withhold.reveals.fold import folded_word
from withhold.reveals.phrases import word_list

# Bounded on both sides; a new start only where no address could have been going on.
_ADDRESS = re.compile(
    r"(?<![\w.+%@/-])[\w][\w.+%'-]{0,63}@(?![23]x\.)"
    r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,5}[^\W\d_]{2,24}(?![\w@-]|\.[^\W\d_]{2,})"
)
_NOBODY = re.compile(r"(?:no-?reply|do-?not-?reply|git|postmaster|mailer-daemon)@", re.I)
"""Local parts that are programs'."""


class Spelling(Struct, frozen=True, kw_only=True):
    """How an address is spelled out: its expression, and words of which one is in each."""

    pattern: re.Pattern[str]
    marks: tuple[str, ...]
    dots: frozenset[str]
    """One of them, or a bracket, is in each as well."""


def spelling(every: Sequence[Spelled]) -> Spelling:
    """The ways of all languages in one expression, for folded text."""
    at = word_list([one for spelled in every for one in spelled.at])
    dot = word_list([one for spelled in every for one in spelled.dot])
    bracket, closed = r"\s?[\[({<]\s?", r"\s?[\])}>]\s?"
    sign = rf"(?:{bracket}(?:{at}|@){closed}|\s(?:{at})\s)"
    point = rf"(?:{bracket}(?:{dot}|\.){closed}|\s(?:{dot})\s)"
    both = rf"(?:{bracket}(?:{at}|@){closed})"
    name, host = r"[\w][\w.+-]{0,63}", r"[\w-]{1,63}"
    return Spelling(
        dots=frozenset(folded_word(one) for spelled in every for one in spelled.dot),
        pattern=re.compile(
            # brackets say enough by themselves; bare words only with both
            rf"(?<![\w.+-])(?:{name}{both}{host}(?:(?:\.|{point}){host}){{1,3}}"
            rf"|{name}(?:{point}{name}){{0,2}}{sign}{host}(?:{point}{host}){{1,3}})(?!\w)"
        ),
        marks=tuple(
            dict.fromkeys(
                mark
                for spelled in every
                for mark in (
                    *(
                        f"{o}{folded_word(one)}{c}"
                        for one in spelled.at
                        for o, c in ("[]", "()", "{}", "<>")
                    ),
                    *(f"{o} {folded_word(one)} {c}" for one in spelled.at for o, c in ("[]", "()")),
                    *(f" {folded_word(one)} " for one in spelled.dot),
                )
            )
        ),
    )


def mails(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand; the sign ``@`` is in the text."""
    for match in _ADDRESS.finditer(text):
        if text[max(0, match.start() - 3) : match.start()].endswith("://"):
            continue
        if text[max(0, match.start() - 1) : match.start()] == ":" and _in_link(text, match.start()):
            continue
        if not _NOBODY.match(match[0]):
            yield match.span()


def _in_link(text: str, at: int) -> bool:
    """Whether what stands before is a name with a password: ``https://name:password@host``."""
    before = text[max(0, at - 80) : at]
    return "://" in before and not any(map(str.isspace, before[before.rfind("://") :]))


def spelled_out(folded: str, how: Spelling) -> Iterator[tuple[int, int]]:
    """Where addresses stand that are spelled out."""
    if any(mark in folded for mark in how.marks):
        for match in how.pattern.finditer(folded):
            yield match.span()
