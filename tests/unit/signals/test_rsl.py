"""The table of RSL, where terms are linked from, and documents that mean harm."""

from __future__ import annotations

import time
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from withhold.signals import robots, rsl
from withhold.signals.rsl_xml import LIMIT

CASES = tomllib.loads((Path(__file__).parent / "rsl.toml").read_text(encoding="utf-8"))["case"]
WORDS = {True: "yes", False: "no", None: "neither"}
OPEN = '<rsl xmlns="https://rslstandard.org/rsl">\n'
NO = '<content url="/"><license><prohibits type="usage">all</prohibits></license></content>'


TERMS = [one for one in CASES if "robots" not in one]


@pytest.mark.parametrize("case", TERMS, ids=[one["id"] for one in TERMS])
def test_table(case: dict[str, Any]) -> None:
    text = case.get("file") or f"{OPEN}{case['terms']}\n</rsl>"
    read = rsl.read(text.encode())
    assert list(read.notes) == case.get("notes", [])
    said = read.decide(case["path"], site=case.get("site", ""))
    got = [f"{one.use} {WORDS[one.allowed]} {one.why} {one.line or 0}" for one in said]
    assert got == case["says"]
    assert all((one.token, one.signal) == ("*", "rsl") for one in said)
    if "text" in case:
        assert said[0].text == case["text"]


def test_the_table_has_its_size() -> None:
    assert len(CASES) == len({one["id"] for one in CASES})
    assert len(TERMS) >= 20


def test_whom_where_and_when_are_handed_on() -> None:
    (one, *_) = rsl.read(f"{OPEN}{NO}</rsl>".encode()).decide(
        "/", token="GPTBot", place="https://a.example/l.xml", site="a.example", on=date(2026, 1, 2)
    )
    assert (one.token, one.place) == ("GPTBot", "https://a.example/l.xml")
    assert (one.site, one.on) == ("a.example", date(2026, 1, 2))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings_that_xml_names_are_read(encoding: str) -> None:
    head = "" if encoding != "iso-8859-1" else '<?xml version="1.0" encoding="iso-8859-1"?>'
    read = rsl.read(f"{head}{OPEN}<!-- größe -->{NO}</rsl>".encode(encoding))
    assert read.notes == ()
    assert [one.allowed for one in read.decide("/")] == [False] * 3


# Where terms are -------------------------------------------------------------------------------

LINKS = [one for one in CASES if "robots" in one]


@pytest.mark.parametrize("case", LINKS, ids=[one["id"] for one in LINKS])
def test_license_lines(case: dict[str, Any]) -> None:
    """RSL 1.0, 4.4, as relayed: those of the selected group, else those outside all groups."""
    found = rsl.linked(robots.read(case["robots"].encode()), case["token"])
    assert [f"{one.url.rpartition('/')[2]} {one.line}" for one in found] == case["links"]
    assert all(one.absolute for one in found)


def test_a_license_line_is_an_address() -> None:
    (one,) = rsl.linked(robots.read(b"License: /l.xml\n"))
    assert (one.url, one.absolute) == ("/l.xml", False)


# Documents that mean harm ----------------------------------------------------------------------

