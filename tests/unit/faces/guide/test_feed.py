"""The Atom feed: as feedparser reads it, and by hand what RFC 4287 asks for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from tests.unit import made
from withhold.catalog.load import Knowledge, default_root
from withhold.catalog.sentences import load_sentences
from withhold.faces.guide.feed import atom, inert
from withhold.faces.report.rows import Speaker
from withhold.verbs.changes import Change, changes

A = "{http://www.w3.org/2005/Atom}"
WHEN = date(2026, 11, 23)
EN = load_sentences(default_root(), "en")
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def _page(change: Change) -> str:
    return f"changes.html#{change.platform}-{change.thing}"


def _feed(told: list[Change], known: Any = None, **more: Any) -> bytes:
    usual: dict[str, Any] = {
        "lang": "en",
        "title": "What changed",
        "url": "https://guide.example/",
        "when": WHEN,
        "page_of": _page,
    }
    return atom(told, Speaker(known or made.knowledge(), EN), **(usual | more))


def _change(what: str = "It trains.", **more: Any) -> Change:
    usual: dict[str, Any] = {
        "on": made.BEGAN,
        "code": "training-starts",
        "effect": "worse",
        "platform": "acme",
        "actor": "acme",
        "thing": "train",
        "what": {"en": what},
        "rests_on": "platforms/acme.toml#train",
        "sources": (made.source(seen=made.SEEN), made.source(seen=date(2024, 9, 1))),
    }
    return Change(**(usual | more))


def _entries(body: bytes) -> list[ElementTree.Element]:
    return ElementTree.fromstring(body).findall(f"{A}entry")  # noqa: S314 - our own


def _ids(body: bytes) -> list[str]:
    return [one.findtext(f"{A}id", "") for one in _entries(body)]


@pytest.mark.parametrize("url", ["https://guide.example/", ""])
def test_what_rfc_4287_requires_stands_in_it(knowledge: Knowledge, url: str) -> None:
    body = _feed(changes(knowledge, WHEN), knowledge, url=url, itself="changes.atom")
    root = ElementTree.fromstring(body)  # noqa: S314 - our own
    assert root.tag == f"{A}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    for where in (root, *root.findall(f"{A}entry")):
        for name in ("id", "title", "updated"):  # exactly one each: 4.1.1, 4.1.2
            (element,) = where.findall(f"{A}{name}")
            assert element.text
        assert re.match(r"[a-z][a-z0-9+.-]*:\S+$", where.findtext(f"{A}id", ""))  # 4.2.6
        assert RFC3339.fullmatch(where.findtext(f"{A}updated", ""))  # 3.3
        for one in where.findall(f"{A}title") + where.findall(f"{A}summary"):
            assert one.get("type") is None  # 3.1.1: plain text
            assert len(one) == 0
    assert root.find(f"{A}author/{A}name") is not None  # 4.1.1: an entry has none of its own
    (itself,) = (one for one in root.findall(f"{A}link") if one.get("rel") == "self")
    assert itself.get("href") == f"{url}changes.atom"
    entries = root.findall(f"{A}entry")
    for entry in entries:  # 4.1.2: no content, so an alternate link; and one of a kind only
        (link,) = entry.findall(f"{A}link")
        assert link.get("rel") == "alternate"
        assert str(link.get("href")).startswith(f"{url}changes.html#")
        assert entry.findtext(f"{A}updated", "") <= f"{WHEN}T00:00:00Z"
        assert {one.get("term") for one in entry.findall(f"{A}category")}
    every = [*_ids(body), root.findtext(f"{A}id", "")]
    assert len(set(every)) == len(every) == 61


def test_a_reader_understands_it(knowledge: Knowledge) -> None:
    told = changes(knowledge, WHEN)
    read = feedparser.parse(_feed(told, knowledge))
    assert not read.bozo
    assert read.version == "atom10"
    assert (read.feed.title, read.feed.updated) == ("What changed", "2026-11-23T00:00:00Z")
    assert [one.title.split(" · ")[0] for one in read.entries] == [one.day for one in told[:60]]
    twitch = next(one for one in read.entries if "Twitch (everywhere): training" in one.title)
    assert twitch.title == (
        "2026-08-12 · Twitch (everywhere): training on content begins, by its own words"
    )
    assert twitch.summary.startswith(f"{twitch.title.split(' · ')[1]}: Twitch uses ")
    assert twitch.link.startswith("https://guide.example/changes.html#twitch-")
    assert [one.term for one in twitch.tags] == ["training-starts", "worse"]


def test_it_holds_the_newest_sixty_and_an_empty_one_is_a_feed_too() -> None:
    told = [_change(on=made.BEGAN + timedelta(days=n), thing=f"t{n}") for n in range(70)]
    for order in (told, told[::-1]):
        titles = [one.findtext(f"{A}title", "")[:10] for one in _entries(_feed(order))]
        assert (len(titles), titles[0], titles[-1]) == (60, "2024-03-10", "2024-01-11")
    read = feedparser.parse(_feed([]))
    assert (read.bozo, read.entries, read.feed.author) == (False, [], "withhold")


@pytest.mark.parametrize(
    ("change", "when", "day"),
    [
        (_change(), WHEN, "2024-06-01"),  # the first source that shows it came later
        (_change(on=date(2024, 7, 1)), WHEN, "2024-07-01"),  # it took effect after that
        (_change(sources=()), WHEN, "2024-01-01"),
        (_change(), date(2024, 3, 1), "2024-03-01"),  # never later than the feed itself
    ],
)
def test_an_entry_is_dated_by_the_change_and_its_first_source(
    change: Change, when: date, day: str
) -> None:
    (entry,) = _entries(_feed([change], when=when))
    assert entry.findtext(f"{A}updated") == f"{day}T00:00:00Z"


def test_ids_stay_when_all_but_the_change_itself_is_different() -> None:
    """Another host, a corrected text, a newer look, a move to history: the same entry."""
    (first,) = _ids(_feed([_change()]))
    again = (
        _feed([_change()], url="https://elsewhere.example/"),
        _feed([_change()], url="", when=date(2027, 1, 1)),
        _feed([_change("Other words.", rests_on="history/acme.toml#train", effect="unclear")]),
        _feed([_change(sources=(made.source(seen=date(2026, 1, 1)),))]),
    )
    assert {one for body in again for one in _ids(body)} == {first}
    others: list[Callable[[], bytes]] = [
        lambda: _feed([_change()], lang="de"),
        lambda: _feed([_change(on=made.SEEN)]),
        lambda: _feed([_change(code="training-ends")]),
        lambda: _feed([_change(platform="beta")]),
        lambda: _feed([_change(thing="other")]),
    ]
    found = [first, *(one for make in others for one in _ids(make()))]
    assert len(set(found)) == 6
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one) for one in found)


def test_the_id_of_one_entry_is_the_one_it_has_always_had() -> None:
    """Pinned: whoever changes how ids are made shows every reader sixty old changes as new."""
    name = "\x1f".join(
        ("change", "en", "acme", "acme", "train", "training-starts", "2024-01-01", "1")
    )
    space = bytes.fromhex("228a6c16ad91420d873e134e553e5554")
    octets = bytearray(hashlib.sha1(space + name.encode()).digest()[:16])  # noqa: S324 - RFC 9562, 5.5
    octets[6] = octets[6] & 0x0F | 0x50
    octets[8] = octets[8] & 0x3F | 0x80
    raw = octets.hex()
    cut = "-".join((raw[:8], raw[8:12], raw[12:16], raw[16:20], raw[20:]))
    assert _ids(_feed([_change()])) == [f"urn:uuid:{cut}"]


def test_two_changes_that_differ_in_text_only_have_two_ids() -> None:
    first, second = _ids(_feed([_change("One."), _change("Two.")]))
    assert first != second


def test_a_page_with_an_address_of_its_own_keeps_it() -> None:
    for url, page, href in (
        ("https://guide.example", "/en/x/", "https://guide.example/en/x/"),
        ("https://guide.example/a/", "en/x/", "https://guide.example/a/en/x/"),
        ("https://guide.example/", "https://other.example/x", "https://other.example/x"),
        ("", "en/x/", "en/x/"),
    ):
        (entry,) = _entries(_feed([_change()], url=url, page_of=lambda _, page=page: page))
        link = entry.find(f"{A}link")
        assert link is not None
        assert link.get("href") == href


HOSTILE = {
    "markup": ("<script>alert(1)</script> & ]]>", "<script>alert(1)</script> & ]]>"),
    "control": ("a\x00b\x1b[2Jc\x85d\x7f", "a\ufffdb\ufffd[2Jc d\ufffd"),
    "surrogate": ("a\ud800b\ufffeb\U0001ffff", "a\ufffdb\ufffdb\ufffd"),
    "lines": ("one\r\n\ttwo\u2028three", "one two three"),
    "arabic": ("لا يستخدم المحتوى‏ 😀", "لا يستخدم المحتوى‏ 😀"),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_texts_stay_text(name: str) -> None:
    raw, expected = HOSTILE[name]
    body = _feed([_change(raw)], title=raw)
    (entry,) = _entries(body)
    assert entry.findtext(f"{A}summary", "").endswith(f": {expected}.")
    assert ElementTree.fromstring(body).findtext(f"{A}title") == expected  # noqa: S314
    assert b"<script" not in body
    read = feedparser.parse(body)
    assert not read.bozo
    assert read.feed.title_detail.type == "text/plain"
    assert inert(raw) == expected
