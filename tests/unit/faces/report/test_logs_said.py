"""The fixed sentences about an access log: what each rests on, and nothing that is not known."""

from __future__ import annotations

import re
from typing import Any

import pytest
from msgspec.structs import replace

from tests.unit.faces.report.logs_made import (
    BYTESPIDER,
    CLAUDEBOT,
    GPTBOT,
    LIBRARY,
    READ_ON,
    ROBOTS,
    SEEN,
    crawler,
    example,
    seen,
    told,
)
from withhold.faces.report.logs_said import (
    facts_of,
    limits,
    of_crawler,
    path_of,
    robots_used,
    summary,
    unread,
)
from withhold.faces.report.logs_telling import about_rules, only, refusable, refused_names
from withhold.traces.logs.seen import CrawlerSeen, RobotsUsed

VERDICTS = re.compile(
    r"violat|illegal|unlawful|stole|theft|broke |breach|protect|guilty|verletz|illegal|gestohlen"
    r"|geschützt|verstoß",
    re.IGNORECASE,
)


def said(one: CrawlerSeen, lang: str = "en", **changed: Any) -> str:
    return "\n".join(of_crawler(one, told(seen(one), lang, **changed)))


def test_the_summary_says_how_many_from_where_and_what_the_server_did() -> None:
    assert summary(told()) == [
        "1,180 requests naming 2 crawlers came after robots.txt said no; 800 of them from "
        "addresses that the companies publish.",
        "120 requests after a no came from other addresses than the companies publish: they are "
        "attributed to nobody.",
        "Said, not enforced: your server answered 1,160 of these 1,180 with a status below 300.",
        "Said and enforced: your server refused 10 of these 1,180 (401, 403, 404, 410, 429 or "
        "451).",
        "It answered 10 of these 1,180 in another way, such as a redirect, not modified, or an "
        "error.",
        "150 requests came before the no.",
        "20 requests came within 24 hours after the no and stand under “before the no”: a copy of "
        "robots.txt may be that old.",
    ]


def test_one_is_not_said_as_many() -> None:
    one = crawler("CCBot", "x", requests=1, unverified=1, in_spite=1, served=1)
    assert summary(told(seen(one))) == [
        "1 request naming CCBot came after robots.txt said no; 0 from addresses that the "
        "companies publish.",
        "Said, not enforced: your server answered it with a status below 300.",
    ]


@pytest.mark.parametrize(
    ("of", "first"),
    [
        (seen(), "There is no line in it."),
        (seen(lines=9, other=9), "No line names a known crawler."),
        (seen(GPTBOT, robots=()), "No robots.txt of the time of this log is known here"),
        (
            seen(GPTBOT, robots=(RobotsUsed(name="a", since=None, sha256=""),)),
            "No robots.txt of the time of this log is known here",
        ),
        (seen(CLAUDEBOT), "No request naming a known crawler, from an address that could be"),
    ],
)
def test_what_is_not_there_is_said_first(of: Any, first: str) -> None:
    assert summary(told(of))[0].startswith(first)


def test_without_a_robots_nothing_is_said_of_a_no() -> None:
    open_ = replace(GPTBOT, allowed=0, in_spite=0, before_no=0, in_grace=0, unjudged=1100)
    assert len(summary(told(seen(open_, robots=())))) == 1


def test_a_robots_of_another_time_says_nothing_of_a_no() -> None:
    open_ = replace(CLAUDEBOT, allowed=0, unjudged=30)
    assert summary(told(seen(open_)))[0].startswith(
        "No robots.txt of the time of this log is known"
    )
    false = crawler("CCBot", "common-crawl", requests=4, spoofed=4, spoofed_in_spite=4)
    assert summary(told(seen(false)))[1].startswith("4 requests after a no came from other")


def test_a_gap_in_the_robots_is_counted() -> None:
    part = replace(CLAUDEBOT, allowed=10, unjudged=20)
    assert summary(told(seen(part)))[-1].startswith("For 20 requests no robots.txt of their time")


