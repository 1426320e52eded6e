"""What an answer means for a source: graded by hand, without a socket."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.reach.made import fetched
from withhold.reach.addresses import read
from withhold.reach.fetched import Fetched, Hop
from withhold.reach.manners import Manners
from withhold.verbs.link_grades import Graded, grade, moved_to, needs_get, title_of

HTML = (("Content-Type", "text/html; charset=utf-8"),)
ASKED = "https://a.example/help/ai"


def answer(status: int = 200, title: str = "", **more: Any) -> Fetched:
    given = {"url": ASKED, "headers": HTML, "body": f"<title>{title}</title>".encode()}
    return fetched(status, **(given | more))


def hop(url: str, status: int) -> Hop:
    return Hop(url=url, status=status)


@pytest.mark.parametrize(
    ("status", "grade_"),
    [
        (200, "there"),
        (203, "there"),
        (206, "there"),
        (404, "gone"),
        (410, "gone"),
        (401, "blocked"),
        (403, "blocked"),
        (429, "blocked"),
        (451, "blocked"),
        (999, "blocked"),
        (500, "server-error"),
        (503, "server-error"),
        (300, "server-error"),
        (418, "server-error"),
    ],
)
def test_the_status_says_the_grade(status: int, grade_: str) -> None:
    assert grade(answer(status)) == Graded(grade=grade_, status=status)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("why", "grade_"),
    [
        ("robots", "robots"),
        ("robots-unreachable", "unreachable"),
        ("dns", "unreachable"),
        ("refused", "unreachable"),
        ("reset", "unreachable"),
        ("tls", "certificate"),
        ("timeout", "timeout"),
        ("redirects", "server-error"),
        ("bad-url", "not-fetched"),
        ("private-address", "not-fetched"),
    ],
)
def test_trouble_is_a_grade_with_its_words(why: str, grade_: str) -> None:
    found = grade(answer(0, why=why, detail="as it came"))
    assert (found.grade, found.why) == (grade_, f"{why}: as it came")


@pytest.mark.parametrize(
    ("of_robots", "grade_"),
    [
        ({"status": 0, "why": "tls", "detail": "certificate has expired"}, "certificate"),
        ({"status": 0, "why": "timeout", "detail": "connect"}, "timeout"),
        ({"status": 0, "why": "dns", "detail": "Name or service not known"}, "unreachable"),
        ({"status": 0, "why": "refused"}, "unreachable"),
        ({"status": 429, "why": "429"}, "blocked"),
        ({"status": 503}, "server-error"),
    ],
)
def test_what_was_the_matter_with_a_robots_txt_is_the_matter_with_the_page(
    of_robots: dict[str, Any], grade_: str
) -> None:
    """It is asked first, so a page behind a bad certificate is never asked for itself."""
    manners = Manners(lambda _: fetched(**of_robots), 1)
    refusal = manners.refusal(read(ASKED))
    assert refusal
    found = grade(answer(0, why=refusal[0], detail=refusal[1]))
    assert found.grade == grade_
    assert found.why.startswith("robots-unreachable: ")


def test_a_429_is_a_refusal_and_no_sign_that_the_page_is_gone() -> None:
    assert grade(answer(429, why="429")).grade == "blocked"


@pytest.mark.parametrize("status", [200, 403, 503])
def test_a_question_whether_a_person_is_there_is_a_refusal(status: int) -> None:
    by_title = grade(answer(status, "Just a moment..."))
    assert (by_title.grade, by_title.why) == ("blocked", "captcha")
    headers = (*HTML, ("cf-mitigated", "challenge"))
    assert grade(answer(status, "x", headers=headers)).why == "captcha"


@pytest.mark.parametrize(
    ("title", "suspected"),
    [
        ("Page not found", True),
        ("Oops! 404", True),
        ("404 | Example", True),
        ("Seite nicht gefunden", True),
        ("How we train our models", False),
        ("Directive 2019/404 explained", False),
        ("Version 4.404", False),
        ("", False),
    ],
)
def test_a_title_that_says_not_found_is_a_suspicion(title: str, suspected: bool) -> None:
    found = grade(answer(200, title))
    assert (found.grade == "soft-404") is suspected
    assert found.why == ("title" if suspected else "")


@pytest.mark.parametrize(
    ("asked", "final", "suspected"),
    [
        ("https://a.example/help/ai", "https://a.example/", True),
        ("https://a.example/help/ai", "https://a.example/index.html", True),
        ("https://a.example/help/ai", "https://a.example/en-us/", True),
        ("https://a.example/en/help/ai", "https://a.example/en/", True),
        ("https://a.example/help/ai", "https://other.example/", True),
        ("https://a.example/?p=7", "https://a.example/", True),
        ("https://a.example/help/ai", "https://a.example/ai", False),
        ("https://a.example/help/ai", "https://a.example/help/ai-2", False),
        ("https://a.example/", "https://www.a.example/", False),
        ("https://a.example/en/", "https://a.example/en-us/", False),
    ],
)
def test_a_page_that_leads_to_the_front_page_is_a_suspicion(
    asked: str, final: str, suspected: bool
) -> None:
    found = grade(answer(url=asked, final_url=final, redirects=(hop(asked, 302),)))
    assert (found.grade, found.why) == (("soft-404", "home") if suspected else ("there", ""))


@pytest.mark.parametrize(
    ("hops", "final", "to"),
    [
        ([(ASKED, 301)], "https://a.example/new", "https://a.example/new"),
        ([(ASKED, 308)], "https://b.example/new", "https://b.example/new"),
        ([(ASKED, 302)], "https://a.example/new", ""),
        ([(ASKED, 307)], "https://a.example/new", ""),
        # for good to /new, and from there for this visitor to a language
        (
            [(ASKED, 301), ("https://a.example/new", 302)],
            "https://a.example/de/new",
            "https://a.example/new",
        ),
        ([(ASKED, 302), ("https://a.example/x", 301)], "https://a.example/new", ""),
        ([(ASKED, 301)], f"{ASKED}/", ""),  # a slash is no move
        # a 429 that was waited for is no redirect
        ([(ASKED, 429)], ASKED, ""),
    ],
)
def test_only_what_is_promised_for_good_is_a_new_address(
    hops: list[tuple[str, int]], final: str, to: str
) -> None:
    found = answer(final_url=final, redirects=tuple(hop(*one) for one in hops))
    assert moved_to(found) == to
    assert grade(found).grade == ("moved" if to else "there")
    assert grade(found).address == to


def test_a_move_to_a_page_that_is_not_there_is_gone() -> None:
    found = answer(404, final_url="https://a.example/new", redirects=(hop(ASKED, 301),))
    assert grade(found).grade == "gone"


@pytest.mark.parametrize(
    ("status", "more", "asks"),
    [
        (200, {}, True),  # HTML: its title tells
        (200, {"headers": (("Content-Type", "application/pdf"),)}, False),
        (405, {}, True),
        (501, {}, True),
        (404, {}, True),  # some servers know a page only by GET
        (403, {}, True),
        (0, {"why": "timeout"}, False),
        (0, {"why": "robots"}, False),
        (0, {"why": "private-address"}, False),
        (0, {"why": "reset"}, True),
        (200, {"unchanged": hop(ASKED, 304)}, False),
    ],
)
def test_the_page_itself_is_asked_for_only_where_a_head_says_too_little(
    status: int, more: dict[str, Any], asks: bool
) -> None:
    assert needs_get(answer(status, body=b"", method="HEAD", **more)) is asks


def test_a_title_is_one_plain_line_of_a_page_and_of_nothing_else() -> None:
    assert title_of(answer(200, " A &amp; B \n  C\x00 ")) == "A & B C\x00"
    assert len(title_of(answer(200, "x" * 390))) == 120
    assert title_of(answer(200, "x", headers=(("Content-Type", "application/pdf"),))) == ""
    assert title_of(answer(body=b"<title" * 9)) == ""
