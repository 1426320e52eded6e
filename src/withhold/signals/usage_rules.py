"""Rules of a robots.txt that speak of use: whom they address, and which of them decides for a path.

Content-Usage and Content-Signal stand in groups, as Allow and Disallow do, each with an optional
path. Group, token and path mean the same as in RFC 9309 (draft-ietf-aipref-attach-05, 3.1), so
``robots`` itself is asked: with a file of the same lines, in which every rule of use stands as a
rule of access. Only ties go the other way: of rules with equally long paths the most restrictive
counts, so the restrictive one is written as the Allow, which wins ties there.

By that draft a Content-Usage line is a rule, so a user-agent line after it begins a new group. For
who does not know such lines it does not (RFC 9309, 2.2.4): to them the two groups are one, and the
rules below count for both. That is the note ``runs-into-next-group``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import count

from msgspec import Struct

from withhold.errors import BadInput
from withhold.signals import robots
from withhold.signals.robots import Robots
from withhold.signals.robots_line import WHITE, token_in, unusual
from withhold.words import Statement, Use

TEXT_LIMIT = 200
"""Characters of a line that a statement repeats."""

_ELSEWHERE = "Allow:!"  # a rule that ends a run of user-agent lines and matches no path
_UNWRITABLE = re.compile("[^!-~]|#")


class Said(Struct, frozen=True):
    """What one line says of one use. ``allowed`` None: it names it and says neither; ``why``."""

    use: Use
    allowed: bool | None
    why: str = ""


class Value(Struct, frozen=True):
    """What one value says, each use at most once, and the codes of the traps that were met."""

    said: tuple[Said, ...]
    notes: tuple[str, ...] = ()


class Read(Struct, frozen=True):
    """What a robots.txt or a header says of a path.

    ``unreached``: per use, the tokens that have a group of their own which says nothing of it,
    while the group of ``*`` does. What ``*`` is told is not said to them (RFC 9309, 2.2.1).
    """

    statements: list[Statement]
    notes: tuple[str, ...]
    unreached: dict[Use, tuple[str, ...]] = {}


class Standard(Struct, frozen=True):
    """How one kind of rule is read.

    ``silence_decides``: the rule with the longest path decides for every use, also for those that
    it does not name; else it decides among the rules that name the use. ``only_crawled``: nothing
    is said of a path to who may not fetch it.
    """

    signal: str
    key: str
    read_value: Callable[[str], Value]
    silence_decides: bool
    only_crawled: bool


class _Rule(Struct, frozen=True):
    line: int
    pattern: str  # empty: all paths
    said: dict[Use, Said]


def read(
    file: Robots,
    standard: Standard,
    path: str,
    *,
    site: str = "",
    place: str = "robots.txt",
    on: date | None = None,
) -> Read:
    """One statement per use and token: ``*``, and each that the file names and tells something."""
    rules, notes = _rules(file, standard)
    if not rules:
        return Read([], tuple(notes))
    skeleton, runs_on = _skeleton(file, {rule.line for rule in rules})
    if runs_on:
        notes["runs-into-next-group"] = None
    statements: list[Statement] = []
    unreached: dict[Use, tuple[str, ...]] = {}
    uses = dict.fromkeys(use for rule in rules for use in rule.said)
    for use in uses:
        naming = [rule for rule in rules if use in rule.said]
        tokens, found = _decide(skeleton, naming, use, path)
        if standard.silence_decides and len(naming) < len(rules):
            named = found
            tokens, found = _decide(skeleton, rules, use, path)
            if named.keys() - found.keys():
                notes["longer-path-is-silent"] = None
        crawled = file.decide_all(list(found), [path]) if standard.only_crawled else ()
        refused = {one for one, (may,) in zip(found, crawled, strict=False) if not may.allowed}
        if refused:
            notes["path-not-crawled"] = None
        for token, (line, said) in found.items():
            statements.append(
                Statement(
                    token=token,
                    allowed=None if token in refused else said.allowed,
                    signal=standard.signal,
                    use=use,
                    site=site,
                    on=on,
                    line=line,
                    text=file.line_text(line).strip()[:TEXT_LIMIT],
                    why="path-not-crawled" if token in refused else said.why,
                    place=place,
                )
            )
        if "*" in found and (silent := tuple(one for one in tokens if one not in found)):
            unreached[use] = silent
    return Read(statements, tuple(notes), unreached)


def _rules(file: Robots, standard: Standard) -> tuple[list[_Rule], dict[str, None]]:
    """The rules that somebody is told, and the notes on all; a value is read once."""
    rules: list[_Rule] = []
    notes: dict[str, None] = {}
    values: dict[str, Value] = {}
    for other in file.others:
        if other.key.lower() != standard.key:
            continue
        if not other.tokens:
            notes["outside-groups"] = None
            continue
        pattern, text = split_path(other.value)
        if text not in values:
            values[text] = standard.read_value(text)
        notes.update(dict.fromkeys(values[text].notes))
        rules.append(_Rule(other.line, pattern, {one.use: one for one in values[text].said}))
    return rules, notes


def split_path(value: str) -> tuple[str, str]:
    """The path of a rule's value, empty where it has none, and the rest (attach-05, 3.2).

    A path begins with ``/`` and ends before the first space or tab; nothing else is one.
    """
    if not value.startswith("/"):
        return "", value
    path, *rest = re.split("[ \t]+", value, maxsplit=1)
    return path, rest[0] if rest else ""


def write(key: str, value: str, path: str = "") -> str:
    """A line for a group of robots.txt, or without a path for a header; BadInput for a bad path.

    What cannot stand in a path is percent-encoded, a space and a ``#`` among it (attach-05, 3.1).
    """
    if path and not path.startswith("/"):
        raise BadInput(f"{path}: a path of {key} begins with /", "write it from the site's root")
    plain = _UNWRITABLE.sub(
        lambda odd: "".join(f"%{octet:02X}" for octet in odd[0].encode("utf-8", "surrogatepass")),
        path,
    )
    return f"{key}: {plain} {value}" if plain else f"{key}: {value}"


def _lines(file: Robots) -> Iterator[str]:
    try:
        for number in count(1):
            yield file.line_text(number)
    except IndexError:
        return


def _skeleton(file: Robots, ruled: set[int]) -> tuple[list[str], bool]:
    """The file with nothing but its groups, line for line, and whether one runs into the next.

    Rules of access stay where they end a run of user-agent lines, as rules that match nothing.
    """
    lines: list[str] = []
    runs_on = False
    since = "start"  # what the last user-agent line was followed by: nothing, use, access
    for number, line in enumerate(_lines(file), 1):
        kind, _, value = unusual(line, file.mode)
        lines.append("")
        if kind == "agent":
            runs_on = runs_on or since == "use"
            since = "nothing"
            lines[-1] = f"User-agent: {token_in(value.strip(WHITE), file.mode)}"
        elif kind in ("allow", "disallow"):
            lines[-1] = _ELSEWHERE if since == "nothing" else ""
            since = "access" if since != "start" else since
        elif number in ruled and since == "nothing":
            since = "use"
    return lines, runs_on


def _decide(
    skeleton: list[str], rules: Sequence[_Rule], use: Use, path: str
) -> tuple[tuple[str, ...], dict[str, tuple[int, Said]]]:
    """The tokens that the file names, and which line tells a token, or ``*``, what of a use."""
    found: dict[str, tuple[int, Said]] = {}
    tokens: tuple[str, ...] = ()
    said = {rule.line: rule.said.get(use) for rule in rules}
    levels = {one.allowed for one in said.values() if one}
    for level in (False, True, None):  # the most restrictive first
        if level not in levels:
            continue
        lines = list(skeleton)
        for rule in rules:
            one = said[rule.line]
            wins = one is not None and one.allowed is level
            lines[rule.line - 1] = f"{'Allow' if wins else 'Disallow'}:{rule.pattern}"
        asked = robots.read("\n".join(lines).encode())
        tokens = asked.tokens
        still = [one for one in ("*", *tokens) if one not in found]
        for token, (decision,) in zip(still, asked.decide_all(still, [path]), strict=True):
            one = said.get(decision.line) if decision.line else None
            if one is not None and one.allowed is level and decision.line:
                found[token] = (decision.line, one)
    return tokens, found
