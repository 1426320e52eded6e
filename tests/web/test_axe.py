"""WCAG 2.2 A and AA as axe-core sees it, on every template: light, dark, 320 and 1280 px."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.web.axe_rules import ALL, COLOURS, looked_at
from tests.web.conftest import SHOTS, Opened
from tests.web.pages import ONCE, PAGES, folder, shown
from withhold.catalog.load import Knowledge
from withhold.faces.guide.edition import HERE

pytestmark = pytest.mark.long


def test_every_template_is_visited(knowledge: Knowledge) -> None:
    """A template that nobody opens is held by none of these gates."""
    whole = {
        one.stem
        for one in (HERE / "templates").iterdir()
        if one.read_text(encoding="utf-8").startswith('{% extends "base.html" %}')
    }
    # as long as no slug of knowledge was retired there is no page that leads to a new one
    unused = set() if knowledge.retired else {"retired"}
    assert {name.partition(":")[0] for name in PAGES} == whole - unused


@pytest.mark.system
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("lang", ["en", "de"])
def test_no_violation(lang: str, width: int, opened: Opened) -> None:
    """All rules in the light, those of colours again in the dark: nothing else is other there.

    Advice and what axe could not decide is kept beside the screenshots.
    """
    window = opened(width=width, reduced_motion="reduce")
    broken: dict[str, list[str]] = {}
    beside: dict[str, dict[str, list[Any]]] = {}
    for name, path in (PAGES if lang == "en" else ONCE).items():
        if lang == "de" and width == 1280 and name != "front:list":
            continue
        page = window.open(folder(lang) + path)
        shown(page, name)
        for scheme, options in (("light", ALL), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            found, beside[f"{name} {scheme}"] = looked_at(page, options)
            if found:
                broken[f"{name} {scheme}"] = found
    _kept(f"axe-beside-{lang}-{width}", {name: what for name, what in beside.items() if what})
    assert broken == {}


def _kept(name: str, what: Any) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    (SHOTS / f"{name}.json").write_text(json.dumps(what, indent=1))


@pytest.mark.system
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_contrast_is_decided(scheme: str, opened: Opened) -> None:
    """Where axe could not see behind a text it is made to, and nothing is left but pictures.

    It cannot see what a table that scrolls has out of sight; so here no table scrolls. Letters in
    the timeline are measured below.
    """
    window = opened(width=2600, scheme=scheme, reduced_motion="reduce")
    undecided: dict[str, Any] = {}
    for name, path in ONCE.items():
        page = window.open(path)
        shown(page, name)
        page.evaluate(
            "document.querySelectorAll('.wide, .bar, .matrix th').forEach((one) => {"
            " one.style.setProperty('overflow', 'visible');"
            " one.style.setProperty('position', 'static'); })"
        )
        found, beside = looked_at(page, COLOURS)
        assert found == [], name
        left = [
            node
            for nodes in beside.values()
            for node in nodes
            if not page.locator(node[0][0]).first.evaluate("(one) => Boolean(one.closest('svg'))")
        ]
        if left:
            undecided[name] = left[:4]
    assert undecided == {}


@pytest.mark.system
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["platforms/linkedin/", "platforms/facebook/"])
def test_letters_of_the_timeline(path: str, scheme: str, opened: Opened) -> None:
    """4.5 to 1 against the page, or against the bar that they stand in (WCAG 1.4.3)."""
    page = opened(scheme=scheme).open(path)
    pairs = page.evaluate(LETTERS)
    assert len(pairs) > 20
    assert {len(one["behind"]) for one in pairs} - {0}, "some letters stand on bars"
    faint = [
        (one["text"], ratio)
        for one in pairs
        if (ratio := contrast(one["ink"], [one["paper"], *one["behind"]], one["opacity"])) < 4.5
    ]
    assert faint == []


LETTERS = """() => {
  const paper = getComputedStyle(document.body).backgroundColor;
  const bars = [...document.querySelectorAll('.timeline rect, .timeline path')]
    .map((one) => [one, one.getBoundingClientRect(), getComputedStyle(one)])
    .filter(([, box, style]) => style.fill !== 'none' && box.height > 8);
  return [...document.querySelectorAll('.timeline text')].filter((one) => one.textContent.trim())
    .map((one) => {
      const box = one.getBoundingClientRect();
      const middle = [box.x + box.width / 2, box.y + box.height / 2];
      const style = getComputedStyle(one);
      const behind = bars.filter(([, bar]) => bar.left <= middle[0] && middle[0] <= bar.right
        && bar.top <= middle[1] && middle[1] <= bar.bottom)
        .map(([, , style]) => [style.fill, Number(style.fillOpacity)]);
      return { text: one.textContent, ink: style.fill, paper: [paper, 1], behind,
        opacity: Number(style.fillOpacity) * Number(style.opacity) };
    });
}"""


def contrast(ink: str, layers: list[tuple[str, float]], opacity: float) -> float:
    """WCAG's ratio of an ink over layers of colour, the last on top."""
    ground = (255.0, 255.0, 255.0)
    for colour, cover in layers:
        ground = _over(_rgb(colour), ground, cover)
    light, dark = sorted(map(_luminance, (_over(_rgb(ink), ground, opacity), ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _rgb(colour: str) -> tuple[float, float, float]:
    numbers = [float(one) for one in re.findall(r"[0-9.]+", colour)]
    return numbers[0], numbers[1], numbers[2]


def _over(
    top: tuple[float, float, float], ground: tuple[float, float, float], cover: float
) -> tuple[float, float, float]:
    mixed = [cover * one + (1 - cover) * two for one, two in zip(top, ground, strict=True)]
    return mixed[0], mixed[1], mixed[2]


def _luminance(colour: tuple[float, float, float]) -> float:
    parts = [one / 255 for one in colour]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_contrast_is_wcags() -> None:
    """By the pairs that the WCAG and its understanding documents give."""
    white = [("rgb(255, 255, 255)", 1.0)]
    assert contrast("rgb(0, 0, 0)", white, 1) == pytest.approx(21)
    assert contrast("rgb(118, 118, 118)", white, 1) == pytest.approx(4.54, abs=0.01)
    assert contrast("rgb(119, 119, 119)", white, 1) == pytest.approx(4.48, abs=0.01)
    assert contrast("rgb(0, 0, 0)", white, 0) == pytest.approx(1)


@pytest.mark.system
def test_axe_sees_faults(opened: Opened) -> None:
    """Put on a page of the guide, in both schemes: that it finds nothing else means something."""
    page = opened().open("us-pa/linkedin/")
    page.evaluate(
        """() => { const bad = document.createElement('div');
        bad.innerHTML = '<input><p lang="xx-nonsense">a</p><button></button><p>faint</p>';
        bad.lastChild.style.setProperty('color', '#999');
        bad.lastChild.style.setProperty('background', '#bbb');
        document.querySelector('main').append(bad); }"""
    )
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found, _ = looked_at(page, ALL)
        assert {one.partition(":")[0] for one in found} == {
            *("label", "valid-lang", "button-name", "color-contrast"),
        }
