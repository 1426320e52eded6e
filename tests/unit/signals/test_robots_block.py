"""The marked block: what is outside stays byte for byte; what it says is asked, not hoped."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jwm.robotstxt.googlebot import RobotsMatcher
from tests.unit import made

from withhold.errors import BadInput
from withhold.signals import content_usage, robots, robots_block
from withhold.signals.robots_block import Defeated

TOKENS = ("GPTBot", "Applebot-Extended")
STAR = ("Content-Usage: train-ai=n",)
CRAWLERS = {one: made.crawler(one) for one in TOKENS}


def merged(body: bytes, before: int = 0) -> bytes:
    return robots_block.merged(body, TOKENS, STAR, "no-training", before)


def may(body: bytes, token: str, path: str = "/a") -> bool:
    """By Google's own matcher."""
    return bool(RobotsMatcher().AllowedByRobots(body, [token], f"https://e.org{path}"))


EXISTING = {
    "nothing": b"",
    "a group": b"User-agent: *\nDisallow: /drafts/\n",
    "no final newline": b"User-agent: *\nDisallow: /drafts/",
    "windows": b"User-agent: *\r\nDisallow: /drafts/\r\n",
    "windows, no final newline": b"User-agent: *\r\nDisallow: /drafts/",
    "old mac": b"User-agent: *\rDisallow: /drafts/\r",
    "mixed": b"User-agent: *\r\nDisallow: /drafts/\n# end\r\n",
    "byte order mark": b"\xef\xbb\xbfUser-agent: *\nDisallow: /drafts/\n",
    "only a mark": b"\xef\xbb\xbf",
    "latin-1": b"# gr\xfc\xdfe\nUser-agent: *\nDisallow: /drafts/\n",
    "comments and blanks": b"\n\n  # one\n\nUser-agent: *\n\nDisallow: /drafts/\n\n\n",
    "an open end": b"User-agent: Yeti\n",
    "an open end, no newline": b"User-agent: *\nDisallow: /drafts/\n\nUser-agent: Yeti",
    "an open end by an unknown line": b"User-agent: Yeti\nCrawl-delay: 3\n",
    "an open end by a use": b"User-agent: *\nContent-Usage: search=y\n",
    "rules before any group": b"Disallow: /a\nUser-agent: *\nDisallow: /drafts/\n",
    "white space": b"  \n",
    "a sitemap": b"Sitemap: https://e.org/s.xml\n",
    "a typo": b"User-agent: *\nDissalow: /drafts/\nUser agent Yeti\n",
}


@pytest.mark.parametrize("body", EXISTING.values(), ids=EXISTING)
class TestTheRestStays:
    def test_every_byte_is_there_still(self, body: bytes) -> None:
        assert merged(body).startswith(body)

    def test_twice_is_once(self, body: bytes) -> None:
        assert merged(merged(body)) == merged(body)

    def test_taken_out_nothing_is_left_of_it(self, body: bytes) -> None:
        assert robots_block.removed(merged(body)) == body
        assert robots_block.removed(body) == body

    def test_another_wish_takes_its_place(self, body: bytes) -> None:
        other = robots_block.merged(merged(body), ["CCBot"], [], "own")
        assert other == robots_block.merged(body, ["CCBot"], [], "own")

    def test_the_lines_end_as_the_others(self, body: bytes) -> None:
        first = re.search(rb"\r\n|\n|\r", body)
        ends = set(re.findall(rb"\r\n|\n|\r", merged(body)[len(body) :]))
        assert ends == {first[0] if first else b"\n"}

    def test_the_tokens_are_refused_and_nobody_else(self, body: bytes) -> None:
        after = merged(body)
        for path in ("/", "/a", "/drafts/x"):
            for token in TOKENS:
                assert not may(after, token, path)
            for token in ("Yeti", "Googlebot", "Applebot", "bingbot"):
                assert may(after, token, path) is may(body, token, path), (token, path)

    def test_by_the_standard_too(self, body: bytes) -> None:
        before, after = robots.read(body), robots.read(merged(body))
        for path in ("/", "/a", "/drafts/x"):
            assert not any(after.decide(one, path).allowed for one in TOKENS)
            for token in ("Yeti", "Googlebot", "*"):
                assert after.decide(token, path).allowed is before.decide(token, path).allowed

    def test_the_line_for_everyone_is_heard(self, body: bytes) -> None:
        said = content_usage.in_robots(robots.read(merged(body)), "/a").statements
        assert [one.allowed for one in said if (one.token, one.use) == ("*", "train-ai")] == [False]
        assert not [one for one in said if one.token in TOKENS and one.allowed]


