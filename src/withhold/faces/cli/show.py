"""Verdicts as text for a terminal: plain lines, wrapped, readable without colour."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from withhold.faces.cli.setting import Setting
from withhold.faces.report.alike import by_group, read_alike
from withhold.faces.report.plain import printable
from withhold.faces.report.rows import Speaker, say_conflict
from withhold.verbs.conflict import Conflict
from withhold.verdict import STALE_CODES, Reason, Verdict
from withhold.words import Span

_STYLES = {"allowed": "bold red", "disallowed": "bold", "unknown": "bold yellow"}
_WORDS = {"allowed": "may", "disallowed": "no", "unknown": "unknown"}
_COLUMN = 20
SITE_LINES = 12
"""Lines that a site's companies take at most without --all."""


class Paper:
    """Where text goes: wrapped at the terminal's width, addresses never broken."""

    def __init__(self) -> None:
        columns = shutil.get_terminal_size((100, 24)).columns
        self.width = max(24, min(columns, 110))
        # said to it, for of COLUMNS=0, as some shells inside editors have it, it prints nothing
        self._out = Console(
            highlight=False, emoji=False, markup=False, soft_wrap=True, width=self.width
        )

    def column(self, wanted: int) -> int:
        """An indent that leaves room for words on a narrow terminal."""
        return wanted if self.width >= 4 * wanted else 4

    def put(self, text: str = "", indent: int = 0, style: str = "", head: str = "") -> None:
        """A paragraph; ``head`` stands in front of its first line, in the style."""
        text, head = printable(text), printable(head)
        if len(head) > indent:
            self._out.print(Text(head, style=style))
            head = ""
        room = max(20, self.width - indent)
        lines = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False) or [""]
        for number, line in enumerate(lines):
            printed = Text()
            if number == 0 and head:
                printed.append(f"{head:<{indent}}", style=style)
                printed.append(line)
            else:
                printed.append(" " * indent if line else "")
                printed.append(line, style="" if head else style)
            self._out.print(printed)

    def copy(self, text: str, indent: int = 0, style: str = "") -> None:
        """A line to copy: never wrapped."""
        self._out.print(Text(" " * indent), Text(printable(text), style=style), sep="")


def verdicts(found: Sequence[Verdict], setting: Setting, speaker: Speaker, *, full: bool) -> None:
    """Accounts and platforms one after the other; ``full`` gives reasons with sources."""
    out, words = Paper(), setting.phrases
    if setting.owner.example:
        out.put(words["example"], style="bold reverse")
    for account, group in groupby(found, key=lambda one: one.account or one.site):
        these = list(group)
        place = speaker.knowledge.places.name(setting.place, setting.lang)
        name = speaker.platform(these[0].platform) if these[0].platform else account
        suffix = f" ({account.partition(':')[2]})" if ":" in account and these[0].platform else ""
        out.put()
        out.put(f"{name}{suffix} · {place} · {setting.when}", style="bold underline")
        numbered: list[Reason] = []
        for alike in read_alike(these, speaker):
            _verdict(out, alike, setting, speaker, numbered if full else None)
        if full:
            reasons(out, numbered, setting, speaker)
            steps(out, these, setting, speaker)
    out.put()
    if not full and found:
        target = found[0].platform or found[0].site
        out.put(words["whole"].format(target=target) + ".", style="dim")
    out.put(words["disclaimer"], style="dim")


def _verdict(
    out: Paper,
    alike: Sequence[Verdict],
    setting: Setting,
    speaker: Speaker,
    numbered: list[Reason] | None,
) -> None:
    words = setting.phrases
    verdict, column = alike[0], out.column(_COLUMN)
    head = words[_WORDS[verdict.answer]]
    if verdict.strength:
        head += f", {words['strength_' + verdict.strength]}"
    marks = ""
    if numbered is not None:
        here: list[int] = []
        for reason in (why for one in alike for why in (*one.reasons, *one.limits)):
            if reason not in numbered:
                numbered.append(reason)
            here.append(numbered.index(reason) + 1)
        marks = " " + " ".join(f"[{number}]" for number in dict.fromkeys(here))
    actor, use = speaker.name(verdict.actor), speaker.sentences.use[verdict.use]
    who = f"{actor}, {use}: {'; '.join(speaker.content(one) for one in alike)}"
    out.put(who, column, _STYLES[verdict.answer], head=f"  {head} ")
    said = speaker.headline(verdict)
    if not said.startswith(actor):
        said = _capital(said)
    # of a site only the day of the reading is known, not since when it was so
    spans = "" if verdict.site else "; ".join(_span(one, words) for one in verdict.open)
    out.put(f"{said}." + (f" {_capital(spans)}." if spans else "") + marks, column)
    for behind in stale_said(alike, speaker):
        out.put(behind, column, "bold yellow")
    half = [one for one in verdict.practices if one.answer == "disallowed"]
    if verdict.answer == "allowed" and half:
        closed = ", ".join(f"{one.id} ({words[f'strength_{one.strength}']})" for one in half)
        left = ", ".join(one.id for one in verdict.practices if one.answer == "allowed")
        out.put(f"{_capital(words['closed'])}: {closed}. {words['leaves']}: {left}.", column)


def stale_said(alike: Sequence[Verdict], speaker: Speaker) -> list[str]:
    """What a policy was seen to say since, each sentence once."""
    limits = [why for one in alike for why in one.limits if why.code in STALE_CODES]
    return list(dict.fromkeys(speaker.sentences.say(one) for one in limits))


