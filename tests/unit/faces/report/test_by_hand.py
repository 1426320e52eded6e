"""The words around the steps: complete in four languages, the same as the plan's, inert."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

import withhold.faces
from tests.unit.recipes.test_explain import EIGHT
from withhold.catalog.load import Knowledge
from withhold.catalog.step_words import SHOWN_LANGS
from withhold.errors import BadInput
from withhold.faces.report import qr
from withhold.faces.report.by_hand import about, as_html, as_markdown, left, title, words_of
from withhold.verbs.by_hand import ByHand, by_hand
from withhold.words import Account

PHRASES = Path(withhold.faces.__file__).parent / "phrases"
DAY = date(2026, 11, 26)


def phrases(name: str) -> dict[str, str]:
    """One file of words."""
    return tomllib.loads((PHRASES / f"{name}.toml").read_text(encoding="utf-8"))


SHARED = (
    *("step_on", "step_off", "step_sent", "step_audience"),
    *("want_followers", "want_private", "want_group", "minutes", "closes", "narrows", "leaves"),
    *("forward_only", "also_past", "not_stated", "cost", "needs"),
    *("recorded", "undo_hint", "how_told"),
)
"""What English and German share with the plan; French and Spanish have words of their own."""


def words(lang: str) -> dict[str, str]:
    """As the command line puts them together: French and Spanish over English."""
    return dict(words_of(lang, phrases(lang if lang in ("en", "de") else "en")))


def made(step: str, knowledge: Knowledge, root: Path, lang: str = "en", **more: Any) -> ByHand:
    """A setting of somebody in Pennsylvania."""
    accounts = more.pop("accounts", ())
    asked = {"place": "US-PA", "when": DAY, "lang": lang, "root": root, **more}
    return by_hand(step, accounts, knowledge, **asked)


def _gaps(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", text))


@pytest.mark.parametrize("lang", SHOWN_LANGS)
def test_every_language_has_every_word_with_the_same_gaps(lang: str) -> None:
    english = phrases("show_control.en")
    own = phrases(f"show_control.{lang}")
    if lang in ("fr", "es"):
        english |= {name: phrases("en")[name] for name in SHARED}
    assert own.keys() == english.keys()
    for name, text in english.items():
        assert _gaps(own[name]) == _gaps(text), name
        assert own[name].strip()


def test_english_and_german_use_the_words_of_the_plan() -> None:
    for lang in ("en", "de"):
        assert not {*SHARED} & phrases(f"show_control.{lang}").keys()
        assert {*SHARED} <= phrases(lang).keys()


@pytest.mark.parametrize("lang", SHOWN_LANGS)
def test_one_key_is_one_answer(lang: str) -> None:
    said = words(lang)
    keys = [said[f"key_{one}"] for one in ("done", "lost", "later")]
    assert len({*keys}) == 3
    for key in keys:
        assert f"[{key}]" in said["ask"]
        assert key in said["ask_again"]


def test_what_is_reached_is_what_the_file_says(knowledge: Knowledge, root: Path) -> None:
    """By hand from knowledge/platforms/linkedin.toml, for Pennsylvania and for Great Britain."""
    models = "LinkedIn trains its models that create content"
    microsoft = "LinkedIn gives posts, comments, articles and videos of members in the UK"
    here = made("linkedin/ai-training-toggle", knowledge, root)
    assert [one["en"].startswith(models) for one in here.closes] == [True]
    there = made("linkedin/ai-training-toggle", knowledge, root, place="GB")
    assert [one["en"][:46] for one in there.closes] == [models, microsoft[:46]]
    assert here.narrows == ()
    assert [one["en"].split(" ")[:3] for one in here.leaves] == [
        ["LinkedIn", "uses", "content"],
        ["LinkedIn", "shares", "profile"],
    ]
    nowhere = made("linkedin/ai-training-toggle", knowledge, root, place="")
    assert nowhere.closes == there.closes
    said = words("en")
    assert said["any_place"] in [one.text for one in left(nowhere, said, "en")]
    assert said["any_place"] not in [one.text for one in left(here, said, "en")]


def test_who_does_not_have_it_is_told_so(knowledge: Knowledge, root: Path) -> None:
    said = words("en")
    page = Account(platform="linkedin", kind="page")
    one = made("linkedin/ai-training-toggle", knowledge, root, accounts=[page])
    assert next(about(one, said, "en")).text == (
        "By what is known, your kind of account does not have it; these have: personal."
    )
    british = [
        f"{platform.id}/{control.id}"
        for platform in knowledge.platforms.values()
        for control in platform.control
        if control.kind != "none" and control.places != ["WORLD"] and "US" not in control.places
    ]
    other = [made(step, knowledge, root) for step in british]
    away = [one for one in other if one.offered == "other-place"]
    assert away
    assert next(about(away[0], said, "en")).text == said["other_place"]


def test_what_is_not_translated_says_so_and_is_marked(knowledge: Knowledge, root: Path) -> None:
    """Adobe is none of the eight platforms that are shown in French."""
    control = next(one.id for one in knowledge.platforms["adobe"].control if one.kind != "none")
    one = made(f"adobe/{control}", knowledge, root, "fr")
    said = words("fr")
    english = [text for text in about(one, said, "fr") if text.lang == "en"]
    assert english
    assert all(text.text.endswith("(pas encore traduit)") for text in english)
    assert as_html(one, said, "fr", DAY).count('<li lang="en">') >= len(english)


@pytest.mark.parametrize("lang", ["de", "fr", "es"])
def test_the_whole_page_of_the_eight_platforms_is_translated(
    lang: str, knowledge: Knowledge, root: Path
) -> None:
    """Not the steps only: what it reaches, its cost and its notes too."""
    said = words(lang)
    controls = [
        f"{slug}/{one.id}"
        for slug in EIGHT
        for one in knowledge.platforms[slug].control
        if one.kind != "none"
    ]
    assert len(controls) >= 20
    for step in controls:
        one = made(step, knowledge, root, lang, place="")
        page = [*about(one, said, lang), *left(one, said, lang)]
        assert [text.text for text in page if text.lang != lang] == [], step


def test_a_hostile_name_is_inert(knowledge: Knowledge, root: Path) -> None:
    name = "<script>x</script>`*\x1b[2J"
    own = [Account(platform="tumblr", name=name)]
    step = f"tumblr/third-party-sharing-toggle@{name}"
    one = made(step, knowledge, root, accounts=own)
    said = words("en")
    assert "\x1b" not in title(one, said)
    assert "<script" not in as_html(one, said, "en", DAY)
    shown = as_markdown(one, said, "en", DAY)
    assert "\x1b" not in shown
    markdown = pytest.importorskip("markdown_it", reason="the extra guide is not installed")
    assert "<script" not in markdown.MarkdownIt("commonmark", {"html": True}).render(shown)


# The address as a QR code, read by a decoder that shares nothing with what drew it ---------------

URLS = (
    "https://x.com/settings/grok_settings",
    "https://www.linkedin.com/mypreferences/d/settings/data-for-ai-improvement",
    "mailto:privacy@example.org",
    "https://example.org/" + "a" * 600,
)


@pytest.mark.parametrize("url", URLS)
def test_the_terminal_shows_a_code_that_reads_as_the_address(url: str) -> None:
    assert _read(drawn(qr.blocks(url))) == [url]


@pytest.mark.parametrize("url", URLS)
def test_the_paper_shows_a_code_that_reads_as_the_address(url: str) -> None:
    convert = pytest.importorskip("vl_convert", reason="the extra guide is not installed")
    picture = qr.svg(url, "the address").replace(
        "<svg ", '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600" ', 1
    )
    assert _read(Image.open(BytesIO(convert.svg_to_png(picture)))) == [url]


def test_what_does_not_fit_is_one_line() -> None:
    with pytest.raises(BadInput, match="too long"):
        qr.blocks("https://example.org/" + "a" * 3000)


def drawn(lines: list[str]) -> Image.Image:
    """White where a block is, black where none is, as a terminal draws it; 8 pixels a module."""
    halves = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}
    picture = Image.new("L", (len(lines[0]), 2 * len(lines)))
    for y, line in enumerate(lines):
        for x, char in enumerate(line):
            for half in (0, 1):
                picture.putpixel((x, 2 * y + half), 255 * halves[char][half])
    return picture.resize((8 * picture.width, 8 * picture.height), Image.Resampling.NEAREST)


def _read(picture: Image.Image) -> list[str]:
    return [one.text for one in zxingcpp.read_barcodes(picture)]
