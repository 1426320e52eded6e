"""Every example of a specification is a case of a table, or is named as left out, with the reason.

examples.toml counts by hand what the specifications hold; the marks in the tables are counted here.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
FIELDS = {
    "id": str,
    "name": str,
    "version": str,
    "dated": str,
    "read": str,
    "where": str,
    "examples": int,
    "cases": int,
    "left_out": list,
}
LEFT_OUT = re.compile(r"(?P<place>\S.*?)(?: \((?P<number>[1-9]\d*)\))?: (?P<reason>\S.*)")
SPECS: list[dict[str, Any]] = tomllib.loads((HERE / "examples.toml").read_text("utf-8"))["spec"]


def marks_of(case: dict[str, Any]) -> list[str]:
    """The marks of a case: none, one, or several where texts share an example."""
    mark = case.get("example", [])
    return [mark] if isinstance(mark, str) else mark


def marked() -> list[tuple[str, str]]:
    """The mark of each marked case, and ``table: id`` of the case; once for each mark."""
    found = []
    for table in sorted(HERE.glob("*.toml")):
        for case in tomllib.loads(table.read_text("utf-8")).get("case", ()):
            found += [(mark, f"{table.name}: {case['id']}") for mark in marks_of(case)]
    return found


MARKED = marked()


def spec_and_place(mark: str) -> tuple[str, str]:
    spec, _, place = mark.partition(",")
    return spec.strip(), place.strip()


def places(spec: str) -> Counter[str]:
    """The places of a specification that cases are marked with, and how many cases each has."""
    return Counter(
        place for one, place in (spec_and_place(mark) for mark, _ in MARKED) if one == spec
    )


def test_the_counts_have_every_field_and_no_other() -> None:
    assert len({one["id"] for one in SPECS}) == len(SPECS)
    for one in SPECS:
        assert {name: type(value) for name, value in one.items()} == FIELDS, one["id"]
        assert one["read"] in ("whole", "excerpt", "relayed", "no"), one["id"]
        assert "," not in one["id"]
        assert one["name"], one["id"]
        assert one["version"], one["id"]
        assert one["where"] or one["read"] == "no", one["id"]


def test_a_text_that_was_not_read_has_no_counted_examples() -> None:
    for one in SPECS:
        if one["read"] == "no":
            assert (one["examples"], one["cases"], one["left_out"]) == (0, 0, []), one["id"]


def test_a_mark_names_a_counted_specification_and_a_place_in_it() -> None:
    known = {one["id"] for one in SPECS}
    for mark, case in MARKED:
        spec, place = spec_and_place(mark)
        assert spec in known, case
        assert place, case


def test_no_case_has_a_mark_twice() -> None:
    assert len(set(MARKED)) == len(MARKED)


@pytest.mark.parametrize("spec", SPECS, ids=[one["id"] for one in SPECS])
def test_as_many_cases_are_marked_as_are_counted(spec: dict[str, Any]) -> None:
    assert places(spec["id"]).total() == spec["cases"]


@pytest.mark.parametrize("spec", SPECS, ids=[one["id"] for one in SPECS])
def test_every_example_is_a_case_or_is_left_out_with_a_reason(spec: dict[str, Any]) -> None:
    left: Counter[str] = Counter()
    for one in spec["left_out"]:
        said = LEFT_OUT.fullmatch(one)
        assert said, one
        assert said["place"] not in left, one
        left[said["place"]] = int(said["number"] or 1)
    covered = places(spec["id"])
    assert not left.keys() & covered.keys()
    assert len(covered) + left.total() == spec["examples"]
