"""The guide's checklist file, ``withhold/checklist/1``: JSON that may have been edited by hand.

What is no checklist raises BadInput. Inside one, a broken entry never hides the rest: it becomes
a NotUnderstood with its place as a JSON Pointer (RFC 6901). Whether platforms, places and steps
exist, and whether a day lies in the future, is asked later: this reader knows no knowledge and
no clock.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Any, TypeVar, get_args

import msgspec
from msgspec import Meta, Struct

from withhold.errors import BadInput
from withhold.words import AUDIENCES, AccountKind, Audience

SCHEMA = "withhold/checklist/1"
AT_MOST = 1024 * 1024
"""Bytes of a file; the guide writes a few KiB."""
ACCOUNTS_AT_MOST, TICKS_AT_MOST = 500, 2000
FIRST_DAY = date(2000, 1, 1)
"""No switch of any platform is older."""

_Name = Annotated[str, Meta(max_length=100)]
_Word = Annotated[str, Meta(max_length=60)]
_Id = Annotated[str, Meta(min_length=1, max_length=300)]
_FIELDS = (
    *("schema", "guide", "saved", "place", "lang", "menu_lang"),
    *("kind", "audience", "accounts", "ticks"),
)
_SCHEMA_NAME = re.compile(r"withhold/checklist/([0-9]{1,6})")
_POINTED = re.compile(r" - at `\$\.?(?P<path>[^`]*)`$")
_GOT = re.compile(r"Expected `(?P<expected>[^`]*)`, got `(?P<got>[^`]*)`")
_TIP = "the guide's checklist page saves one as a .json file; give that file as it was saved"

T = TypeVar("T")


class NotUnderstood(Struct, frozen=True, kw_only=True):
    """One entry that could not be used: where it stands, and why as a code with its facts."""

    path: str
    """JSON Pointer; empty = the whole document."""
    why: str
    facts: dict[str, str] = {}


class ListedAccount(Struct, frozen=True, kw_only=True):
    """An account as the file names it: the platform is not looked up yet."""

    path: str
    platform: str
    name: str = ""


class Tick(Struct, frozen=True, kw_only=True):
    """One step that the owner ticked off: which, for which account, the state, the day."""

    path: str
    step: str
    account: str
    value: str
    on: date


class Checklist(Struct, frozen=True, kw_only=True):
    """What a checklist says; ``kind`` and ``audience`` hold for all its accounts."""

    guide: date | None = None
    """The day the guide was built; None = not understood."""
    saved: date | None = None
    place: str = ""
    lang: str = ""
    menu_lang: str = ""
    kind: AccountKind = "personal"
    audience: Audience = "unknown"
    accounts: tuple[ListedAccount, ...] = ()
    ticks: tuple[Tick, ...] = ()
    ignored: tuple[str, ...] = ()
    """JSON Pointers of fields that this version does not know."""
    not_understood: tuple[NotUnderstood, ...] = ()


class _Account(Struct):
    platform: Annotated[str, Meta(min_length=1, max_length=100)]
    name: _Name = ""


class _Tick(Struct):
    step: _Id
    account: _Id
    value: Annotated[str, Meta(min_length=1, max_length=60)]
    on: date


class _Refused(Exception):
    """A value that does not fit; becomes a NotUnderstood at once."""

    def __init__(self, at: str, why: str, facts: dict[str, str]) -> None:
        super().__init__(why)
        self.at, self.why, self.facts = at, why, facts


def read(body: bytes, name: str = "this file") -> Checklist:
    """The checklist in the bytes of a file; ``name`` is what messages call it.

    Raises BadInput for what is no checklist at all, or one of a newer schema.
    """
    raw, twice = _document(body, name)
    said = raw.get("schema")
    version = _SCHEMA_NAME.fullmatch(said) if isinstance(said, str) else None
    if version is None:
        raise no_checklist(name, f"its schema is not {SCHEMA}")
    if int(version[1]) != 1:
        raise BadInput(
            f"{name} is a checklist of another guide ({said}); this version reads {SCHEMA}",
            "update withhold, or save the checklist again from the guide of this version",
        )
    return _Reader(raw, twice).checklist()


def _document(body: bytes, name: str) -> tuple[dict[str, Any], list[str]]:
    """The JSON object in a file, and the names of fields that an object in it has twice."""
    twice: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        fields = dict(pairs)
        if len(fields) < len(pairs):
            counted = Counter(key for key, _ in pairs)
            twice.extend(key for key, times in counted.items() if times > 1)
        return fields

    if len(body) > AT_MOST:
        raise no_checklist(name, "it is larger than 1 MiB")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        raise no_checklist(name, "it is no text in UTF-8") from why
    if not text.strip():
        raise no_checklist(name, "it is empty")
    try:
        raw = json.loads(text, object_pairs_hook=once)
    except json.JSONDecodeError as why:
        raise no_checklist(name, f"no JSON at line {why.lineno}, column {why.colno}") from why
    except (ValueError, RecursionError) as why:  # a number of 5,000 digits, a list 10,000 deep
        raise no_checklist(name, "its JSON is nested too deep or holds too long a number") from why
    if not isinstance(raw, dict):
        raise no_checklist(name, "it is no JSON object")
    return raw, twice


def no_checklist(name: str, why: str) -> BadInput:
    """The error for what is no checklist at all."""
    return BadInput(
        f"{name} is no checklist of the guide ({why})",
        _TIP,
    )


class _Reader:
    """Reads one document and remembers what could not be used."""

    def __init__(self, raw: dict[str, Any], twice: Iterable[str]) -> None:
        self._raw = raw
        self._ignored: list[str] = []
        self._refused = [
            NotUnderstood(path="", why="field-twice", facts={"field": in_one_line(one)})
            for one in dict.fromkeys(twice)
        ]
        self._unknown(raw, _FIELDS, "")

    def checklist(self) -> Checklist:
        """The whole of it."""
        return Checklist(
            guide=self._field("guide", date, None),
            saved=self._field("saved", date, None),
            place=self._field("place", _Word, "", needed=False),
            lang=self._field("lang", _Word, "", needed=False),
            menu_lang=self._field("menu_lang", _Word, "", needed=False),
            kind=self._field("kind", AccountKind, "personal"),
            audience=self._field("audience", Audience, "unknown"),
            accounts=tuple(self._accounts()),
            ticks=tuple(self._ticks()),
            ignored=tuple(self._ignored),
            not_understood=tuple(self._refused),
        )

    def _field(self, key: str, kind: Any, default: T, *, needed: bool = True) -> T:
        if key not in self._raw:
            if needed:
                self._refuse(f"/{key}", _Refused("", "missing", {"field": key}))
            return default
        try:
            found: T = _fits(self._raw[key], kind)
        except _Refused as why:
            self._refuse(f"/{key}", why)
            return default
        return found

    def _accounts(self) -> Iterator[ListedAccount]:
        for path, one in self._entries("accounts", _Account, ACCOUNTS_AT_MOST):
            yield ListedAccount(path=path, platform=one.platform, name=one.name)

    def _ticks(self) -> Iterator[Tick]:
        for path, one in self._entries("ticks", _Tick, TICKS_AT_MOST):
            if one.on < FIRST_DAY:
                facts = {"date": str(one.on), "first": str(FIRST_DAY)}
                self._refuse(path, _Refused("/on", "too-early", facts))
                continue
            yield Tick(path=path, step=one.step, account=one.account, value=one.value, on=one.on)

    def _entries(self, key: str, kind: Any, at_most: int) -> Iterator[tuple[str, Any]]:
        """The entries of a list that fit, each with its path."""
        entries: list[Any] = self._field(key, list, [])
        for number, one in enumerate(entries):
            path = f"/{key}/{number}"
            if number == at_most:
                facts = {"limit": str(at_most), "left": str(len(entries) - at_most)}
                self._refuse(path, _Refused("", "too-many", facts))
                return
            try:
                entry = _fits(one, kind)
            except _Refused as why:
                self._refuse(path, why)
                continue
            self._unknown(one, kind.__struct_fields__, path)
            yield path, entry

    def _unknown(self, found: dict[str, Any], known: Iterable[str], path: str) -> None:
        known = {*known}
        self._ignored += [f"{path}/{_escaped(key)}" for key in found if key not in known]

    def _refuse(self, path: str, why: _Refused) -> None:
        self._refused.append(NotUnderstood(path=path + why.at, why=why.why, facts=why.facts))


def _fits(raw: object, kind: Any) -> Any:
    """The value as ``kind``, with texts that can be printed; raises _Refused."""
    try:
        found = msgspec.convert(raw, kind)
    except msgspec.ValidationError as why:
        raise _explained(str(why), kind) from why
    except UnicodeError as why:  # half a surrogate pair, which JSON can write
        raise _Refused("", "control-characters", {}) from why
    texts = msgspec.structs.asdict(found) if isinstance(found, Struct) else {"": found}
    for key, text in texts.items():
        if isinstance(text, str) and not text.isprintable():
            raise _Refused(f"/{key}".rstrip("/"), "control-characters", {})
    return found


def _explained(message: str, kind: Any) -> _Refused:
    """What msgspec says, as a code with facts."""
    pointed = _POINTED.search(message)
    at = f"/{pointed['path'].replace('.', '/')}" if pointed and pointed["path"] else ""
    plain = _POINTED.sub("", message)
    got = _GOT.search(plain)
    if got:
        return _Refused(at, "wrong-type", {"expected": got["expected"], "got": got["got"]})
    missing = re.search(r"missing required field `(\w+)`", plain)
    if missing:
        return _Refused(at, "missing", {"field": missing[1]})
    longer = re.search(r"of length <= (\d+)", plain)
    if longer:
        return _Refused(at, "too-long", {"limit": longer[1]})
    if "of length >= 1" in plain:
        return _Refused(at, "empty", {})
    if kind in (AccountKind, Audience):
        choices = get_args(kind) if kind is AccountKind else (*AUDIENCES, "unknown")
        return _Refused(at, "not-one-of", {"choices": ", ".join(choices)})
    return _Refused(at, "not-a-date", {})


def in_one_line(text: str, at_most: int = 60) -> str:
    """A text of the file as it can be printed in a message: one line, not long."""
    short = text if len(text) <= at_most else text[: at_most - 3] + "..."
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in short)


def _escaped(key: str) -> str:
    return in_one_line(key).replace("~", "~0").replace("/", "~1")
