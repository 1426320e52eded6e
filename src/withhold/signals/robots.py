"""robots.txt: which rule of a file decides for a product token and a path (RFC 9309).

Lines are gathered into groups (user-agent lines, then rules); of the groups that name a token the
longest pattern that matches the path decides. Mode ``rfc`` is RFC 9309 as written, mode ``google``
answers as Google's open-source parser (github.com/google/robotstxt) does. They differ only where
``mode`` is asked, here, in ``robots_line`` (also for the lines of ``usage_rules``),
``robots_group`` and ``spelling``; ``tests/unit/signals/robots_modes.toml`` is the table. Numbers in
brackets are sections of the RFC. Octets are held as Latin-1 text: one character for each, whatever
it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from withhold.signals import spelling
from withhold.signals.robots_group import Group, Rank
from withhold.signals.robots_line import USUAL, WHITE, token_in, unusual
from withhold.signals.spelling import Mode as Mode  # callers name it from here

Why = Literal["own-group", "star-group", "no-rule-matches", "no-group", "robots-txt"]
"""What decides: a rule in a group of the token's own, or of ``*``; no rule there matches; there is
neither group; the path is ``/robots.txt``, which "is implicitly allowed" (2.2.2, rfc only)."""
Note = Literal[
    "limit-500-kib",  # longer: the rest was not read, nor the line that the limit cuts
    "byte-order-mark",  # begins with one, or with a part of one; skipped
    "not-utf-8",  # read as octets, which an implementor may do (2.2.2)
    "binary",  # holds NUL octets, as an image or UTF-16 text does; read all the same
    "looks-like-html",  # most likely a page that reports an error; read all the same
    "rules-outside-groups",  # rules before the first user-agent line, which are ignored (2.2.2)
    "empty-file",  # nothing but white space
    "no-rules",  # something, but no rule in any group
]
LIMIT = 500 * 1024
"""Octets that are read: the limit "MUST be at least 500 kibibytes" (2.5), and Google's is that."""

_HTML = re.compile(r"\s*<(?:!doctype|html|head|body|script|meta|title|\?xml)\b", re.IGNORECASE)
_MARK = re.compile("^\xef(\xbb\xbf?)?")


class Decision(Struct, frozen=True, gc=False):
    """Whether a token may fetch a path, the line (from 1) of the rule that decides, and why.

    ``line`` is None when no rule decides. An empty ``Disallow:`` decides too: it forbids nothing.
    """

    allowed: bool
    line: int | None
    why: Why


_NO_GROUP = Decision(True, None, "no-group")
_NO_RULE = Decision(True, None, "no-rule-matches")
_ROBOTS_TXT = Decision(True, None, "robots-txt")


class Other(Struct, frozen=True):
    """A line of another kind (2.2.4), such as ``Content-Usage``, and the tokens of its group."""

    line: int
    key: str
    value: str
    tokens: tuple[str, ...]  # as spelled, with "*"; empty before the first group


class Robots(Struct, frozen=True, eq=False):
    """A robots.txt as read; ``tokens`` are those that it names, as first spelled, without ``*``."""

    mode: Mode
    notes: tuple[Note, ...]
    tokens: tuple[str, ...]
    sitemaps: tuple[str, ...]
    others: tuple[Other, ...]
    _groups: dict[str, list[Group]]  # by token in lower case, and "*"
    _lines: list[str]

    def decide(self, token: str, path: str) -> Decision:
        """The answer for a product token and a path with its query.

        The token's groups decide together, or else those of ``*``. Tokens are compared whole and
        without case (2.2.1): a group for ``Applebot`` never decides for ``Applebot-Extended``.
        """
        name = spelling.octets(token).lower()
        return self._answer(
            name if name in self._groups else "*", spelling.asked(path, self.mode), {}
        )

    def decide_all(self, tokens: Sequence[str], paths: Sequence[str]) -> list[tuple[Decision, ...]]:
        """``decide`` for many: one row per token, in it one answer per path.

        Each group is matched once per path, however many of the tokens it is for.
        """
        asked: list[tuple[str, dict[Group, Rank]]] = [
            (spelling.asked(p, self.mode), {}) for p in paths
        ]
        table = [tuple([self._answer("*", path, found) for path, found in asked])] * len(tokens)
        rows: dict[tuple[Group, ...], tuple[Decision, ...]] = {}
        places = _places(tuple(tokens))
        for name in (self._groups.keys() & places.keys()) - {"*"}:
            groups = tuple(self._groups[name])
            if groups not in rows:
                rows[groups] = tuple([self._answer(name, path, found) for path, found in asked])
            for place in places[name]:
                table[place] = rows[groups]
        return table

    def _answer(self, name: str, path: str, found: dict[Group, Rank]) -> Decision:
        """The answer of one name's groups; ``found`` keeps what each group found for the path."""
        groups = self._groups.get(name)
        if groups is None:
            return _NO_GROUP
        for group in groups:
            if group not in found:
                found[group] = group.best(path)
        octets, allow, line = max([found[group] for group in groups])
        if not line:
            return _NO_RULE if octets < 0 else _ROBOTS_TXT
        # The empty pattern forbids nothing.
        return Decision(allow or not octets, -line, "star-group" if name == "*" else "own-group")

    @property
    def empty(self) -> bool:
        """Whether no group has a rule, so that all is allowed; ``notes`` say what there is."""
        return "empty-file" in self.notes or "no-rules" in self.notes

    def has_own_group(self, token: str) -> bool:
        """Whether a user-agent line names this very token."""
        return token != "*" and self.group_line(token) is not None

    def group_line(self, token: str) -> int | None:
        """The first user-agent line that names this very token (or ``*``); None without one."""
        name = spelling.octets(token).lower()
        return self._groups[name][0].agents[name] if name in self._groups else None

    def alike(self, token: str) -> tuple[int, ...]:
        """Something to compare: tokens with the same are answered alike, whatever the path."""
        name = spelling.octets(token).lower()
        groups = self._groups.get(name if name in self._groups else "*", ())
        return tuple(id(one) for one in groups)

    def met(self, token: str) -> dict[tuple[object, ...], Callable[[str], Rank]]:
        """By the rules of each of a token's groups, what says which of them a path meets, once it
        is spelled as it is compared. Paths that meet the same everywhere are answered alike."""
        name = spelling.octets(token).lower()
        groups = self._groups.get(name if name in self._groups else "*", [])
        return {tuple([rule[:2] for rule in one.rules]): one.best for one in groups}

    def everywhere(self, token: str) -> Decision | None:
        """The answer for each path but ``/robots.txt``, where the rules make no difference."""
        name = spelling.octets(token).lower()
        groups = self._groups.get(name if name in self._groups else "*", ())
        same = all(pattern in ("", "/") for one in groups for pattern, _, _ in one.rules)
        return self.decide(token, "/x") if same else None

    def line_text(self, line: int) -> str:
        """The raw text of a line, counted from 1; IndexError where there is none."""
        if line < 1:
            raise IndexError(line)
        return spelling.text(self._lines[line - 1])


