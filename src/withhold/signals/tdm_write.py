"""Writing tdmrep.json: one rule into the file that is there, all else byte for byte as it was."""

from __future__ import annotations

import json
import re
from typing import Any

from withhold.errors import BadInput
from withhold.signals import patterns
from withhold.signals.tdm_file import (
    LIMIT,
    PLACE,
    TWICE,
    Entry,
    Reservation,
    entries_of,
    members_of,
)

_HALF = re.compile(r"[\ud800-\udfff]")


def write(
    existing: bytes | None,
    location: str = "/*",
    reservation: Reservation = 1,
    policy: str = "",
) -> bytes:
    """A tdmrep.json that says ``reservation`` for ``location``; written twice it is the same.

    All other entries stay, byte for byte and in their order. The first match decides, so the new
    entry goes before the first one that would match all that it matches, else to the end: an
    earlier entry for a part of it (``/images/*``) is an exception of the owner's and stays one.
    An entry for the same location is changed where it stands; with no ``policy`` given its own
    is kept. BadInput where the existing file cannot be read: it is never written over.
    """
    if location[:1] not in ("/", "*"):
        raise BadInput(f"{location}: no path", 'a location begins with "/" or "*"')
    try:
        text = (existing or b"").decode("utf-8-sig")
    except UnicodeDecodeError as why:
        raise BadInput(f"{PLACE}: is not UTF-8", "look at the file that is there") from why
    wanted: dict[str, Any] = {"location": location, "tdm-reservation": reservation}
    if policy:
        wanted["tdm-policy"] = policy
    if not text.strip():
        return ("[\n" + _entry(wanted) + "\n]\n").encode()
    entries, broken = entries_of(text) if len(existing or b"") <= LIMIT else ([], "too-big")
    if broken:
        raise BadInput(
            f"{PLACE}: cannot be read ({broken})", "put the file right, or take it away, then write"
        )
    if not entries:
        return ("[\n" + _entry(wanted) + "\n]\n").encode()
    at, same = _where(entries, location)
    if same is not None:
        start, end, _ = entries[same]
        entry = _changed(text[start:end], reservation, policy)
        if same <= at:
            return (text[:start] + entry + text[end:]).encode()
        # It stands behind one that takes all from it: out there, in before that one.
        before = entries[same - 1][1]
        text = text[:before] + text[end:]
        return (text[: entries[at][0]] + entry + ",\n  " + text[entries[at][0] :]).encode()
    if at < len(entries):
        start = entries[at][0]
        return (text[:start] + _entry(wanted).lstrip() + ",\n  " + text[start:]).encode()
    end = entries[-1][1]
    return (text[:end] + ",\n" + _entry(wanted) + text[end:]).encode()


def _entry(members: dict[str, Any]) -> str:
    return "  " + _written(members)


def _written(members: dict[str, Any]) -> str:
    """As JSON; half a surrogate pair, which no octets stand for, as the escape that it was.

    Raises ValueError for what JSON cannot say: a number that is read as endless (1e400).
    """
    text = json.dumps(members, ensure_ascii=False, allow_nan=False)
    return _HALF.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _changed(raw: str, reservation: Reservation, policy: str) -> str:
    """An entry that says what is wanted, with its other members; as it stands if it does."""
    try:
        members = json.loads(raw)
        value = members.get("tdm-reservation")
        right = type(value) is int and value == reservation and _once(raw)
        if right and policy in ("", members.get("tdm-policy")):
            return raw
        members["tdm-reservation"] = reservation
        if policy:
            members["tdm-policy"] = policy
        return _written(members)
    except ValueError as why:
        raise BadInput(f"{PLACE}: an entry cannot be kept", "it holds too long a number") from why


def _once(raw: str) -> bool:
    """Whether no member of an entry is said twice and differently."""
    return TWICE not in json.loads(raw, object_pairs_hook=members_of).values()


def _where(entries: list[Entry], location: str) -> tuple[int, int | None]:
    """Before which entry one for this location belongs, and which entry has it already."""
    at, same = len(entries), None
    for number, (_, _, members) in enumerate(entries):
        there = members.get("location") if isinstance(members, dict) else None
        if not isinstance(there, str) or there[:1] not in ("/", "*"):
            continue
        if _plain(there) == _plain(location):
            same = number if same is None else same
        elif at == len(entries) and _takes_all(there, location):
            at = number
    return at, same


def _plain(location: str) -> str:
    """A location without a ``*`` at its end, which changes nothing; ``/`` for all."""
    if location.endswith("*$"):
        location = location[:-1]
    return location.rstrip("*") or "/"


def _takes_all(there: str, location: str) -> bool:
    """Whether one location matches whatever the other does: it matches its very text."""
    there, location = _plain(there), _plain(location)
    if there.endswith("$") and not location.endswith("$"):
        return False
    return patterns.matches(there, patterns.asked(location.removesuffix("$")))
