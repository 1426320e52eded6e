"""Who trains, on whose content of which kinds, since when, where, with which way out."""

from __future__ import annotations

from datetime import date

import pytest

from withhold.policies import Clause, Format, read


def one(text: str) -> Clause:
    found = read(text, "markdown")
    assert len(found) == 1, [each.sentence for each in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "actor", "name"),
    [
        ("We use your posts to train our AI models.", "own", ""),
        ("Acme uses your posts to train Acme's AI models.", "own", ""),
        ("We and our affiliates may use your posts to train AI.", "own", ""),
        ("We let our affiliates use your posts to train AI.", "affiliate", ""),
        (
            "We share your data with our parent company Globex so that it can train its AI models.",
            "affiliate",
            "Globex",
        ),
        ("Our partners may use your posts to train their AI models.", "third-party", ""),
        ("Some recipients may use your data to train their own AI.", "third-party", ""),
        ("Our provider OpenAI does not use prompts to train its AI.", "third-party", "OpenAI"),
        ("We do not allow our vendor Initech to train AI on your data.", "third-party", "Initech"),
        ("You may not use our content to train AI.", "reader", ""),
    ],
)
def test_who_trains(text: str, actor: str, name: str) -> None:
    assert (one(text).actor, one(text).actor_name) == (actor, name)


def test_a_licence_to_others_is_another_use() -> None:
    clause = one("We may license your reviews to AI companies for model training.")
    assert (clause.use, clause.actor) == ("licence-to-third-party", "third-party")
    assert one("We train our AI models on your reviews.").use == "train-ai"


@pytest.mark.parametrize(
    ("text", "whose", "words"),
    [
        ("We train our AI on your posts and comments.", "people", "your posts and comments"),
        ("We train our AI on publicly available information.", "public", "publicly available"),
        ("We do not train AI on Customer Data.", "customers", "Customer Data"),
        ("To train our models;", "not-stated", ""),
    ],
)
def test_whose_content_and_in_which_words(text: str, whose: str, words: str) -> None:
    clause = one(text)
    assert clause.whose == whose
    assert clause.object.startswith(words)
    assert bool(clause.object) == bool(words)


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("posts", ("post",)),
        ("photos and comments", ("comment", "photo")),
        ("videos", ("video",)),
        ("prompts", ("ai-chat",)),
        ("profile", ("profile",)),
        ("emails", ("message",)),
    ],
)
def test_kinds_of_content_are_ours(said: str, kinds: tuple[str, ...]) -> None:
    assert one(f"We use your {said} to train our AI.").content == kinds


def test_audience_as_far_as_it_is_said() -> None:
    assert one("We use your public posts to train our AI.").audience == ("public",)
    assert one("We do not use your private messages to train AI.").audience == ("private",)
    assert one("We use your posts to train our AI.").audience == ()


@pytest.mark.parametrize(
    ("text", "kind", "default"),
    [
        ("We train AI on your posts unless you opt out.", "opt-out", "on"),
        ("You can opt out of the training of AI on your posts.", "opt-out", "on"),
        ("You can object to the use of your posts for AI training.", "objection", "on"),
        ("With your consent we use your voice to train AI.", "opt-in", "off"),
        ("We will not train AI on your posts unless you opt in.", "opt-in", "off"),
        ("In your settings you choose whether your posts train our AI.", "setting", "none"),
    ],
)
def test_the_way_out_and_the_default(text: str, kind: str, default: str) -> None:
    clause = one(text)
    assert clause.says == "conditional"
    assert (clause.control.kind, clause.default) == (kind, default)
    assert clause.control.words.casefold() in text.casefold()


def test_the_address_of_a_control_is_the_link_beside_its_words() -> None:
    clause = one(
        "See [our blog](https://acme.example/blog). You may "
        "[opt out](https://acme.example/settings/ai) of AI training on your posts."
    )
    assert clause.control.url == "https://acme.example/settings/ai"


def test_even_if_takes_the_condition_back() -> None:
    assert one("Even if you opt out, we use your reports to train our models.").says == "yes"


