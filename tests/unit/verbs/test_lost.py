"""Which no was lost between two states of the same files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from withhold.catalog.load import Knowledge
from withhold.verbs.check import Asking
from withhold.verbs.lost import as_it_was, lost
from withhold.verbs.seen import Part, SiteSeen
from withhold.verbs.sites import check_site

DAY = date(2026, 11, 1)
GPTBOT = b"User-agent: GPTBot\nDisallow: /\n"
BYTESPIDER = b"User-agent: Bytespider\nDisallow: /\n"
NOAI = b"<meta name=robots content=noai>"


def found(
    knowledge: Knowledge, before: bytes | None, now: bytes, page: bytes = b""
) -> list[tuple[str, bool]]:
    asking = Asking(place="DE", when=DAY, knowledge=knowledge)
    seen = SiteSeen(
        site="s", on=DAY, robots=Part(place="r", body=now), page=Part(place="p", body=page)
    )
    was = as_it_was(seen, {Path("r"): before, Path("p"): page}.get)
    gone = lost(check_site(was, asking), check_site(seen, asking), "r")
    return [(one.now.actor, one.weaker) for one in gone]


@pytest.mark.parametrize(
    ("before", "now", "page", "gone"),
    [
        (GPTBOT, b"", b"", [("openai", False)]),
        (GPTBOT, b"User-agent: *\nDisallow: /\n", b"", []),
        (GPTBOT, b"# moved\nUser-agent: CCBot\n" + GPTBOT, b"", []),
        (b"", GPTBOT, b"", []),
        (None, b"", b"", []),
        (BYTESPIDER, b"", b"", [("bytedance", False)]),
        (GPTBOT + b"\n" + BYTESPIDER, GPTBOT, b"", [("bytedance", False)]),
        (GPTBOT, b"User-agent: GPTBot\nDisallow: /drafts/\n", b"", [("openai", False)]),
        # the words of the page are left, and OpenAI does not say that it heeds them
        (GPTBOT, b"", NOAI, [("openai", True)]),
    ],
)
def test_a_no_is_lost_or_weaker(
    knowledge: Knowledge, before: bytes | None, now: bytes, page: bytes, gone: list[object]
) -> None:
    assert found(knowledge, before, now, page) == gone


def test_what_is_not_of_the_disk_stays_as_it_is() -> None:
    seen = SiteSeen(site="s", on=DAY, robots=Part(place="r", body=b"x"))
    was = as_it_was(seen, lambda _: None)
    assert was.page == seen.page
    assert was.robots.missing == "none"
