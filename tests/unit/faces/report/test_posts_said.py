"""Each kind and standing of posts has its word; the picture has all."""

from __future__ import annotations

import re
import sys
from typing import Any, get_args
from xml.etree import ElementTree

import pytest

from tests.unit import made
from withhold.catalog.load import default_root
from withhold.catalog.sentences import load_sentences
from withhold.errors import MissingExtra
from withhold.faces.report import posts_chart
from withhold.faces.report.exposure_said import (
    Told,
    accounts,
    heading,
    notes,
    words_of,
    years,
)
from withhold.faces.report.exposure_top import top
from withhold.faces.report.rows import Speaker
from withhold.keep.post_rows import Asked, Group
from withhold.verbs.check import Asking
from withhold.verbs.check_posts import Exposure
from withhold.verbs.exposed_posts import APART, REACHES, Given
from withhold.verbs.exposure import STANDINGS, exposure
from withhold.words import LANGS, Revealed

SVG = "{http://www.w3.org/2000/svg}"


def _told(
    *days: str,
    lang: str = "en",
    audience: Any = "public",
    by: Any = "item-field",
    known: Any = None,
) -> Told:
    known = known or made.knowledge()
    groups = [
        Group(
            asked=Asked("acme", "acme", "post", audience, by, "own", "live", day),
            n=days.count(day),
        )
        for day in dict.fromkeys(days)
    ]
    asking = Asking(place="US-PA", when=made.WHEN, knowledge=known)
    stands = exposure(groups, {}, {}, asking)
    nothing = Given(posts=0, sure={}, possible={}, places=0)
    return Told(
        exposure=Exposure(
            stands=tuple(stands), given=dict.fromkeys(REACHES, nothing), most=(), of_most=0
        ),
        speaker=Speaker(known, load_sentences(default_root(), lang)),
        words=words_of(lang),
        phrases={"open_since": "open since {since}"},
        where="Pennsylvania",
        when=made.WHEN,
    )


def test_every_kind_standing_and_reason_has_its_word() -> None:
    words = words_of("en")
    wanted = {f"reveal_{one}" for one in get_args(Revealed)}
    wanted |= {f"standing_{one}" for one in STANDINGS}
    wanted |= {f"apart_{one}" for one in APART}
    wanted |= {f"{key}_{one}" for key in ("gives", "most") for one in REACHES}
    assert wanted <= set(words)
    assert {one for one in words if one.startswith("reveal_")} <= wanted


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_promises_safety(lang: str) -> None:
    said = " ".join(words_of(lang).values()).lower()
    assert not re.search(r"\b(safe|protected|illegal|score|sicher vor|geschützt|risiko)\b", said)


# The picture ------------------------------------------------------------------------------------


def _groups(svg: str) -> dict[str, list[ElementTree.Element]]:
    tree = ElementTree.fromstring(svg)  # noqa: S314 - ours
    return {one.get("class", ""): list(one) for one in tree.iter(f"{SVG}g")}


def test_a_bar_per_month_and_a_row_per_standing() -> None:
    svg = posts_chart.chart(_told("2024-01-05", "2024-01-09", "2024-03-01", "2023-11-02"))
    found = _groups(svg)
    assert len(found["timeline-open"]) == 3
    assert [one.text for one in found["timeline-label"]] == [
        "open: 4",
        "was open: 0",
        "refused: 0",
        "not known: 0",
    ]
    assert [one.text for one in found["timeline-years"]] == ["2023", "2024"]
    heights = [_height(one) for one in found["timeline-open"]]
    assert sorted(heights) == [23.0, 23.0, 46.0]  # two posts are drawn twice as high as one


def _height(mark: ElementTree.Element) -> float:
    found = re.search(r"v(-?[\d.]+)", str(mark.get("d")))
    assert found
    return abs(float(found[1]))


def test_a_row_without_a_dated_post_is_its_words_alone() -> None:
    svg = posts_chart.chart(_told("2024-01-05"))
    found = _groups(svg)
    assert len(found["timeline-base"]) == 1
    assert len(found["timeline-label"]) == 4


def test_a_month_with_far_more_than_every_other_is_cut_and_says_its_number() -> None:
    low = ["2023-05-01"] * 20 + ["2024-07-01"] * 10
    found = _groups(posts_chart.chart(_told(*["2024-01-05"] * 110, *low)))
    assert [one.text for one in found["timeline-cut"]] == ["110"]
    heights = sorted(_height(one) for one in found["timeline-open"])
    assert heights == [5.0, 16.1, 32.2, 38.0]  # in two pieces, with a gap between them
    found = _groups(posts_chart.chart(_told(*["2024-01-05"] * 100, *low)))
    assert "timeline-cut" not in found
    assert max(_height(one) for one in found["timeline-open"]) == 46.0
    few = _groups(posts_chart.chart(_told(*["2024-01-05"] * 11, "2023-05-01")))
    assert "timeline-cut" not in few  # of so few every bar is seen as it is


