"""How the octets of a path are spelled: what robots.py and the patterns stand on."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from withhold.signals import spelling


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/a%20b", "/a b"),
        ("/%C3%A4.xml", "/ä.xml"),
        ("/ä%2Fb", "/ä/b"),
        ("/%2e%2E", "/.."),
        ("/100%", "/100%"),
        ("/%4", "/%4"),
        ("/%zz", "/%zz"),
        ("/%2541", "/%41"),  # once
        ("/%FF", "/\ufffd"),
        ("", ""),
    ],
)
def test_a_path_as_files_are_called(path: str, name: str) -> None:
    assert spelling.decoded(path) == name


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_as_pythons_own_library_decodes(path: str) -> None:
    assert spelling.decoded(path) == unquote(path)


@given(st.text())
def test_octets_and_text_are_two_sides(text: str) -> None:
    octets = spelling.octets(text)
    assert octets.encode("latin-1") == text.encode("utf-8", "surrogatepass")
    if text.isprintable():
        assert spelling.text(octets) == text
