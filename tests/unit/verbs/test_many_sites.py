"""Many sites at a time get the answers that each gets alone."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest

from tests.unit.reach.made import fetched
from tests.unit.verbs.test_fetch_site import Web
from withhold.catalog.load import Knowledge
from withhold.catalog.sentences import deciding
from withhold.reach.http import Fetcher
from withhold.verbs.check import Asking
from withhold.verbs.many_sites import Judge, Row, SiteRows, Summary, check_many
from withhold.verbs.seen import Part, SiteSeen
from withhold.verbs.sites import check_site

DAY = date(2026, 11, 1)
ROBOTS = (
    b"",
    b"User-agent: *\nDisallow: /\n",
    b"User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nContent-Usage: train-ai=n\nAllow: /\n",
    b"User-agent: Googlebot\nDisallow: /\n\nUser-agent: CCBot\nDisallow: /\n",
    b"User-agent: Applebot\nDisallow: /\n",
    b"# a\n# b\nUser-agent: ClaudeBot\nContent-Signal: ai-train=no, search=yes\nAllow: /\n",
)
PAGES = (
    Part(missing="not-asked"),
    Part(place="https://a.example/", body=b"<meta name=robots content='noai, noarchive'>"),
    Part(place="https://a.example/", body=b"x", headers=(("X-Robots-Tag", "bingbot: noarchive"),)),
    Part(place="https://a.example/", missing="unreachable", detail="status 503"),
)
UNREAD = Part(place="https://a.example/robots.txt", missing="unreachable-429", detail="status 429")


def site(name: str, robots: Part, page: Part) -> SiteSeen:
    none = Part(missing="none")
    return SiteSeen(
        site=name, origin=name, on=DAY, robots=robots, page=page, tdmrep=none, ai_txt=none
    )


def sites() -> list[SiteSeen]:
    found = []
    for number, body in enumerate(ROBOTS):
        for page in PAGES:
            name = f"https://s{number}.example"
            found.append(site(name, Part(place=f"{name}/robots.txt", body=body), page))
    return [*found, site("https://u.example", UNREAD, PAGES[0])]


@pytest.mark.parametrize("place", ["DE", "US-PA"])
def test_every_answer_is_that_of_a_single_check(knowledge: Knowledge, place: str) -> None:
    asking = Asking(place=place, when=DAY, knowledge=knowledge)
    judge = Judge(asking)
    for seen in (*sites(), *reversed(sites())):  # the second time from what is known already
        alone = check_site(seen, asking)
        rows = judge.rows(seen)
        assert [row.actor for row in rows] == [one.actor for one in alone]
        for row, one in zip(rows, alone, strict=True):
            assert (row.answer, row.strength or None) == (one.answer, one.strength)
            why = deciding(one)
            assert row.code == why.code
            if row.place:
                where = f"{row.place}:{row.line}" if row.line else row.place
                assert where == why.rests_on
                assert row.text == why.facts.get("text", "")
                assert row.token == why.facts.get("token")


def test_words_and_lines_are_the_sites_own(knowledge: Knowledge) -> None:
    judge = Judge(Asking(place="DE", when=DAY, knowledge=knowledge, actor="openai"))
    bodies = (b"User-agent: GPTBot\nDisallow: /\n", b"\n\nUser-agent: gptbot\nDisallow: /*\n")
    rows = [
        judge.rows(site(f"s{n}", Part(place=f"r{n}", body=body), PAGES[0]))[0]
        for n, body in enumerate(bodies)
    ]
    assert [(row.site, row.place, row.line, row.text) for row in rows] == [
        ("s0", "r0", 2, "Disallow: /"),
        ("s1", "r1", 4, "Disallow: /*"),
    ]


def test_a_run_that_passes_midnight_hears_what_it_fetched(knowledge: Knowledge) -> None:
    judge = Judge(Asking(place="DE", when=date(2026, 10, 31), knowledge=knowledge, actor="openai"))
    body = Part(place="r", body=b"User-agent: GPTBot\nDisallow: /\n")
    (row,) = judge.rows(site("s", body, PAGES[0]))
    assert (row.answer, row.on) == ("disallowed", str(DAY))


def test_what_could_not_be_read_is_never_a_no(knowledge: Knowledge) -> None:
    judge = Judge(Asking(place="DE", when=DAY, knowledge=knowledge, actor="openai"))
    (row,) = judge.rows(site("s", UNREAD, PAGES[0]))
    assert (row.answer, row.strength) == ("unknown", "")
    bad = judge.unknown("no site", "bad-url", "a space", DAY)
    assert [(one.site, one.answer, one.code) for one in bad.rows] == [
        ("no site", "unknown", "bad-url")
    ]


def test_the_path_that_is_judged_is_the_one_that_is_fetched(knowledge: Knowledge) -> None:
    said = (("X-Robots-Tag", "noai"),)
    root = fetched(200, b"x", url="https://a.example/", headers=said)
    web = Web({one.url: one for one in (root, fetched(200, b"x", url="https://a.example/b"))})
    web.served["https://a.example/robots.txt"] = fetched(404, url="https://a.example/robots.txt")
    answers = []
    for path in ("/", "/b"):
        asking = Asking(place="DE", when=DAY, knowledge=knowledge, actor="openai")
        ((row,),) = (
            one.rows for one in check_many(["a.example"], Judge(asking, path), cast(Fetcher, web))
        )
        answers.append(row.answer)
    assert answers == ["disallowed", "allowed"]


def test_the_summary_counts_strengths_and_reasons() -> None:
    def done(name: str, **more: str) -> SiteRows:
        row = Row(site=name, actor="a", use="train-ai", **more)  # type: ignore[arg-type]
        return SiteRows(site=name, rows=(row,))

    summary = Summary()
    summary.add(done("1", answer="disallowed", strength="asked"))
    summary.add(done("2", answer="disallowed", strength="promised"))
    summary.add(done("3", answer="allowed"))
    for name, detail in (("4", "dns: no x.example"), ("5", "dns: no y.example")):
        row = Row(site=name, actor="a", use="train-ai", answer="unknown")
        summary.add(SiteRows(site=name, rows=(row,), trouble="unreachable", detail=detail))
    assert summary.sites == 5
    assert summary.answers["a"] == {"asked": 1, "promised": 1, "allowed": 1, "unknown": 2}
    assert summary.troubles == {"unreachable: dns": 2}
