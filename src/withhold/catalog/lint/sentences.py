"""Every language has the same sentences with the same gaps, and none of them reassures.

The words refused here would claim more than anybody saw (design: no false assurance).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge
from withhold.catalog.sentences import gaps_of, load_sentences
from withhold.words import LANGS

REFUSED = {
    "en": ("protected", "you are safe", "illegal", "violated", "guarantee", "you consented"),
    "de": ("geschützt", "sind sicher", "illegal", "verstoßen", "garantiert", "eingewilligt"),
}
TABLES = (
    "answer",
    "strength",
    "state",
    "reason",
    "conflict",
    "kind",
    "audience",
    "use",
    "source",
    "change",
)


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    first = load_sentences(root, "en")
    for lang in LANGS:
        file = f"reasons/{lang}.toml"
        here = load_sentences(root, lang)
        for table in TABLES:
            want, got = getattr(first, table), getattr(here, table)
            for code in sorted(set(want) ^ set(got)):
                yield Finding(file=file, thing=code, message=f"{table}: not in every language")
            for code in sorted(set(want) & set(got)):
                if gaps_of(want[code]) != gaps_of(got[code]):
                    yield Finding(file=file, thing=code, message=f"{table}: other gaps than en")
                for word in REFUSED[lang]:
                    if word in got[code].lower():
                        yield Finding(file=file, thing=code, message=f"{table}: says {word!r}")
