"""Patterns outside robots.txt: the oracle is Google's own matcher, asked through a robots.txt."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jwm.robotstxt.googlebot import RobotsMatcher

from withhold.signals import patterns

plain = st.text(alphabet="/ab.*$", max_size=12)


@settings(deadline=None)
@given(plain, st.text(alphabet="/ab.", max_size=12))
def test_as_google_matches(pattern: str, path: str) -> None:
    body = f"User-agent: x\nDisallow: /{pattern}\n".encode()
    refused = not RobotsMatcher().AllowedByRobots(body, ["x"], "http://h.example/" + path)
    assert patterns.matches("/" + pattern, patterns.asked("/" + path)) == refused


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.example", ("a.example", "/")),
        ("HTTP://u:p@A.example:8080/x?y#z", ("a.example", "/x?y")),
        ("https://a.example/*.jpg$", ("a.example", "/*.jpg$")),
        ("/x", None),
        ("ftp://a.example/", None),
        ("", None),
    ],
)
def test_host_and_path(address: str, expected: tuple[str, str] | None) -> None:
    assert patterns.host_and_path(address) == expected


@pytest.mark.parametrize(
    "site", ["a.example", "https://A.example/x", "a.example:443/x", "A.EXAMPLE"]
)
def test_host(site: str) -> None:
    assert patterns.host(site) == "a.example"