def test_of_a_company_only_where_it_published_the_address() -> None:
    lines = of_crawler(GPTBOT, told())
    assert lines[0] == (
        "800 requests naming GPTBot from addresses that OpenAI publishes (as read on 2026-06-01), "
        "after robots.txt said no (line 2 of robots.txt: “Disallow: /”)."
    )
    assert lines[1].startswith(
        "100 requests naming GPTBot, after robots.txt said no (line 4 of robots.txt: “Disallow: /”)"
    )
    assert "nobody can tell whether OpenAI sent them" in lines[1]
    assert lines[2] == (
        "200 requests naming GPTBot came from other addresses than OpenAI publishes (as read on "
        "2026-06-01): not attributed to OpenAI. 120 of them after robots.txt said no."
    )
    assert lines[3] == "Leaving those aside, /robots.txt was asked for 12 times under this name."
    assert lines[4].startswith("Said, not enforced: your server answered 880 of these 900")


def test_where_no_ranges_are_known_nobody_can_tell() -> None:
    assert said(BYTESPIDER).splitlines() == [
        "280 requests naming Bytespider, after robots.txt said no (line 2 of robots.txt: "
        "“Disallow: /”). No address ranges that ByteDance publishes are known here: nobody can "
        "tell whether it sent them.",
        "/robots.txt was never asked for under this name.",
        "Said, not enforced: your server answered all 280 with a status below 300.",
    ]


def test_of_one_request_it_is_said_as_of_one() -> None:
    one = crawler("Bytespider", "bytedance", requests=1, unverified=1, in_spite=1)
    assert "nobody can tell whether it sent it." in said(one)
    assert "ob sie von dort kam." in said(one, "de")
    assert "Its address decides nothing" in said(replace(one, ranges_seen=READ_ON))


def test_a_library_stands_for_no_company_and_an_unknown_operator_for_nobody() -> None:
    library = replace(LIBRARY, allowed=0, in_spite=5)
    assert "python-requests is a program that anybody can use" in said(library)
    nobody = crawler("FriendlyCrawler", "unknown-operator", requests=2, unverified=2, in_spite=2)
    assert "Who operates it is not known." in said(nobody)
    for text in (said(library), said(nobody)):
        assert "publishes" not in text


def test_what_was_not_enforced_is_not_said_to_be_and_what_was_neither_is_neither() -> None:
    refused = replace(BYTESPIDER, served=0, refused_by_server=280)
    moved = replace(BYTESPIDER, served=0)
    assert "your server refused all 280" in said(refused)
    assert "not enforced" not in said(refused) + said(moved)
    assert "answered all 280 in another way" in said(moved)
    assert "and enforced" not in said(moved)


def test_all_that_was_false_came_after_a_no() -> None:
    assert "All of them came after robots.txt said no." in said(
        replace(GPTBOT, spoofed_in_spite=200)
    )
    one = replace(GPTBOT, spoofed=1, spoofed_in_spite=1)
    assert "It came after robots.txt said no." in said(one)
    assert "came after robots.txt said no." not in said(replace(GPTBOT, spoofed_in_spite=0))


def test_of_robots_txt_nothing_is_said_where_all_requests_are_spoofed() -> None:
    false = crawler("CCBot", "common-crawl", requests=4, spoofed=4, spoofed_in_spite=4)
    assert "robots.txt was" not in said(false)
    mixed = replace(false, requests=5, verified=1, allowed=1)
    assert "Leaving those aside, /robots.txt was never asked for" in said(mixed)


def test_several_rules_are_named_each_once_and_a_rule_without_text_by_its_line() -> None:
    lines = [example(rule=n, rule_text="", robots="a.txt") for n in (3, 3, 5, 7, 9)]
    one = replace(GPTBOT, examples=tuple(lines))
    assert "said no (line 3 of a.txt; line 5 of a.txt; line 7 of a.txt)." in said(one)
    assert "said no." in said(replace(GPTBOT, examples=()))


def test_a_very_long_rule_is_cut() -> None:
    one = replace(GPTBOT, examples=(example(rule_text="x" * 5000),))
    assert len(said(one)) < 2000


@pytest.mark.parametrize("lang", ["en", "de"])
def test_no_sentence_judges(lang: str) -> None:
    of = told(lang=lang)
    texts = [*summary(of), *unread(of), *robots_used(of), *limits(of)]
    texts += [line for one in SEEN.crawlers for line in of_crawler(one, of)]
    assert len(texts) > 15
    found = [text for text in texts if VERDICTS.search(text)]
    assert found == []
    assert any("{" in text for text in texts) is False


def test_lines_that_were_not_read_and_names_that_cannot_be() -> None:
    lines = unread(told())
    assert lines[0] == "4 lines could not be read. Why: another (3); a reason of nobody's (1)."
    assert lines[1].startswith("2 lines are more than an hour older")
    assert lines[2].startswith("1 line names Applebot-Extended. That is a control token")
    assert lines[3].startswith("3 lines name Google-Extended.")
    assert lines[4].startswith("Programs that anybody can use")
    assert unread(told(seen(CLAUDEBOT))) == []


