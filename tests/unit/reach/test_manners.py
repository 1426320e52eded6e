"""What a robots.txt lets us fetch: RFC 9309, 2.3.1, status by status."""

from __future__ import annotations

import pytest

from tests.unit.reach.made import fetched
from withhold.reach.addresses import read
from withhold.reach.fetched import Fetched, Wanted
from withhold.reach.manners import Manners

PAGE = read("https://a.example/private/x?y")
REFUSES = b"User-agent: withhold\nDisallow: /private\n"


class Web:
    """Answers every robots.txt with one response, and counts."""

    def __init__(self, answer: Fetched) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def __call__(self, wanted: Wanted) -> Fetched:
        self.asked.append(wanted.url)
        return self.answer


def _refusal(answer: Fetched) -> str:
    found = Manners(Web(answer), 1).refusal(PAGE)
    return found[0] if found else ""


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        (fetched(200, REFUSES), "robots"),
        (fetched(200, b"User-agent: *\nDisallow: /\n"), "robots"),
        (fetched(200, b"User-agent: *\nDisallow: /\n\nUser-agent: withhold\nAllow: /\n"), ""),
        (fetched(200, b"User-agent: withholder\nDisallow: /\n"), ""),
        (fetched(200, b"User-agent: WITHHOLD\nDisallow: /*?y$\n"), "robots"),
        (fetched(200, b"<html>welcome</html>"), ""),
        (fetched(200, b""), ""),
        (fetched(206, REFUSES), "robots"),
        (fetched(200, REFUSES, why="too-large", cut=True), "robots"),
        (fetched(400, REFUSES), ""),
        (fetched(401, REFUSES), ""),
        (fetched(403, REFUSES), ""),
        (fetched(404, REFUSES), ""),
        (fetched(410), ""),
        (fetched(302), ""),
        (fetched(0, why="redirects"), ""),
        (fetched(429, why="429"), "robots-unreachable"),
        (fetched(500), "robots-unreachable"),
        (fetched(503, b"User-agent: *\nAllow: /\n"), "robots-unreachable"),
        (fetched(599), "robots-unreachable"),
        (fetched(200, b"User-agent: *\nAl", why="reset", cut=True), "robots-unreachable"),
        (fetched(200, b"\x1f\x8b", why="bad-answer"), "robots-unreachable"),
        (fetched(404, why="timeout", cut=True), "robots-unreachable"),
        *(
            (fetched(0, why=why), "robots-unreachable")
            for why in ("dns", "refused", "timeout", "tls", "reset", "unreachable", "bad-answer")
        ),
        (fetched(0, why="private-address"), "robots-unreachable"),
        (fetched(0, why="bad-url"), "robots-unreachable"),
    ],
)
def test_what_a_response_lets_us_fetch(answer: Fetched, refusal: str) -> None:
    assert _refusal(answer) == refusal


def test_the_line_that_refuses_is_named() -> None:
    found = Manners(Web(fetched(200, REFUSES)), 1).refusal(PAGE)
    assert found == ("robots", "line 2: Disallow: /private")


def test_each_origin_is_asked_once() -> None:
    web = Web(fetched(404))
    manners = Manners(web, 1)
    for url in (
        "https://a.example/",
        "https://a.example/2",
        "http://a.example/",
        "https://b.example/",
    ):
        manners.refusal(read(url))
    assert web.asked == [
        "https://a.example/robots.txt",
        "http://a.example/robots.txt",
        "https://b.example/robots.txt",
    ]


def test_a_robots_txt_that_was_fetched_anyway_counts() -> None:
    web = Web(fetched(404))
    manners = Manners(web, 1)
    manners.learn(fetched(200, REFUSES))
    assert manners.refusal(PAGE) is not None
    assert not web.asked


@pytest.mark.parametrize(
    "other",
    [
        fetched(304),
        fetched(200, REFUSES, method="HEAD"),
        fetched(200, REFUSES, url="https://a.example/sub/robots.txt"),
        fetched(200, REFUSES, url="nonsense/robots.txt"),
        fetched(200, REFUSES, url="https://b.example/robots.txt"),
    ],
)
def test_what_is_no_robots_txt_of_the_origin_does_not_count(other: Fetched) -> None:
    web = Web(fetched(404))
    manners = Manners(web, 1)
    manners.learn(other)
    assert manners.refusal(PAGE) is None
    assert web.asked


def test_a_turn_belongs_to_a_host() -> None:
    manners = Manners(Web(fetched()), 2)
    turn = manners.turn("a.example")
    assert turn is manners.turn("a.example")
    assert turn is not manners.turn("b.example")
    assert [turn.acquire(blocking=False) for _ in range(3)] == [True, True, False]


def test_of_thousands_of_origins_only_the_latest_are_kept() -> None:
    web = Web(fetched(404))
    manners = Manners(web, 1)
    origins = [f"https://s{number}.example" for number in range(2_000)]
    for origin in (*origins, *origins[-100:], *origins[:100]):
        assert manners.refusal(read(f"{origin}/x")) is None
    assert len(web.asked) == 2_100
    assert len(manners._rules) == len(manners._asking) < 1_000
