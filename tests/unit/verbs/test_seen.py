"""What was seen of a site, as statements: every signal's own reader is asked, nothing is lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.unit import made
from withhold.site_facts import Heeds, SignalKind
from withhold.verbs.seen import NOT_ASKED, Part, SiteSeen
from withhold.verbs.site_says import heard_uses, statements
from withhold.words import Statement

KNOWN = made.knowledge()
RSL = (
    '<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>'
    '<prohibits type="usage">ai-train</prohibits></license></content></rsl>'
)
URL = "https://a.example/license.xml"


def _part(text: str | bytes, place: str = "file", **more: Any) -> Part:
    return Part(place=place, body=text.encode() if isinstance(text, str) else text, **more)


def _said(**more: Any) -> set[tuple[str, str, str, bool | None]]:
    """(signal, token, use, answer) of what is said by anything but the rules of robots.txt."""
    seen = SiteSeen(site="a.example", origin="https://a.example", on=made.SEEN, **more)
    found = statements(seen, KNOWN.crawlers, KNOWN.signals)
    assert all((one.site, one.on) == ("a.example", made.SEEN) for one in found)
    return {
        (one.signal, one.token, one.use, one.allowed) for one in found if one.signal != "robots.txt"
    }


ALL = "User-agent: *\nAllow: /\n"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, set()),
        ({"robots": _part(ALL)}, set()),
        (
            {"robots": _part(ALL + "Content-Usage: train-ai=n\n")},
            {("content-usage", "*", "train-ai", False)},
        ),
        (
            {"robots": _part(ALL + "Content-Signal: search=yes\n")},
            {("content-signal", "*", "search", True)},
        ),
        (
            {
                "robots": _part(
                    ALL + "Content-Signal: search=yes\n\nUser-agent: ScrapeBot\nAllow: /\n"
                )
            },
            {
                ("content-signal", "*", "search", True),
                ("content-signal", "ScrapeBot", "search", None),
            },
        ),
        (
            {"page": _part("", headers=(("Content-Usage", "search=n"), ("X-Robots-Tag", "noai")))},
            {("content-usage", "*", "search", False), ("noai", "*", "train-ai", False)},
        ),
        (
            {"page": _part('<meta name="robots" content="noarchive">')},
            {("noarchive", "*", "train-ai", False)},
        ),
        (
            {
                "page": _part(
                    '<meta name="robots" content="noai">', headers=(("Content-Type", "a/b"),)
                )
            },
            set(),
        ),
        (
            {"page": _part("", headers=(("tdm-reservation", "1"),))},
            {("tdmrep", "*", "train-ai", False)},
        ),
        (
            {"tdmrep": _part('[{"location": "/", "tdm-reservation": 1}]')},
            {("tdmrep", "*", "train-ai", False)},
        ),
        (
            {"ai_txt": _part("User-agent: *\nDisallow: /\nUser-agent: ScrapeBot\nDisallow: /x\n")},
            {("ai-txt", "*", "train-ai", False), ("ai-txt", "ScrapeBot", "train-ai", None)},
        ),
        (
            {"robots": _part(f"License: {URL}\n" + ALL), "licences": (_part(RSL, URL),)},
            {("rsl", "*", "train-ai", False)},
        ),
        # terms that no line of robots.txt names were named by the page
        ({"page": _part(""), "licences": (_part(RSL, URL),)}, {("rsl", "*", "train-ai", False)}),
        (
            {"robots": _part(ALL), "licences": (_part(RSL, URL),)},
            set(),
        ),
        (
            {
                "robots": _part(f"License: {URL}\n" + ALL + "\nUser-agent: ScrapeBot\nAllow: /\n"),
                "licences": (Part(place=URL, missing="unreachable"),),
            },
            {("rsl", "*", "train-ai", None)},
        ),
    ],
)
def test_each_signal_is_read(more: Any, expected: set[Any]) -> None:
    assert _said(**more) == expected


@pytest.mark.parametrize(
    ("name", "signals"),
    [
        ("robots", {"robots.txt", "content-usage", "content-signal"}),
        ("page", {"noarchive", "noai", "content-usage"}),
        ("tdmrep", {"tdmrep"}),
        ("ai_txt", {"ai-txt"}),
    ],
)
@pytest.mark.parametrize("missing", ["unreachable", "unreachable-429"])
def test_what_could_not_be_read_says_neither(name: str, signals: set[str], missing: Any) -> None:
    part = Part(place="there", missing=missing, detail="status 503")
    seen = SiteSeen(site="a.example", on=made.SEEN, **{name: part})
    found = statements(seen, KNOWN.crawlers, KNOWN.signals)
    assert {one.signal for one in found} == signals
    assert {(one.allowed, one.why, one.place, one.text) for one in found} == {
        (None, missing, "there", "status 503")
    }


@pytest.mark.parametrize("name", ["robots", "page", "tdmrep", "ai_txt"])
def test_what_is_not_there_says_nothing_but_that_nothing_is_refused(name: str) -> None:
    seen = SiteSeen(site="a.example", on=made.SEEN, **{name: Part(missing="none")})
    found = statements(seen, KNOWN.crawlers, KNOWN.signals)
    assert {one.allowed for one in found} == ({True} if name == "robots" else set())


def test_the_mark_inside_an_image_counts_for_the_image_alone() -> None:
    mark = Statement(token="*", allowed=False, signal="plus-datamining", use="train-ai")
    assert _said(kind="image", metadata=(mark,)) == {("plus-datamining", "*", "train-ai", False)}
    assert _said(kind="page", metadata=(mark,)) == set()


def test_noarchive_speaks_of_what_somebody_says_that_it_does() -> None:
    kind = SignalKind(
        id="noarchive",
        name="n",
        status="s",
        dated=date(2024, 1, 1),
        what={"en": ""},
        source={},
        heeded=[
            Heeds(actor="scrapeco", says="yes", uses=["train-ai", "ai-input"]),
            Heeds(actor="partner", says="not-stated", uses=["search"], looked_at="a page"),
        ],
    )
    assert heard_uses("noarchive", {"noarchive": kind}) == ("train-ai", "ai-input")
    assert heard_uses("noarchive", {}) == ("train-ai",)


bodies = st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode())
parts = st.one_of(
    st.just(NOT_ASKED),
    st.builds(lambda body: Part(place="x", body=body), bodies),
    st.builds(
        lambda body, value: Part(
            place="x", body=body, headers=(("Content-Usage", value), ("X-Robots-Tag", value))
        ),
        bodies,
        st.text(max_size=60),
    ),
)


@given(parts, parts, parts, parts, parts)
def test_any_bytes_are_read(a: Part, b: Part, c: Part, d: Part, e: Part) -> None:
    seen = SiteSeen(
        site="a.example",
        on=made.SEEN,
        robots=a,
        page=b,
        tdmrep=c,
        ai_txt=d,
        licences=(replace(e, place=URL),),
    )
    for one in statements(seen, KNOWN.crawlers, KNOWN.signals):
        assert one.site == "a.example"
        assert len(one.text) <= 200 or one.signal == "robots.txt"
