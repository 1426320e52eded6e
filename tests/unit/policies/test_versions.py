"""Two versions compared: each rule of grading, and what must raise nothing."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.policies.versions_made import FILLER, clause, reading
from withhold.policies.clause import Clause
from withhold.policies.versions import Change, compare

POSTS = "We use the posts that you publish to train the models of our assistant."
NEVER = "We do not use the posts that you publish to train the models of our assistant."
LETTERS = "Letters between two members are used for developing generative models of our own."


def change(before: list[Clause], after: list[Clause]) -> Change:
    return compare(reading(*before), reading(*after), date(2026, 5, 1))


def told(found: Change) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.grade, one.why) for one in found.pairs]


def test_nothing_changed_raises_nothing() -> None:
    found = change([clause(POSTS)], [clause(POSTS)])
    assert (found.grade, found.noticed, found.pairs) == ("re-rendered", False, ())
    assert (found.seen, found.overlap) == (date(2026, 5, 1), 1.0)


def test_a_first_sentence_on_training_is_worse() -> None:
    found = change([], [clause(POSTS)])
    assert found.grade == "worse"
    assert told(found) == [("worse", ("practice-new",))]
    assert found.pairs[0].before is None
    assert found.pairs[0].after == clause(POSTS)


def test_a_practice_that_is_gone_is_not_a_no() -> None:
    found = change([clause(POSTS)], [])
    assert (found.grade, told(found)) == ("unclear", [("unclear", ("practice-gone",))])


def test_a_practice_gone_for_a_denial_is_better() -> None:
    found = change([clause(LETTERS)], [clause(NEVER, "no")])
    assert found.grade == "better"
    assert told(found) == [("better", ("practice-denied",)), ("better", ("denial-new",))]


def test_a_denial_gone_is_worse() -> None:
    found = change([clause(NEVER, "no")], [])
    assert (found.grade, told(found)) == ("worse", [("worse", ("denial-gone",))])


@pytest.mark.parametrize(
    ("before", "after", "grade", "why"),
    [
        ({"says": "no"}, {"says": "yes"}, "worse", ("says-more",)),
        ({"says": "no"}, {"says": "conditional"}, "worse", ("says-more",)),
        ({"says": "conditional"}, {"says": "yes"}, "worse", ("says-more",)),
        ({"says": "yes"}, {"says": "no", "control": "not-stated"}, "better", ("says-less",)),
        ({"says": "conditional", "control": "opt-in"}, {"says": "no"}, "better", ("says-less",)),
        ({"says": "yes"}, {"says": "conditional"}, "better", ("says-less",)),
        (
            {"says": "conditional", "control": "opt-in", "default": "off"},
            {"says": "conditional", "control": "opt-out", "default": "on"},
            "worse",
            ("default-on",),
        ),
        (
            {"says": "conditional", "control": "opt-out"},
            {"says": "conditional", "control": "opt-in"},
            "better",
            ("default-off",),
        ),
        ({"control": "opt-out"}, {}, "worse", ("control-gone",)),
        ({"control": "none"}, {"control": "objection"}, "better", ("control-new",)),
        ({}, {"reach": "any-time"}, "worse", ("reach-any-time",)),
        ({"reach": "any-time"}, {"reach": "forward-only"}, "unclear", ("reach-less",)),
        ({"content": ("post",)}, {"content": ("post", "photo")}, "worse", ("content-more",)),
        ({"content": ("post", "photo")}, {"content": ("post",)}, "unclear", ("content-less",)),
        ({}, {"content": ("post",)}, "unclear", ("content-more",)),
        (
            {"audience": ("public",)},
            {"audience": ("public", "followers")},
            "worse",
            ("audience-more",),
        ),
        ({}, {"actor": "third-party"}, "worse", ("trainer-more",)),
        ({"actor": "third-party"}, {}, "unclear", ("trainer-less",)),
        ({"places": ("US",)}, {"places": ("US", "EU")}, "worse", ("places-more",)),
        ({"places": ("US",)}, {}, "worse", ("places-more",)),
        ({}, {"places": ("US",)}, "unclear", ("places-less",)),
        ({"not_places": ("EU",)}, {}, "worse", ("places-more",)),
        ({}, {"not_places": ("EU",)}, "unclear", ("places-less",)),
    ],
)
def test_an_edited_sentence_is_graded_by_its_parts(
    before: dict[str, object], after: dict[str, object], grade: str, why: tuple[str, ...]
) -> None:
    old = clause(POSTS, **before)  # type: ignore[arg-type]
    new = clause(POSTS.replace("publish", "ever publish"), **after)  # type: ignore[arg-type]
    found = change([old], [new])
    assert found.grade == grade
    assert told(found) == [(grade, why)]
    assert (found.pairs[0].before, found.pairs[0].after) == (old, new)


def test_a_denial_that_holds_more_is_better_and_less_is_worse() -> None:
    longer = NEVER.replace("posts", "posts and photos")
    one = clause(NEVER, "no", content=("post",))
    two = clause(longer, "no", content=("post", "photo"))
    assert change([one], [two]).grade == "better"
    assert change([two], [one]).grade == "worse"


def test_a_name_a_number_or_a_mark_that_changed_raises_nothing() -> None:
    for other in (
        POSTS.replace("assistant", "Helper"),
        "(3) " + POSTS,
        POSTS.upper(),
        POSTS.replace(" ", "  ").removesuffix("."),
    ):
        found = change([clause(POSTS)], [clause(other)])
        assert not found.noticed, other


def test_a_sentence_that_is_cut_otherwise_raises_nothing() -> None:
    """One rendering runs a heading into the sentence, or two sentences into one."""
    assert not change([clause(POSTS)], [clause(f"How we use content {POSTS}")]).noticed
    both = clause(f"{POSTS} {LETTERS}")
    assert not change([both], [clause(POSTS), clause(LETTERS)]).noticed
    assert not change([clause(POSTS), clause(LETTERS)], [both]).noticed


def test_a_sentence_that_stood_there_unnoticed_is_no_news() -> None:
    before = reading(texts=(*FILLER, POSTS))
    assert compare(before, reading(clause(POSTS))).grade == "re-rendered"
    assert compare(reading(clause(POSTS)), before).grade == "re-rendered"


def test_a_sentence_that_only_resembles_one_that_stood_there_is_news() -> None:
    harmless = POSTS.replace("train the models of our assistant", "improve the look of our pages")
    before = reading(texts=(*FILLER, harmless))
    found = compare(before, reading(clause(POSTS, words=("train the models",))))
    assert found.grade == "worse"


def test_a_permission_beside_a_denial_is_news() -> None:
    """The denial that resembles it is no reason to keep quiet."""
    denial = clause(NEVER, "no")
    found = change([denial], [denial, clause(POSTS, words=("train the models",))])
    assert found.grade == "worse"


def test_the_lead_of_a_list_decides() -> None:
    item = "to train the models of our assistant on what you publish"
    before = clause(item, "no", lead="We never use it:")
    after = clause(item, "yes", lead="We use it:")
    found = change([before], [after])
    assert told(found) == [("worse", ("says-more",))]


def test_sentences_written_anew_are_for_a_person_to_read() -> None:
    old = "Your public recipes may be used by us in order to train our kitchen models."
    new = "We may train our kitchen models by using recipes that you made public."
    found = change([clause(old)], [clause(new)])
    assert found.noticed
    assert found.grade in ("unclear", "worse")


def test_the_same_content_said_again_is_unclear_and_more_of_it_is_worse() -> None:
    first = clause(POSTS, object="the posts", content=("post",))
    again = clause(LETTERS, object="The posts", content=("post",))
    more = clause(LETTERS, object="the posts", content=("post", "message"))
    other = clause(LETTERS, object="letters")
    assert told(change([first], [first, again])) == [("unclear", ("said-again",))]
    assert told(change([first], [first, more])) == [("worse", ("practice-new", "content-more"))]
    assert told(change([first], [first, other])) == [("worse", ("practice-new",))]


def test_what_needs_consent_is_unclear_and_a_new_way_out_is_better() -> None:
    way_out = clause(LETTERS, "conditional", control="opt-out")
    asked = clause(LETTERS, "conditional", control="opt-in")
    assert told(change([], [asked])) == [("unclear", ("only-with-consent",))]
    assert change([], [way_out]).grade == "worse"
    assert told(change([clause(POSTS)], [clause(POSTS), way_out])) == [("better", ("control-new",))]
    others = clause(LETTERS, "conditional", control="opt-out", actor="third-party")
    assert change([clause(POSTS)], [clause(POSTS), others]).grade == "worse"


def test_the_only_way_out_gone_is_worse() -> None:
    way_out = clause(LETTERS, "conditional", control="opt-out")
    found = change([clause(POSTS), way_out], [clause(POSTS)])
    assert told(found) == [("worse", ("control-gone",))]


def test_the_gravest_grade_is_that_of_the_whole() -> None:
    found = change([clause(POSTS)], [clause(LETTERS, object="letters"), clause(NEVER, "no")])
    assert {one.grade for one in found.pairs} >= {"worse", "better"}
    assert found.grade == "worse"


def test_clauses_elsewhere_in_the_document_are_moved() -> None:
    one, two = clause(POSTS, headings=("Use",)), clause(LETTERS, headings=("Use",))
    assert change([one, two], [two, one]).grade == "moved"
    found = change([one], [clause(POSTS, headings=("Content",))])
    assert (found.grade, found.noticed) == ("moved", False)
    assert found.pairs[0].grade == "moved"


def test_restrictions_of_the_reader_are_listed_and_raise_nothing() -> None:
    rule = clause("You may not train models on our pages.", restricts_reader=True)
    found = change([], [rule])
    assert (found.grade, found.pairs) == ("re-rendered", ())
    assert [(one.before, one.after) for one in found.restrictions] == [(None, rule)]
    assert [one.before for one in change([rule], []).restrictions] == [rule]


def test_another_language_is_no_change_of_terms() -> None:
    found = compare(reading(clause(POSTS)), reading(lang="fr"))
    assert (found.grade, found.other_language) == ("re-rendered", True)
    assert not change([clause(POSTS)], [clause(POSTS)]).other_language


def test_three_dates_are_kept_apart() -> None:
    after = reading(
        clause(POSTS, since=date(2026, 9, 1)),
        published=date(2026, 4, 20),
        in_force=date(2026, 6, 1),
    )
    found = compare(reading(), after, date(2026, 5, 1))
    assert (found.seen, found.published, found.in_force) == (
        date(2026, 5, 1),
        date(2026, 4, 20),
        date(2026, 6, 1),
    )
    assert found.days_in_force == (date(2026, 6, 1), date(2026, 9, 1))
    assert found.announced
    assert not compare(reading(), after, date(2026, 9, 1)).announced


def test_a_text_with_very_many_clauses_ends_soon() -> None:
    many = [clause(f"We train models on item {n} of what you publish here.") for n in range(1500)]
    few = [
        clause(f"Models {n} are trained by us on it, {n * 7} of your pages.") for n in range(900)
    ]
    assert change(many, few).noticed
