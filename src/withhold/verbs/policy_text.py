"""The text of a policy, as a file on the disk or as it is served: what it is, and since when seen.

What a file is is told by its content, and only then by its name.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

from withhold.errors import BadInput
from withhold.reach.fetched import Fetched

Kind = Literal["markdown", "html", "text", "pdf"]
Failed = Literal[
    "robots",
    "robots-unreachable",
    "blocked",
    "gone",
    "asked-to-wait",
    "server-trouble",
    "too-large",
    "not-reached",
    "no-text",
]
_AT_MOST = 64 * 1024 * 1024
"""Bytes of a file; the longest policy known has under 1 MiB."""
_LOOKED_AT = 4096
_NAMED_WITHIN = 2_048
"""Bytes of a page in which its charset is looked for, as ``policies.passages`` does."""
_HTML = re.compile(rb"<!doctype html|<html|<head|<body|<div|<p[ >]|<h1", re.IGNORECASE)
_BY_NAME: dict[str, Kind] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
}
_BY_TYPE: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/plain": "text",
    "application/pdf": "pdf",
}
_CHARSET = re.compile(r"charset=[\"']?([\w.-]{1,40})", re.IGNORECASE)
_GONE, _TOO_MANY, _SERVER, _REFUSED = (404, 410), 429, 500, 400


class PolicyText(Struct, frozen=True, kw_only=True):
    """A text to be read. ``name`` the file's, without its folder, or the address.

    ``seen``: the day it was fetched, or of a file the day that its name begins with
    (``2026-08-22.md``); None where nothing says it. ``url`` is where it was served in the end.
    """

    name: str
    kind: Kind
    data: str | bytes
    seen: date | None = None
    url: str = ""
    asked: str = ""


class NotFetched(Struct, frozen=True, kw_only=True):
    """Why there is no text of an address: never a change of what it says, and never silence."""

    url: str
    why: Failed
    detail: str = ""


def open_text(path: Path) -> PolicyText:
    """A file; raises BadInput for what is none, is too large, or holds no text."""
    try:
        if path.stat().st_size > _AT_MOST:
            raise BadInput(f"{path.name}: larger than 64 MiB", "a policy is a page of text")
        data = path.read_bytes()
    except OSError as why:
        raise BadInput(
            f"--policy {path}: cannot be read ({why.strerror})",
            "a file (.html, .md, .txt, .pdf) or an address (https://...)",
        ) from why
    kind = kind_of(data, path.name)
    if kind is None:
        raise BadInput(
            f"{path.name}: holds no text that is read here", "save the page as .html, .txt or .pdf"
        )
    return PolicyText(name=path.name, kind=kind, data=decoded(data, kind), seen=_day(path.stem))


def _day(stem: str) -> date | None:
    try:
        return date.fromisoformat(stem[:10])
    except ValueError:
        return None


def of_fetched(found: Fetched, today: date) -> PolicyText | NotFetched:
    """What an address served, or why that is no text."""
    why = _failed(found)
    if why:
        detail = found.detail or (f"HTTP {found.status}" if found.status else found.why)
        return NotFetched(url=found.url, why=why, detail=detail)
    said = found.header("content-type").partition(";")[0].strip().lower()
    kind = kind_of(found.body, "", _BY_TYPE.get(said))
    if kind is None:
        return NotFetched(url=found.url, why="no-text", detail=said or "?")
    named = _CHARSET.search(found.header("content-type"))
    data = decoded(found.body, kind, named[1] if named else "")
    url = found.final_url
    return PolicyText(name=found.url, kind=kind, data=data, seen=today, url=url, asked=found.url)


def _failed(found: Fetched) -> Failed | None:
    if found.why in ("robots", "robots-unreachable", "too-large"):
        return found.why
    if found.why == "429" or found.status == _TOO_MANY:
        return "asked-to-wait"
    if found.why != "ok":
        return "not-reached"
    if found.status in _GONE:
        return "gone"
    if found.status >= _SERVER:
        return "server-trouble"
    if found.status >= _REFUSED:
        return "blocked"
    return None if found.body.strip() else "no-text"


def kind_of(data: bytes, name: str, said: Kind | None = None) -> Kind | None:
    """What the bytes are: by what they begin with, then as ``said``, then by the name.

    None for what is no text; an empty file is a text in which nothing stands.
    """
    head = data[:_LOOKED_AT]
    if head.lstrip().startswith(b"%PDF-"):
        return "pdf"
    wide = head.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    if b"\0" in head and not wide:
        return None
    named = said or _BY_NAME.get(Path(name).suffix.lower())
    plain = head.replace(b"\0", b"") if wide else head
    if named in (None, "text") and _HTML.search(plain):
        return "html"
    if named == "pdf":  # it is called one and is none
        return None
    return named or "markdown"


def decoded(data: bytes, kind: Kind, charset: str = "") -> str | bytes:
    """Text where it is known how; HTML whose charset the page itself names stays bytes.

    ``charset`` is the one that a server names. A policy in another one reads "We don't use ..."
    without its apostrophe, and what says no would be read as a yes.
    """
    if kind == "pdf":
        return data
    if data.startswith(BOM_UTF8):
        return data[len(BOM_UTF8) :].decode("utf-8", "replace")
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if charset:
        try:
            return data.decode(charset, "replace")
        except (LookupError, ValueError):
            pass  # a name that is no charset, or none for text
    if kind == "html" and b"charset" in data[:_NAMED_WITHIN]:
        return data
    return _guessed(data)


def _guessed(data: bytes) -> str:
    """UTF-8, even if some of it is damaged; Windows-1252 where more of it is no UTF-8 than is."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        wide, broken = sum(not one.isascii() for one in text), text.count("\ufffd")
        return data.decode("cp1252", "replace") if broken > wide - broken else text
