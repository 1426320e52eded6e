"""What a policy says, as text for a terminal."""

from __future__ import annotations

from withhold.faces.cli.show import Paper
from withhold.faces.report import policy_said as said
from withhold.faces.report.policy_said import Line, Told

SHOWN = 8
"""Statements shown without --all."""
_STYLES = {"yes": "bold red", "no": "bold", "conditional": "bold yellow"}
_COLUMN = 18
_GAP = 4
"""Cells around the name of a line about the document."""


def show(told: Told, *, full: bool) -> None:
    """The document, its statements, what it forbids its readers; ``full``: all, and why."""
    out, words = Paper(), told.words
    out.put()
    out.put(said.title(told), style="bold underline")
    about = list(said.about(told))
    labels = max(len(name) for name, _ in about) + _GAP
    for name, text in about:
        out.put(text, out.column(labels), head=f"  {name}")
    out.put()
    out.put(said.standing(told), style="bold")
    for text in (said.summary(told), said.unstated(told)):
        if text:
            out.put(text)
    found = said.lines(told)
    shown = found if full else found[:SHOWN]
    for line in shown:
        _line(out, line, told, full=full)
    _more(out, len(found) - len(shown), told)
    _restrictions(out, told, full=full)
    if told.policy.against and any(
        one.compared and one.compared.stand == "missing" for one in found
    ):
        out.put()
        command = f"withhold knowledge new practice {told.policy.of} --from-policy {told.source}"
        out.put(words["draft"].format(command=""), style="dim")
        out.copy(command, 2)
    out.put()
    out.put(told.phrases["disclaimer"], style="dim")


def _line(out: Paper, line: Line, told: Told, *, full: bool) -> None:
    clause, column = line.clause, out.column(_COLUMN)
    out.put()
    head = f"  {told.words[f'says_{clause.says}']} "
    out.put(said.who(clause, told), column, _STYLES[clause.says], head=head)
    out.put(told.phrases["quoted"].format(said.sentence(clause)), column)
    beside = said.beside(line, told)
    if beside:
        out.put(" ".join(beside), column)
    known = said.known(line, told)
    if known:
        differs = line.compared is not None and line.compared.stand in ("contradicts", "missing")
        out.put(known, column, "bold" if differs else "dim")
    if full:
        for text in (said.under(clause, told), said.decided(clause, told)):
            if text:
                out.put(text, column, "dim")


def _restrictions(out: Paper, told: Told, *, full: bool) -> None:
    found = said.restrictions(told)
    if not found:
        return
    shown = found if full else found[:2]
    out.put()
    out.put(told.words["restrictions"], style="bold underline")
    for line in shown:
        out.put(told.phrases["quoted"].format(said.sentence(line.clause)), 4, head="  ·")
        if full and said.decided(line.clause, told):
            out.put(said.decided(line.clause, told), 4, "dim")
    _more(out, len(found) - len(shown), told)


def _more(out: Paper, n: int, told: Told) -> None:
    if n > 0:
        key = "more_one" if n == 1 else "more"
        out.put(told.words[key].format(n=n), 2, "dim")
