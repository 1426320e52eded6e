"""The Open Graph picture: reopened with Pillow and looked at pixel by pixel."""

from __future__ import annotations

import io
import sys
from typing import Any

import pytest
from PIL import Image, ImageChops

from withhold.catalog.load import default_root, load
from withhold.errors import MissingExtra
from withhold.faces.guide import cards, letters
from withhold.faces.guide.cards import card
from withhold.faces.guide.letters import drawable, spelled, wide, wrapped

LINES = [
    "LinkedIn says it may",
    "On: posts, articles, comments",
    "Since 3 November 2025",
    "1 minute",
]
FULL: dict[str, Any] = {
    "title": "LinkedIn: may it train its AI on what you post?",
    "lines": LINES,
    "place": "Germany",
    "day": "23 November 2026",
    "mark": "may",
    "foot": "Information, not legal advice",
}
DATED = (84, 512, 1200, 580)
TITLED = (84, 0, 1200, 130)
ARABIC = "منصة"


def drawn(**more: Any) -> Image.Image:
    return Image.open(io.BytesIO(card(**{**FULL, **more}))).convert("RGB")


def ink(picture: Image.Image, box: tuple[int, int, int, int]) -> int:
    """How many pixels of a region are dark."""
    return sum(picture.crop(box).convert("L").histogram()[:128])


def same(one: Image.Image, other: Image.Image, box: tuple[int, int, int, int]) -> bool:
    return ImageChops.difference(one.crop(box), other.crop(box)).getbbox() is None


def test_a_png_of_the_size_that_is_asked_for() -> None:
    data = card(**FULL)
    picture = Image.open(io.BytesIO(data))
    assert (picture.format, picture.mode, picture.size) == ("PNG", "P", (1200, 630))
    assert data[24] == 4  # PNG, 11.2.2: bit depth, after width and height
    assert len(data) <= 25_000


def test_the_same_arguments_give_the_same_bytes() -> None:
    first = card(**FULL)
    letters.line.cache_clear()
    assert card(**FULL) == first


def test_day_and_place_are_in_the_picture() -> None:
    whole, other = drawn(), drawn(day="24 November 2026")
    assert not same(whole, other, DATED)
    assert same(whole, other, (0, 0, 1200, 505))
    assert not same(whole, drawn(place="France"), DATED)
    assert ink(whole, DATED) > 3000
    assert ink(drawn(place=""), DATED) > 2000  # the day alone
    assert ink(whole, DATED) > ink(drawn(place=""), DATED)


def test_day_and_place_are_large_enough_for_a_phone() -> None:
    """At 360 of 1200 pixels across, capitals of 30 pixels are still 9 high."""
    box = ImageChops.invert(drawn(day="2026", place="").crop(DATED).convert("L")).getbbox()
    assert box
    assert box[3] - box[1] >= 30


def test_a_long_place_never_costs_the_day() -> None:
    place = "South Georgia and South Sandwich Islands and what lies beyond them"
    long, short = drawn(place=place), drawn(place=place + " and more")
    assert same(long, short, DATED)  # both are cut
    assert ink(long, DATED) > ink(drawn(place=""), DATED)
    assert ink(long, (1150, 0, 1200, 630)) == 0


@pytest.mark.parametrize(
    ("mark", "colour"),
    [("may", (180, 80, 15)), ("no", (31, 117, 184)), ("unknown", (110, 110, 110))],
)
def test_the_mark_colours_a_stripe_and_the_band_of_its_word(
    mark: str, colour: tuple[int, int, int]
) -> None:
    picture = drawn(mark=mark)
    assert picture.getpixel((10, 315)) == colour
    band = picture.crop((84, 150, 1140, 400))
    colours = {shade: number for number, shade in band.getcolors(1000) or []}
    assert colours[colour] > 50_000
    assert colours[(255, 255, 255)] > 1000


def test_no_colour_without_its_word() -> None:
    for picture in (drawn(lines=[]), drawn(lines=[ARABIC, "more"]), drawn(mark="")):
        assert picture.getpixel((10, 315)) == (17, 17, 17)


def test_a_title_takes_two_lines_at_most() -> None:
    title = "A very long title that goes on and on "
    assert card(**{**FULL, "title": title * 3}) == card(**{**FULL, "title": title * 9})
    assert wrapped("one two three", 76, 2000, 2) == ["one two three"]
    lines = wrapped(title * 3, 76, 1060, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(wide(line, 76) <= 1060 for line in lines)
    assert wrapped("x" * 300, 76, 1060, 2)[0].rstrip("…").strip("x") == ""


def test_at_most_four_lines_and_none_runs_out_of_the_picture() -> None:
    assert card(**{**FULL, "lines": [*LINES, "a fifth"]}) == card(**FULL)
    picture = drawn(lines=["w" * 300] * 4)
    assert ink(picture, (1146, 0, 1200, 630)) == 0
    assert len(card(**{**FULL, "title": "Wm " * 60, "lines": ["Wm& " * 60] * 4})) <= 40_000


def test_letters_that_the_font_lacks_never_become_boxes() -> None:
    fallback = drawn(title=ARABIC, fallback="minassa", place="")
    assert same(fallback, drawn(title="minassa", place=""), (0, 0, 1200, 630))
    assert ink(drawn(title=ARABIC, fallback="", mark="", lines=[]), TITLED) == 0
    assert ink(drawn(title=ARABIC, fallback="日本", mark="", lines=[]), TITLED) == 0
    assert card(**{**FULL, "place": "日本"}) == card(**{**FULL, "place": ""})
    assert card(**{**FULL, "foot": ARABIC}) == card(**{**FULL, "foot": ""})


@pytest.mark.parametrize("text", [ARABIC, "日本", "Ελλάδα", "\ue000", "a\u0301\u0489"])
def test_what_cannot_be_drawn_is_known(text: str) -> None:
    assert not drawable(text)


def test_german_and_its_neighbours_can_be_drawn() -> None:
    assert drawable("Öffentliche Beiträge für Größeres – „so“ · Çà, señor, Ångström, č…")
    assert spelled("Größe – „so“")[0] == "Grosse - “so“"
    assert spelled("Ä") == ("A", ((0, "\N{COMBINING DIAERESIS}"),))
    assert spelled("í") == ("i", ())


def test_marks_are_seen_over_and_under_their_letters() -> None:
    def box(text: str) -> tuple[int, int, int, int]:
        found = letters.line(text, 76)[0].getbbox()
        assert found
        return found

    plain, dotted = box("A"), box("Ä")
    assert dotted[1] < plain[1] - 5
    assert dotted[3] == plain[3]
    assert box("Ç")[3] > box("C")[3] + 3
    for letter in "ÁÀÂÃÅ":
        assert box(letter)[1] < plain[1]
    masks = {letters.line(letter, 76)[0].tobytes() for letter in "AÁÀÂÃÅÄ"}
    assert len(masks) == 7


def test_every_place_of_the_knowledge_can_be_drawn() -> None:
    places = load(default_root(), platforms=(), crawlers=False).places
    lacking = [
        name
        for code in places.names
        for lang in ("en", "de")
        if not drawable(name := places.name(code, lang))
    ]
    assert lacking == []


def test_without_pillow_the_line_that_installs_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    letters.font.cache_clear()
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(MissingExtra) as raised:
        cards.card(**FULL)
    assert raised.value.tip == 'pip install "withhold[guide]"'
