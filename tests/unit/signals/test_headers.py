"""Expected answers are written by hand from the paragraphs that headers.toml names."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.signals import robots_cases

from withhold.signals import headers
from withhold.signals.headers import LIMIT

CASES = robots_cases.table("headers.toml")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_what_is_read(case: dict[str, Any]) -> None:
    assert robots_cases.answer(case) == robots_cases.expected(case)


def test_statements_have_the_site_and_the_day() -> None:
    read = headers.read([("X-Robots-Tag", "noimageai")])
    (one,) = read.statements(kind="photo", site="https://h.example", on=date(2026, 11, 23))
    assert (one.allowed, one.why, one.place) == (False, "images-only", "header X-Robots-Tag")
    assert (one.site, one.on, one.line) == ("https://h.example", date(2026, 11, 23), None)


def test_written_headers() -> None:
    assert headers.write({"train-ai"}, ["bingbot", "*"]) == [
        ("X-Robots-Tag", "noai, noimageai, noarchive"),
        ("X-Robots-Tag", "bingbot: noai, noimageai, noarchive"),
    ]
    assert headers.write({"search"}) == []


def test_64_kib_are_read_and_no_half_rule() -> None:
    fill = "a" * (LIMIT - len(",noai"))
    fits = headers.read([("X-Robots-Tag", fill + ",noai")])
    assert [one.allowed for one in fits.statements()] == [False]
    assert fits.notes == ()
    cut = headers.read([("X-Robots-Tag", fill + ",noaim")])
    assert cut.statements() == []  # nobody wrote "noai"
    assert cut.notes == ("limit-64-kib",)
    first = headers.read([("X-Robots-Tag", "noai," + fill + ",noarchive")])
    assert [one.signal for one in first.statements()] == ["noai"]
    assert first.notes == ("limit-64-kib",)


def test_the_limit_is_for_all_that_concern_us_together() -> None:
    read = headers.read([("X-Robots-Tag", "a" * LIMIT), ("X-Robots-Tag", "noai")])
    assert read.statements() == []
    assert "limit-64-kib" in read.notes
    read = headers.read([("Set-Cookie", "a" * LIMIT), ("X-Robots-Tag", "noai")])
    assert [one.allowed for one in read.statements()] == [False]
    assert read.notes == ()


def test_other_readers_can_see_that_a_value_is_too_long() -> None:
    read = headers.read([("content-usage", "a" * 10_000_000), ("tdm-policy", "/p")])
    assert [len(value) for value in read.content_usage] == [LIMIT + 1]
    assert read.tdm_policy == ("/p",)
    assert read.notes == ("limit-64-kib",)


HOSTILE = ["noai,", "a:noai,", ",", "a:", ":", "<", "<,", '"', "\n ", "\r\n\t", "noai ", "no-ai-"]
HOSTILE += ["<a>;", '<a>;x="', '<a>;x="\\",', '<a>;rel="license",', ";", "a;a=", "\\", "é,", "\0"]
HOSTILE += ["unavailable_after:a,", "<a>;rel=license,", " ", "=", "<a>,"]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("name", ["x-robots-tag", "link", "tdm-policy"])
@pytest.mark.parametrize("size", [LIMIT, 10_000_000])
def test_long_headers_take_no_time(name: str, piece: str, size: int) -> None:
    value = piece * (size // len(piece))
    start = time.process_time()
    headers.read([(name, value)] * 3).statements()
    assert time.process_time() - start < 2


def test_many_agents_take_no_time() -> None:
    agents = ",".join(f"b{number}:noai" for number in range(5000))
    start = time.process_time()
    found = headers.read([("X-Robots-Tag", "noai," + agents)], ["b7"]).statements()
    assert time.process_time() - start < 2
    assert len(found) == 5001


NAMES = st.sampled_from(("X-Robots-Tag", "x-robots-tag ", "LINK", "tdm-reservation", "Via", "é"))
VALUES = st.text(max_size=60) | st.sampled_from(("noai", "a: noai", '<a>;rel="license"', "\r\n x"))


@given(st.lists(st.tuples(NAMES | st.text(max_size=20), VALUES), max_size=5))
def test_nothing_raises(pairs: list[tuple[str, str]]) -> None:
    read = headers.read(pairs)
    read.statements()
    values = (*read.tdm_reservation, *read.content_usage, *(one.href for one in read.licences))
    assert all("\n" not in value and "\0" not in value for value in values)
    assert len(set(read.notes)) == len(read.notes)


HREF = st.text(alphabet="abc /?&=.,;\"'", min_size=1, max_size=8).map(str.strip).filter(bool)
LINK = st.tuples(
    HREF,
    st.sampled_from(("license", "next", "Author LICENSE", "licenses")),
    st.text(alphabet='a,;<>=\\" ', max_size=9),
)


@given(st.lists(LINK, min_size=1, max_size=4), st.sampled_from((",", ", ", " ,\t", ",,")))
def test_links_put_together_come_apart(links: list[tuple[str, str, str]], gap: str) -> None:
    written = []
    for href, rel, title in links:
        quoted = title.replace("\\", "\\\\").replace('"', '\\"')
        written.append(f'<{href}>; title="{quoted}" ;rel="{rel}"')
    read = headers.read([("Link", gap.join(written))])
    wanted = [href for href, rel, _ in links if rel in ("license", "Author LICENSE")]
    assert [one.href for one in read.licences] == wanted
    assert read.notes == ()
