"""The HTML form of a Facebook archive: texts and counts; for more the JSON form is needed.

Known from descriptions in public projects only, no sample was seen: a page has a main part, in that
one card an entry, with class names that say nothing (``_a6-g`` a card, ``_a6-h`` its heading,
``_a6-p`` its content, ``_a6_q`` and ``_a6_r`` labels and values, ``_a72d`` or ``_a6-o`` the time).
Where these are missing the shape decides. The text is sound UTF-8. Times are local, of a zone that
nobody names, and written in the language of the account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from withhold.exports.facebook_known import month_of
from withhold.exports.facebook_labels import Labelled, Leaf, words
from withhold.exports.facebook_words import Sheet
from withhold.exports.markup import is_too_deep, text_of
from withhold.exports.parts import Files, TooLarge
from withhold.exports.post import Media, Post
from withhold.exports.reader import Options

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(?:([ap])\.?\s?m\b)?", re.IGNORECASE)
_YEAR = re.compile(r"\b((?:19|20)\d{2})\b")
_NUMERIC = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d{2})\b")
_ISO = re.compile(r"\b((?:19|20)\d{2})-(\d{2})-(\d{2})\b")
_WORD = re.compile(r"[^\W\d_]+")
_DAY = re.compile(r"\b(\d{1,2})\b")
_DATE_AT_MOST = 60


def page(sheet: Sheet, files: Files, options: Options) -> Iterator[Post]:
    """The entries of a page. Of settings, profiles and chats with an AI the JSON form is needed."""
    if sheet.place.how in ("settings", "profile", "ai", "guess"):
        sheet.trouble("wrong-form", wanted="JSON")
        return
    if sheet.place.how == "messages" and not sheet.owner:
        sheet.trouble("missing-field", field="whose archive this is")
    try:
        body = files.body(sheet.path).decode("utf-8", "replace")
    except TooLarge as why:
        sheet.trouble(why.why)
        return
    if is_too_deep(body):
        sheet.trouble("nested-too-deep")
        return
    tree = LexborHTMLParser(body)
    tree.strip_tags(["script", "style", "template", "noscript"])
    root = tree.css_first("[role=main]") or tree.css_first("main") or tree.body
    if root is None:
        sheet.trouble("not-html")
        return
    cards = _cards(root)
    by_shape = not cards
    for number, card in enumerate(cards or _trunk(root), 1):
        yield from _post(sheet, f"card {number}", card, options, by_shape)


def clock(text: str) -> tuple[datetime, bool] | None:
    """A local time as written (as if UTC) and whether it has seconds; None for what is no date.

    Days and months in figures with slashes are taken only where one of them is above 12.
    """
    found = _CLOCK.search(text)
    hour, minute, second = (int(found[at] or 0) for at in (1, 2, 3)) if found else (0, 0, 0)
    if found and found[4]:
        hour = hour % 12 + (12 if found[4].lower() == "p" else 0)
    rest = text[: found.start()] + text[found.end() :] if found else text
    day = _day(rest)
    if day is None:
        return None
    try:
        return datetime(*day, hour, minute, second, tzinfo=UTC), bool(found and found[3])
    except ValueError:
        return None


# --------------------------------------------------------------------------------------------------


def _cards(root: Any) -> list[Any]:
    """The outermost cards of a page, in one pass."""
    found, left = [], [root]
    while left:
        node = left.pop()
        if "_a6-g" in (node.attributes.get("class") or "").split():
            found.append(node)
        else:
            left += reversed(list(node.iter()))
    return found


def _trunk(root: Any) -> list[Any]:
    """Where a page first branches: its entries, where no class name says so."""
    while True:
        children = [node for node in root.iter() if node.tag not in ("br", "hr")]
        if len(children) != 1:
            return children
        root = children[0]


def _post(sheet: Sheet, at: str, card: Any, options: Options, by_shape: bool) -> Iterator[Post]:
    """The entry in a card; what is no card by its class is one only if it has a time."""
    when = card.css_first("._a72d") or card.css_first("._a6-o")
    written = clock(_flat(when)) if when is not None else None
    heading = card.css_first("._a6-h") or card.css_first("h2")
    sender = _flat(heading) if heading is not None else ""
    media = tuple(
        Media(path=source)
        for node in card.css("img, video")
        if (source := node.attributes.get("src") or "")
    )
    if when is None:
        when, written = _last_date(card)
    said = _said(sheet, card, heading, when)
    more: dict[str, Any] = {}
    if sheet.place.how == "messages":
        group = sheet.place.kind == "group-message"
        more = {"audience": "group" if group else "private", "audience_by": "platform-default"}
        if not sheet.owner or sender != sheet.owner:
            sheet.done.others += 1
            if not options.others:
                return
            more["authored"] = "others"
    if not (said or media) or (by_shape and not written):
        return
    made = sheet.made(at, said, written[0] if written else None, media=media, **more)
    if written:
        precision = "second" if written[1] else "minute"
        made = replace(made, precision=precision, zone="unknown")
    yield made


def _said(sheet: Sheet, card: Any, heading: Any, when: Any) -> list[str]:
    labels = [_flat(node) for node in card.css("td._a6_q")]
    values = [_flat(node) for node in card.css("td._a6_r")]
    if values and len(labels) == len(values):
        got = Labelled(leaves=[Leaf(*pair) for pair in zip(labels, values, strict=True)])
        return [value for value in words(sheet, got) if clock(value) is None]
    content = card.css_first("._a6-p")
    lines = text_of((content or card).html or "").split("\n")
    aside = {_flat(node) for node in (heading, when) if node is not None}
    kept = [line for line in lines if line.strip() and line.strip() not in aside]
    return ["\n".join(kept)] if kept else []


def _last_date(card: Any) -> tuple[Any, tuple[datetime, bool] | None]:
    """The last short piece of text in a card that is a date with a clock."""
    for node in reversed(card.css("div, span, footer, td, p, time")):
        text = _flat(node, deep=False)
        if ":" in text and len(text) <= _DATE_AT_MOST and (found := clock(text)):
            return node, found
    return None, None


def _flat(node: Any, deep: bool = True) -> str:
    return " ".join(node.text(deep=deep).split())


def _day(text: str) -> tuple[int, int, int] | None:
    found = _ISO.search(text)
    if found:
        return int(found[1]), int(found[2]), int(found[3])
    found = _NUMERIC.search(text)
    if found:
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] == "." or first > 12:
            return year, second, first
        return (year, first, second) if second > 12 else None
    year_found = _YEAR.search(text)
    if not year_found:
        return None
    rest = text.replace(year_found[0], " ", 1)
    day = _DAY.search(rest)
    for word in _WORD.findall(rest):
        month = month_of(word)
        if month and day:
            return int(year_found[1]), month, int(day[1])
    return None