def read(body: bytes, mode: Mode = "rfc") -> Robots:
    """A robots.txt from its octets. Any will do: the rules that can be read count (2.3.1.5)."""
    text = body[: LIMIT + 1].decode("latin-1")
    if len(body) > LIMIT:  # half a rule is a rule that nobody wrote: back to the end of a line
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1]
    seen: dict[Note, bool] = {
        "limit-500-kib": len(body) > LIMIT,
        "byte-order-mark": text.startswith("\xef"),
        "not-utf-8": "\ufffd" in spelling.text(text) and "\xef\xbf\xbd" not in text,
        "binary": "\0" in text,
    }
    text = _MARK.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    raw = lines = text.split("\n")
    if mode == "google":  # a line ends for Google at a NUL, and at 16,663 octets
        lines = [line[: 2083 * 8 - 1].partition("\0")[0] for line in raw]
    usual = USUAL.get  # a name of this function: it is asked for each line
    spelled: dict[str, str] = {}
    groups: dict[str, list[Group]] = {}
    sitemaps: list[str] = []
    others: list[tuple[int, str, str, Group | None]] = []
    group: Group | None = None
    for number, line in enumerate(lines, 1):
        if not line or line[0] == "#":
            continue
        key, colon, value = line.partition(":")
        kind = usual(key) if colon else None
        if kind is None:  # the few lines that are not as nearly all are
            kind, key, value = unusual(line, mode)
        elif "#" in value:
            value = value.partition("#")[0]
        value = value.strip(WHITE)
        if kind == "disallow" or kind == "allow":
            if group is None:
                seen["rules-outside-groups"] = True
                continue
            group.rules.append((value, kind == "allow", number))
            if mode == "google" and kind == "allow":
                folder, index, rest = value.rpartition("/index.htm")
                if index and "/" not in rest:
                    group.rules.append((folder + "/$", True, number))
        elif kind == "agent":
            if group is None or group.rules:  # user-agent lines in a row share a group (2.1)
                group = Group(mode)
            token = token_in(value, mode)
            name = token.lower()
            if name and name not in group.agents:
                group.agents[name] = number
                groups.setdefault(name, []).append(group)
                spelled.setdefault(name, spelling.text(token))
        elif kind == "sitemap":
            sitemaps.append(spelling.text(value))
        elif key:
            others.append((number, spelling.text(key), spelling.text(value), group))
    named: dict[Group | None, tuple[str, ...]] = {None: ()}  # once per group: a file may have
    for *_, of in others:  # thousands of lines in a group of thousands of tokens
        if of and of not in named:
            named[of] = tuple([spelled[name] for name in of.agents])
    ruled = any(group.rules for same in groups.values() for group in same)
    seen["looks-like-html"] = bool(_HTML.match(text))
    seen["no-rules" if text.strip() else "empty-file"] = not ruled
    return Robots(
        mode,
        tuple([note for note, so in seen.items() if so]),
        tuple([spelled[name] for name in groups if name != "*"]),
        tuple(sitemaps),
        tuple([Other(line, key, value, named[of]) for line, key, value, of in others]),
        groups,
        raw,
    )


@lru_cache(maxsize=64)
def _places(tokens: tuple[str, ...]) -> dict[str, list[int]]:
    """Where each token stands, without case; kept, for the same are asked of file after file."""
    places: dict[str, list[int]] = {}
    for place, token in enumerate(tokens):
        places.setdefault(spelling.octets(token).lower(), []).append(place)
    return places
