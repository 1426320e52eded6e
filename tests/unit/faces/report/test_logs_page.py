"""The page about an access log: needs nothing else, and no text of a log becomes markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from tests.unit.faces.report.logs_made import (
    CLAUDEBOT,
    GPTBOT,
    HOSTILE,
    crawler,
    days,
    example,
    seen,
    told,
)
from withhold.faces.report.logs_chart import ROWS
from withhold.faces.report.logs_page import as_html, paper
from withhold.faces.report.whole_blocks import Code, Table
from withhold.faces.report.whole_markdown import as_markdown


class Tags(HTMLParser):
    """Every element with its attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def page() -> Tags:
    return Tags(as_html(told()))


def test_it_asks_nobody_for_anything(page: Tags) -> None:
    assert not {"script", "link", "img", "iframe", "b", "form"} & {tag for tag, _ in page.found}
    loads = [attrs for _, attrs in page.found if "src" in attrs or "srcset" in attrs]
    assert loads == []
    policy = [a["content"] for tag, a in page.found if tag == "meta" and "http-equiv" in a]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_what_a_client_sent_is_text(page: Tags) -> None:
    assert "<b>x</b>" in page.text
    assert "\x1b" not in page.text
    assert "\u202e" not in page.text
    assert HOSTILE not in as_html(told())


def test_it_says_all_that_the_text_says(page: Tags) -> None:
    for said in (
        "1,180 requests naming 2 crawlers came after robots.txt said no",
        "800 requests naming GPTBot from addresses that OpenAI publishes (as read on 2026-06-01)",
        "5,000 lines: 1,635 naming a known crawler, 3,361 others, 4 not readable",
        "Google-Extended. That is a control token",
        "access.log:7",
        "20.171.206.0/24 (verified)",
        "Addresses are shortened.",
        "Require all denied",
        "A crawler that names itself a browser is not seen here.",
    ):
        assert said in page.text, said


def test_the_picture_has_its_table() -> None:
    section = next(one for one in paper(told()).sections if one.id == "days")
    table = next(one for one in section.blocks if isinstance(one, Table))
    assert table.heads == ("day", "GPTBot", "Bytespider", "ClaudeBot")
    assert table.rows == (
        ("2026-07-01", "200", "20", "0"),
        ("2026-07-02", "100", "0", "30"),
        ("2026-07-03", "1,000, 900 after a no", "280, 280 after a no", "0"),
    )


def test_the_table_of_all_crawlers() -> None:
    section = next(one for one in paper(told()).sections if one.id == "crawlers")
    table = next(one for one in section.blocks if isinstance(one, Table))
    first = dict(zip(table.heads, table.rows[0], strict=True))
    assert first == {
        "crawler": "GPTBot",
        "requests": "1,300",
        "after a no": "900",
        "allowed": "50",
        "before the no": "150",
        "not judged": "0",
        "verified": "1,000",
        "spoofed": "200",
        "unverified": "100",
        "robots.txt fetched": "12",
        "company": "OpenAI",
        "purpose": "training",
        "first": "2026-07-01",
        "last": "2026-07-20",
    }
    assert [table.heads[n] for n in range(14) if not table.is_number(n)] == [
        "crawler",
        "company",
        "purpose",
        "first",
        "last",
    ]


def test_no_rules_where_nobody_went_on() -> None:
    calm = replace(GPTBOT, in_spite=0, spoofed_in_spite=0, allowed=950)
    assert {"rules", "after"} & {one.id for one in paper(told(seen(calm))).sections} == set()


def test_rules_are_to_be_copied_as_they_stand() -> None:
    section = next(one for one in paper(told()).sections if one.id == "rules")
    codes = [one for part in section.parts for one in part.blocks]
    assert len(codes) == 3
    assert all(isinstance(one, Code) and "(Bytespider|GPTBot)" in one.text for one in codes)
    assert "    respond @withhold_refused 403" in as_markdown(paper(told()))


def test_many_crawlers_are_said_to_be_more_than_are_drawn() -> None:
    many = [
        crawler(f"Bot-{n}", "x", requests=1, unverified=1, allowed=1, days=days((1, 0)))
        for n in range(ROWS + 1)
    ]
    assert "The picture has the first 8 crawlers" in as_html(told(seen(*many)))
    assert "The picture has" not in as_html(told(seen(*many[:ROWS])))


def test_weeks_are_named_by_their_days() -> None:
    one = replace(GPTBOT, days=days(*[(1, 0)] * 70))
    assert "2026-07-01 to 2026-07-07" in as_html(told(seen(one)))


def test_lines_of_those_who_kept_to_it_are_not_given_away() -> None:
    """Where somebody came after a no, the page shows their lines alone; JSON has the others."""
    obedient = replace(CLAUDEBOT, examples=(example(file="b.log", standing="allowed"),))
    assert "b.log" not in as_html(told(seen(GPTBOT, obedient)))
    assert "b.log" in as_html(told(seen(obedient)))


@pytest.mark.parametrize(("most", "shown"), [(0, 0), (2, 2), (5, 5), (20, 9)])
def test_as_many_lines_as_are_asked_for_and_a_rule_once(most: int, shown: int) -> None:
    lines = tuple(example(line=n, rule=2 if n < 105 else 3) for n in range(101, 110))
    html = as_html(told(seen(replace(GPTBOT, examples=lines))), most)
    assert len(re.findall(r"access\.log:1\d\d", html)) == shown
    below = html.partition('id="lines"')[2].partition('id="rules"')[0]
    assert below.count("line 2 of robots.txt") == (shown > 0)
    assert below.count("line 3 of robots.txt") == (shown > 4)


def test_whole_addresses_are_said_to_be_about_people() -> None:
    one = replace(GPTBOT, examples=(example(address="20.171.206.9"),))
    assert "personal data" in as_html(told(seen(one), whole_addresses=True))


def test_an_empty_log_is_a_page_too() -> None:
    text = re.sub(r"\s+", " ", Tags(as_html(told(seen(first=None, last=None)))).text)
    assert "There is no line in it." in text
    assert "0 lines" in text


def test_german_is_spoken() -> None:
    text = as_html(told(lang="de"))
    assert '<html lang="de">' in text
    assert "800 Anfragen im Namen von GPTBot von Adressen, die OpenAI veröffentlicht" in text
    assert "1.635" in text
