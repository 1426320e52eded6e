"""robots.txt: which rule of a file decides for a product token and a path (RFC 9309).

``read`` takes the octets of a file and never raises; ``Robots.decide`` answers for one token and
one path, ``Robots.decide_all`` for many at once. In the file: *lines* are gathered into *groups*
(one or more user-agent lines, then rules), a group's rules become *patterns* when it is first
asked, and the longest pattern that matches the path decides.

Mode ``rfc`` is RFC 9309 as written. Mode ``google`` answers as Google's open-source parser does
(github.com/google/robotstxt). They differ in what ``_Rfc`` and ``_Google`` below answer and in
nothing else; ``tests/unit/signals/robots_modes.toml`` is the table of the differences.

Inside, octets are held as Latin-1 text: one character is one octet, whatever the octets are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Literal

from msgspec import Struct

Mode = Literal["rfc", "google"]
Why = Literal["own-group", "star-group", "no-rule-matches", "no-group", "robots-txt"]
"""What decided: a rule of the token's own groups, or of ``*``'s; no rule of the token's groups
matches; neither the token nor ``*`` has a group; the path is ``/robots.txt`` (always allowed)."""
Note = Literal[
    "limit-500-kib",  # longer than 500 KiB: what follows was not read, nor the line that was cut
    "byte-order-mark",  # began with one; skipped
    "looks-like-html",  # a page, most likely of an error or a login; read as robots.txt all the same
    "binary",  # holds NUL octets: a binary file, or UTF-16 text
    "not-utf-8",  # read as raw octets (RFC 9309 2.2.2 lets an implementor bridge that)
    "long-lines",  # google only: lines over 16,663 octets were cut there
    "rules-outside-groups",  # rules before the first user-agent line are ignored (2.2.2)
    "empty-file",  # nothing but white space
    "no-rules",  # something, but no rule in a group
]
LIMIT = 500 * 1024
"""Octets read of a file: RFC 9309 2.5 asks for at least 500 kibibytes; Google reads no more."""

_Kind = Literal["agent", "allow", "disallow", "sitemap", "other"]
_Rule = tuple[str, bool, int]  # pattern, whether it allows, line
_Rank = tuple[int, bool, int]  # octets of the pattern, whether it allows, minus its line
_UNMATCHED: _Rank = (-1, True, 0)
_WHITE = " \t\x0b\x0c"
_BOM = "\xef\xbb\xbf"
_HTML = re.compile(r"\s*<(?:!doctype|html|head|body|script|meta|title|\?xml)\b", re.IGNORECASE)


class Decision(Struct, frozen=True, gc=False):
    """Whether a token may fetch a path, the line (from 1) of the rule that says so, and why.

    ``line`` is None when no rule decides. An empty ``Disallow:`` decides too: it forbids nothing.
    """

    allowed: bool
    line: int | None
    why: Why


class Other(Struct, frozen=True):
    """A line that is no part of the protocol (RFC 9309 2.2.4): ``Content-Usage``, ``License``...

    ``tokens`` are those of the group it stands in, as spelled; empty before the first group.
    """

    line: int
    key: str
    value: str
    tokens: tuple[str, ...]


class Robots(Struct, frozen=True, dict=True, eq=False):
    """A robots.txt as read."""

    mode: Mode
    notes: tuple[Note, ...]
    _groups: list[_Group]
    _named: dict[str, list[_Group]]  # by token in lower case; "*" too
    _others: list[tuple[_Kind, int, str, str, _Group | None]]
    _lines: list[str]

    def decide(self, token: str, path: str) -> Decision:
        """The answer for a product token, by its own groups merged, or by ``*``'s.

        Tokens are compared whole and without case (2.2.1): a group for ``Applebot`` never decides
        for ``Applebot-Extended``. ``path`` is a URI's path with its query.
        """
        return self.decide_all((token,), (path,))[0][0]

    def decide_all(
        self, tokens: Sequence[str], paths: Sequence[str]
    ) -> list[tuple[Decision, ...]]:
        """``decide`` for every token and path: one row per token, in it one answer per path.

        Each group is matched once per path, however many of the tokens it is for.
        """
        folded, asked = _folded(tuple(tokens))
        names: list[str] = [name for name in self._named if name in asked]
        columns = [self._column(names, path) for path in paths]
        rows = dict(zip(names, zip(*columns, strict=True), strict=False))
        star = tuple(column[-1] for column in columns)
        return [rows.get(token, star) for token in folded]

    def _column(self, names: Iterable[str], path: str) -> list[Decision]:
        """The answers for one path: of each name that has a group, and last that of ``*``."""
        path = _MODES[self.mode].path(path)
        if path == "/robots.txt" and self.mode == "rfc":  # "is implicitly allowed" (2.2.2)
            return [_ROBOTS_TXT] * (len(list(names)) + 1)
        best: dict[_Group, _Rank] = {}
        column = []
        for name in (*names, "*"):
            groups = self._named.get(name)
            if not groups:
                column.append(_NO_GROUP)
                continue
            for group in groups:
                if group not in best:
                    best[group] = group.best(path)
            length, allows, line = max(best[group] for group in groups)
            if length < 0:
                column.append(_NO_RULE)
            else:
                why: Why = "star-group" if name == "*" else "own-group"
                column.append(Decision(allows or not length, -line, why))
        return column

    @property
    def empty(self) -> bool:
        """Whether no group has a rule, so that all is allowed; ``notes`` say what there is."""
        return "empty-file" in self.notes or "no-rules" in self.notes

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The product tokens that have a group, as first spelled, in the file's order; not ``*``."""
        spelled = {}
        for group in self._groups:
            for _, token in group.agents:
                spelled.setdefault(token.lower(), _utf8(token))
        return tuple(text for token, text in spelled.items() if token not in {"", "*"})

    @cached_property
    def sitemaps(self) -> tuple[str, ...]:
        """The addresses of the sitemaps."""
        return tuple(_utf8(value) for kind, _, _, value, _ in self._others if kind == "sitemap")

    @cached_property
    def others(self) -> tuple[Other, ...]:
        """The lines of other kinds, sitemaps apart. They never end a group (2.2.4)."""
        return tuple(
            Other(line, _utf8(key), _utf8(value), group.tokens if group else ())
            for kind, line, key, value, group in self._others
            if kind == "other"
        )

    def has_own_group(self, token: str) -> bool:
        """Whether a user-agent line names this very token."""
        return self.group_line(token) is not None and token != "*"

    def group_line(self, token: str) -> int | None:
        """The line of the first user-agent line with this token (or ``*``)."""
        name = _folded((token,))[0][0]
        for group in self._named.get(name, ()):
            return next(line for line, spelled in group.agents if spelled.lower() == name)
        return None

    def line_text(self, line: int) -> str:
        """The raw text of a line, counted from 1; IndexError for a line there is not."""
        if line < 1:
            raise IndexError(line)
        return _utf8(self._lines[line - 1])


