"""The answer of ``prove corpus`` as text for a terminal."""

from __future__ import annotations

from withhold.faces.cli.show import Paper
from withhold.faces.report.corpus_said import SHOWN, Told

_INDENT = 4


def show(told: Told, *, full: bool) -> None:
    """How surely, where, what that shows and does not, what was not read; ``full``: every line."""
    out, words, said = Paper(), told.words, told.searched
    out.put(told.headline, style="bold")
    if said.hits:
        _found(out, told, full=full)
    _listed(out, told, "unread", told.unread(), full=full)
    _listed(out, told, "refused", told.refused(), full=full)
    if said.hits:
        out.put()
        out.put(words["limit_file"], style="dim")


def _found(out: Paper, told: Told, *, full: bool) -> None:
    words, said = told.words, told.searched
    out.put()
    rungs = told.rungs()
    wide = max(len(rung) for rung, _ in rungs) + 2
    for rung, many in rungs:
        out.put(f"{rung:<{wide}}{many:>9}", 2)
    out.put()
    out.put(words["head_places"], style="bold")
    for one in said.surest(said.hits if full else SHOWN):
        like = told.like(one)
        head = f"{words[f'rung_{one.rung}']}{f' ({like})' if like else ''}: "
        out.put(head + told.needle(one.needle), 2)
        out.copy(" ".join(filter(None, (told.where(one), one.record))), _INDENT, "dim")
        beside = " ".join(filter(None, (one.url, one.date, one.crawl)))
        if beside:
            out.copy(beside, _INDENT, "dim")
    if said.hits > SHOWN and not full:
        out.put(told.many("more", said.hits - SHOWN), 2)
    for line in told.more():
        out.put(line, 2)
    _listed(out, told, "means", told.means(), full=True)


def _listed(out: Paper, told: Told, name: str, lines: list[str], *, full: bool) -> None:
    if not lines:
        return
    out.put()
    out.put(told.words[f"head_{name}"], style="bold")
    for line in lines if full else lines[:SHOWN]:
        out.put(line, 2)
    if len(lines) > SHOWN and not full:
        out.put(told.many(f"{name}_more", len(lines) - SHOWN), 2)