_LINES = st.sampled_from(
    [
        *("User-agent: *", "User-agent: Yeti", "user-agent: GPTBot", "USER-AGENT: a", "Allow: /b"),
        *("Disallow: /c", "Disallow:", "# words", "", "  ", "Crawl-delay: 1", "Sitemap: /s", "x"),
        *("Content-Usage: train-ai=y", "Disallow: /*.pdf$", "User agent Bingbot", "\x0c"),
    ]
)


@given(
    lines=st.lists(_LINES, max_size=12),
    end=st.sampled_from([b"\n", b"\r\n", b"\r"]),
    last=st.booleans(),
    mark=st.booleans(),
)
def test_any_file_comes_back(lines: list[str], end: bytes, last: bool, mark: bool) -> None:
    text = end.join(line.encode() for line in lines) + (end if last else b"")
    body = (b"\xef\xbb\xbf" if mark else b"") + text
    after = merged(body)
    assert after.startswith(body)
    assert merged(after) == after
    assert robots_block.removed(after) == body
    for token in ("Yeti", "Bingbot", "a", "Googlebot"):
        for path in ("/", "/b", "/c", "/x.pdf"):
            assert may(after, token, path) is may(body, token, path)


@given(st.binary(max_size=300))
def test_octets_never_harm(body: bytes) -> None:
    try:
        after = merged(body)
    except BadInput:
        return  # binary, a web page, or markers
    assert robots_block.removed(after) == body


# Traps -------------------------------------------------------------------------------------------


def test_lines_added_after_the_block_stay_and_the_block_stays_where_it_is() -> None:
    body = merged(b"User-agent: *\nDisallow: /a") + b"User-agent: Yeti\nDisallow: /\n"
    again = robots_block.merged(body, ["CCBot"], [], "own")
    assert again.startswith(b"User-agent: *\nDisallow: /a\n# BEGIN withhold: own")
    assert again.endswith(b"# END withhold\nUser-agent: Yeti\nDisallow: /\n")
    # the end of line before the block is needed now
    assert robots_block.removed(again) == (
        b"User-agent: *\nDisallow: /a\nUser-agent: Yeti\nDisallow: /\n"
    )


def test_a_group_that_comes_after_the_block_is_not_everyones() -> None:
    """To a reader that passes over Content-Usage the group of ``*`` would go on into it."""
    after = merged(b"") + b"User-agent: Yeti\nDisallow: /\n"
    assert not may(after, "Yeti")
    assert may(after, "Googlebot")
    assert robots.read(after).decide("*", "/").allowed


def test_two_blocks_become_one() -> None:
    body = merged(b"") + b"User-agent: Yeti\nDisallow: /\n" + merged(b"")
    assert merged(body) == merged(b"") + b"User-agent: Yeti\nDisallow: /\n"


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (b"User-agent: *\n# BEGIN withhold\nDisallow: /\n", "robots.txt:2: .*never ends"),
        (b"# END withhold\nUser-agent: *\n", "robots.txt:1: .*did not begin"),
        (
            b"# BEGIN withhold\n# BEGIN withhold: x\n# END withhold\n",
            "robots.txt:1: .*begins again",
        ),
        (b"# BEGIN withhold\n# END withhold\n# END withhold\n", "robots.txt:3: .*did not begin"),
    ],
)
def test_markers_that_were_damaged_by_hand_are_never_guessed(body: bytes, where: str) -> None:
    for act in (merged, robots_block.removed):
        with pytest.raises(BadInput, match=where):
            act(body)


def test_words_that_only_look_like_a_marker() -> None:
    body = b"# BEGIN withholding\n# END withholder\n# begin withhold\n"
    assert not robots_block.has_block(body)
    assert merged(body).startswith(body)


@pytest.mark.parametrize(
    "body", [b"<!doctype html><html>", b"a\0b", "User-agent: *".encode("utf-16")]
)
def test_what_is_no_robots_txt_gets_nothing(body: bytes) -> None:
    with pytest.raises(BadInput, match=r"robots\.txt: is "):
        merged(body)


