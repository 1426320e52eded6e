"""The words of a piece of Markdown."""

from __future__ import annotations

import pytest

from withhold.policies.inline_text import words_of


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("We  _never_ **ever**\n do", "We never ever do"),
        ("1\\. Data \\[sic\\] a\\_b", "1. Data [sic] a_b"),
        ("snake_case_name and _this_", "snake_case_name and this"),
        ("2 * 3", "2 * 3"),
        ("`code` ~~old~~", "code old"),
        ("R&amp;D &copy; &#167;5 AT&T", "R&D © §5 AT&T"),
        ("a<br>b<br />c", "a b c"),
        ("<span class='x'>in</span>side <Your Name>", "inside <Your Name>"),
        ("zero\u200bwidth soft\u00adhyphen", "zerowidth softhyphen"),
        ("[Download PDF](/a)[View PDF](/b)", "Download PDF View PDF"),
        ("a![icon](/i.png)b", "a b"),
        ("an [open bracket", "an [open bracket"),
        ("[note] here", "[note] here"),
        ("![icon](/i.png) Words", "Words"),
        ("[![icon](/i.png)](/home) Words", "Words"),
    ],
)
def test_words_without_marks(raw: str, text: str) -> None:
    assert words_of(raw).text == text


@pytest.mark.parametrize(
    ("raw", "links"),
    [
        (
            "see [our **terms**](https://a.example/t_(b))",
            (("our terms", "https://a.example/t_(b)"),),
        ),
        ('[a](/a "title \\" in") [b](/b)', (("a", "/a"), ("b", "/b"))),
        ("<https://a.example/x>", (("https://a.example/x", "https://a.example/x"),)),
        ("[](/nothing)", ()),
        ("[a]()", ()),
    ],
)
def test_links_are_words_with_addresses(raw: str, links: tuple[tuple[str, str], ...]) -> None:
    assert words_of(raw).links == links
    assert not any(address in words_of(raw).text for words, address in links if words != address)


def test_what_is_not_seen_is_told() -> None:
    assert "https://a.example" in words_of("[a](https://a.example)").hidden
    assert words_of("](https://a.example) b").closes == "https://a.example"
    assert words_of("plain").hidden == ""
