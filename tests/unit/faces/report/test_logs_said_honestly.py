"""Who says whose an address is, what was not read, and what stands before a no: said as it is."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from tests.unit.faces.report.logs_made import (
    BYTESPIDER,
    CLAUDEBOT,
    GPTBOT,
    READ_ON,
    ROBOTS,
    crawler,
    seen,
    told,
)
from withhold.faces.report.logs_said import broken, limits, of_crawler, robots_used, summary
from withhold.faces.report.logs_telling import Listed
from withhold.traces.logs.seen import CrawlerSeen


def said(one: CrawlerSeen, lang: str = "en", **changed: Any) -> str:
    return "\n".join(of_crawler(one, told(seen(one), lang, **changed)))


def test_a_list_of_a_registry_is_not_said_to_be_the_companys() -> None:
    meta = crawler(
        "Meta-ExternalAgent",
        "meta",
        requests=3,
        verified=3,
        in_spite=3,
        in_spite_verified=3,
        ranges_seen=READ_ON,
    )
    lists = {meta.token: Listed(url="https://radb.net", whose="registry", seen=READ_ON)}
    for asked in (False, True):
        text = said(meta, lists=lists, asked_names=asked)
        assert "a registry of addresses lists for Meta (as read on 2026-06-01)," in text
        assert "publishes" not in text
        short = summary(told(seen(meta), lists=lists, asked_names=asked))[0]
        assert short.endswith("3 of them from verified addresses.")
    outside = replace(meta, verified=0, unverified=3, in_spite_verified=0)
    text = said(outside, lists=lists)
    assert "not in the network that a registry of addresses lists for Meta" in text
    assert "held by" not in text
    one = replace(outside, requests=1, unverified=1, in_spite=1)
    assert "Ihre Adresse liegt nicht in dem Netz, das ein Adressregister für Meta führt" in said(
        one, "de", lists=lists
    )


def test_what_names_tell_is_not_said_to_be_published() -> None:
    google = crawler("Googlebot", "google", requests=5, verified=3, spoofed=2, in_spite=3)
    google = replace(google, in_spite_verified=3, spoofed_in_spite=2)
    of = told(seen(google), asked_names=True, named=frozenset({"Googlebot"}))
    assert summary(of)[0].endswith("3 of them from verified addresses.")
    assert "by the names of the addresses: they are attributed to nobody." in summary(of)[1]
    assert not any("publish" in one for one in summary(of))


def test_days_that_were_asked_about_are_said_first() -> None:
    some = seen(CLAUDEBOT, since=READ_ON, until=READ_ON, outside=7, other=7)
    assert summary(told(some))[0] == (
        "Only requests from 2026-06-01 to 2026-06-01 (UTC) are counted. 7 lines that name a "
        "crawler are of another time and count as others."
    )
    assert summary(told(seen(CLAUDEBOT, since=READ_ON)))[0].endswith("on (UTC) are counted.")
    assert summary(told(seen(CLAUDEBOT, until=READ_ON)))[0].startswith("Only requests up to 2026")
    quiet = seen(BYTESPIDER, until=READ_ON)
    assert "In these days /robots.txt was not asked for under this name." in of_crawler(
        BYTESPIDER, told(quiet)
    )
    false = replace(BYTESPIDER, requests=301, spoofed=1)
    (line,) = (one for one in of_crawler(false, told(quiet)) if "not asked for" in one)
    assert line.startswith("Leaving those aside, in these days")
    none = seen(lines=7, other=7, outside=7, since=READ_ON)
    assert summary(told(none))[1] == "No line of these days names a known crawler."
    for lang in ("en", "de"):
        assert "{" not in summary(told(some, lang))[0]


def test_no_line_of_a_log_is_said_first_and_a_heading_alone_is_none() -> None:
    photo = seen(lines=9, unreadable=9, unreadable_why={"no-format": 8, "blank": 1})
    assert summary(told(photo)) == broken(told(photo))
    assert "No line could be read" in summary(told(photo))[0]
    quiet = seen(lines=2, unreadable=2, unreadable_why={"comment": 2})
    assert summary(told(quiet)) == ["No line names a known crawler."]
    some = seen(lines=9, unreadable=8, other=1, unreadable_why={"no-format": 8})
    assert summary(told(some)) == ["No line names a known crawler."]


def test_older_evidence_that_was_not_looked_through_is_said_where_it_would_matter() -> None:
    cut = (replace(ROBOTS, notes=("older-not-read",)),)
    part = replace(CLAUDEBOT, allowed=10, unjudged=20)
    assert "256 MiB" in summary(told(seen(part, robots=cut)))[-1]
    assert not any("256 MiB" in one for one in summary(told(seen(CLAUDEBOT, robots=cut))))
    assert "not looked through" in robots_used(told(seen(part, robots=cut)))[0]


def test_names_of_addresses_are_said_to_be_what_was_asked() -> None:
    named = replace(GPTBOT, ranges_seen=None)
    assert "whose names lie in a domain of OpenAI" in said(named, asked_names=True)
    assert "whose names lie in no domain of OpenAI" in said(named, asked_names=True)
    both = said(GPTBOT, asked_names=True, named=frozenset({"GPTBot"}))
    assert "OpenAI publishes (as read on 2026-06-01), or whose names lie in a domain of it" in both
    assert "names lie" not in said(GPTBOT, asked_names=True)  # it has none that would tell
    asked = limits(told(asked_names=True))[-1]
    assert "asked for today, of at most 2,000 addresses and for 120 seconds in all" in asked
    assert not any("asked for today" in one for one in limits(told()))


def test_where_names_would_tell_it_says_how_to_ask() -> None:
    google = crawler("Googlebot", "google", requests=2, unverified=2, in_spite=2)
    named = frozenset({"Googlebot"})
    assert "--reverse-dns asks for them." in said(google, named=named)
    assert "none came back that would tell: nobody can tell" in said(
        google, named=named, asked_names=True
    )
    assert "--reverse-dns" not in said(BYTESPIDER, named=named)


def test_all_that_came_before_came_within_the_grace() -> None:
    texts = summary(told(seen(replace(BYTESPIDER, in_grace=20))))
    assert texts[-1].startswith("20 requests came within 24 hours after the no and stand under")
    assert not any("came before the no." in one for one in texts)
    one = replace(BYTESPIDER, before_no=1, in_grace=1)
    assert summary(told(seen(one)))[-1].startswith("1 request came within 24 hours after the no")
