"""When two addresses, hosts or ids name the same thing: tables made by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from withhold.traces.corpus.addresses import address, host, host_of, is_host, is_telling

SAME = [
    ("https://example.org/a", "http://example.org/a"),
    ("https://example.org/a", "//example.org/a"),
    ("https://www.example.org/a", "https://EXAMPLE.org/a"),
    ("https://example.org:443/a", "http://example.org:80/a"),
    ("https://example.org", "https://example.org/"),
    ("https://example.org/a/", "https://example.org/a"),
    ("https://example.org/a#part", "https://example.org/a"),
    ("https://me:secret@example.org/a", "https://example.org/a"),
    ("https://example.org/%c3%a4", "https://example.org/%C3%A4"),
    ("https://bücher.example/", "https://xn--bcher-kva.example/"),
    ("<https://example.org/a>", "https://example.org/a"),
    ("https://example.org./a", "https://example.org/a"),
]
DIFFERENT = [
    ("https://example.org/a", "https://example.org/A"),
    ("https://example.org/a", "https://example.org/a/b"),
    ("https://example.org/a?id=1", "https://example.org/a?id=2"),
    ("https://example.org/a?utm_source=x", "https://example.org/a"),
    ("https://example.org:8080/a", "https://example.org/a"),
    ("https://blog.example.org/a", "https://example.org/a"),
    ("https://example.org/a", "https://example.com/a"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_address(one: str, other: str) -> None:
    assert address(one) == address(other) != ""


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_address(one: str, other: str) -> None:
    assert address(one) != address(other)


@pytest.mark.parametrize("said", ["", "example.org/a", "mailto:a@example.org", "ftp://a.b/", "a b"])
def test_no_address(said: str) -> None:
    assert address(said) == ""


@given(st.text())
def test_any_text_has_an_answer(said: str) -> None:
    assert isinstance(address("https://" + said), str)
    assert isinstance(host(said), str)
    assert is_host(said) in (True, False)


def test_the_host_of_an_address() -> None:
    assert host_of(address("https://www.Example.org:443/a?b/c")) == "example.org"
    assert host_of(address("https://example.org?q")) == "example.org"


@pytest.mark.parametrize("name", ["example.org", "www.example.org", "bücher.example", "a.b.c:8080"])
def test_a_host(name: str) -> None:
    assert is_host(name)


@pytest.mark.parametrize(
    "name", ["example", "a b.org", "1.5", "192.0.2.7", ".org", "a..b", "", "x" * 300 + ".org"]
)
def test_no_host(name: str) -> None:
    assert not is_host(name)


@pytest.mark.parametrize(
    ("id", "telling"),
    [("t3_abc12", True), ("17", False), ("123456789", False), ("1234567890", True), ("abc", False),
     ("1585341984679469056", True), ("", False)],
)  # fmt: skip
def test_an_id_that_could_be_a_rows_number_tells_nothing(id: str, telling: bool) -> None:
    assert is_telling(id) is telling
