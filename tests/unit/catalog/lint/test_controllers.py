"""A controller is checked as strictly as the letters that rest on it need."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit import folder
from tests.unit.catalog.lint.found import found
from tests.unit.catalog.lint.test_authorities import EEA, put
from withhold.errors import BadKnowledge

CONTROLLER = """\
id = "acme-fr"
name = "Acme France SA"
answers_for = ["acme", "partner"]
places = ["WORLD"]
not_places = []
seat = "FR"
timezone = "Europe/Paris"
language = "fr"
lead_authority = "fr"

[source.policy]
url = "https://acme.example/policy"
kind = "official"
seen = 2024-06-01

[[door]]
kind = "form"
to = "https://acme.example/object"
acts = ["object-training"]
platforms = ["acme"]
places = ["DE", "FR"]
needs = ["email"]
fields = [
  { name = { en = "Name", de = "Name" }, fill = "name" },
  { name = { en = "Kind", de = "Art" }, fill = "=Objection" },
]
seen = 2024-06-01
sources = ["policy"]

[[door]]
kind = "email"
to = "privacy@acme.example"
seen = 2024-06-02
sources = ["policy"]

[[door]]
kind = "post"
to = "Acme France SA\\n1 rue A\\n75001 Paris"
seen = 2024-06-03
sources = ["policy"]
"""


def write(root: Path, text: str, slug: str = "acme-fr") -> None:
    (root / "controllers").mkdir(exist_ok=True)
    (root / "controllers" / f"{slug}.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def root(made_root: Path) -> Path:
    folder.change(made_root, "places.toml", "[country]\n", EEA)
    for slug, place in (("de-by", "DE-BY"), ("de-he", "DE-HE"), ("fr", "FR"), ("gb", "GB")):
        put(made_root, slug, place, "general")
    put(made_root, "fr-public", "FR", "public")
    write(made_root, CONTROLLER)
    return made_root


def test_a_controller_that_holds_has_no_finding(root: Path) -> None:
    assert found(root) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('["acme", "partner"]', '["acme", "nobody"]', "unknown platform or actor 'nobody'"),
        ("not_places = []", 'not_places = ["XX"]', "unknown place 'XX'"),
        ('seat = "FR"', 'seat = "EU"', "seat: 'EU' is no country"),
        ('"Europe/Paris"', '"Europe/Nowhere"', "timezone: 'Europe/Nowhere' is not known"),
        ('"Europe/Paris"', '"../etc/passwd"', "timezone: '../etc/passwd' is not known"),
        ('language = "fr"', 'language = "fra"', "language: 'fra' is no code"),
        ('authority = "fr"', 'authority = "xx"', "lead_authority: unknown authority 'xx'"),
        ('authority = "fr"', 'authority = "gb"', "gb is not in the country of the seat"),
        ('authority = "fr"', 'authority = "fr-public"', "fr-public does not watch over companies"),
        ('lead_authority = "fr"', "", "lead_authority: unknown authority ''"),
        ('seat = "FR"', 'seat = "US-PA"', "lead_authority: a seat outside the EEA has none"),
        ('language = "fr"', 'code_of_practice = "x"', "code_of_practice: expected an e-mail"),
        ('language = "fr"', 'note = { en = "So." }', "note: no text in de"),
        ('"https://acme.example/object"', '"acme.example/object"', "door 1: 'acme.example/obj"),
        ('"privacy@acme.example"', '"privacy@acme.example\\nBcc: a"', "door 2: 'privacy@acme"),
        ('"privacy@acme.example"', '"mailto:privacy@acme.example"', "no address of kind email"),
        ('"Acme France SA\\n1 rue', '"Acme France SA\\r\\n1 rue', "no address of kind post"),
        ('platforms = ["acme"]', 'platforms = ["scrapeco"]', "for 'scrapeco', which it does not"),
        ('places = ["DE", "FR"]', 'places = ["UK"]', "door 1: unknown place 'UK'"),
        ('places = ["DE", "FR"]', "places = []", "door 1: no place (WORLD is one)"),
        ('seen = 2024-06-02\nsources = ["policy"]', "seen = 2024-06-02\nsources = []", "no source"),
        ('seen = 2024-06-02\nsources = ["policy', 'seen = 2024-06-02\nsources = ["x', "source 'x'"),
        ("seen = 2024-06-03", "seen = 2999-06-03", "door 3: seen 2999-06-03 lies in the future"),
        ('kind = "official"\nseen = 2024', 'kind = "official"\nseen = 2999', "source policy: seen"),
        ('{ en = "Kind", de = "Art" }', '{ en = "Kind" }', "field: no text in de"),
        ('fill = "name"', 'fill = "passport"', "field: unknown fill 'passport'"),
    ],
)
def test_what_does_not_hold_is_found(root: Path, old: str, new: str, said: str) -> None:
    folder.change(root, "controllers/acme-fr.toml", old, new)
    (line,) = found(root)
    assert line.startswith("controllers/acme-fr.toml:")
    assert said in line
    assert line.endswith("[controllers]")


def test_its_time_has_a_length(root: Path) -> None:
    new = "since = 2024-02-01\nuntil = 2024-02-01"
    folder.change(root, "controllers/acme-fr.toml", 'language = "fr"', new)
    lines = found(root)
    assert lines[0].endswith("since must lie before until [controllers]")
    assert lines[1:] == [
        f"platforms/acme.toml:1: no controller for {one} [controllers]" for one in ("DE", "GB")
    ]


def test_a_controller_without_doors_says_why(root: Path) -> None:
    bare = CONTROLLER[: CONTROLLER.index("[[door]]")].replace("[source", "door = []\n\n[source", 1)
    write(root, bare)
    (line,) = found(root)
    assert "no door, and no note that says so" in line
    write(root, bare.replace("door = []", 'door = []\nnote = { en = "None.", de = "Keine." }'))
    assert found(root) == []


def test_a_seat_in_a_land_has_a_lead_authority_of_germany(root: Path) -> None:
    write(
        root, CONTROLLER.replace('seat = "FR"', 'seat = "DE-BY"').replace('"fr"\n\n', '"de-by"\n\n')
    )
    assert found(root) == []


@pytest.mark.parametrize(
    ("old", "new", "places"),
    [
        ("not_places = []", 'not_places = ["GB"]', ["GB"]),
        ("not_places = []", 'not_places = ["EU"]', ["DE"]),
        ('places = ["WORLD"]', 'places = ["FR"]', ["DE", "GB"]),
        ('answers_for = ["acme", "partner"]', 'answers_for = ["acme"]', []),
        ("not_places = []", "until = 2024-07-01", ["DE", "GB"]),
        ("not_places = []", "since = 2024-07-02", ["DE", "GB"]),
        ("not_places = []", "until = 2024-07-02", []),
        ("not_places = []", "since = 2024-07-01", []),
    ],
)
def test_a_platform_of_tier_1_has_a_controller_where_it_must(
    root: Path, old: str, new: str, places: list[str]
) -> None:
    folder.change(root, "controllers/acme-fr.toml", old, new)
    assert found(root) == [
        f"platforms/acme.toml:1: no controller for {one} [controllers]" for one in places
    ]


def test_a_file_under_another_name_cannot_be_read(root: Path) -> None:
    write(root, CONTROLLER, "acme-de")
    with pytest.raises(BadKnowledge, match="id: expected `acme-de`"):
        found(root)
