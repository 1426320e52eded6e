"""What a clause is held against, and what of it is called a contradiction: only what is clear."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.unit import made
from withhold.catalog.places import Places
from withhold.facts import Practice
from withhold.policies.against import Against, Compared, against
from withhold.policies.clause import Clause, Offered
from withhold.policies.document import Document
from withhold.policies.passage import Passage
from withhold.policies.reading import Reading
from withhold.policies.same_practice import About, grouped, spread, trainers

OPT_OUT = Offered(kind="opt-out", words="opt out")
OPT_IN = Offered(kind="opt-in", words="consent")


def clause(**more: Any) -> Clause:
    """A sentence of acme's policy on its members' content."""
    return Clause(**{"sentence": "A sentence of ours.", "says": "yes", "whose": "people"} | more)


def held(
    *clauses: Clause,
    practices: tuple[Practice, ...] = (),
    when: date = made.WHEN,
    resting: tuple[str, ...] = (),
    **document: Any,
) -> Against:
    """Clauses held against what is known of acme."""
    platform = made.platform(practice=list(practices or (made.practice(),)))
    known = made.knowledge(platform)
    places = tuple(document.get("places", ()))
    reading = Reading(
        document=Document(**{"lang": "en", "passages": (Passage(text="Text."),)} | document),
        clauses=clauses,
    )
    return against(reading, About(owner=platform, knowledge=known, places=places), when, resting)


def one(*clauses: Clause, **more: Any) -> Compared:
    """The only clause."""
    found = held(*clauses, **more).compared
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("said", "known", "stand", "differs"),
    [
        ({}, {}, "agrees", ()),
        ({}, {"says": "no"}, "contradicts", ("says",)),
        ({"says": "no"}, {}, "contradicts", ("says",)),
        ({"says": "no"}, {"says": "no"}, "agrees", ()),
        ({"says": "no"}, {"says": "conditional"}, "look", ()),
        ({}, {"says": "conditional"}, "look", ()),
        ({}, {"says": "silent"}, "contradicts", ("silent",)),
        ({"says": "no"}, {"says": "silent"}, "contradicts", ("silent",)),
        ({"says": "conditional"}, {"says": "silent"}, "look", ()),
        # "unless you opt out" is a yes that is on by default
        ({"says": "conditional", "control": OPT_OUT}, {"default": "on"}, "agrees", ()),
        ({"says": "conditional", "control": OPT_OUT}, {"says": "no"}, "contradicts", ("says",)),
        ({"says": "conditional"}, {"default": "on"}, "look", ()),
        # opt-in against opt-out, both ways
        ({"says": "conditional", "control": OPT_IN}, {"default": "off"}, "agrees", ()),
        ({"says": "conditional", "control": OPT_IN}, {"says": "conditional"}, "agrees", ()),
        (
            {"says": "conditional", "control": OPT_IN},
            {"default": "on"},
            "contradicts",
            ("default",),
        ),
        (
            {"says": "conditional", "control": OPT_OUT, "default": "on"},
            {"default": "off"},
            "contradicts",
            ("default",),
        ),
        # a plain yes leaves out that it is off until somebody agrees: that may be no change
        ({}, {"default": "off"}, "look", ()),
    ],
)
def test_what_is_said_against_what_is_known(
    said: dict[str, Any], known: dict[str, Any], stand: str, differs: tuple[str, ...]
) -> None:
    found = one(clause(**said), practices=(made.practice(**known),))
    assert (found.stand, found.differs) == (stand, differs)
    assert found.practices == ("train",)


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ({"use": "ads"}, {}),
        ({}, {"actor": "partner"}),
        ({"content": ("photo",)}, {"content": ["post"]}),
        ({"audience": ("group",)}, {"audience": ["public"]}),
        ({"places": ("US",)}, {"places": ["EU"]}),
        ({"places": ("DE",)}, {"not_places": ["EU"]}),
        ({}, {"content": ["message"]}),
    ],
)
def test_what_is_about_something_else_is_missing(
    said: dict[str, Any], known: dict[str, Any]
) -> None:
    found = one(clause(**said), practices=(made.practice(says="no", **known),))
    assert (found.stand, found.practices) == ("missing", ())


def test_a_no_on_messages_contradicts_only_who_speaks_of_messages() -> None:
    quiet = made.practice("messages", says="no", content=["message"], audience=["private"])
    assert one(clause(), practices=(quiet,)).stand == "missing"
    yours = clause(content=("message",), object="your messages")
    assert one(yours, practices=(quiet,)).stand == "contradicts"
    any_ones = clause(content=("message",), object="messages")
    assert one(any_ones, practices=(quiet,)).stand == "look"


@pytest.mark.parametrize(
    "said",
    [{"whose": "own"}, {"actor": "customer"}, {"whose": "customers", "use": "ads"}],
)
def test_what_is_not_about_peoples_content_is_not_compared(said: dict[str, Any]) -> None:
    assert one(clause(says="no", **said)).stand == "not-compared"


def test_what_restricts_the_reader_is_no_practice() -> None:
    assert held(clause(says="no", restricts_reader=True)).compared == ()


def test_a_practice_of_some_places_is_looked_at_where_the_text_names_none() -> None:
    local = made.practice(says="no", places=["EU"])
    assert one(clause(), practices=(local,)).stand == "look"
    assert one(clause(), practices=(local,), places=("DE",)).stand == "contradicts"
    assert one(clause(), practices=(local,), places=("US",)).stand == "missing"
    # the sentence's own places before those of the document
    assert one(clause(places=("US",)), practices=(local,), places=("DE",)).stand == "missing"


def test_a_practice_of_some_plans_is_looked_at() -> None:
    assert one(clause(), practices=(made.practice(says="no", plans=["free"]),)).stand == "look"


def test_others_who_are_not_named_are_looked_at_and_named_ones_compared() -> None:
    theirs = made.practice(says="no", actor="partner")
    assert one(clause(actor="third-party"), practices=(theirs,)).stand == "look"
    named = clause(actor="third-party", actor_name="our friends at Partner, Inc.")
    assert one(named, practices=(theirs,)).stand == "contradicts"
    other = clause(actor="third-party", actor_name="Partnership Ltd.")
    assert one(other, practices=(theirs,)).stand == "missing"


def test_a_licence_to_others_is_near_to_their_training_and_no_contradiction() -> None:
    theirs = made.practice(says="no", actor="partner", use="licence-to-third-party")
    named = clause(actor="third-party", actor_name="Partner")
    assert one(named, practices=(theirs,)).stand == "look"


def test_a_text_that_says_both_says_yes_but() -> None:
    found = held(clause(), clause(says="no", sentence="Not always."))
    assert [each.stand for each in found.compared] == ["agrees", "look"]


def test_one_practice_that_agrees_is_enough() -> None:
    known = (made.practice("eu", says="no", places=["EU"]), made.practice("us", places=["US"]))
    found = one(clause(), practices=known, places=("DE", "US"))
    assert (found.stand, found.practices) == ("agrees", ("us",))


def test_only_what_is_in_force_on_the_day_counts() -> None:
    before = made.practice("before", says="no", until=made.WHEN)
    later = made.practice("later", says="no", since=date(2024, 9, 1))
    assert one(clause(), practices=(before, later)).stand == "missing"
    found = held(clause(), practices=(later,), in_force=date(2024, 9, 2))
    assert found.day == date(2024, 9, 2)
    assert found.compared[0].stand == "contradicts"


def test_a_beginning_to_come_contradicts_what_is_in_force() -> None:
    later = clause(since=date(2024, 8, 1))
    assert one(later).differs == ("since",)
    assert one(later, when=date(2024, 8, 1)).stand == "agrees"


def test_sentences_that_say_the_same_count_once() -> None:
    found = one(clause(), clause(sentence="The same once more."))
    assert found.sentences == 2
    assert [len(each) for each in grouped([clause(), clause(says="no"), clause()])] == [2, 1]


def test_what_rests_on_the_document_and_is_not_said_is_named() -> None:
    talk = made.practice("ranks", use="ranking")
    both = (made.practice(), talk)
    assert held(clause(), practices=both, resting=("policy",)).unstated == ("ranks",)
    assert held(clause(), practices=both).unstated == ()
    assert held(clause(), practices=both, resting=("policy",), lang="fr").unstated == ()
    assert held(practices=both, resting=("policy",), passages=()).unstated == ()


def test_counts_are_of_clauses() -> None:
    found = held(clause(), clause(use="ads"))
    assert (found.count("agrees"), found.count("missing"), found.count("look")) == (1, 1, 0)


def test_whom_a_clause_speaks_of() -> None:
    known = made.knowledge(made.platform())
    about = About(owner=known.platforms["acme"], knowledge=known)
    assert trainers(clause(), about) == {"acme"}
    assert trainers(clause(actor="third-party"), about) == set()
    assert trainers(clause(actor="affiliate", actor_name="PARTNER"), about) == {"partner"}
    assert trainers(clause(actor="third-party", actor_name="Anyone"), about) == set()


def test_places_are_spread_with_their_states() -> None:
    places = Places(
        {one: {} for one in ("WORLD", "EU", "DE", "FR", "US", "US-PA", "GB")},
        {"EU": frozenset({"DE", "FR"})},
    )
    assert spread(places, ("EU",)) == {"DE", "FR"}
    assert spread(places, ("US",)) == {"US", "US-PA"}
    assert spread(places, ("US-PA",)) == {"US-PA"}
    assert spread(places, ("WORLD",), ("EU",)) == {"US", "US-PA", "GB"}
    assert spread(places, ("WORLD",), ("US-PA",)) == {"DE", "FR", "US", "GB"}


def test_what_may_be_meant_keeps_from_a_contradiction_only_where_it_would_agree() -> None:
    paid = made.practice("paid", says="no", plans=["team"])
    free = made.practice("free")
    assert one(clause(says="no"), practices=(free, paid)).stand == "look"
    local = made.practice("local", places=["EU"])
    found = one(clause(says="no"), practices=(free, local))
    assert (found.stand, found.practices) == ("contradicts", ("free",))


def test_customers_may_be_people_so_what_is_said_of_them_is_looked_at() -> None:
    found = held(
        clause(says="no", whose="customers"),
        practices=(made.practice(says="no"),),
        resting=("policy",),
    )
    assert [(each.stand, each.practices) for each in found.compared] == [("look", ("train",))]
    assert found.unstated == ()
    assert one(clause(says="no", whose="customers")).stand == "look"  # never a contradiction