def test_which_robots_stood_for_which_time() -> None:
    used = (
        ROBOTS,
        RobotsUsed(name="b.txt", since=example().at, sha256="c" * 64, notes=("no-rules", "odd")),
        RobotsUsed(name="d.txt", since=example().at, sha256="", notes=("could-not-be-read",)),
    )
    assert robots_used(told(seen(CLAUDEBOT, robots=used))) == [
        f"robots.txt: no day is known, taken for the whole time of the log (sha256 {'ab' * 6}…).",
        f"b.txt: since 2026-07-02 03:04 UTC (sha256 {'c' * 12}…). It has no rule. odd",
        "d.txt: asked for then and could not be read; nothing is said of that time.",
    ]


def test_a_line_as_evidence() -> None:
    assert facts_of(example(), told()) == (
        "access.log:7",
        "2026-07-02 03:04:05",
        "200",
        "20.171.206.0/24 (verified)",
        "after a no",
    )
    assert facts_of(example(address=""), told())[3] == "verified"
    assert path_of(example(path="/" + "a" * 40), 20) == "/" + "a" * 18 + "…"


def test_who_went_on_stands_first() -> None:
    assert [one.token for one in told().crawlers] == [
        "GPTBot",
        "Bytespider",
        "ClaudeBot",
        "python-requests",
    ]
    assert [one.token for one in told().in_spite] == ["GPTBot", "Bytespider"]


def test_what_is_verified_after_a_no_stands_before_what_is_more() -> None:
    few = crawler("A", "a", requests=2, verified=2, in_spite=2, in_spite_verified=2)
    some = crawler("B", "b", requests=90, unverified=90, in_spite=50, allowed=40)
    false = crawler("C", "c", requests=500, spoofed=500, spoofed_in_spite=500)
    calm = crawler("D", "d", requests=9000, unverified=9000, allowed=9000)
    order = [one.token for one in told(seen(calm, false, some, few)).crawlers]
    assert order == ["A", "B", "C", "D"]


def test_only_fetchers_that_went_on_can_be_refused() -> None:
    false = crawler("CCBot", "common-crawl", requests=4, spoofed=4, spoofed_in_spite=4)
    false = replace(false, whole_site=True)
    library = replace(LIBRARY, allowed=0, in_spite=5, whole_site=True)
    assert refusable(seen(GPTBOT, CLAUDEBOT, library, false, BYTESPIDER)) == [
        "Bytespider",
        "CCBot",
        "GPTBot",
    ]


def test_a_crawler_is_refused_by_its_other_names_too() -> None:
    archive = crawler("ia_archiver", "x", requests=1, unverified=1, in_spite=1, whole_site=True)
    names = {
        "ia_archiver": ("archive.org_bot", "IA_Archiver 2"),
        "GPTBot": ("gptbot",),
        "A": ("B",),
    }
    of = told(seen(GPTBOT, archive), aliases=names)
    assert refused_names(of) == ["GPTBot", "ia_archiver", "archive.org_bot"]
    assert refused_names(told(seen(CLAUDEBOT), aliases=names)) == []


@pytest.mark.parametrize("lang", ["en", "de"])
def test_who_is_refused_one_folder_is_not_refused_the_site(lang: str) -> None:
    """A rule by name would take a search engine the whole site for one page of a folder."""
    part = crawler("bingbot", "microsoft", requests=4, spoofed=4, spoofed_in_spite=4)
    both = seen(GPTBOT, part)
    assert refusable(both) == ["GPTBot"]
    assert ": bingbot." in about_rules(told(both, lang))
    assert "bingbot" not in about_rules(told(seen(GPTBOT), lang))


def test_the_others_become_other_lines() -> None:
    some = only(SEEN, ["gptbot"])
    assert [one.token for one in some.crawlers] == ["GPTBot"]
    assert some.other == 3361 + 300 + 30 + 5
    assert some.lines == some.unreadable + some.other + 1300


def test_a_span_of_one_day_is_one_day() -> None:
    assert told().span == "2026-07-01 to 2026-07-20"
    assert told(seen(CLAUDEBOT, last=SEEN.first)).span == "2026-07-01"
    assert told(seen(first=None, last=None)).span == ""