class _Group:
    """User-agent lines and the rules that follow them (2.1).

    The patterns are made from the rules when the group is first asked: of most files only the
    group of ``*`` and a few others ever are.
    """

    __slots__ = ("_plain", "_starts", "_wild", "agents", "mode", "rules")

    def __init__(self, mode: type[_Rfc] | type[_Google]) -> None:
        self.mode = mode
        self.agents: list[tuple[int, str]] = []
        self.rules: list[_Rule] = []
        self._starts: tuple[str, ...] | None = None

    @property
    def tokens(self) -> tuple[str, ...]:
        return tuple(_utf8(token) for _, token in self.agents)

    def best(self, path: str) -> _Rank:
        """The rule that is most specific for the path: most octets, then allow, then the first."""
        if self._starts is None:
            self._prepare()
        best = _UNMATCHED
        # One call in C refuses most paths for all rules without a wildcard.
        if self._starts and path.startswith(self._starts):
            best = max(
                (len(start), allows, -line)
                for start, allows, line in self._plain
                if path.startswith(start)
            )
        for pieces, anchored, rank in self._wild:
            if rank > best and _matches(pieces, anchored, path):
                best = rank
        return best

    def _prepare(self) -> None:
        rules = self.mode.patterns(self.rules)
        self._wild: list[tuple[list[str], bool, _Rank]] = []
        self._plain = rules
        text = "\n".join([rule[0] for rule in rules])
        if "*" in text or "$" in text:
            self._plain = []
            for rule in rules:
                pattern, allows, line = rule
                anchored = pattern.endswith("$")
                if anchored or "*" in pattern:
                    pieces = (pattern[:-1] if anchored else pattern).split("*")
                    self._wild.append((pieces, anchored, (len(pattern), allows, -line)))
                else:
                    self._plain.append(rule)
        self._starts = tuple([rule[0] for rule in self._plain])


def _matches(pieces: list[str], anchored: bool, path: str) -> bool:
    """Whether a pattern, split at its ``*``, matches from the path's first octet (2.2.2, 2.2.3).

    Each piece takes the first place it finds after the one before; a later place could never help
    what follows. So nothing is tried twice, whatever the number of wildcards.
    """
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    if len(pieces) == 1:
        return at == len(path)  # anchored, or it would not be here
    for piece in pieces[1:-1]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if anchored:
        return path.endswith(pieces[-1]) and len(path) - len(pieces[-1]) >= at
    return path.find(pieces[-1], at) >= 0


_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_IN_QUERY = _UNRESERVED | frozenset(":/?@")  # RFC 3986 3.4: data there, written in both ways
_NO_URI = r"%[0-9A-Fa-f]{2}|[^!#-;=?-\[\]_a-z~\n]"  # triplets; octets that a URI cannot hold


