"""Clauses in their documents: leads, items, headings, questions, places, what is not read."""

from __future__ import annotations

import random
import time

import pytest

from withhold.policies import Clause, read, read_document
from withhold.policies.find import LONGEST


def says(text: str) -> list[tuple[str, str]]:
    return [
        (one.sentence, "reader" if one.restricts_reader else one.says)
        for one in read(text, "markdown")
    ]


def test_an_item_says_what_its_lead_lets_it_say() -> None:
    text = "We use your information to:\n\n* deliver the service\n* train our AI models\n"
    assert says(text) == [("train our AI models", "yes")]
    [clause] = read(text, "markdown")
    assert clause.lead == "We use your information to:"


def test_the_same_item_under_a_prohibition_restricts_the_reader() -> None:
    text = "You may not:\n\n* resell the service\n* use the service to train any AI model\n"
    assert says(text) == [("use the service to train any AI model", "reader")]


def test_items_that_only_name_content_say_what_their_lead_says() -> None:
    text = "We train our AI models with:\n\n* your posts\n* photos (unless you opt out)\n* 42\n"
    found = read(text, "markdown")
    assert [(one.sentence, one.says) for one in found] == [
        ("We train our AI models with:", "yes"),
        ("your posts", "yes"),
        ("photos (unless you opt out)", "conditional"),
    ]
    item = found[1]
    assert {one.start for one in item.why if one.part == "verb"} == {-1}
    assert item.content == ("post",)


def test_a_denied_lead_denies_its_items() -> None:
    text = "We do not use for the training of AI, in any of our products:\n\n* your emails\n"
    assert ("your emails", "no") in says(text)


def test_a_question_says_nothing_until_it_is_answered() -> None:
    assert says("## Do you train AI on my posts?\n\nRead on.\n") == []
    no = says("## Do you train AI on my posts?\n\nNo. Not now.\n")
    assert no == [("Do you train AI on my posts?", "no")]
    yes = says("Do you train AI on my posts? Yes, all of them.\n")
    assert yes == [("Do you train AI on my posts?", "yes")]


def test_a_bare_heading_is_no_clause_and_one_that_names_content_is() -> None:
    assert says("## Training Our AI Models\n") == []
    assert says("## How your posts are used to train our AI\n") != []


def test_a_heading_gives_the_word_that_a_sentence_lacks() -> None:
    alone = "Recordings are kept for training.\n"
    assert says(alone) == []
    assert says(f"# AI and machine learning\n\n{alone}") != []


def test_places_in_the_source_and_headings_come_with_a_clause() -> None:
    before = "# Privacy\n\n## AI\n\nWe like cats.\n\n"
    text = before + "We train AI on your posts.\n"
    [clause] = read(text, "markdown")
    assert text[clause.start : clause.end].strip() == "We train AI on your posts."
    assert clause.headings == ("Privacy", "AI")


def test_a_document_without_clauses_is_silent_and_one_with_a_restriction_only_too() -> None:
    assert read_document("We sell shoes. Our staff is trained.", "text").silent
    reading = read_document("You may not use our shoes to train AI models.", "text")
    assert reading.silent
    assert len(reading.clauses) == 1
    assert not read_document("We train AI on your posts.", "text").silent


def test_two_sentences_two_clauses_in_their_order() -> None:
    text = "We train AI on your posts. You may not use our content to train AI."
    assert [kind for _, kind in says(text)] == ["yes", "reader"]


def test_a_sentence_without_end_is_read_in_windows() -> None:
    filler = "and so on and so forth " * (LONGEST // 20)
    found = read(f"{filler} and we train our AI models on your posts {filler}", "text")
    assert [one.says for one in found] == ["yes"]
    assert all(len(one.sentence) <= LONGEST for one in found)


HOSTILE = {
    "train": "train ",
    "nots": "not ",
    "you may not": "you may not ",
    "models": "AI models and ",
    "purposes": "to train, develop and improve, ",
    "links": "[AI](http://a.example/(b) ",
    "open links": "](",
    "bars": "AI | train | ",
    "breaks": "train<br>AI<br>",
    "quotes": "’train“AI",
    "content": "your posts and ",
    "unless": "unless you opt out of AI training ",
    "one word": "AI" * 3,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_long_and_none_raises(name: str) -> None:
    start = time.process_time()
    read(HOSTILE[name] * (60_000 // len(HOSTILE[name])), "text")
    assert time.process_time() - start < 60  # against hanging: alone a second, seven when counted


def test_words_thrown_together_never_raise() -> None:
    chance = random.Random(8)  # noqa: S311
    words = str.split(
        "we you may not train AI models on your data unless opt out : ; | ( ) . ? no our to"
    )
    for _ in range(400):
        text = " ".join(chance.choice(words) for _ in range(chance.randrange(1, 40)))
        for clause in read(text, "text"):
            assert isinstance(clause, Clause)
            assert clause.sentence in text


def test_a_long_document_without_the_matter_costs_next_to_nothing() -> None:
    text = "We send your parcel by mail and keep the address for a year.\n\n" * 1000
    reading = read_document(text, "text")
    from withhold.policies.find import clauses_of

    start = time.process_time()
    assert list(clauses_of(reading.document)) == []
    assert time.process_time() - start < 5  # against hanging: milliseconds


@pytest.mark.parametrize(
    ("lead", "item", "said"),
    [
        ("Notewell does not:", "use your notes to train AI models", "no"),
        ("We will never", "train our models on your files", "no"),
        ("Here is what we don't do:", "Training AI on your photos", "no"),
        ("We do not do any of the following:", "share your posts to train AI", "no"),
        ("Our vendors must not:", "use your data to train AI", "no"),
        ("Unless you agree, we will not:", "train our AI on your posts", "conditional"),
        ("We do not:", "use your posts to train AI without your consent", "conditional"),
        ("You may not:", "use the content of other users to train AI models", "reader"),
        ("You must under no circumstances:", "train AI on our users' posts", "reader"),
        ("Without our consent you may not:", "use posts of other users to train AI", "reader"),
        ("We do not share your data except to:", "train AI on your posts", "yes"),
        ("We do not sell data. We use it to:", "train our AI on your posts", "yes"),
        ("Nothing prevents us from:", "using your posts to train our AI", "yes"),
        ("We do not do this.", "Train AI on your posts", "yes"),
    ],
)
def test_a_no_above_a_list_reaches_the_items_that_begin_with_the_act(
    lead: str, item: str, said: str
) -> None:
    assert says(f"{lead}\n\n- {item}\n- more\n") == [(item, said)]


def test_an_item_that_says_who_acts_speaks_for_itself() -> None:
    text = "What we do not do:\n\n- We use your posts to train our AI, as said above.\n"
    assert [one for _, one in says(text)] == ["yes"]


def test_the_words_of_a_lead_that_decided_are_its_own() -> None:
    lead = "However you came to use what anybody offers here you may not:"
    [clause] = read(f"{lead}\n\n- train AI on our users' posts\n", "markdown")
    assert [(one.words, one.start) for one in clause.why if one.part == "addressed"] == [
        ("you may not", -1)
    ]
    [denied] = read("We will in no case:\n\n- train AI on your posts\n", "markdown")
    assert [(one.words, one.start) for one in denied.why if one.part == "negation"] == [("no", -1)]
