"""tdmrep.json, TDMRep's file on the server: its rules, and which one decides for a path.

``tdmrep`` has the other places and the order among them, and cites the report.
An array of objects with ``location`` (a pattern of robots.txt), ``tdm-reservation`` (0 or 1) and
perhaps ``tdm-policy``; unknown members are ignored. The *first* rule in sequence that matches
decides, not the longest pattern.
"""

from __future__ import annotations

import json
import re
from typing import Any, Literal

from msgspec import Struct

from withhold.signals import patterns, spelling

LIMIT = 1024 * 1024
"""Bytes of a file; a bigger one is refused, for half of a JSON document is none."""
DEPTH = 64
"""Levels of JSON; a file needs two."""
PLACE = "/.well-known/tdmrep.json"

Why = Literal[
    "reserved",
    "not-reserved",
    "limit-1-mib",
    "too-deep",
    "not-json",
    "not-an-array",  # the brackets "are mandatory even if you express only one rule"
    "no-reservation",
    "string-value",  # "1" instead of 1
    "not-0-or-1",
    "said-twice",  # once 0 and once 1: parsers differ, so neither (our reading)
    "absolute-location",  # an address where a path belongs: no path begins like that
    "relative-location",  # a path that does not begin with "/" or "*"
]
Note = Literal[
    "limit-1-mib",
    "byte-order-mark",  # JSON must not have one (RFC 8259, 8.1); skipped
    "not-utf-8",
    "empty-file",
    "looks-like-html",  # a page that answers for every address: the protocol is not there
    "too-deep",
    "not-json",
    "not-an-array",
    "not-an-object",  # an entry that is no rule; ignored
    "no-location",  # a rule for nothing; ignored
    "no-reservation",
    "string-value",
    "not-0-or-1",
    "said-twice",
    "bad-policy",  # the policy is no text; ignored
    "absolute-location",
    "relative-location",
]
Reservation = Literal[0, 1]

_WHITE = re.compile(r"[ \t\r\n]*")
_HTML = re.compile(r"\s*<")
_TOKENS = re.compile(r'"(?:[^"\\]+|\\.)*+"?|[\[\]{}]', re.DOTALL)
_NAMES = ("location", "tdm-reservation", "tdm-policy")
TWICE = object()


class Rule(Struct, frozen=True, kw_only=True):
    """One entry of the file; ``reservation`` None is ``unset``, and ``why`` says what it was."""

    location: str
    reservation: Reservation | None
    why: Why
    policy: str = ""
    line: int
    text: str


class TdmFile(Struct, frozen=True, kw_only=True):
    """A tdmrep.json as read. ``broken``: it is there, and why no rule of it can be read."""

    notes: tuple[Note, ...] = ()
    rules: tuple[Rule, ...] = ()
    broken: Why | None = None

    def first(self, path: str) -> Rule | None:
        """The rule that decides: the first in sequence whose location matches the path.

        A location that is an address or a relative path matches no path by the report. Where
        nothing else matches and it was meant for this path, it is given as a rule that is unset.
        """
        asked = patterns.asked(path)
        meant: Rule | None = None
        for rule in self.rules:
            if rule.location[:1] in ("/", "*"):
                if patterns.matches(rule.location, asked):
                    return rule
            elif meant is None:
                address = patterns.host_and_path(rule.location)
                if patterns.matches(address[1] if address else "/" + rule.location, asked):
                    why: Why = "absolute-location" if address else "relative-location"
                    meant = Rule(
                        location=rule.location,
                        reservation=None,
                        why=why,
                        line=rule.line,
                        text=rule.text,
                    )
        return meant