def test_no_way_out_is_told() -> None:
    clause = one("You cannot opt out of the use of your posts for AI training.")
    assert (clause.says, clause.control.kind) == ("yes", "none")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("From 3 November 2025 we train AI on your posts.", date(2025, 11, 3)),
        ("Starting November 3rd, 2025, your posts train our AI models.", date(2025, 11, 3)),
        ("As of 2026-02-01 we use your posts to train our AI.", date(2026, 2, 1)),
        ("Your posts of 3 November 2025 train our AI models.", None),
        ("From 31 February 2026 we train AI on your posts.", None),
        ("We train AI on your posts.", None),
    ],
)
def test_the_day_that_a_sentence_names(text: str, day: date | None) -> None:
    assert one(text).since == day


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ("We train AI on your posts, regardless of when you posted them.", "any-time"),
        ("We train AI on your posts, including content posted before this date.", "any-time"),
        ("Opting out keeps your future posts from training our AI.", "forward-only"),
        ("We train AI on your posts.", "not-stated"),
    ],
)
def test_reach_back_in_time(text: str, reach: str) -> None:
    assert one(text).reach == reach


def test_places_it_holds_in_and_places_it_does_not() -> None:
    clause = one("In the United States and Brazil we train AI on your posts.")
    assert (clause.places, clause.not_places) == (("US", "BR"), ())
    clause = one("Outside of the European Economic Area we train AI on your posts.")
    assert (clause.places, clause.not_places) == ((), ("EEA",))


def test_private_messages_are_no_private_model() -> None:
    text = "We do not use your private messages to train artificial intelligence models."
    assert one(text).actor == "own"
    assert one("We train your private AI model on your files.").actor == "customer"


@pytest.mark.parametrize("year", ["99999999999", "9" * 30, "9" * 4900, "0", "10000", "0000", "25"])
def test_a_year_that_no_calendar_has_is_no_day(year: str) -> None:
    clause = one(f"We use your posts to train our AI models from November 3, {year}.")
    assert (clause.says, clause.since) == ("yes", None)


@pytest.mark.parametrize("mark", ["'", "’", "‘", "‛", "ʼ", "´", "`", "′", "＇", "\x92", "\ufffd"])
@pytest.mark.parametrize("format", ["markdown", "html", "text"])
def test_a_no_is_one_with_whatever_apostrophe(mark: str, format: Format) -> None:
    (clause,) = read(f"We don{mark}t use your posts to train our AI models.", format)
    assert clause.says == "no"
    (clause,) = read(f"Acme{mark}s AI models are trained on your posts.", format)
    assert clause.says == "yes"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Nothing in these terms prevents us from using your posts to train AI models.", "yes"),
        ("Nothing shall restrict us from using your posts to train our AI.", "yes"),
        ("The law prevents us from using your posts to train AI models.", "no"),
        ("We do not share your posts, and prohibit vendors from using them to train AI.", "no"),
        ("We do not sell and prohibit vendors from using your posts to train AI.", "no"),
        ("If you do not agree we are barred from using your posts to train AI.", "conditional"),
        ("We use your posts without your name to train our AI models.", "yes"),
        ("We keep your posts without using them to train our AI models.", "no"),
        ("We show your posts without training our AI models on them.", "no"),
        ("You can write here without your posts being used to train AI models.", "no"),
    ],
)
def test_a_no_to_something_else_is_no_no_to_training(text: str, says: str) -> None:
    assert one(text).says == says


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("We use your posts to train our AI models without asking you.", "yes"),
        ("We use your posts without your consent to train our AI models.", "yes"),
        ("We use your posts to train our AI models, but not without your consent.", "conditional"),
        ("We never use your posts to train our AI models without your consent.", "conditional"),
        ("Without your consent, we do not use your posts to train AI models.", "conditional"),
        ("We may use your posts to train our AI models only with your consent.", "conditional"),
    ],
)
def test_without_consent_is_no_condition_where_it_is_done_all_the_same(
    text: str, says: str
) -> None:
    assert one(text).says == says
    assert (one(text).default == "off") is (says == "conditional")