def reasons(out: Paper, numbered: Sequence[Reason], setting: Setting, speaker: Speaker) -> None:
    """Reasons by their numbers, with sources, and whether a re-check is overdue."""
    words = setting.phrases
    out.put()
    out.put(words["reasons"], 2, style="bold")
    for number, reason in enumerate(numbered, start=1):
        text = speaker.sentences.say(reason)
        if reason.overdue(setting.when):
            text += f" ({words['overdue'].format(date=reason.checked)})"
        out.put(text, 7, "dim", head=f"  [{number}]")
        for source in reason.sources[:3]:
            quote = f" “{source.quote}”" if source.quote else ""
            kind = speaker.sentences.source[source.kind]
            out.put(f"{kind}, {source.seen}: {source.url}{quote}", 9, "dim")
        if reason.rests_on:
            out.put(f"{words['rests_on']} {reason.rests_on}", 9, "dim")


def steps(out: Paper, found: Sequence[Verdict], setting: Setting, speaker: Speaker) -> None:
    """The controls that would close or narrow what stands open."""
    words = setting.phrases
    closes: dict[str, bool] = {}
    for verdict in found:
        for step in verdict.steps:
            closes[step.control] = closes.get(step.control, False) or bool(step.closes)
    if closes:
        out.put()
        out.put(words["steps"], 2, style="bold")
    for ref, whole in closes.items():
        control = speaker.control(ref)
        if control is None:
            continue
        label = control.label.get(setting.lang) or next(iter(control.label.values()), "")
        shown = f" {words['quoted'].format(label)}," if label else ""
        minutes = words["minutes"].format(n=control.minutes)
        reach = words["closes" if whole else "narrows"]
        out.put(f"{ref}:{shown} {minutes}, {reach}", 4)
        if control.url:
            out.put(control.url, 6, "dim")


def _span(span: Span, words: dict[str, str]) -> str:
    if span.until:
        return words["open_span"].format(since=span.since or "?", until=span.until)
    if span.since:
        return words["open_since"].format(since=span.since)
    return words["open_unknown"]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def site(
    found: Sequence[Verdict],
    setting: Setting,
    speaker: Speaker,
    *,
    full: bool,
    conflicts: Sequence[Conflict] = (),
) -> None:
    """A site's verdicts: may / promised no / only asked / not known / conflicts, in 12 lines."""
    if full:
        verdicts(found, setting, speaker, full=True)
        _conflicts(Paper(), conflicts, setting, speaker)
        return
    if not found:
        return
    out, words = Paper(), setting.phrases
    first = found[0]
    out.put()
    place = speaker.knowledge.places.name(setting.place, setting.lang)
    out.put(f"{first.site} {first.path} · {place} · {setting.when}", style="bold underline")
    column = out.column(_COLUMN)
    room = max(20, out.width - column)
    wrapped = {
        name: textwrap.wrap(
            ", ".join(_company(one, speaker) for one in these), room, break_on_hyphens=False
        )
        for name, these in by_group(found)
    }
    shown = {}
    if conflicts:
        said = [say_conflict(one, speaker) for one in conflicts]
        shown = {words["group_conflicts"]: _short(said, room, words)}
    while sum(map(len, (*wrapped.values(), *shown.values()))) > SITE_LINES:
        longest = max(wrapped.values(), key=len)
        longest.pop()
        longest[-1] = longest[-1].removesuffix(" …") + " …"
    for name, lines in wrapped.items():
        style = _STYLES["allowed" if name == "group_may" else "disallowed"]
        for number, line in enumerate(lines):
            out.put(line, column, style, f"  {words[name]}" if number == 0 else " ")
    for name, lines in shown.items():
        for number, line in enumerate(lines):
            out.put(line, column, "bold yellow", f"  {name}" if number == 0 else " ")
    for note in first.reasons:
        if note.code.startswith(("robots-", "part-unread", "document-")):
            out.put(f"({speaker.sentences.say(note)})", 2, "dim")
    out.put(words["more"], 2, "dim")
    out.put(words["disclaimer"], 2, "dim")


_CONFLICT_LINES = 5


def _short(said: Sequence[str], room: int, words: dict[str, str]) -> list[str]:
    """The first conflicts, one line each, and how many more there are."""
    many = len(said) > _CONFLICT_LINES
    kept = said[: _CONFLICT_LINES - many]
    lines = [textwrap.shorten(printable(one), room, placeholder=" …") for one in kept]
    return [*lines, words["conflicts_more"].format(n=len(said) - len(kept))] if many else lines


def _conflicts(
    out: Paper, conflicts: Sequence[Conflict], setting: Setting, speaker: Speaker
) -> None:
    if conflicts:
        out.put()
        out.put(setting.phrases["group_conflicts"], 2, style="bold")
    for one in conflicts:
        out.put(say_conflict(one, speaker), 4)


def _company(verdict: Verdict, speaker: Speaker) -> str:
    """``Apple (Applebot-Extended:8)``: who, and the token with the line that decides."""
    said = [one for one in verdict.reasons if one.code.startswith("signal-")]
    tokens = []
    for reason in said:
        line = reason.rests_on.rpartition(":")[2]
        token = str(reason.facts.get("token", ""))
        if token:
            tokens.append(f"{token}:{line}" if line.isdigit() else token)
    name = speaker.name(verdict.actor)
    return f"{name} ({', '.join(tokens)})" if tokens else name