def test_what_a_screen_reader_says_has_the_numbers() -> None:
    svg = posts_chart.chart(_told("2024-01-05", "", lang="en"))
    name = ElementTree.fromstring(svg).get("aria-label")  # noqa: S314 - ours
    assert name == (
        "Posts per month: open, was open, refused, not known. open: 2, was open: 0, refused: 0, "
        "not known: 0. At most 1 in a month."
    )


@pytest.mark.parametrize("days", [(), ("",), ("0001-01-01",), ("0001-01-01", "2024-06-30")])
def test_odd_days_are_drawn_too(days: tuple[str, ...]) -> None:
    found = _groups(posts_chart.chart(_told(*days)))
    assert len(found["timeline-label"]) == 4


def test_alone_it_has_its_own_ground() -> None:
    svg = posts_chart.alone(_told("2024-01-05"))
    tree = ElementTree.fromstring(svg)  # noqa: S314 - ours
    assert tree[0].tag == f"{SVG}rect"
    assert "sans-serif" in str(tree.get("font-family"))
    assert tree.get("color") == "#111"


def test_without_altair_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(MissingExtra, match="the picture lacks a part"):
        posts_chart.chart(_told("2024-01-05"))


def test_the_year_of_no_date_comes_last() -> None:
    told = _told("2024-01-05", "", "2019-01-01", "2024-02-01")
    counted = {year: of["open"] for year, of in years(told.exposure.stands).items()}
    assert list(counted.items()) == [("2019", 1), ("2024", 2), ("", 1)]


# Sentences --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("audience", "by", "noted"),
    [
        ("followers", "account-setting", True),
        ("followers", "item-field", False),
        ("public", "account-setting", False),
        ("followers", "owner-stated", False),  # the owner spoke of the posts themselves
    ],
)
def test_a_closed_account_says_nothing_of_the_time_before(
    audience: str, by: str, noted: bool
) -> None:
    said = list(notes(_told("2024-01-05", "2024-02-05", audience=audience, by=by)))
    assert any(one.startswith("Of 2 posts the audience is known only by") for one in said) == noted


def test_of_whom_the_same_is_said_it_is_said_once() -> None:
    both = [made.practice(), made.practice("sells", use="licence-to-third-party")]
    other = made.practice("theirs", actor="partner", says="conditional",
                          condition={"en": "it pays", "de": "sie zahlt"})  # fmt: skip
    known = made.knowledge(made.platform(practice=[*both, other]))
    first, *said = top(_told("2024-01-05", known=known))
    assert first == "Pennsylvania, 2024-07-01. 1 post of 2024-01."
    assert said[0] == (
        "1 of 1 is open to Acme (training its AI), Acme (licence to others): Acme says it may, "
        "open since 2024-01-01."
    )
    assert said[1].startswith("Whether 1 of 1 is open to Partner (training its AI) is not known.")


def test_what_is_open_is_said_before_what_is_refused() -> None:
    practices = [made.practice("no", says="no"), made.practice("yes", actor="partner")]
    known = made.knowledge(made.platform(practice=practices))
    said = top(_told("2024-01-05", known=known))
    assert "is open to Partner" in said[1]
    assert "no time is known when it was open to Acme" in said[2]
    assert "Acme says it does not" in said[2]


@pytest.mark.parametrize("lang", LANGS)
def test_of_one_post_nothing_is_said_in_the_plural(lang: str) -> None:
    practices = [made.practice("no", says="no"), made.practice("yes", actor="partner")]
    known = made.knowledge(made.platform(practice=practices))
    plural = {"en": r"\b1 (of 1 are|posts)\b", "de": r"\b1 (von 1 (stehen|sind)|Beiträge)\b"}[lang]
    for days in (("2024-01-05",), ("2024-01-05", "2024-01-06")):
        told = _told(*days, known=known, lang=lang)
        (account, stands), *_ = accounts(told)
        said = " ".join([*top(told), heading(account, stands, told), *notes(told)])
        assert not re.search(plural, said)
        named = heading(account, stands, told)
        assert re.search(r"\b(posts|Beiträge)\b", named) if len(days) > 1 else " 1 " in named
