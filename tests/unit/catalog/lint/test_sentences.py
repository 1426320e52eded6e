"""Every language has the same sentences with the same gaps, and none reassures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.catalog.lint.found import found

DE = "reasons/de.toml"
EN = "reasons/en.toml"


def test_a_sentence_that_one_language_lacks_is_found(made_root: Path) -> None:
    (line,) = found(made_root, (DE, 'post = "Beiträge"\n', ""))
    assert line.startswith(DE)
    assert line.endswith("post: kind: not in every language [sentences]")


def test_other_gaps_are_found(made_root: Path) -> None:
    (line,) = found(
        made_root, (DE, 'request-refused = "„{label}“: am {date} ', 'request-refused = "am {date} ')
    )
    assert line.endswith("request-refused: reason: other gaps than en [sentences]")


@pytest.mark.parametrize(
    ("file", "old", "new", "word"),
    [
        (EN, 'disallowed = "no"', 'disallowed = "no, you are safe"', "you are safe"),
        (EN, 'disallowed = "no"', 'disallowed = "Protected"', "protected"),
        (DE, 'disallowed = "nein"', 'disallowed = "geschützt"', "geschützt"),
    ],
)
def test_a_word_that_claims_too_much_is_found(
    made_root: Path, file: str, old: str, new: str, word: str
) -> None:
    (line,) = found(made_root, (file, old, new))
    assert line.startswith(file)
    assert line.endswith(f"disallowed: answer: says {word!r} [sentences]")


@pytest.mark.parametrize(
    ("file", "old", "new", "end"),
    [
        (DE, 'everywhere = "überall"\n', "", "everywhere: change: not in every language"),
        (EN, 'law = "Law"', 'law = "Law {date}"', "law: change: other gaps than en"),
        (DE, 'law = "Recht"', 'law = "Illegal"', "law: change: says 'illegal'"),
    ],
)
def test_the_sentences_of_changes_are_looked_at_too(
    made_root: Path, file: str, old: str, new: str, end: str
) -> None:
    (line,) = found(made_root, (file, old, new))
    assert line.endswith(f"{end} [sentences]")
