"""What others wrote arrives as it was written, and nothing a spreadsheet would run."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow.csv
import pytest

from tests.unit import folder, made
from tests.unit.faces.guide.opendata.reading import Files, row, table
from withhold.catalog.load import load
from withhold.faces.guide.opendata import files
from withhold.faces.report.plain import cell, inert

DAY = date(2026, 11, 25)
ARABIC = "سياسة الخصوصية \u200fلشركة \u200eAcme\u00a0Inc"
MARKUP = '<b onclick="x()">We "may" use</b>, [what](javascript:x) you\npost & *share*; == 1'


def with_source(**more: str) -> Files:
    acme = made.platform(source={"policy": made.source(**more)})
    return dict(files(made.knowledge(acme), DAY))


def test_a_title_in_arabic_and_a_quote_with_markup_survive() -> None:
    there = with_source(title=ARABIC, quote=MARKUP)
    found = row(there, "sources", fact="acme/train")
    assert (found["title"], found["quote"]) == (ARABIC, MARKUP)


def test_another_reader_of_rfc_4180_reads_the_same() -> None:
    there = with_source(title=ARABIC, quote=MARKUP)["sources.csv"]
    options = pyarrow.csv.ParseOptions(newlines_in_values=True)
    read = pyarrow.csv.read_csv(io.BytesIO(there), parse_options=options).to_pylist()
    assert [one["title"] for one in read if one["fact"] == "acme/train"] == [ARABIC]
    assert [one["quote"] for one in read if one["fact"] == "acme/train"] == [MARKUP]


@pytest.mark.parametrize("first", ["=", "+", "-", "@"])
def test_a_cell_that_looks_like_a_formula_is_made_inert(first: str) -> None:
    there = with_source(title=f"{first}HYPERLINK(1)", quote=f"a {first} b")
    found = row(there, "sources", fact="acme/train")
    assert (found["title"], found["quote"]) == (f"'{first}HYPERLINK(1)", f"a {first} b")


def test_no_cell_of_all_knowledge_starts_as_a_formula(built: Files) -> None:
    for name in (one.removesuffix(".csv") for one in built if one.endswith(".csv")):
        for found in table(built, name):
            assert not any(text.startswith(("=", "+", "-", "@", "\t")) for text in found.values())


def test_control_characters_do_not_travel() -> None:
    found = row(with_source(title="a\x1b[31mb\tc\r\nd\x85"), "sources", fact="acme/train")
    assert found["title"] == "a\N{REPLACEMENT CHARACTER}[31mb c\nd\N{REPLACEMENT CHARACTER}"


def test_a_cell_for_a_terminal_is_printable_and_inert() -> None:
    assert cell("-a\nb") == "'-a\N{REPLACEMENT CHARACTER}b"
    assert cell("a-b") == inert("a-b") == "a-b"
    assert inert("") == ""


def test_a_fact_that_lost_its_source_has_no_row_and_still_names_it(made_root: Path) -> None:
    old = 'says = "conditional"\nuse = "train-ai"\nactor = "partner"'
    folder.change(made_root, "platforms/acme.toml", old, old)
    path = made_root / "platforms/acme.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('sources = ["policy", "robots"]', 'sources = ["gone"]'), "utf-8")
    there = dict(files(load(made_root), DAY))
    assert row(there, "disputes", fact="acme/how-far")["sources"] == "gone"
    assert "acme/how-far" not in {one["fact"] for one in table(there, "sources")}


def test_a_platform_without_a_control_and_no_places_leave_empty_tables() -> None:
    there = dict(files(made.knowledge(), DAY))
    assert table(there, "controls") == table(there, "coverage") == table(there, "laws") == []
    assert there["controls.csv"].startswith(b"fact,platform,id,kind,")


def test_lines_end_alike_in_utf_8_without_a_mark(built: Files) -> None:
    for name, body in built.items():
        assert b"\r" not in body
        assert not body.startswith(b"\xef\xbb\xbf")
        assert body.endswith(b"\n") or name == "withhold.json"


MAKE = (
    "import hashlib, sys; from datetime import date; from withhold.catalog.load import load; "
    "from withhold.faces.guide.opendata import files; h = hashlib.sha256(); "
    "[h.update(p.encode() + b) for p, b in files(load(), date(2026, 11, 25), '0.1.0')]; "
    "print(h.hexdigest())"
)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_makes_the_same_bytes(built: Files, seed: str) -> None:
    here = hashlib.sha256()
    for path, body in built.items():
        here.update(path.encode() + body)
    made_there = subprocess.run(
        [sys.executable, "-c", MAKE],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
        text=True,
    )
    assert made_there.stdout.strip() == here.hexdigest()
