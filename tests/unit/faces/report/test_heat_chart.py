"""Companies by sites: each cell says its word, whatever its colour."""

from __future__ import annotations

import sys
from xml.etree import ElementTree

import pytest

from withhold.errors import MissingExtra
from withhold.faces.report.heat_chart import WIDTH, Cell, heat, said
from withhold.words import Answer, Strength

SVG = "{http://www.w3.org/2000/svg}"
PHRASES = {"may": "MAY", "no": "NO", "strength_promised": "promised", "strength_asked": "asked"}
CELLS: dict[tuple[str, str], Cell] = {
    ("Orchard", "https://a.example"): ("disallowed", "promised"),
    ("Orchard", "https://b.example"): ("allowed", None),
    ("Quarry", "https://a.example"): ("disallowed", "asked"),
    ("Quarry", "https://b.example"): ("unknown", None),
}
ROWS, SITES = ["Orchard", "Quarry"], ["https://a.example", "https://b.example"]


def drawn(rows: list[str], sites: list[str], cells: dict[tuple[str, str], Cell]) -> str:
    return heat(rows, sites, cells, said(PHRASES), "who may")


def texts(svg: str, layer: str) -> list[str]:
    tree = ElementTree.fromstring(svg)  # noqa: S314
    group = next((g for g in tree if g.get("class") == f"timeline-{layer}"), None)
    return [one.text or "" for one in group.iter(f"{SVG}text")] if group is not None else []


def cells_of(svg: str, layer: str) -> int:
    tree = ElementTree.fromstring(svg)  # noqa: S314
    return sum(len(list(g)) for g in tree if g.get("class") == f"timeline-{layer}")


def test_every_cell_says_its_word_and_how_strong_its_no_is() -> None:
    svg = drawn(ROWS, SITES, CELLS)
    assert sorted(texts(svg, "word")) == ["?", "MAY", "NO", "NO"]
    assert sorted(texts(svg, "strength")) == ["asked", "promised"]
    assert texts(svg, "row") == ROWS
    assert texts(svg, "number") == ["1", "2"]
    assert texts(svg, "site") == ["1  https://a.example", "2  https://b.example"]


def test_a_no_that_nobody_promised_has_another_border() -> None:
    svg = drawn(ROWS, SITES, CELLS)
    counted = {layer: cells_of(svg, layer) for layer in ("may", "no", "weak", "unknown")}
    assert counted == {"may": 1, "no": 1, "weak": 1, "unknown": 1}


def test_a_pair_that_was_not_asked_stays_empty() -> None:
    svg = drawn(ROWS, SITES, {("Orchard", "https://a.example"): ("allowed", None)})
    assert texts(svg, "word") == ["MAY"]


def test_many_sites_make_more_blocks_and_not_a_wider_picture() -> None:
    sites = [f"https://s{n}.example" for n in range(1, 7)]
    cells: dict[tuple[str, str], Cell] = {("Orchard", one): ("allowed", None) for one in sites}
    svg = drawn(["Orchard"], sites, cells)
    tree = ElementTree.fromstring(svg)  # noqa: S314
    _, _, width, height = map(int, (tree.get("viewBox") or "").split())
    assert width == WIDTH
    assert texts(svg, "number") == ["1", "2", "3", "4", "5", "6"]
    assert len(texts(svg, "word")) == 6
    assert texts(svg, "row") == ["Orchard", "Orchard"]
    assert height < 300


def test_names_of_others_cannot_leave_their_place() -> None:
    site = '"><script>alert(1)</script>\u202e' + "x" * 200
    svg = drawn(["Orchard"], [site], {("Orchard", site): ("allowed", None)})
    assert "<script" not in svg
    (label,) = texts(svg, "site")
    assert len(label) < 60
    assert "\u202e" not in label


@pytest.mark.parametrize(("rows", "sites"), [([], SITES), (ROWS, [])])
def test_nothing_is_drawn_of_nothing(rows: list[str], sites: list[str]) -> None:
    assert drawn(rows, sites, {}) == ""


@pytest.mark.parametrize(
    ("answer", "strength", "words"),
    [
        ("allowed", None, ("MAY", "")),
        ("unknown", None, ("?", "")),
        ("disallowed", "promised", ("NO", "promised")),
        ("disallowed", None, ("NO", "")),
    ],
)
def test_words_of_a_cell(answer: Answer, strength: Strength | None, words: tuple[str, str]) -> None:
    assert said(PHRASES)(answer, strength) == words


def test_without_altair_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(MissingExtra, match="lacks a part"):
        drawn(ROWS, SITES, CELLS)
