"""Pages of platforms, and the matrix: the same answers as in each place, all side by side."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from tests.unit import folder
from tests.unit.faces.guide.rendered import HTMLParser
from withhold.catalog.load import Knowledge
from withhold.verbs.check import Asking
from withhold.verbs.compare import look
from withhold.words import Account

MAY = {"yes": "may", "part": "may, on some of it", "no": "says no", "unknown": "not known"}


@pytest.fixture(scope="module")
def page(clean: dict[str, bytes]) -> HTMLParser:
    return HTMLParser(clean["platforms/acme/index.html"].decode("utf-8"))


def rows(page: HTMLParser, table: int) -> list[list[str]]:
    """The text of each cell of a table, spaces joined."""
    body = page.css("table")[table].css("tbody tr")
    return [[" ".join(cell.text().split()) for cell in row.css("th, td")] for row in body]


def test_places_stand_side_by_side_as_each_is_answered(page: HTMLParser, acme: Knowledge) -> None:
    said = {
        cell[0].partition("Germany")[0] or cell[0]: (cell[1], cell[2]) for cell in rows(page, 0)
    }
    assert len(rows(page, 0)) == 3, "most of the world, France, Germany"
    for place in ("DE", "FR", "GB", "US", "US-PA"):
        asking = Asking(place=place, when=folder.TODAY, knowledge=acme)
        found = look(Account(platform="acme", audience="public"), asking)
        row = page.css_first(f"table.sides a[href$='/{place.lower()}/acme/']").parent.parent.parent
        assert row.css_first(".mark").text() == MAY[found.may]
    assert set(said.values()) == {
        ("may, on some of it", "by a switch"),
        ("not known", "nothing known to close"),
    }


def test_controls_of_today_stand_in_one_table_all_of_history_in_another(
    page: HTMLParser, acme_root: Path
) -> None:
    now = tomllib.loads((acme_root / "platforms/acme.toml").read_text(encoding="utf-8"))
    then = tomllib.loads((acme_root / "history/acme.toml").read_text(encoding="utf-8"))
    tables = page.css("table")

    def linked(table: int) -> set[str]:
        heads = tables[table].css("tbody th a")
        return {(one.attributes["href"] or "").split("/")[-2] for one in heads}

    assert linked(1) == {one["id"] for one in now["control"]}
    told = {one["id"] for one in (*now["practice"], *then["practice"])}
    assert told <= linked(2)


def test_words_of_a_control_by_language_and_before(page: HTMLParser) -> None:
    words = [(one.attributes["lang"], one.text()) for one in page.css("table q")]
    assert words == [("en", "Improve Acme"), ("de", "Acme verbessern"), ("en", "Help Acme")]


def test_what_is_unknown_until_when_is_dashed_and_what_ended_has_its_day(page: HTMLParser) -> None:
    ended = {row[1].partition(" ")[0]: row[4] for row in rows(page, 2)}
    assert "1 February 2024" in ended["Nothing"]
    assert ended["A"] == "–"


def test_shield_and_dispute_lead_to_their_pages(page: HTMLParser) -> None:
    links = {one.attributes["href"] for one in page.css("main a")}
    assert {"../../facts/acme/shield/", "../../facts/acme/how-far/"} <= links


def test_a_platform_is_found_by_alias_label_and_old_label(clean: dict[str, bytes]) -> None:
    found = {one[0]: one for one in json.loads(clean["search.json"])}
    also = found["platforms/acme/"][3]
    for word in ("acme.example", "Old Acme", "Improve Acme", "Acme verbessern", "Help Acme"):
        assert word in also


def test_the_matrix_has_a_cell_per_platform_and_places_that_read_alike(
    clean: dict[str, bytes], acme: Knowledge
) -> None:
    matrix = HTMLParser(clean["matrix/index.html"].decode("utf-8"))
    heads = matrix.css("thead th a")
    cells = matrix.css("tbody tr")[0].css("td")
    assert [one.text() for one in heads] == ["everywhere else", "European Union"]
    alike = [
        look(
            Account(platform="acme", audience="public"),
            Asking(place=place, when=folder.TODAY, knowledge=acme),
        )
        for place in ("DE", "FR", "GB")
    ]
    de, fr, gb = ((one.may, one.way) for one in alike)
    assert de == fr != gb, "France and Germany read alike, and so stand in one column"
    assert len(cells) == len(heads)
    for head, cell in zip(heads, cells, strict=True):
        code = (head.attributes["href"] or "").strip("./").upper()
        asking = Asking(place=code, when=folder.TODAY, knowledge=acme)
        found = look(Account(platform="acme", audience="public"), asking)
        assert cell.css_first("b").text() == MAY[found.may]
        assert cell.attributes["class"] == found.may


def test_the_list_of_platforms_says_where_it_is_otherwise(clean: dict[str, bytes]) -> None:
    listed = HTMLParser(clean["platforms/index.html"].decode("utf-8"))
    row = rows(listed, 0)[0]
    assert row[0] == "Acme"
    assert {"France", "Germany"} == {one.strip() for one in row[3].split(";")}