BOMB = (
    '<!DOCTYPE rsl [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 10))
    + f"]>{OPEN}<content url='&a9;'/></rsl>"
)
QUADRATIC = (
    f'<!DOCTYPE rsl [<!ENTITY a "{"a" * 100_000}">]>{OPEN}<terms>{"&a;" * 100_000}</terms></rsl>'
)
HOSTILE = {
    "billion laughs": (BOMB.encode(), "doctype"),
    "quadratic": (QUADRATIC.encode(), "doctype"),
    "external entity": (
        f'<!DOCTYPE rsl [<!ENTITY x SYSTEM "file:///etc/passwd">]>{OPEN}<terms>&x;</terms></rsl>'.encode(),
        "doctype",
    ),
    "external DTD": (
        f'<!DOCTYPE rsl SYSTEM "http://a.example/x.dtd">{OPEN}</rsl>'.encode(),
        "doctype",
    ),
    "parameter entity": (
        b'<!DOCTYPE rsl [<!ENTITY % x SYSTEM "http://a.example/x"> %x;]><rsl/>',
        "doctype",
    ),
    "undeclared entity": (f"{OPEN}<terms>&x;</terms></rsl>".encode(), "not-xml"),
    "10 MB": (f"{OPEN}{' ' * 10_000_000}</rsl>".encode(), "limit-1-mib"),
    "deep": (f"{OPEN}{'<a>' * 10_000}{'</a>' * 10_000}</rsl>".encode(), "too-deep"),
    "deep and unclosed": (f"{OPEN}{'<license>' * 100_000}".encode(), "too-deep"),
    "binary": (bytes(range(256)), "not-xml"),
    "unclosed": (f"{OPEN}{NO}".encode(), "not-xml"),
    "after the end": (f"{OPEN}{NO}</rsl>{NO}".encode(), "not-xml"),
    "unknown encoding": (b'<?xml version="1.0" encoding="klingon"?><rsl/>', "not-xml"),
    "encoding of many bytes": (b'<?xml version="1.0" encoding="utf-7"?><rsl/>', "not-xml"),
    "encoding that is no text": (b'<?xml version="1.0" encoding="hex"?><rsl/>', "not-xml"),
    "attribute twice": (b'<rsl xmlns="https://rslstandard.org/rsl" a="1" a="2"/>', "not-xml"),
    "long tag": (b"<" + b"a" * 1_000_000, "not-xml"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents(name: str) -> None:
    body, why = HOSTILE[name]
    started = time.process_time()
    read = rsl.read(body)
    assert time.process_time() - started < 1
    assert read.notes == (why,)
    (one,) = read.decide("/")
    assert (one.use, one.allowed, one.why) == ("train-ai", None, why)


SAYS_NOTHING = {
    "empty": (b"", "empty-file"),
    "a mark": (b"\xef\xbb\xbf\n", "empty-file"),
    "another vocabulary": (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "wrong-namespace"),
}


@pytest.mark.parametrize("name", SAYS_NOTHING)
def test_documents_that_say_nothing(name: str) -> None:
    body, note = SAYS_NOTHING[name]
    read = rsl.read(body)
    assert (read.notes, read.decide("/")) == ((note,), [])


@pytest.mark.parametrize(
    "body",
    [
        OPEN + NO * 12_000 + "</rsl>",
        OPEN + f'<content url="/{"*a" * 30}b"><license/></content>' * 7_000 + "</rsl>",
        OPEN
        + '<content url="/"><license>'
        + '<prohibits type="usage"/>' * 40_000
        + "</license></content></rsl>",
        OPEN
        + "<content url='/'><license><prohibits type='usage'>"
        + "a " * 500_000
        + "</prohibits></license></content></rsl>",
        OPEN
        + "<content url='/'><license><prohibits type='usage'>"
        + "<x>,</x>" * 100_000
        + "</prohibits></license></content></rsl>",
        OPEN + "<content " + " ".join([f"a{n}=''" for n in range(80_000)]) + "/></rsl>",
    ],
    ids=["contents", "wildcards", "prohibits", "words", "pieces", "attributes"],
)
def test_big_documents_take_no_long_time(body: str) -> None:
    assert len(body) <= LIMIT
    started = time.process_time()
    for one in rsl.read(body.encode()).decide("/" + "a" * 2_000):
        assert len(one.text) <= 200
    assert time.process_time() - started < 4


pieces = st.lists(
    st.sampled_from(
        [
            *("<content url='/'>", "<content>", "</content>", "<license>", "</license>"),
            *("<permits type='usage'>", "</permits>", "<prohibits type='usage'>", "</prohibits>"),
            *("ai-train", "search,", " all", "<payment/>", "<payment type='free'/>", "<x>", "</x>"),
            *("<content url='*' server='s'>", "<permits type='geo'>US</permits>", "&amp;", "&x;"),
        ]
    ),
    max_size=14,
).map(lambda parts: (OPEN + "".join(parts) + "</rsl>").encode())


@settings(deadline=None)
@given(st.binary(max_size=300) | pieces, st.text(max_size=20), st.text(max_size=20))
def test_nothing_raises(body: bytes, path: str, site: str) -> None:
    said = rsl.read(body).decide(path, site=site)
    assert len({one.use for one in said}) == len(said)
    for one in said:
        assert (one.allowed is True) == (one.why == "permits")
        assert (one.allowed is False) == (one.why in ("prohibits", "not-in-permits"))


offers = st.lists(
    st.sampled_from(
        [
            '<permits type="usage">all</permits>',
            '<permits type="usage">search</permits>',
            '<permits type="usage">ai-train</permits><payment type="crawl"/>',
            '<prohibits type="usage">search</prohibits>',
        ]
    ).map(lambda terms: f"<license>{terms}</license>"),
    max_size=4,
)


@settings(deadline=None)
@given(offers, st.integers(0, 4))
def test_a_prohibition_more_is_never_more_permissive(terms: list[str], at: int) -> None:
    more = [*terms[:at], '<license><prohibits type="usage">all</prohibits></license>', *terms[at:]]
    body = f"{OPEN}<content url='/'>{''.join(more)}</content></rsl>"
    assert [one.allowed for one in rsl.read(body.encode()).decide("/")] == [False] * 3
