"""The timeline of a platform: its rows against the TOML as a person reads it, and its SVG."""

from __future__ import annotations

import re
import sys
from collections import Counter
from datetime import date
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from tests.unit import made
from withhold.catalog.load import default_root, load
from withhold.catalog.sentences import load_sentences
from withhold.errors import MissingExtra
from withhold.faces.report import charts
from withhold.faces.report.charts import Timeline, timeline
from withhold.faces.report.rows import Speaker
from withhold.facts import Platform

WHEN = date(2026, 11, 23)
WORDS = {
    "timeline_may": "may",
    "timeline_may_platform": "may, says {platform}",
    "timeline_may_reported": "may, others report",
    "timeline_no": "says no",
    "timeline_condition": "under a condition",
    "timeline_if_on": "only if switched on",
    "timeline_silent": "silent",
    "timeline_everywhere": "everywhere",
    "timeline_but": "all but {places}",
    "timeline_more": "and {n} more",
    "timeline_not_public": "not public",
    "timeline_minor": "minors",
    "timeline_business": "businesses",
    "timeline_page": "pages",
    "timeline_use": "{name}: {use}",
    "timeline_controls": "Ways to say no",
    "timeline_title": "{platform} over time",
    "timeline_none": "No dated practice is known.",
    "timeline_about": "{practices} practices, {controls} controls, {first} to {last}",
    "timeline_key_still": "still so on {date}",
    "timeline_key_begin": "begins earlier",
    "timeline_key_announced": "announced",
    "timeline_key_controls": "some are not drawn",
}
SVG = "{http://www.w3.org/2000/svg}"


@cache
def real() -> Speaker:
    return Speaker(load(default_root(), crawlers=False), load_sentences(default_root(), "en"))


@cache
def of(platform: str, when: date = WHEN) -> Timeline:
    return timeline(real().knowledge.platforms[platform], real(), when, WORDS.__getitem__)


def of_made(platform: Platform, when: date = made.WHEN) -> Timeline:
    speaker = Speaker(made.knowledge(platform), load_sentences(default_root(), "en"))
    return timeline(platform, speaker, when, WORDS.__getitem__)


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314


def layers(drawn: Timeline) -> dict[str, list[ElementTree.Element]]:
    tree = parsed(drawn.svg)
    return {group.get("class", ""): list(group) for group in tree}


def across(bar: ElementTree.Element) -> tuple[float, float]:
    """Where a bar begins and ends, from its own path."""
    moved = re.match(r"M([\d.]+),[\d.]+h([\d.]+)", bar.get("d", ""))
    assert moved
    return float(moved[1]), float(moved[1]) + float(moved[2])


