"""What of a look is sent or put into a feed: one item for each thing that was not told before.

Nothing of it holds the words of a post, the name of an account or an address of the owner: it
leaves the machine. A change that only concerns another place is no notice.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree

from msgspec import Struct

from withhold.errors import BadInput
from withhold.faces.report.plain import printable
from withhold.faces.report.watched import ahead_line, due_line
from withhold.faces.report.watched_differences import difference_line, news_line, reasons_of
from withhold.faces.report.watched_told import Teller
from withhold.signals import plain_xml
from withhold.verbs.watch import ahead_key, change_key
from withhold.verbs.watch_due import DueNow

_SHOWN = 10
ATOM = "http://www.w3.org/2005/Atom"
KEPT = 200
"""Entries of a feed; the oldest go."""
_READ_AT_MOST = 4 * 1024 * 1024


class Item(Struct, frozen=True, kw_only=True):
    """One thing to tell: ``key`` is the same whenever this very thing is told again."""

    key: str
    title: str
    more: tuple[str, ...] = ()


def items(told: Teller) -> list[Item]:
    """What was not told before; on a first look nothing."""
    mine = list(_items(told)) if told.found.since else []
    return [*mine, *_policies(told)]


def _items(told: Teller) -> Iterator[Item]:
    found, words = told.found, told.words
    for one in found.differences:
        yield Item(
            key=f"{found.base} {one.key}",
            title=f"{words[one.effect]}: {difference_line(one, told, private=True)}",
            more=tuple(reasons_of(one, told)),
        )
    for change in found.news:
        yield Item(
            key=f"{found.base} {change_key(change)}",
            title=f"{words[change.effect]}: {news_line(change, told)}",
            more=tuple(f"{one.seen}: {one.url}" for one in change.sources),
        )
    for change in found.ahead:
        if ahead_key(change) in found.new:
            yield Item(
                key=ahead_key(change),
                title=f"{words['ahead_head']}: {ahead_line(change, told)}",
                more=(words["plan_hint"],),
            )
    for due in found.due:
        if due.kind != "knowledge" and due.key in found.new:
            title = f"{words['due_head']}: {due_line(due, told, private=True)}"
            yield Item(key=_due_key(due), title=title)


def _policies(told: Teller) -> Iterator[Item]:
    if told.documents is None:
        return
    from withhold.faces.report.watched_policies import change_line, sentences

    names = told.documents.names
    for one in told.documents.here:
        yield Item(
            key=one.key,
            title=f"{told.words[one.effect]}: {change_line(one, told.words, names)}",
            more=tuple(sentences(one, told.words)),
        )


def _due_key(one: DueNow) -> str:
    return f"due {one.key}"


def notice(told: Teller) -> tuple[str, str]:
    """Title and text of one notice; ("", "") where nothing is to be sent."""
    found, words = told.found, told.words
    if not told.is_news:
        return "", ""
    documents = told.documents.here if told.documents else ()
    effects: list[str] = [one.effect for one in found.differences]
    effects += [one.effect for one in found.news]
    effects += [one.effect for one in documents]
    title = words["title_due"]
    if effects:
        worse = effects.count("worse")
        title = words["title_worse"].format(n=worse) if worse else words["title_changed"]
    listed = items(told)
    lines = [f"- {printable(one.title)}" for one in listed[:_SHOWN]]
    if len(listed) > _SHOWN:
        lines.append(words["notice_more"].format(n=len(listed) - _SHOWN))
    return title, "\n".join([*lines, "", words["notice_end"]])


# The feed (RFC 4287) --------------------------------------------------------------------------


def feed(before: bytes | None, new: Sequence[Item], now: datetime, title: str) -> bytes | None:
    """The feed with what is new on top; None where nothing is new and a feed is there.

    An item that stands in it already is not added again. Raises BadInput where ``before`` is no
    feed of ours: nothing else is ever written over.
    """
    root = read_feed(before) if before is not None else None
    stamp = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    fresh = root is None
    if root is None:
        root = ElementTree.Element(_tag("feed"))
        _put(root, "id", f"urn:uuid:{uuid.uuid4()}")
        _put(root, "title", title)
        _put(root, "updated", stamp)
        _put(_put(root, "author"), "name", "withhold")
        _put(root, "generator", "withhold")
    kept = root.findall(_tag("entry"))
    there = {one.findtext(_tag("id")) for one in kept}
    entries = [_entry(one, stamp) for one in new if entry_id(one) not in there]
    if not entries and not fresh:
        return None
    for one in kept:
        root.remove(one)
    root.extend([*entries, *kept][:KEPT])
    updated = root.find(_tag("updated"))
    if updated is not None:
        updated.text = stamp
    ElementTree.register_namespace("", ATOM)
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def entry_id(one: Item) -> str:
    """A name of its own for each thing, the same on every machine and day."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'withhold:watch:{one.key}')}"


def _entry(one: Item, stamp: str) -> ElementTree.Element:
    entry = ElementTree.Element(_tag("entry"))
    _put(entry, "id", entry_id(one))
    _put(entry, "title", _xml(one.title))
    _put(entry, "updated", stamp)
    _put(entry, "content", _xml("\n".join(one.more) or one.title)).set("type", "text")
    return entry


def read_feed(body: bytes) -> ElementTree.Element:
    """The feed of before. Its bytes pass a reader that takes no document type, so no entity.

    Raises BadInput for anything but a feed that was written here.
    """
    ours = (_tag("feed"), _tag("generator"))
    found, broken = plain_xml.elements(body[:_READ_AT_MOST], lambda path: path == ours)
    if broken or [one.text.strip() for one in found] != ["withhold"]:
        raise BadInput(
            "the file of the feed is there already, and is no feed of withhold",
            "--feed another file; nothing was written over",
        )
    return ElementTree.fromstring(body)  # noqa: S314 - checked above: no document type


def _tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _put(parent: ElementTree.Element, name: str, text: str = "") -> ElementTree.Element:
    child = ElementTree.SubElement(parent, _tag(name))
    child.text = text or None
    return child


def _xml(text: str) -> str:
    """Only characters that XML has (and line breaks)."""
    return "\n".join(printable(line) for line in text.split("\n"))
