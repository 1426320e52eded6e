"""Whoever lives in the EEA, Switzerland or the United Kingdom finds one authority for companies."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit import folder
from tests.unit.catalog.lint.found import found

AUTHORITY = """\
id = "{slug}"
name = "Behörde"
names = {{ en = "Authority", de = "Behörde" }}
places = ["{place}"]
sector = "{sector}"
languages = ["de"]
email = "post@authority.example"
webform = "https://authority.example/form"
address = "Weg 1\\n10000 Ort"
web = "https://authority.example/"
seen = 2024-05-01

[source.record]
url = "https://records.example/authority"
kind = "blog"
seen = 2024-05-01
"""
ALL = (
    ("de-by", "DE-BY", "private"),
    ("de-by-public", "DE-BY", "public"),
    ("de-he", "DE-HE", "general"),
    ("de-church", "DE", "church"),
    ("fr", "FR", "general"),
    ("gb", "GB", "general"),
)
EEA = """\
[group.EEA]
name = { en = "European Economic Area", de = "Europäischer Wirtschaftsraum" }
members = ["DE", "FR"]
source = "iso"

[de_state]
DE-BY = { en = "Bavaria", de = "Bayern" }
DE-HE = { en = "Hesse", de = "Hessen" }

[country]
"""


def put(root: Path, slug: str, place: str, sector: str) -> Path:
    path = root / "authorities" / f"{slug}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(AUTHORITY.format(slug=slug, place=place, sector=sector), encoding="utf-8")
    return path


@pytest.fixture
def root(made_root: Path) -> Path:
    folder.change(made_root, "places.toml", "[country]\n", EEA)
    for slug, place, sector in ALL:
        put(made_root, slug, place, sector)
    return made_root


def test_authorities_that_hold_have_no_finding(root: Path) -> None:
    assert found(root) == []


def test_a_folder_without_authorities_is_not_asked_for_them(made_root: Path) -> None:
    folder.change(made_root, "places.toml", "[country]\n", EEA)
    assert found(made_root) == []


@pytest.mark.parametrize(
    ("gone", "area"), [("de-by", "DE-BY"), ("de-he", "DE-HE"), ("fr", "FR"), ("gb", "GB")]
)
def test_where_none_is_left_it_is_said(root: Path, gone: str, area: str) -> None:
    (root / "authorities" / f"{gone}.toml").unlink()
    (line,) = found(root)
    assert line == f"places.toml:1: {area}: expected one authority for companies, found none " + (
        "[authorities]"
    )


@pytest.mark.parametrize(("place", "sector"), [("DE-BY", "general"), ("FR", "private")])
def test_where_two_would_do_it_is_said(root: Path, place: str, sector: str) -> None:
    put(root, "another", place, sector)
    (line,) = found(root)
    assert f"{place}: expected one authority for companies, found ['another', " in line


def test_one_for_the_whole_country_stands_beside_each_land(root: Path) -> None:
    put(root, "whole", "DE", "general")
    assert [line.partition(" ")[2][:5] for line in found(root)] == ["DE-BY", "DE-HE"]


@pytest.mark.parametrize("sector", ["public", "church", "broadcasting"])
def test_who_does_not_watch_over_companies_does_not_count(root: Path, sector: str) -> None:
    put(root, "another", "FR", sector)
    assert found(root) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"FR"', '"XX"', "unknown place 'XX'"),
        ('"FR"', '"EU"', "'EU' is no place that a person lives in"),
        ('"FR"', '"WORLD"', "'WORLD' is no place that a person lives in"),
        ('["FR"]', "[]", "no place"),
        ('"post@authority.example"', '"post@authority"', "is no e-mail address"),
        ('"https://authority.example/form"', '"authority.example"', "webform: 'authority.example'"),
        ('"https://authority.example/"', '"javascript:a"', "web: 'javascript:a' is no web"),
        ('"Weg 1\\n10000 Ort"', '"Weg 1"', "address: expected lines of text"),
        ('["de"]', "[]", "languages: in which"),
        (', de = "Behörde"', "", "names: no text in de"),
        ("\nseen = 2024-05-01\n\n[", "\nseen = 2999-05-01\n\n[", "seen 2999-05-01 lies in"),
        ('"blog"\nseen = 2024', '"blog"\nseen = 2999', "source record: seen 2999-05-01 lies in"),
        ('"https://records', '"records', "source record: url: expected a web address"),
    ],
)
def test_what_does_not_hold_is_found(root: Path, old: str, new: str, said: str) -> None:
    folder.change(root, "authorities/fr.toml", old, new)
    lines = [one for one in found(root) if one.startswith("authorities/fr.toml:")]
    (line,) = lines
    assert said in line
    assert line.endswith("[authorities]")


def test_one_without_any_way_in_is_found(root: Path) -> None:
    path = root / "authorities" / "fr.toml"
    ways = ("email", "webform", "address", "web")
    kept = [
        one
        for one in path.read_text(encoding="utf-8").split("\n")
        if not one.startswith(tuple(f"{way} =" for way in ways))
    ]
    path.write_text("\n".join(kept), encoding="utf-8")
    (line,) = found(root)
    assert "no way to reach it" in line
