"""What the consent filter did, for the terminal and as a paragraph for a data card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import tomli

from withhold.faces.report.plain import markdown, printable
from withhold.verbs.filter_manifest import CARD, DATA, FILE, Manifest

Words = Mapping[str, str]
_SHOWN = 12
"""Reasons that a terminal shows; a card has twice as many, the manifest all."""


def words_of(lang: str) -> dict[str, str]:
    """The words of the filter."""
    path = Path(__file__).parents[1] / "phrases" / f"filter.{lang}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))


def number(many: int, lang: str) -> str:
    """With the separator of the language."""
    said = f"{many:,}"
    return said.replace(",", ".") if lang == "de" else said


def summary(done: Manifest, out: str, dropped: str, words: Words, lang: str) -> Iterator[str]:
    """The lines for a terminal."""
    rows = done.rows
    yield words["kept"].format(
        kept=number(rows.kept, lang),
        rows=number(rows.read, lang),
        dropped=number(rows.dropped, lang),
    )
    if rows.unknown:
        yield words["of_unknown"].format(
            n=number(rows.unknown, lang), done=words[f"done_{done.settings.unknown}"]
        )
    if not done.timed:
        yield words["untimed"]
    if rows.unreadable:
        yield words["unread"].format(n=number(rows.unreadable, lang))
    if done.reasons:
        yield ""
        yield words["why_head"]
        yield from _table(done, lang)
        left = len(done.reasons) - _SHOWN
        if left > 0:
            key = "more_reasons_one" if left == 1 else "more_reasons"
            yield "  " + words[key].format(n=left, file=FILE)
    yield ""
    yield words["written_to"].format(
        out=printable(out), data=f"{DATA}/", parts=len(done.parts), manifest=FILE, card=CARD
    )
    if dropped:
        yield words["dropped_to"].format(out=printable(dropped))
    yield words["not_clearance"]


def _table(done: Manifest, lang: str) -> Iterator[str]:
    shown = list(done.reasons.items())[:_SHOWN]
    wide = max(len(number(many, lang)) for _, many in shown)
    for reason, many in shown:
        yield f"  {number(many, lang):>{wide}}  {printable(reason)}"


def card(done: Manifest, words: Words, lang: str) -> str:
    """A section for a data card, in Markdown."""
    asked, rows = done.settings, done.rows
    when = words["card_then"] if done.timed else words["card_untimed"]
    if asked.when:
        when = words["card_when"].format(date=asked.when)
    if asked.also_current:
        when = f"{when} {words['card_since']}"
    who = "card_who_named" if asked.token else "card_who_nobody"
    numbers = {
        name: number(getattr(rows, name), lang)
        for name in ("kept", "dropped", "allowed", "disallowed", "unknown")
    }
    told = [
        words["card_ran"].format(
            version=markdown(done.knowledge.version),
            date=done.made,
            crawlers=done.knowledge.crawlers,
            knowledge=done.knowledge.sha256,
        ),
        words["card_asked"].format(
            use=asked.use,
            who=words[who].format(token=asked.token),
            honour=words[f"card_{asked.honour}"],
            when=when,
        ),
        words["card_numbers"].format(
            rows=number(rows.read, lang), done=words[f"done_{asked.unknown}"], **numbers
        ),
    ]
    if rows.unreadable:
        told.append(words["card_unread"].format(n=number(rows.unreadable, lang)))
    told += [words["card_looked"], words["not_clearance"]]
    lines = [f"## {words['card_head']}", "", " ".join(told), ""]
    if done.reasons:
        lines += [f"| {words['card_reason']} | {words['card_records']} |", "|---|---:|"]
        for reason, many in list(done.reasons.items())[: 2 * _SHOWN]:
            lines.append(f"| `{printable(reason)}` | {number(many, lang)} |")
        lines.append("")
    lines += [words["card_manifest"].format(file=FILE), ""]
    return "\n".join(lines)
