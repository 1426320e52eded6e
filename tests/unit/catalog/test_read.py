"""A file of knowledge with a fault: which file, which line, which field, what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit import folder
from withhold.catalog.read import line_of, read
from withhold.errors import BadKnowledge
from withhold.facts import Platform
from withhold.law_facts import Law
from withhold.steps import Recipe


def _fault(root: Path, file: str = "platforms/acme.toml", kind: type = Platform) -> BadKnowledge:
    with pytest.raises(BadKnowledge) as found:
        read(root / file, kind)
    assert "\n" not in found.value.message
    assert found.value.exit_code == 2
    return found.value


def test_a_file_that_holds_is_read(made_root: Path) -> None:
    acme = read(made_root / "platforms/acme.toml", Platform)
    assert [one.id for one in acme.practice] == ["train", "partner-trains"]
    assert acme.source["policy"].seen.isoformat() == "2024-06-01"


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        pytest.param(
            'default = "on"',
            'defualt = "on"',
            "defualt",
            "practice[0].defualt: unknown field `defualt`",
            id="typo-in-a-field",
        ),
        pytest.param(
            "minutes = 5",
            'minutes = "5"',
            'minutes = "5"',
            "control[1].minutes: expected `int`, got `str`",
            id="wrong-type",
        ),
        pytest.param(
            "since = 2024-02-01\n",
            'since = "2024-02-31"\n',
            'since = "2024-02-31"',
            "practice[0].since: expected a date, as 2025-11-03",
            id="bad-date-string",
        ),
        pytest.param(
            'actor = "partner"\n',
            "",
            "[[practice]]",
            "practice[1]: missing field `actor`",
            id="missing-field",
        ),
        pytest.param(
            'says = "conditional"',
            'says = "perhaps"',
            'says = "perhaps"',
            "practice[1].says: expected one of conditional, no, silent, yes; got 'perhaps'",
            id="unknown-word",
        ),
        pytest.param(
            'kind = "archived"',
            'kind = "rumour"',
            'kind = "rumour"',
            "source.robots.kind: expected one of archived, blog, official, press, regulator, "
            "research, unverified; got 'rumour'",
            id="nested-table",
        ),
        pytest.param(
            'url = "https://acme.example/robots.txt"\n',
            "",
            "[source.robots]",
            "source.robots: missing field `url`",
            id="missing-in-a-nested-table",
        ),
        pytest.param(
            "seen = 2024-05-01",
            "sean = 2024-05-01",
            "sean",
            "source.robots.sean: unknown field `sean`",
            id="typo-in-a-nested-table",
        ),
        pytest.param(
            'operator = "acme"\n',
            "",
            'id = "acme"',
            "operator: missing field `operator`",
            id="missing-at-the-top",
        ),
        pytest.param(
            "tier = 1", "tier = 3", "tier = 3", "tier: expected one of 1, 2; got 3", id="tier"
        ),
        pytest.param(
            'content = ["post", "photo"]',
            'content = ["post", "foto"]',
            'content = ["post", "foto"]',
            "practice[0].content[1]: expected one of ai-chat, article, comment, group-message, "
            "image, message, page, photo, post, profile, video; got 'foto'",
            id="unknown-word-in-a-list",
        ),
        pytest.param(
            'covers = { train = "full", partner-trains = "not" }',
            'covers = { train = "fully" }',
            'covers = { train = "fully" }',
            "control[0].covers[...]: expected one of full, not, part; got 'fully'",
            id="table-by-name-inside-a-list",
        ),
    ],
)
def test_a_fault_is_named_by_line_field_and_what_was_expected(
    made_root: Path, old: str, new: str, at: str, said: str
) -> None:
    folder.change(made_root, "platforms/acme.toml", old, new)
    fault = _fault(made_root)
    file, line, rest = fault.message.split(":", 2)
    assert (file, rest.strip()) == ("acme.toml", said)
    text = (made_root / "platforms/acme.toml").read_text(encoding="utf-8").split("\n")
    starts = [number for number, one in enumerate(text, 1) if one.startswith(at)]
    index = int(said[said.index("[") + 1]) if at == "[[practice]]" else 0
    assert int(line) == starts[index]
    assert fault.tip.endswith("has every field with its meaning")


def test_what_is_not_toml_is_named_by_its_line(made_root: Path) -> None:
    folder.change(made_root, "platforms/acme.toml", "seen = 2024-05-01", "seen = yesterday")
    at = folder.line(made_root, "platforms/acme.toml", "seen = yesterday")
    fault = _fault(made_root)
    assert fault.message.startswith(f"acme.toml:{at}: not valid TOML: ")
    assert "at line" not in fault.message
    assert "a date does not" in fault.tip


@pytest.mark.parametrize("value", ["[" * 5000, "{a=" * 5000, "1" * 5000])
def test_what_passes_the_bounds_of_python_is_one_line(made_root: Path, value: str) -> None:
    (made_root / "platforms/acme.toml").write_text(f"id = {value}", encoding="utf-8")
    fault = _fault(made_root)
    assert fault.message.startswith("acme.toml: a number of thousands of digits, or lists hundreds")


def test_who_reads_a_file_again_hears_what_it_says_now(made_root: Path) -> None:
    path = made_root / "platforms/acme.toml"
    assert read(path, Platform).name == "Acme"
    folder.change(made_root, "platforms/acme.toml", 'name = "Acme"', 'name = "Apex"')
    assert read(path, Platform).name == "Apex"


def test_a_file_that_breaks_off_is_named_by_its_last_line(made_root: Path) -> None:
    path = made_root / "platforms/acme.toml"
    path.write_text('id = "acme"\nname = "Acme"\naliases = [', encoding="utf-8")
    assert _fault(made_root).message.startswith("acme.toml:3: not valid TOML: ")


def test_what_is_not_utf_8_is_named_by_its_byte(made_root: Path) -> None:
    (made_root / "platforms/acme.toml").write_bytes('id = "ä"'.encode("latin-1"))
    assert _fault(made_root).message == "acme.toml: not UTF-8 (byte 6)"


def test_what_cannot_be_opened_is_said(made_root: Path) -> None:
    assert _fault(made_root, "platforms/gone.toml").message == (
        "gone.toml: cannot be read (No such file or directory)"
    )
    assert _fault(made_root, "platforms").message == "platforms: cannot be read (Is a directory)"


def test_a_file_may_be_shown_under_another_name(made_root: Path) -> None:
    with pytest.raises(BadKnowledge, match=r"^history/x.toml: cannot be read"):
        read(made_root / "x.toml", Platform, "history/x.toml")


def test_a_fault_in_a_later_table_by_name_is_found(made_root: Path) -> None:
    folder.change(made_root, "laws/act.toml", "seen = 2024-06-01", 'seen = "soon"')
    at = folder.line(made_root, "laws/act.toml", "seen = ")
    message = _fault(made_root, "laws/act.toml", Law).message
    assert message == f"act.toml:{at}: source.text.seen: expected a date, as 2025-11-03"


TEXT = """\
id = "a"

