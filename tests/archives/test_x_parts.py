"""X: what a script assigns to, when an account was protected, texts and times by themselves."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from withhold.exports.x_parts import assigns_to, known
from withhold.exports.x_settings import Spans
from withhold.exports.x_text import address, links_of, plain, when


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"window.YTD.tweets.part0 = [", "tweets"),
        (b"window.YTD.direct_messages_group.part12=[", "direct_messages_group"),
        (b"\xef\xbb\xbf  window.YTD.like.part0 = [ ]", "like"),
        (b"window.__THAR_CONFIG = {", "manifest"),
        (b"Grailbird.data.tweets_2011_03 = \n[", "tweets_2011_03"),
        (b"var user_details =  {", "user_details"),
        (b"var other = {", ""), (b"window.YTD = [", ""), (b"window.YTD.tweets = [", ""),
        (b"window.YTD.tweets.part0", ""), (b"[{}]", ""), (b"", ""), (b"\xff" * 40, ""),
        (b"window.YTD." + b"a" * 4000 + b".part0 = [", ""), (b" " * 4096, ""),
    ],
)  # fmt: skip
def test_a_script_is_known_by_the_name_it_assigns_to(head: bytes, name: str) -> None:
    assert assigns_to(head) == name


def test_no_file_is_both_bookkeeping_and_of_others() -> None:
    bookkeeping, others = known()
    assert not bookkeeping & others
    assert {"ageinfo", "follower", "saved_search"} <= bookkeeping
    assert {"like"} <= others
    read = {"tweets", "tweet", "note_tweet", "direct_messages", "grok_chat_item", "profile"}
    assert not read & (bookkeeping | others)


SPANS = Spans(
    edges=(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)),
    states=("public", "followers"),
)


@pytest.mark.parametrize(
    ("day", "audience", "by"),
    [
        (None, "unknown", "none"),
        (datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC), "unknown", "none"),
        (datetime(2026, 1, 1, tzinfo=UTC), "public", "account-setting"),
        (datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC), "public", "account-setting"),
        (datetime(2026, 3, 1, tzinfo=UTC), "followers", "account-setting"),
        (datetime(2030, 1, 1, tzinfo=UTC), "followers", "account-setting"),
    ],
)
def test_a_change_counts_from_its_second_on(day: datetime | None, audience: str, by: str) -> None:
    assert SPANS.at(day) == (audience, by)
    assert Spans().at(day) == ("unknown", "none")


def test_each_short_link_is_what_it_stands_for() -> None:
    listed = [
        {"url": "https://t.co/abcdefghij", "expanded_url": "https://example.org"},
        {"url": "https://t.co/", "expanded_url": "x"},
        {"url": "https://example.org/no", "expanded_url": "x"},
        {"url": "https://t.co/klmnopqrst", "expanded_url": ""},
        {"url": "https://t.co/uvwxyzabcd", "expanded_url": "y" * 5000},
        {"url": ["https://t.co/abcdefghij"]}, None, 7,
    ]  # fmt: skip
    links = links_of(listed)
    assert links == {"https://t.co/abcdefghij": "https://example.org"}
    assert plain("a https://t.co/abcdefghij &lt; b", links) == "a https://example.org < b"
    assert links_of({"url": 1}) == links_of(None) == {}
    many = [{"url": f"https://t.co/{n:010}", "expanded_url": "x"} for n in range(500)]
    assert len(links_of(many)) == 200


@pytest.mark.parametrize(
    ("said", "found", "precision", "zone"),
    [
        ("Wed Feb 29 23:59:59 +0000 2012", "2012-02-29 23:59:59+00:00", "second", "offset"),
        ("2024-05-06T07:08:09.123Z", "2024-05-06 07:08:09.123000+00:00", "second", "utc"),
        ("2011-01-01 00:00:00 +0000", "2011-01-01 00:00:00+00:00", "second", "offset"),
        ("2009-01-01 00:00:00 +0000", "2009-01-01 00:00:00+00:00", "day", "unknown"),
        ("2009-01-01 10:00:00 +0000", "2009-01-01 10:00:00+00:00", "second", "offset"),
        ("Wed Feb 30 23:59:59 +0000 2012", "None", "none", "none"),
        ("Wed Feb 29 23:59:59 +0100 2012", "None", "none", "none"),
    ],
)
def test_times_in_every_form(said: str, found: str, precision: str, zone: str) -> None:
    moment = when(said)
    assert (str(moment[0]), moment[1], moment[2]) == (found, precision, zone)


def test_an_address_is_built_from_an_id_only() -> None:
    assert address("20") == ("https://x.com/i/web/status/20", "built")
    for odd in ("", "²", "1" * 21, "a", "../1", "１２"):
        assert address(odd) == ("", "none")
