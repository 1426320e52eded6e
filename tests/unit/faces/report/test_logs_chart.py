"""Requests by crawler and day: bars as high as what was counted, what came after a no filled."""

from __future__ import annotations

import re
import sys
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from tests.unit.faces.report.logs_made import BYTESPIDER, CLAUDEBOT, GPTBOT, crawler, days, told
from tests.unit.faces.report.logs_made import seen as seen_of
from withhold.errors import MissingExtra
from withhold.faces.report.logs_chart import BARS, ROWS, WIDTH, bars, chart, wide

SVG = "{http://www.w3.org/2000/svg}"
BEGIN = date(2026, 7, 1)


def layer(svg: str, name: str) -> list[ElementTree.Element]:
    tree = ElementTree.fromstring(svg)  # noqa: S314
    return [one for g in tree if g.get("class") == f"timeline-{name}" for one in g]


def texts(svg: str, name: str) -> list[str]:
    return ["".join(one.itertext()) for one in layer(svg, name)]


def highs(svg: str, name: str) -> list[float]:
    """How high each bar of a layer is; the last is the key's."""
    found = []
    for one in layer(svg, name):
        steps = re.findall(r"[vV](-?[\d.]+)", one.get("d", ""))
        found.append(abs(float(steps[0])))
    return found


def test_every_crawler_has_its_name_and_its_highest_bar_in_words() -> None:
    svg = chart(told())
    assert texts(svg, "token") == ["GPTBot", "Bytespider", "ClaudeBot"]
    assert texts(svg, "most") == ["at most 1,000 a day", "at most 280 a day", "at most 30 a day"]
    assert texts(svg, "note") == ["2026-07-01", "after a no", "all others"]
    assert texts(svg, "last") == ["2026-07-03"]


def test_a_bar_is_as_high_as_what_was_counted() -> None:
    svg = chart(told(seen_of(GPTBOT)))
    full = 34  # units, for the highest day: 1,000 = 900 after a no + 100 others
    after, other = highs(svg, "after")[:-1], highs(svg, "other")[:-1]
    assert after == pytest.approx([full * 0.9], abs=0.11)
    assert other == pytest.approx([full * 0.2, full * 0.1, full * 0.1], abs=0.11)


def test_one_among_a_million_is_still_there() -> None:
    one = replace(GPTBOT, days=days((1_000_000, 0), (1, 1)))
    assert min(highs(chart(told(seen_of(one))), "after")) >= 1


def test_colour_carries_nothing_alone() -> None:
    tree = ElementTree.fromstring(chart(told()))  # noqa: S314
    looks = {g.get("class", ""): g.get("fill") for g in tree}
    assert looks["timeline-other"] == "none"
    assert looks["timeline-after"] != "none"
    assert tree.get("aria-label", "").startswith("Requests by crawler and day")
    assert tree.get("viewBox", "").startswith(f"0 0 {WIDTH} ")


@pytest.mark.parametrize(("many", "every"), [(1, 1), (60, 1), (61, 7), (420, 7), (421, 14)])
def test_many_days_share_a_bar(many: int, every: int) -> None:
    one = replace(CLAUDEBOT, days=days(*[(1, 0)] * many))
    assert wide([one]) == every
    found = bars(one, BEGIN, every)
    assert len(found) <= BARS
    assert sum(bar.requests for bar in found) == many
    assert all(bar.end - bar.start == timedelta(days=every) for bar in found)


def test_what_shares_a_bar_is_added() -> None:
    one = replace(GPTBOT, days=days((1, 1), (2, 0), (0, 0), (0, 0), (0, 0), (0, 0), (4, 2), (8, 8)))
    found = bars(one, BEGIN, 7)
    assert [(bar.start, bar.requests, bar.in_spite) for bar in found] == [
        (BEGIN, 7, 3),
        (BEGIN + timedelta(days=7), 8, 8),
    ]


def test_a_crawler_of_other_days_keeps_its_place() -> None:
    late = replace(CLAUDEBOT, days=days((5, 0), begin=date(2026, 7, 10)))
    svg = chart(told(seen_of(BYTESPIDER, late)))
    starts = [
        float(re.findall(r"[Mm](-?[\d.]+)", one.get("d", ""))[0]) for one in layer(svg, "other")
    ]
    assert starts[0] < 10 < 250 < starts[1]


def test_only_the_first_are_drawn_and_a_name_is_text() -> None:
    many = [
        crawler(f"<b>{n}", "x", requests=9, unverified=9, in_spite=9 - n % 9, days=days((9, 1)))
        for n in range(ROWS + 3)
    ]
    svg = chart(told(seen_of(*many)))
    assert len(texts(svg, "token")) == ROWS
    assert "<b>" not in svg


def test_without_a_day_there_is_no_picture() -> None:
    assert chart(told(seen_of(replace(GPTBOT, days=())))) == ""


def test_without_the_part_that_draws_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(MissingExtra):
        chart(told())