[source.one]
url = "x"

[source.two]
url = "y"
kind = "official"

[[practice]]
id = "p"
since = 2024-01-01

[[practice]]
id = "q"
since = 2024-01-01

[practice.what]
en = "t"
"""


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("", 1),
        ("id", 1),
        ("source.one", 3),
        ("source.one.url", 4),
        ("source.two.url", 7),
        ("source.two.kind", 8),
        ("practice[0]", 10),
        ("practice[0].since", 12),
        ("practice[1].since", 16),
        ("practice[1].what", 18),
        ("practice[1].what.en", 19),
        ("practice[7].since", 12),
        ("nowhere", 1),
    ],
)
def test_the_line_of_a_field(where: str, line: int) -> None:
    assert line_of(TEXT, where) == line


def test_a_word_of_one_kind_of_step_is_named_though_steps_are_many(
    root: Path, tmp_path: Path
) -> None:
    """The fuzzing found that a mistyped word in a step ended in a traceback."""
    made = (root / "recipes" / "linkedin-ai-training-toggle.toml").read_text("utf-8")
    file = tmp_path / "x.toml"
    file.write_text(made.replace('to = "before"', 'to = "befoue"', 1), "utf-8")
    with pytest.raises(BadKnowledge, match="to: expected one of before, want; got 'befoue'"):
        read(file, Recipe)