def read_file(body: bytes) -> TdmFile:
    """A tdmrep.json from its bytes. Any bytes will do; what cannot be read is a note."""
    if len(body) > LIMIT:
        return TdmFile(notes=("limit-1-mib",), broken="limit-1-mib")
    notes: list[Note] = []
    text = body.decode("utf-8", "replace")
    if text.startswith("\ufeff"):
        notes.append("byte-order-mark")
        text = text[1:]
    if "\ufffd" in text and b"\xef\xbf\xbd" not in body:
        notes.append("not-utf-8")
    if not text.strip():
        return TdmFile(notes=(*notes, "empty-file"))
    if _HTML.match(text):
        # "Failure to provide access to such a representation implies that the origin server
        # does not implement this protocol."
        return TdmFile(notes=(*notes, "looks-like-html"))
    entries, broken = entries_of(text)
    if broken:
        return TdmFile(notes=(*notes, broken), broken=broken)
    rules: list[Rule] = []
    line, counted = 1, 0
    for start, end, members in entries:
        line, counted = line + text.count("\n", counted, start), start
        rule, said = _rule(members, line, text[start:end])
        notes += said
        rules += [rule] if rule else []
    return TdmFile(notes=tuple(dict.fromkeys(notes)), rules=tuple(rules))


Broken = Literal["too-deep", "not-json", "not-an-array"]
Entry = tuple[int, int, Any]  # where it begins and ends in the text, and what it holds


def entries_of(text: str) -> tuple[list[Entry], Broken | None]:
    """The entries of the array, or why there are none."""
    depth = 0
    for found in _TOKENS.finditer(text):
        depth += 1 if found[0] in "[{" else -1 if found[0] in "]}" else 0
        if depth > DEPTH:
            return [], "too-deep"
    decoder = json.JSONDecoder(
        object_pairs_hook=members_of,
        parse_int=float,  # in linear time, and 0 and 1 are told from all others
        parse_constant=_no_constant,
    )
    entries: list[Entry] = []
    try:
        if text[_white(text, 0)] != "[":
            _, end = decoder.raw_decode(text, _white(text, 0))
            return [], "not-json" if text[_white(text, end) :] else "not-an-array"
        at = _white(text, _white(text, 0) + 1)
        while text[at] != "]" or entries:
            value, end = decoder.raw_decode(text, at)
            entries.append((at, end, value))
            at = _white(text, end)
            if text[at] == "]":
                break
            if text[at] != ",":
                return [], "not-json"
            at = _white(text, at + 1)
        return ([], "not-json") if text[_white(text, at + 1) :] else (entries, None)
    except (ValueError, IndexError):
        return [], "not-json"


def _white(text: str, at: int) -> int:
    found = _WHITE.match(text, at)
    return found.end() if found else at


def members_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The three members of a rule; unknown ones are ignored. Said twice and differently: neither,
    since parsers differ on which one counts (RFC 8259, 4)."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in _NAMES:
            same = name not in found or (type(found[name]), found[name]) == (type(value), value)
            found[name] = value if same else TWICE
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are no JSON (RFC 8259, 6)


def _rule(members: Any, line: int, raw: str) -> tuple[Rule | None, list[Note]]:
    """An entry as a rule, and what is to be noted of it."""
    if not isinstance(members, dict):
        return None, ["not-an-object"]
    location = members.get("location")
    if location is TWICE:
        return None, ["said-twice"]
    if not isinstance(location, str):
        return None, ["no-location"]
    notes: list[Note] = []
    value, policy = members.get("tdm-reservation", ""), members.get("tdm-policy", "")
    reservation: Reservation | None = None
    why: Why
    if isinstance(value, float) and value in (0.0, 1.0):
        reservation = 1 if value else 0
        why = "reserved" if value else "not-reserved"
    elif "tdm-reservation" not in members:
        why = "no-reservation"
        notes.append(why)
    elif value is TWICE:
        why = "said-twice"
        notes.append(why)
    elif isinstance(value, str) and value.strip() in ("0", "1"):
        why = "string-value"
        notes.append(why)
    else:
        why = "not-0-or-1"
        notes.append(why)
    if policy is TWICE or not isinstance(policy, str):
        notes.append("said-twice" if policy is TWICE else "bad-policy")
        policy = ""
    if location[:1] not in ("/", "*"):
        address = patterns.host_and_path(location)
        notes.append("absolute-location" if address else "relative-location")
    return (
        Rule(
            location=location,
            reservation=reservation,
            why=why,
            policy=spelling.text(spelling.octets(policy.strip())),  # half a surrogate pair: U+FFFD
            line=line,
            text=" ".join(raw[:2000].split())[:200],
        ),
        notes,
    )