# id, kind, since, known, until, announced, places: read off knowledge/, by hand
LINKEDIN = [
    ("not-in-europe", "no", date(2024, 9, 18), True, date(2025, 11, 3), None,
     "European Union, European Economic Area, United Kingdom, Switzerland"),
    ("own-generative-models", "may", date(2024, 9, 18), True, None, None,
     "all but European Union, European Economic Area, United Kingdom, Switzerland, Canada, "
     "Hong Kong SAR China, China"),
    ("messages-not-used", "no", date(2025, 11, 3), False, None, None, "everywhere"),
    ("own-generative-models-eu", "may", date(2025, 11, 3), True, None, date(2025, 9, 18),
     "European Union, European Economic Area, United Kingdom, Switzerland, Canada, "
     "Hong Kong SAR China"),
    ("microsoft-models-gb", "may", date(2025, 11, 3), True, None, date(2025, 9, 18),
     "United Kingdom"),
    ("ai-training-toggle", "control", date(2024, 9, 18), True, None, None, "everywhere"),
]  # fmt: skip
PINTEREST = [
    ("models-2023", "may", date(2023, 8, 1), True, date(2025, 3, 6), None, "everywhere"),
    ("canvas", "may", date(2025, 3, 6), False, None, None,
     "all but European Union, European Economic Area, United Kingdom, Switzerland"),
    ("canvas-eu", "may", date(2025, 3, 6), False, None, None,
     "European Union, European Economic Area, United Kingdom, Switzerland"),
    ("minors-not-used", "no", date(2025, 3, 6), False, None, None, "everywhere"),
    ("messages", "silent", date(2025, 4, 30), False, None, None, "everywhere"),
]  # fmt: skip
ZOOM = [
    ("licence-2023", "may", date(2023, 4, 1), False, date(2023, 8, 7), None, "everywhere"),
    ("licence-with-consent-2023", "condition", date(2023, 8, 7), True, date(2023, 8, 11), None,
     "everywhere"),
    ("own-generative-models", "no", date(2023, 8, 11), True, None, None, "everywhere"),
    ("ai-companion-chats", "silent", date(2026, 8, 6), False, None, None, "everywhere"),
    ("third-party-models", "no", date(2023, 8, 11), True, None, None, "everywhere"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("platform", "expected"),
    [("linkedin", LINKEDIN), ("pinterest", PINTEREST), ("zoom", ZOOM)],
)
def test_rows_say_what_the_files_say(platform: str, expected: list[Any]) -> None:
    rows = [
        (row.id, row.kind, row.since, row.since_known, row.until, row.announced, row.places)
        for row in of(platform).rows
    ]
    assert rows == expected


def test_rows_carry_the_sentence_and_short_names() -> None:
    rows = {row.id: row for row in of("linkedin").rows}
    gb = rows["microsoft-models-gb"]
    assert gb.heading == "Microsoft: training its AI"
    assert gb.name == "United Kingdom: posts, comments and 2 more"
    assert gb.word == "may, says LinkedIn"
    assert gb.text.startswith("LinkedIn gives posts, comments, articles and videos of members in")
    assert rows["messages-not-used"].lines == ("everywhere: one-to-one messages · private",)
    assert rows["own-generative-models"].lines == (
        "all but EU, EEA, GB, CH, CA, HK, CN:",
        "posts, comments and 6 more",
    )


def test_uses_that_are_neither_training_nor_licence_are_left_out() -> None:
    ids = {row.id for row in of("linkedin").rows}
    assert not ids & {"other-models", "microsoft-ads", "affiliate-ads-toggle"}


def test_an_earlier_day_knows_less() -> None:
    rows = {row.id: row for row in of("linkedin", date(2025, 10, 1)).rows}
    assert rows["not-in-europe"].until is None
    assert "messages-not-used" not in rows
    coming = rows["own-generative-models-eu"]
    assert (coming.announced, coming.since) == (date(2025, 9, 18), date(2025, 11, 3))
    drawn = layers(of("linkedin", date(2025, 10, 1)))
    assert len(drawn["timeline-may"]) == 1  # the bar that has not begun is not drawn
    assert len(drawn["timeline-announced"]) == 2 + 1  # two rows and the key


@pytest.mark.parametrize("platform", ["linkedin", "x", "instagram", "pinterest", "tumblr", "zoom"])
def test_svg_may_stand_in_a_page_under_a_strict_policy(platform: str) -> None:
    svg = of(platform).svg
    tree = parsed(svg)
    assert tree.tag == f"{SVG}svg"
    assert {each.tag for each in tree.iter()} <= {
        f"{SVG}{t}" for t in ["svg", "g", "path", "line", "text"]
    }
    names = Counter(name for each in tree.iter() for name in each.attrib)
    assert not {"style", "id", "font-family", "width", "height"} & names.keys()
    assert not [name for name in names if "href" in name or name.startswith("on")]
    assert "url(" not in svg
    left, top, width, height = map(int, tree.get("viewBox", "").split())
    assert (left, top, width) == (0, 0, 320)
    assert height < 1500
    assert tree.get("role") == "img"
    assert tree.get("fill") == "currentColor"
    about = of(platform)
    assert tree.get("aria-label") == f"{about.title}. {about.description}"


@pytest.mark.parametrize("platform", ["linkedin", "x", "instagram", "tumblr"])
def test_every_row_is_drawn_once_with_its_label_and_word(platform: str) -> None:
    drawn = layers(of(platform))
    rows = of(platform).rows
    said = Counter(each.text for marks in drawn.values() for each in marks)
    for text, times in Counter(line for row in rows for line in row.lines).items():
        assert said[text] == times
    for text, times in Counter(row.word for row in rows if row.word).items():
        assert said[text] == times
    for kind, times in Counter(row.kind for row in rows).items():
        assert len(drawn[f"timeline-{kind}"]) == times
    numbers = [each.text for each in drawn["timeline-number"]]
    assert numbers == [str(number) for number in range(1, len(rows) + 1)]
    starts = sum(not row.since_known for row in rows)
    assert len(drawn["timeline-begin"]) == 3 * (starts + 1)
    assert len(drawn["timeline-still"]) == sum(row.until is None for row in rows) + 1


def test_lines_fit_the_narrow_picture() -> None:
    longest = max(len(line) for each in ("x", "instagram") for row in of(each).rows
                  for line in row.lines)  # fmt: skip
    assert longest <= 48


def test_a_line_gives_up_kinds_before_it_gives_up_whom() -> None:
    """``not …`` cut from ``not public`` would say the opposite of nothing."""
    platform = real().knowledge.platforms["pinterest"]
    german = Speaker(real().knowledge, load_sentences(default_root(), "de"))
    words = {**WORDS, "timeline_not_public": "nicht öffentlich", "timeline_more": "und {n} mehr"}
    rows = {row.id: row for row in timeline(platform, german, WHEN, words.__getitem__).rows}
    assert rows["messages"].lines == (
        "everywhere:",
        "Gruppennachrichten und 1 mehr · nicht öffentlich",
    )


def test_a_bar_is_as_long_as_its_time() -> None:
    platform = made.platform(
        practice=[
            made.practice("half", since=date(2024, 1, 1), until=date(2024, 7, 1)),
            made.practice("whole", since=date(2024, 1, 1)),
            made.practice("day", since=date(2024, 7, 1), until=date(2024, 7, 2)),
        ]
    )
    drawn = layers(of_made(platform, date(2024, 12, 31)))
    rows = [row.id for row in of_made(platform, date(2024, 12, 31)).rows]
    bars = dict(zip(rows, map(across, drawn["timeline-may"]), strict=True))
    half, whole, day = bars["half"], bars["whole"], bars["day"]
    assert whole[1] - whole[0] == pytest.approx(308 - 13, abs=0.1)
    assert half[1] - half[0] == pytest.approx((308 - 13) * 182 / 365, abs=0.1)
    assert day[1] - day[0] == pytest.approx(3, abs=0.1)  # the shortest that can be seen
    assert half[1] == pytest.approx(day[0], abs=0.1)


def test_words_stand_inside_the_picture() -> None:
    for platform in ("x", "instagram", "zoom", "tumblr", "linkedin"):
        for layer, marks in layers(of(platform)).items():
            for mark in marks:
                if mark.text:
                    place = re.fullmatch(
                        r"translate\((-?[\d.]+),([\d.]+)\)", mark.get("transform", "")
                    )
                    assert place, layer
                    assert float(place[1]) >= 0
                    assert float(place[1]) + 5.2 * len(mark.text) <= 320


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lights = sorted((light(one), light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def test_colours_hold_on_light_and_dark() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    for kind in ("may", "no", "condition", "silent", "control"):
        look = charts.LOOKS[kind]
        edge = look.get("stroke") or look["fill"]
        assert contrast(edge, "#ffffff") >= 3
        assert contrast(edge, "#111111") >= 3
    assert contrast(charts.LOOKS["may"]["fill"], "#ffffff") >= 4.5


def test_kinds_differ_without_colour() -> None:
    looks = [
        (look.get("fill") == "none", look.get("stroke-dasharray"), "stroke" in look)
        for look in (charts.LOOKS[kind] for kind in ("may", "no", "condition", "silent"))
    ]
    assert len(set(looks)) == 4


def test_arabic_and_hostile_names_are_text_and_nothing_else() -> None:
    name = '</svg><script>alert("1")</script> & منصة'
    platform = made.platform(
        name=name,
        practice=[made.practice(what={"en": "It trains."})],
        control=[made.control(since=made.BEGAN, label={"en": "<b>مفتاح</b>"})],
    )
    drawn = of_made(platform)
    assert "<script" not in drawn.svg
    assert "<b>" not in drawn.svg
    assert parsed(drawn.svg).get("direction") == "ltr"
    assert drawn.title == f"{name} over time"
    assert (parsed(drawn.svg).get("aria-label") or "").startswith(name)
    assert "<b>مفتاح</b>" in {each.text for each in layers(drawn)["timeline-label"]}


def test_what_is_off_until_switched_on_is_not_a_may() -> None:
    drawn = of_made(made.platform(practice=[made.practice(default="off")]))
    assert [(row.kind, row.word) for row in drawn.rows] == [("condition", "only if switched on")]


def test_a_yes_in_the_press_only_is_shown_as_reported() -> None:
    press = {"policy": made.source(kind="press")}
    drawn = of_made(made.platform(source=press))
    assert drawn.rows[0].word == "may, others report"


def test_controls_that_reach_nothing_drawn_or_are_none_are_left_out() -> None:
    platform = made.platform(
        practice=[made.practice()],
        control=[
            made.control("reaches", since=made.BEGAN),
            made.control("gone", until=date(2024, 3, 1)),
            made.control("elsewhere", covers="other", since=made.BEGAN),
            made.control("leaves", covers={"train": "not"}, since=made.BEGAN),
            made.control("nothing", kind="none", since=made.BEGAN),
            made.control("later", since=date(2030, 1, 1)),
            made.control("undated"),
        ],
    )
    drawn = of_made(platform)
    controls = [row for row in drawn.rows if row.kind == "control"]
    assert [(row.id, row.since, row.since_known, row.until) for row in controls] == [
        ("reaches", made.BEGAN, True, None),
        ("gone", None, False, date(2024, 3, 1)),
    ]
    notes = {each.text for each in layers(drawn)["timeline-note"]}
    assert "some are not drawn" in notes
    assert drawn.description == "1 practices, 2 controls, 2024-01-01 to 2024-07-01"


def test_key_names_only_what_is_drawn() -> None:
    drawn = of_made(made.platform(practice=[made.practice(until=date(2024, 3, 1))]))
    assert "timeline-note" not in layers(drawn)


def test_without_dates_there_is_no_picture_but_a_sentence() -> None:
    undated = replace(made.practice(), since=None)
    for practices in ([], [undated], [made.practice(since=date(2030, 1, 1))]):
        drawn = of_made(made.platform(practice=practices))
        assert (drawn.svg, drawn.rows) == ("", ())
        assert drawn.description == "No dated practice is known."


def test_many_years_thin_out_their_numbers() -> None:
    platform = made.platform(practice=[made.practice(since=date(1999, 5, 1))])
    years = [each.text for each in layers(of_made(platform))["timeline-years"]]
    assert years == ["1999", "2004", "2009", "2014", "2019"]


def test_the_same_again() -> None:
    first = of_made(made.platform())
    assert first == of_made(made.platform())


@pytest.mark.parametrize("gone", ["altair", "vl_convert"])
def test_a_missing_part_names_the_line_that_installs_it(
    gone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    charts._layers.cache_clear()
    monkeypatch.setitem(sys.modules, gone, None)
    with pytest.raises(MissingExtra) as raised:
        of_made(made.platform())
    assert raised.value.tip == 'pip install "withhold[guide]"'
    charts._layers.cache_clear()
