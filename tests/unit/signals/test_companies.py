"""What a company makes of a robots.txt: its own groups, documented fallbacks, control tokens."""

from __future__ import annotations

from datetime import date

import pytest
from tests.unit import made

from withhold.signals import companies, robots
from withhold.site_facts import Crawler

CRAWLERS: dict[str, Crawler] = {
    one.token: one
    for one in (
        made.crawler("Applebot", operator="apple", fallback=["Googlebot"]),
        made.crawler(
            "Applebot-Extended", operator="apple", token_kind="control", governs=["Applebot"]
        ),
        made.crawler("Googlebot", operator="google"),
        made.crawler("GoogleOther", operator="google"),
        made.crawler(
            "Google-Extended",
            operator="google",
            token_kind="control",
            governs=["Googlebot", "GoogleOther"],
        ),
        made.crawler("Lost-Extended", token_kind="control", governs=["NoBot"]),
    )
}


def _said(text: str, token: str, path: str = "/post") -> tuple[bool | None, int | None, str]:
    read = robots.read(text.encode())
    said = companies.statement(read, CRAWLERS[token], path, CRAWLERS)
    return said.allowed, said.line, said.why


def _file(*groups: str) -> str:
    """``Googlebot -`` refuses all to Googlebot, ``Googlebot +`` lets it in."""
    rules = {"-": "Disallow: /", "+": "Allow: /"}
    return "\n\n".join(f"User-agent: {one[:-2]}\n{rules[one[-1]]}" for one in groups)


@pytest.mark.parametrize(
    ("text", "fetcher", "control"),
    [
        # Its own group, and nobody else's
        (_file("Applebot -"), False, False),
        (_file("Applebot-Extended -"), True, False),
        (_file("Applebot +"), True, True),
        (_file("Applebot-Extended +"), True, True),
        # A fetcher that is refused leaves no copy to use, whatever the control token is told
        (_file("Applebot -", "Applebot-Extended +"), False, False),
        # A fetcher that is let in does not let in the control token
        (_file("Applebot +", "Applebot-Extended -"), True, False),
        (_file("Applebot +", "* -"), True, False),
        # Without a group of its own Applebot follows Googlebot's, and then so does its copy
        (_file("Googlebot -"), False, False),
        (_file("Googlebot -", "Applebot +"), True, True),
        (_file("Googlebot +", "* -"), True, False),
        (_file("Googlebot -", "Applebot-Extended +"), False, False),
        # Nobody named: everyone's group
        (_file("* -"), False, False),
        (_file("* +"), True, True),
        ("", True, True),
    ],
)
def test_apple(text: str, fetcher: bool, control: bool) -> None:
    assert _said(text, "Applebot")[0] is fetcher
    assert _said(text, "Applebot-Extended")[0] is control


def test_there_is_no_fallback_in_reverse() -> None:
    """Googlebot never follows Applebot's group."""
    assert _said(_file("Applebot -"), "Googlebot")[0] is True
    assert _said(_file("Applebot -", "* +"), "Googlebot")[0] is True


def test_a_token_is_compared_whole() -> None:
    assert _said(_file("Apple -"), "Applebot") == (True, None, "no-group")
    assert _said(_file("GoogleOther -"), "Googlebot")[0] is True


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        (_file("Googlebot -"), True),
        (_file("GoogleOther -"), True),
        (_file("Googlebot -", "GoogleOther -"), False),
        (_file("Google-Extended -"), False),
    ],
)
def test_of_several_fetchers_all_must_be_refused(text: str, allowed: bool) -> None:
    assert _said(text, "Google-Extended")[0] is allowed


def test_a_control_token_of_fetchers_that_are_not_known_stands_alone() -> None:
    assert _said(_file("NoBot -"), "Lost-Extended")[0] is True


def test_the_line_that_decides_is_named() -> None:
    text = _file("Googlebot +", "Applebot -")
    read = robots.read(text.encode())
    said = companies.statement(
        read,
        CRAWLERS["Applebot-Extended"],
        "/post",
        CRAWLERS,
        site="a.example",
        place="a/robots.txt",
        on=date(2024, 6, 1),
    )
    assert (said.token, said.allowed, said.why) == ("Applebot-Extended", False, "fetcher-refused")
    assert (said.line, said.text) == (5, "Disallow: /")
    assert (said.site, said.place, said.on) == ("a.example", "a/robots.txt", date(2024, 6, 1))
    assert _said(text, "Googlebot") == (True, 2, "own-group")
    assert _said("", "Googlebot") == (True, None, "no-group")


def test_the_path_counts() -> None:
    text = "User-agent: Applebot\nDisallow: /private"
    assert _said(text, "Applebot", "/private/x")[:2] == (False, 2)
    assert _said(text, "Applebot-Extended", "/private/x")[:2] == (False, 2)
    assert _said(text, "Applebot-Extended", "/open")[0] is True


def test_a_company_is_answered_for_each_of_its_tokens_and_by_everyones_group() -> None:
    read = robots.read(_file("Applebot-Extended -", "* +").encode())
    said = companies.decide(read, "apple", "/", CRAWLERS, site="a.example")
    assert [(one.token, one.allowed, one.line) for one in said] == [
        ("Applebot", True, 5),
        ("Applebot-Extended", False, 2),
        ("*", True, 5),
    ]
    assert {one.site for one in said} == {"a.example"}
    (nobody,) = companies.decide(read, "nobody", "/", CRAWLERS)
    assert nobody.token == "*"


@pytest.mark.parametrize(
    ("text", "allowed", "line", "why", "words"),
    [
        (_file("* -"), False, 2, "star-group", "Disallow: /"),
        (_file("Applebot -"), True, None, "no-group", ""),
        ("User-agent: *\nDisallow: /x", True, None, "no-rule-matches", ""),
    ],
)
def test_what_everyone_is_told(
    text: str, allowed: bool, line: int | None, why: str, words: str
) -> None:
    said = companies.everyone(robots.read(text.encode()), "/post", site="a.example")
    assert (said.token, said.allowed, said.line, said.why) == ("*", allowed, line, why)
    assert (said.text, said.site) == (words, "a.example")
