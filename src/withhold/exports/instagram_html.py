"""The HTML form of Instagram's archive: for reading in a browser, so less is in it than in JSON.

Read after descriptions in public parsers; no sample was seen. Dates are local time of a zone that
nobody names, in the words of the account's language, and have minutes only. Class names are made
by a machine and change, so entries are told by their place: the children of what has the role
``main``, with a heading (the caption, or who wrote), files, labelled rows, and a date at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser, LexborNode

from withhold.exports.instagram_account import account
from withhold.exports.instagram_entries import Telling, kind_of, told_before
from withhold.exports.instagram_exif import place_of
from withhold.exports.instagram_files import Section, What
from withhold.exports.instagram_labels import called, months, on_off
from withhold.exports.markup import is_too_deep, text_of
from withhold.exports.post import AudienceBy, Media, Post, State, content_id
from withhold.words import Audience, Authored, Kind

PAGE_AT_MOST = 32 * 1024 * 1024
"""Bytes of a page: it is parsed in one piece."""
BOXES_AT_MOST = 8
"""Boxes around all entries that are opened."""
_TIME = re.compile(r"\b(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap])?\.?\s?m?\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"\d+")
_ADDRESS = ("http://", "https://", "#", "mailto:", "javascript:", "data:")
_STATE: dict[What, State] = {"archived": "archived", "deleted": "deleted"}


def html_posts(telling: Telling, path: str, section: Section) -> Iterator[Post]:
    """The posts of one page. Raises OSError for a page that cannot be read."""
    what = section.what
    for number, block in _blocks(telling, path):
        at = f"entry {number}"
        if what in ("profile", "threads-profile"):
            yield from _profile(telling, path, at, block, what)
        elif what == "messages":
            yield from _message(telling, path, at, block)
        else:
            yield from _entry(telling, path, at, block, what)


def written(text: str) -> datetime | None:
    """``Dec 28, 2020 7:20 am`` as its clock says, as if UTC; None where a part is not sure.

    A month as a number is not read: whether 02/03 is in February depends on the country.
    """
    time = _TIME.search(text)
    if not time:
        return None
    rest = text[: time.start()] + " " + text[time.end() :]
    month = 0
    for word in _WORD.findall(rest):
        known = months()
        month = month or known.get(word.casefold()[:4], 0) or known.get(word.casefold()[:3], 0)
    numbers = [int(one[:9]) for one in _NUMBER.findall(rest)]  # more digits are no part of a date
    years = [one for one in numbers if 1990 <= one <= 2100]
    days = [one for one in numbers if 1 <= one <= 31]
    if not month or len(years) != 1 or len(days) != 1 or len(numbers) != 2:
        return None
    hour, half = int(time[1]), (time[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return datetime(years[0], month, days[0], hour, int(time[2]), tzinfo=UTC)
    except ValueError:
        return None


def _blocks(telling: Telling, path: str) -> Iterator[tuple[int, LexborNode]]:
    page = telling.files.body(path, PAGE_AT_MOST).decode("utf-8", "replace")
    if is_too_deep(page):
        telling.notes.trouble(path, "nested-too-deep")
        return
    tree = LexborHTMLParser(page)
    tree.strip_tags(["script", "style", "template", "noscript"])
    main = tree.css_first('[role="main"]') or tree.css_first("main") or tree.body
    found = [one for one in main.iter() if one.tag == "div"] if main else []
    for _ in range(BOXES_AT_MOST):
        if len(found) != 1 or any(one.tag in ("h2", "h3") for one in found[0].iter()):
            break
        inside = [one for one in found[0].iter() if one.tag == "div"]
        if not any(_dated(one) for one in inside):
            break
        found = inside
    number = 0
    for one in found:
        if one.text(deep=True).strip() or one.css_first("a, img, video"):
            number += 1
            yield number, one
    if not number:
        telling.notes.trouble(path, "missing-field", field="entries")


def _dated(box: LexborNode) -> bool:
    """Whether a box has something in it, and a date at its end."""
    before, end, last = text_of(box.html or "").strip().rpartition("\n")
    return bool(before and end) and written(last) is not None


def _parts(block: LexborNode) -> tuple[str, str, datetime | None]:
    """The heading of an entry, its last line, and that as a date."""
    heading = next((one for one in block.iter() if one.tag in ("h2", "h3")), None)
    title = text_of(heading.html or "") if heading else ""
    last = ""
    for one in block.iter():
        if one.tag == "div":
            last = text_of(one.html or "").strip()
    return title, last, written(last.rpartition("\n")[2])


def _media(block: LexborNode) -> tuple[Media, ...]:
    found: dict[str, None] = {}
    for one in block.css("a[href], img[src], video[src], audio[src], source[src]"):
        uri = one.attributes.get("href") or one.attributes.get("src") or ""
        if uri and not uri.startswith(_ADDRESS) and not uri.endswith((".html", ".srt", ".vtt")):
            found.setdefault(uri.removeprefix("../").removeprefix("../"))
    lines = [one.strip() for one in text_of(block.html or "").split("\n")]
    place = None
    for latitude, longitude in zip(
        _after(lines, called("latitude")), _after(lines, called("longitude")), strict=False
    ):
        place = place_of(latitude, longitude)
        if place:
            break
    return tuple(
        Media(
            path=uri,
            place=place if not number else None,
            place_by="record" if place and not number else "none",
        )
        for number, uri in enumerate(found)
    )


def _after(lines: list[str], wanted: frozenset[str]) -> list[str]:
    return [after for line, after in pairwise(lines) if line.casefold() in wanted]


def _rows(block: LexborNode) -> list[tuple[str, str]]:
    """Labelled rows: a cell with the label and its value below, or two cells."""
    found = []
    for row in block.css("tr"):
        cells = [one for one in row.iter() if one.tag == "td"]
        if len(cells) == 1:
            value = cells[0].css_first("div")
            text = text_of(value.html or "").strip() if value else ""
            label = cells[0].text(deep=False).strip()
            found.append((label.casefold(), text))
        elif len(cells) == 2:
            label, text = (text_of(one.html or "").strip() for one in cells)
            found.append((label.casefold(), text))
    return found


def _profile(telling: Telling, path: str, at: str, block: LexborNode, what: What) -> Iterator[Post]:
    rows = _rows(block)

    def named(meaning: str) -> str:
        return next((value for label, value in rows if label in called(meaning) and value), "")

    bio = named("bio")
    platform = "threads" if what == "threads-profile" else "instagram"
    yield from account(
        telling, path, at, platform, named("username"), named("name"),
        on_off(named("private-account")), (bio, bio),
    )  # fmt: skip


def _message(telling: Telling, path: str, at: str, block: LexborNode) -> Iterator[Post]:
    sender, last, created = _parts(block)
    if not sender or not last:
        return  # the heading of the conversation, not a message
    own = sender in telling.names
    if not own:
        telling.notes.read(path).others += 1
        if not telling.options.others:
            return
    for reactions in block.css("ul"):
        reactions.decompose()  # by others, with their names
    lines = text_of(block.html or "").split("\n")
    text = "\n".join(line for line in lines[1:] if line != last).strip()
    media = _media(block)
    if text or media:
        authored: Authored = "own" if own else "others"
        sees: tuple[Audience, AudienceBy] = ("unknown", "none")  # how many took part is not said
        yield _post(telling, path, at, "message", authored, text, created, last, media, sees)


def _entry(telling: Telling, path: str, at: str, block: LexborNode, what: What) -> Iterator[Post]:
    title, last, created = _parts(block)
    sees: tuple[Audience, AudienceBy] = ("unknown", "none")
    if what == "comments":
        rows = _rows(block)
        known = [value for label, value in rows if label in called("comment")]
        text = next(iter(known or [value for _, value in rows]), "")
        last = next((value for label, value in rows if label in called("time")), "")
        last = last or (rows[-1][1] if len(rows) > 1 else "")
        if text:
            created = written(last)
            yield _post(telling, path, at, "comment", "own", text, created, last, (), sees)
        return
    media = _media(block)
    if not title and not media:
        telling.notes.trouble(path, "missing-field", at)
        return
    if telling.told is not None and told_before(telling.told, created, media, title, what):
        return
    platform = "threads" if what == "threads" else "instagram"
    kind = kind_of(list(media), what)
    authored: Authored = "own-over-others" if what == "repost" else "own"
    if what != "picture":
        sees = telling.sees(platform, what)
    state = _STATE.get(what, "live")
    yield _post(
        telling, path, at, kind, authored, title, created, last, media, sees, platform, state
    )


def _post(
    telling: Telling, path: str, at: str, kind: Kind, authored: Authored, raw: str,
    created: datetime | None, last: str, media: tuple[Media, ...],
    sees: tuple[Audience, AudienceBy], platform: str = "instagram", state: State = "live",
) -> Post:  # fmt: skip
    if created is None:
        telling.notes.trouble(path, "bad-date", at, found=last)
    text = telling.cut(path, at, raw)
    first = media[0].path.rpartition("/")[2] if media else ""
    return Post(
        platform=platform,
        id=content_id(platform, kind, created, text, first),
        kind=kind,
        authored=authored,
        created=created,
        precision="minute" if created else "none",
        zone="unknown" if created else "none",
        text=text,
        media=media,
        audience=sees[0],
        audience_by=sees[1],
        state=state,
        source=telling.source(path, at),
    )
