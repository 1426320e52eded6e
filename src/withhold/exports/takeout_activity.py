"""My Activity in a Google Takeout: of all that Google notes, only what was said to Gemini.

Each entry is one action. Those of Gemini hold the prompt (in English after the word ``Prompted``)
and, as HTML, the answer, which is not the member's. Everything else (searches, visits, videos seen)
is published nowhere and is not kept. JSON was seen in a sample with one prompt; HTML of Gemini was
not: its cells are read as those of other products, and its times are local, of a zone with a name
that does not say which it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from withhold.exports import loose
from withhold.exports.json_items import items
from withhold.exports.markup import text_of
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Pointer, Post, content_id
from withhold.exports.takeout_labels import known

PLATFORM = "google"
PRODUCTS = ("gemini", "bard")
CELL_AT_MOST = 4 * 1024 * 1024
PAGE_HEAD = 512 * 1024
"""Bytes in which the form of a file shows: in a page Google puts all its styles first, in a list
the first prompt stands before the name of the product, and may be long."""
LINES_AT_MOST = 1000
"""Line breaks of a cell at which it is taken apart."""
_CELL = b'<div class="outer-cell'
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TITLE = re.compile(r'mdl-typography--title">(.{0,200}?)<', re.DOTALL)
_BODY = re.compile(r'<div class="content-cell[^">]{0,200}mdl-typography--body-1">(.*)', re.DOTALL)
_DATE = re.compile(
    r"([A-Z][a-z]{2}) (\d{1,2}), (\d{4}), (\d{1,2}):(\d{2}):(\d{2})\s?([AP]M)(?: (\S{1,8}))?"
)
_ANY_DATE = re.compile(r"\d{4}.{0,20}\d{1,2}:\d{2}:\d{2}|\d{1,2}:\d{2}:\d{2}.{0,20}\d{4}")
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"


def is_json(head: bytes) -> bool:
    """Whether a file is a list of activities."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"[") and b'"header"' in head and b'"products"' in head


def is_html(head: bytes) -> bool:
    """Whether a page is a list of activities."""
    return b"mdl-typography--title" in head or (b"mdl-cell" in head and b"outer-cell" in head)


def may_hold_prompts(path: str, head: bytes) -> bool:
    """Whether a list of activities may have some of Gemini: by its folder, by its first entries, or
    because it lies in no folder of a product."""
    low = path.lower()
    if any(one in low for one in PRODUCTS) or "/" not in path:
        return True
    said = head.lower()
    return any(one.encode() in said for one in PRODUCTS)


def from_json(files: Files, path: str, notes: Notes, *, others: bool) -> Iterator[Post]:
    """Prompts in MyActivity.json."""
    done = notes.read(path)
    for at, item in items(files, path, notes):
        if not isinstance(item, dict):
            notes.trouble(path, "wrong-type", at)
            continue
        if not _of_gemini(item):
            continue
        answers = item.get("safeHtmlItem")
        answer = "\n".join(
            text_of(html[: loose.HTML_AT_MOST])
            for one in (answers if isinstance(answers, list) else ())
            if isinstance(one, dict) and (html := loose.text(one.get("html")))
        )
        moment = loose.moment(item.get("time"))
        if moment[0] is None:
            notes.trouble(path, "bad-date", at)
        done.others += bool(answer)
        prompt = _prompt(loose.text(item.get("title")), bool(answer))
        if prompt:
            yield _post(files, notes, path, at, moment, prompt, loose.text(item.get("title")))
        if answer and others:
            yield _post(files, notes, path, at, moment, answer, "", own=False)


def from_html(files: Files, path: str, notes: Notes, *, others: bool) -> Iterator[Post]:
    """Prompts in MyActivity.html, one cell after the other."""
    done = notes.read(path)
    for number, cell in enumerate(_cells(files, path, notes)):
        at = f"cell {number}"
        title = _TITLE.search(cell)
        if not title or not any(one in title[1].lower() for one in PRODUCTS):
            continue
        body = _BODY.search(cell)
        if not body:
            notes.trouble(path, "not-html", at)
            continue
        pieces = [
            text_of(one) for one in _BREAK.split(body[1].split("</div>", 1)[0], LINES_AT_MOST)
        ]
        dated = next((n for n, one in enumerate(pieces) if n and _ANY_DATE.search(one[:80])), None)
        moment = _local(pieces[dated]) if dated is not None else loose.NO_MOMENT
        if moment[0] is None:
            notes.trouble(path, "bad-date", at)
        line = "\n".join(pieces[: 1 if dated is None else dated]).strip()
        answer = "\n".join(pieces[len(pieces) if dated is None else dated + 1 :]).strip()
        done.others += bool(answer)
        prompt = _prompt(line, bool(answer))
        if prompt:
            yield _post(files, notes, path, at, moment, prompt, line)
        if answer and others:
            yield _post(files, notes, path, at, moment, answer, "", own=False)


def _of_gemini(item: dict[str, Any]) -> bool:
    products = item.get("products")
    said = [item.get("header"), *(products if isinstance(products, list) else ())]
    return any(one in word.lower() for word in said if isinstance(word, str) for one in PRODUCTS)


def _prompt(title: str, answered: bool) -> str:
    """The member's own words in a line; a line of another verb is theirs only if it was answered,
    which is so in the languages whose verb is not known."""
    for verb in known().prompts:
        if title.startswith(verb):
            return title[len(verb) :].strip()
    return title.strip() if answered else ""


def _post(
    files: Files,
    notes: Notes,
    path: str,
    at: str,
    moment: loose.Moment,
    words: str,
    raw: str,
    *,
    own: bool = True,
) -> Post:
    created, precision, zone = moment
    text = loose.cut(words, notes, path, at)
    notes.read(path).posts += 1
    return Post(
        platform=PLATFORM,
        id=content_id(PLATFORM, "ai-chat", created, text),
        kind="ai-chat",
        authored="own" if own else "others",
        created=created,
        precision=precision,
        zone=zone,
        text=text,
        raw="" if raw == text else raw[: loose.TEXT_AT_MOST],
        audience="private",
        audience_by="platform-default",
        source=Pointer(part=files.entries[path].part, path=path, at=at),
    )


def _cells(files: Files, path: str, notes: Notes) -> Iterator[str]:
    """The cells of a page, each as HTML, without ever holding the page."""
    held = b""
    try:
        with files.open(path) as stream:
            while chunk := stream.read(256 * 1024):
                held += chunk
                *whole, held = held.split(_CELL)
                for one in whole:
                    yield one.decode("utf-8", "replace")
                if len(held) > CELL_AT_MOST:
                    notes.trouble(path, "too-long", limit=CELL_AT_MOST)
                    held = b""
    except OSError as why:
        notes.trouble(path, getattr(why, "why", "damaged"))
    yield held.decode("utf-8", "replace")


def _local(piece: str) -> loose.Moment:
    """``Nov 13, 2025, 9:50:57 AM CDT``: the clock as written; only UTC and GMT are a zone."""
    found = _DATE.search(" ".join(piece.split()))
    if not found:
        return loose.NO_MOMENT
    month = _MONTHS.find(found[1])
    try:
        clock = datetime(
            int(found[3]),
            month // 3 + 1 if month >= 0 and month % 3 == 0 else 0,
            int(found[2]),
            int(found[4]) % 12 + (12 if found[7] == "PM" else 0),
            int(found[5]),
            int(found[6]),
            tzinfo=UTC,
        )
    except ValueError:
        return loose.NO_MOMENT
    return clock, "second", "offset" if found[8] in ("UTC", "GMT") else "unknown"