class _Rfc:
    """The questions that the modes answer differently, as RFC 9309 does."""

    _NAMES: dict[str, _Kind] = {
        "user-agent": "agent", "allow": "allow", "disallow": "disallow", "sitemap": "sitemap"
    }  # fmt: skip
    _ODD_PATH = re.compile(_NO_URI + r"|[*$]")
    _ODD_PATTERN = re.compile(_NO_URI + r"|\$(?!\n|\Z)")

    @staticmethod
    def lines(lines: list[str]) -> list[str]:
        return lines

    @staticmethod
    def key_and_value(line: str) -> tuple[str, str]:
        """Of a line without its comment; an empty key when it is not of that form (2.2)."""
        key, colon, value = line.partition(":")
        return (key.strip(_WHITE), value) if colon else ("", "")

    @classmethod
    def kind(cls, key: str) -> _Kind:
        return cls._NAMES.get(key.lower(), "other")

    @staticmethod
    def token(value: str) -> str:
        return value

    @classmethod
    def patterns(cls, rules: list[_Rule]) -> list[_Rule]:
        if not cls._ODD_PATTERN.search("\n".join([rule[0] for rule in rules])):
            return rules
        return [(cls._spelled(cls._ODD_PATTERN, text), *rest) for text, *rest in rules]

    @classmethod
    def path(cls, path: str) -> str:
        path = _octets(path)
        return cls._spelled(cls._ODD_PATH, path) if cls._ODD_PATH.search(path) else path

    @staticmethod
    def _spelled(odd: re.Pattern[str], text: str) -> str:
        """One spelling for what 2.2.2 says is the same, so that octets can be compared.

        Unreserved characters are unencoded; octets outside a URI's characters are percent-encoded,
        and so are a path's ``*`` and ``$``, which ``%2A`` and ``%24`` stand for in a rule (2.2.3).
        ``%2F`` is not ``/`` - save in a query, where 2.2.2's table has ``https%3A%2F%2Ffoo.bar``
        match ``https://foo.bar``.
        """

        def one(found: re.Match[str], plain: frozenset[str] = _UNRESERVED) -> str:
            octet = found[0]
            if len(octet) == 1:
                return f"%{ord(octet):02X}"
            character = chr(int(octet[1:], 16))
            return character if character in plain else octet.upper()

        path, mark, query = text.partition("?")
        return odd.sub(one, path) + mark + odd.sub(lambda found: one(found, _IN_QUERY), query)


class _Google:
    """The same questions, as Google's robots.cc answers them; its leniencies are named here."""

    _LINE = 2083 * 8 - 1
    _AGENT = ("user-agent", "useragent", "user agent")
    _DISALLOW = ("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw")
    _TOKEN = re.compile("[A-Za-z_-]*")
    _ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}|[\x80-\xff]")

    @classmethod
    def lines(cls, lines: list[str]) -> list[str]:
        """A line ends at NUL, and at 16,663 octets."""
        return [line[: cls._LINE].partition("\0")[0] for line in lines]

    @staticmethod
    def key_and_value(line: str) -> tuple[str, str]:
        """White space stands for a missing colon when there are exactly two words."""
        key, colon, value = line.partition(":")
        if not colon:
            key, *values = re.split("[ \t]+", line.strip(_WHITE))
            if len(values) != 1:
                return "", ""
            value = values[0]
        return key.strip(_WHITE), value

    @classmethod
    def kind(cls, key: str) -> _Kind:
        """The beginning of a key is enough, and common misspellings count."""
        key = key.lower()
        if key.startswith(cls._AGENT):
            return "agent"
        if key.startswith("allow"):
            return "allow"
        if key.startswith(cls._DISALLOW):
            return "disallow"
        return "sitemap" if key.startswith(("sitemap", "site-map")) else "other"

    @classmethod
    def token(cls, value: str) -> str:
        """Cut at the first octet no token has (``GPTBot/1.2``); ``* x`` is ``*``."""
        if value[:1] == "*" and value[1:2] in _WHITE:
            return "*"
        found = cls._TOKEN.match(value)
        return found[0] if found else ""

    @classmethod
    def patterns(cls, rules: list[_Rule]) -> list[_Rule]:
        """``Allow: /x/index.html`` also allows ``/x/``; triplets in upper case, none unencoded."""
        patterns = []
        for text, allows, line in rules:
            pattern = text
            if "%" in text or not text.isascii():
                pattern = cls._ESCAPED.sub(
                    lambda m: m[0].upper() if len(m[0]) == 3 else f"%{ord(m[0]):02X}", text
                )
            patterns.append((pattern, allows, line))
            folder, slash, name = pattern.rpartition("/")
            if allows and slash and name.startswith("index.htm"):
                patterns.append((folder + "/$", allows, line))
        return patterns

    @staticmethod
    def path(path: str) -> str:
        """As it is given: robots.cc asks its caller for an encoded one."""
        return _octets(path)


_MODES: dict[Mode, type[_Rfc] | type[_Google]] = {"rfc": _Rfc, "google": _Google}
