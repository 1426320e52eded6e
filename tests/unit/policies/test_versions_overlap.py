"""Whether another document stands under the same name: by title, places and what was kept."""

from __future__ import annotations

import pytest

from tests.unit.policies.versions_made import FILLER, clause, reading
from withhold.policies.overlap import Face, alike, another, lines_of, share_kept
from withhold.policies.versions import compare

OTHER = tuple(
    one.replace("parcels", "boats").replace("weighed and sent", "built") for one in FILLER
)
LONG_ONE, LONG_TWO, LONG_THREE = "a" * 30, "b" * 30, "c" * 30


def test_the_share_that_is_kept_counts_sentences_of_some_length() -> None:
    assert share_kept([LONG_ONE, LONG_TWO, "short"], [LONG_TWO, LONG_THREE]) == 0.5
    assert share_kept(["short"], []) == 1.0
    assert share_kept([LONG_ONE], [LONG_ONE, LONG_TWO]) == 1.0


def test_lines_are_letters_alone() -> None:
    document = reading(texts=("It is so. Is it?  Yes: *it* is!", "***")).document
    assert lines_of(document) == ("itisso", "isit", "yes", "itis")


@pytest.mark.parametrize(
    ("titles", "kept", "places", "is_another"),
    [
        (("Privacy Policy", "European Regional Notice"), 0.01, False, True),
        (("Privacy Policy", "European Regional Notice"), 0.3, False, False),
        (("Old Privacy Policy", "New Privacy Policy"), 0.01, False, False),
        (("Privacy Policy", "Europe privacy policy"), 0.15, True, True),
        (("Privacy Policy", "Privacy Policy"), 0.15, True, False),
        (("Privacy Policy", "Privacy Policy"), 0.02, False, False),
        (("Privacy Policy", "Privacy Policy"), 0.0, False, True),
        (("", "European Regional Notice"), 0.02, True, False),
    ],
)
def test_by_title_places_and_share(
    titles: tuple[str, str], kept: float, places: bool, is_another: bool
) -> None:
    before = Face(title=titles[0], lines=200)
    after = Face(title=titles[1], lines=200, places=("EEA",) if places else ())
    assert another(before, after, kept) is is_another


def test_of_few_sentences_a_share_says_little() -> None:
    assert not another(Face(title="A", lines=200), Face(title="B", lines=5), 0.0)


def test_what_either_document_says_is_listed_and_none_of_it_is_a_change() -> None:
    old, new = clause("We train models on what you post."), clause("Boats train no models.", "no")
    found = compare(
        reading(old, title="Privacy Policy"),
        reading(new, texts=OTHER, title="Notice for Harbours"),
    )
    assert (found.grade, found.noticed) == ("document-replaced", True)
    assert [(one.before, one.after) for one in found.pairs] == [(old, None), (None, new)]
    assert {one.grade for one in found.pairs} == {"document-replaced"}
    assert found.overlap < 0.015


def test_alike_also_where_one_holds_the_other() -> None:
    short, long = "weuseyourpoststotrainmodels", "tobeclearweuseyourpoststotrainmodelsregardless"
    assert alike(short, long) > 92
    assert alike(short, "wedeliverparcelsonmondays") < 60
    assert alike("ab", "abcdefgh") < 50
