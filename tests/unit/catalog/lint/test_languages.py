"""What a person reads stands in English and in German."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.catalog.lint.found import found

ACME = "platforms/acme.toml"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (ACME, ', de = "Acme trainiert."', "", "train: what: no text in de"),
        (ACME, 'en = "Acme trains."', 'en = " "', "train: what: no text in en"),
        (ACME, ', de = "sie zahlt"', "", "partner-trains: condition: no text in de"),
        (
            ACME,
            'condition = { en = "it pays", de = "sie zahlt" }\n',
            "",
            "partner-trains: condition: under which?",
        ),
        (ACME, ', de = "Reichweite"', "", "go-private: cost: no text in de"),
        (ACME, ', de = "Fragen Sie Acme."', "", "nothing: helps: no text in de"),
        (ACME, ', de = "Sie schließt alle aus."', "", "shield: what: no text in de"),
        (ACME, ', de = "Eine sagt alles, eine sagt manches."', "", "how-far: text: no text in de"),
        ("laws/act.toml", ', de = "Das Gesetz"', "", "act: name: no text in de"),
        ("laws/act.toml", ', de = "man darf widersprechen"', "", "act: what: no text in de"),
    ],
)
def test_a_text_that_lacks_a_language_is_found(
    made_root: Path, file: str, old: str, new: str, said: str
) -> None:
    (line,) = found(made_root, (file, old, new))
    assert line.startswith(f"{file}:")
    assert line.partition(": ")[2] == f"{said} [languages]"


def test_where_no_control_exists_it_is_said_what_helps(made_root: Path) -> None:
    change = (ACME, 'helps = { en = "Ask Acme.", de = "Fragen Sie Acme." }\n', "")
    assert [line.partition(": ")[2] for line in found(made_root, change)] == [
        "nothing: helps: no text in en [languages]",
        "nothing: helps: no text in de [languages]",
    ]


def test_a_note_that_is_left_out_is_no_finding(made_root: Path) -> None:
    change = (ACME, 'default = "on"', 'default = "on"\nnote = { en = "a", de = "b" }')
    assert found(made_root, change) == []
