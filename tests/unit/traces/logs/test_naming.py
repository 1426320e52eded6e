"""Which crawler a user agent names: real ones, and those that only look like one."""

from __future__ import annotations

import pytest

from withhold.catalog.load import load
from withhold.traces.logs.naming import KNOWN_AT_MOST, Names

NAMES = Names(load(platforms=[]).crawlers)
GECKO = "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko"


@pytest.mark.parametrize(
    ("agent", "token"),
    [
        (GECKO + "; compatible; GPTBot/1.2; +https://openai.com/gptbot)", "GPTBot"),
        (GECKO + "; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)", "ClaudeBot"),
        ("CCBot/2.0 (https://commoncrawl.org/faq/)", "CCBot"),
        ("ccbot", "CCBot"),
        (
            GECKO + ") Version/17.4 Safari/605.1.15 (Applebot/0.1; +http://x/go/applebot)",
            "Applebot",
        ),
        ("Mozilla/5.0 (compatible; Sogou web spider/4.0)", "Sogou"),
        ("Mozilla/5.0 (compatible; archive.org_bot +http://archive.org/details/x)", "ia_archiver"),
        ("Googlebot-Image/1.0", "Googlebot-Image"),
        ("agency-index/Nutch-1.19", None),
        ("Nutch-1.19", "Nutch"),
        ("python-requests/2.31.0", "python-requests"),
        ("Safari/601 facebookexternalhit/1.1 Facebot Twitterbot/1.0", "facebookexternalhit"),
        ("python-requests/2.31 GPTBot/1.0", "GPTBot"),
        ("Google-Extended Googlebot/2.1", "Googlebot"),
        ("Applebot-Extended/1.0", "Applebot-Extended"),
        ("Mozilla/5.0 (+https://example.org/GPTBot)", None),
        ("see www.example.org/GPTBot", None),
        ("GPTBot@example.org", None),
        ("GPTBot.example.org", None),
        ("NotGPTBot/1.0", None),
        ("GPTBot2/1.0", None),
        ("My-GPTBot/1.0", None),
        ("Mozilla/5.0 (iPhone) Mobile/15E148 [Pinterest/iOS]", None),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", None),
        ("-", None),
        ("", None),
    ],
)
def test_whom_a_user_agent_names(agent: str, token: str | None) -> None:
    found = NAMES.of(agent.encode())
    assert (found.token if found else None) == token
    assert found is None or found.control == (token == "Applebot-Extended")


def test_every_token_is_found_by_itself_and_by_its_aliases() -> None:
    for token, one in load(platforms=[]).crawlers.items():
        for name in (token, token.upper(), f"Mozilla/5.0 (compatible; {token}/1.0; x)"):
            found = NAMES.of(name.encode())
            assert found is not None, name
            assert found.token == token
        for alias in one.aliases:
            found = NAMES.of(alias.encode())
            assert found is not None, alias
            assert found.token == token


def test_a_new_user_agent_in_each_line_takes_no_more_room() -> None:
    names = Names(load(platforms=[]).crawlers)
    for number in range(KNOWN_AT_MOST + 10):
        names.of(b"agent %d" % number)
    assert len(names.known) <= KNOWN_AT_MOST
    names.of(b"GPTBot " + b"x" * 10_000)
    assert max(map(len, names.known)) < 1000


def test_what_is_kept_of_fields_is_bounded_too() -> None:
    names = Names(load(platforms=[]).crawlers)
    for number in range(KNOWN_AT_MOST + 10):
        assert names.of_field(rb"\x22%d" % number) is None
    assert len(names.written) <= KNOWN_AT_MOST
    names.of_field(b"a" * 1000)
    assert max(map(len, names.written)) < 1000
