"""A history of policies as text for a terminal."""

from __future__ import annotations

from withhold.faces.cli.show import Paper
from withhold.faces.report.policy_history_said import Told, told_pairs
from withhold.verbs.policy_history import Past

SENTENCES = 6
"""Changed sentences of a version, and sentences of the last one, that are shown without --all."""


def show(told: Told, *, full: bool) -> None:
    """Document by document: what is so now, then what changed when, with both sentences.

    ``full``: every version, with why it raises nothing, and every sentence.
    """
    out, words = Paper(), told.words
    out.put()
    out.put(told.headline, style="bold underline")
    out.put(words["about"], 2)
    out.put(told.source, 2)
    if told.none:
        out.put()
        out.put(told.none, 2)
    for past in told.history.documents:
        if len(told.history.documents) > 1 and not full and not past.noticed:
            continue
        out.put()
        out.put(told.document(past), 2, style="bold")
        _now(out, told, past, full=full)
        _changes(out, told, past, full=full)
    silent = [one.name for one in told.history.documents if one.silent and not one.noticed]
    if silent and not full and len(told.history.documents) > 1:
        out.put()
        out.put(f"{words['silent']} {', '.join(silent)}", 2)
    if told.history.gaps:
        out.put()
        out.put(words["gaps"], 2, style="bold")
        for said in told.gaps():
            out.put(said, 4)


def _now(out: Paper, told: Told, past: Past, *, full: bool) -> None:
    out.put(told.standing(past), 4)
    shown = past.now if full else past.now[:SENTENCES]
    for clause in shown:
        out.put(told.clause(clause), 6)
    if len(past.now) > len(shown):
        out.put(told.words["now_more"].format(n=len(past.now) - len(shown)), 6, style="dim")


def _changes(out: Paper, told: Told, past: Past, *, full: bool) -> None:
    words = told.words
    for step in past.steps:
        if not step.noticed or step.change is None:
            if full:
                out.put(f"{step.version.day}: {told.outcome(step)}", 4, style="dim")
            continue
        out.put()
        out.put(told.step(step), 4, style="bold")
        pairs = told_pairs(step.change)
        for pair in pairs if full else pairs[:SENTENCES]:
            if pair.grade != step.change.grade or pair.why:  # said of the whole change already
                out.put(told.pair(pair), 6)
            for name, clause in (("before", pair.before), ("after", pair.after)):
                if clause is not None:
                    out.put(told.clause(clause), 16, "dim", head=f"      {words[name]}")
        if len(pairs) > SENTENCES and not full:
            out.put(words["more"].format(n=len(pairs) - SENTENCES), 6, style="dim")
    quiet = told.quiet(past)
    if quiet and not full:
        out.put(quiet, 4, style="dim")