def test_a_block_behind_the_limit_would_not_be_read() -> None:
    line = b"# " + b"x" * 97 + b"\n"
    with pytest.raises(BadInput, match="500 KiB"):
        merged(line * 5120)
    fits = line * 5000
    assert not may(merged(fits), "GPTBot")
    with pytest.raises(BadInput, match="500 KiB"):
        merged(fits, before=12000)  # what a CDN puts in front counts too


def test_own_allow_lines_that_defeat_the_block_are_named() -> None:
    body = (
        b"User-agent: GPTBot\nAllow: /blog/\nAllow: /\nDisallow: /x\n\n"
        b"User-agent: *\nAllow: /public/\n"
    )
    found = robots_block.defeated(merged(body), TOKENS, CRAWLERS, ["/", "/news"])
    assert {(one.token, one.line, one.text) for one in found} == {
        ("GPTBot", 2, "Allow: /blog/"),  # longer than ours
        ("GPTBot", 3, "Allow: /"),  # as long: Allow wins
    }
    assert all(may(merged(body), one.token, one.path) for one in found)


def test_a_pattern_is_asked_with_a_path_that_fits() -> None:
    body = b"User-agent: gptbot\nAllow: /*.pdf$\n"
    assert robots_block.defeated(merged(body), TOKENS, CRAWLERS, ["/"]) == [
        Defeated("GPTBot", "/x.pdf", 2, "Allow: /*.pdf$", "rfc")
    ]
    assert may(merged(body), "GPTBot", "/x.pdf")


def test_nothing_is_defeated_in_a_plain_file() -> None:
    assert robots_block.defeated(merged(EXISTING["a group"]), TOKENS, CRAWLERS, ["/"]) == []


def test_a_control_token_whose_fetchers_are_out_is_not_let_in() -> None:
    crawlers = {
        "Applebot-Extended": made.crawler(
            "Applebot-Extended", token_kind="control", governs=["Applebot"]
        ),
        "Applebot": made.crawler("Applebot"),
    }
    body = b"User-agent: Applebot-Extended\nAllow: /\n\nUser-agent: Applebot\nDisallow: /\n"
    assert robots_block.defeated(body, ["Applebot-Extended"], crawlers, ["/"]) == []
    assert robots_block.defeated(body[:40], ["Applebot-Extended"], crawlers, ["/"]) != []


CDN = (
    b"# BEGIN Cloudflare Managed content\n\nUser-Agent: *\nContent-signal: search=yes,ai-train=no\n"
    b"Allow: /\n\nUser-agent: GPTBot\nDisallow: /\n\n# END Cloudflare Managed Content\n"
)


def test_the_block_of_a_cdn_is_told_from_the_file_behind_it() -> None:
    found = robots_block.managed(CDN + b"\nUser-agent: *\nDisallow: /a\n")
    assert found is not None
    assert (found.block, found.rest) == (CDN, b"User-agent: *\nDisallow: /a\n")
    assert found.title == "Cloudflare Managed content"
    assert robots_block.managed(b"User-agent: *\nDisallow: /a\n") is None
    assert robots_block.managed(b"# BEGIN Cloudflare Managed content\nUser-agent: *\n") is None
    assert robots_block.managed(merged(b"")) is None


def test_hostile_files_take_linear_time() -> None:
    begun = time.process_time()
    robots_block.managed(b"# BEGIN x managed\n" * 50_000)
    robots_block.managed(b"# BEGIN " + b"manage" * 150_000)
    robots_block.removed(b"\r" * 1_000_000)
    robots_block.defeated(b"User-agent: GPTBot\n" + b"Allow: /a*b*c*\n" * 20_000, TOKENS, {}, ["/"])
    assert time.process_time() - begun < 10


def test_put_serves_other_files() -> None:
    body = b"/old\n  X-A: 1"
    after = robots_block.put(body, ["/*", "  X-B: 2"])
    assert after == (
        b"/old\n  X-A: 1\n# BEGIN withhold (the line before it had no end)\n/*\n  X-B: 2\n"
        b"# END withhold\n"
    )
    assert robots_block.put(after, ["/*", "  X-B: 2"]) == after
    assert robots_block.removed(after) == body
