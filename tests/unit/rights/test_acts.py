"""Which right applies, in a made-up world where each test says only what it is about."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit import made
from tests.unit.rights.rights_made import (
    CONTROLLERS,
    DAY,
    acts,
    ask,
    controller,
    door,
    knowledge,
    law,
    line,
    rights,
)
from withhold.errors import BadInput, NotFound
from withhold.law_facts import ACTS
from withhold.rights.acts import ORDER, missing
from withhold.rights.asking import OF_WORKS
from withhold.rights.case import About

LI = ["legitimate-interest", "public-task"]
OBJECTION = law("gdpr", line(bases=LI))
RESTED = made.practice(basis="legitimate-interest")
ACME = ("acme/train",)


# The basis ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("basis", "lies"),
    [
        ("legitimate-interest", True),
        ("public-task", True),
        ("consent", False),
        ("contract", False),
        ("", False),
    ],
)
def test_an_objection_lies_only_on_the_bases_that_the_law_names(basis: str, lies: bool) -> None:
    found = ask(knowledge(OBJECTION, practice=[made.practice(basis=basis)]))
    assert acts(found) == ([("object-training", "acme-fr", ACME)] if lies else [])


def test_a_practice_without_a_basis_is_named_and_a_word_said() -> None:
    found = ask(
        knowledge(OBJECTION, practice=[made.practice(), made.practice("two", basis="contract")])
    )
    assert found.no_basis == ACME
    assert {"en": "no basis named"} in found.notes


ASKING = law("gdpr", line(bases=LI), line("erase"), line("access"))


def test_whoever_names_no_basis_is_asked_for_it_before_all_else() -> None:
    unnamed, contract = made.practice(), made.practice(basis="contract")
    assert [act for act, *_ in acts(ask(knowledge(ASKING, practice=[unnamed])))] == [
        "access",
        "erase",
    ]
    for named in (contract, RESTED):
        found = acts(ask(knowledge(ASKING, practice=[named])))
        assert [act for act, *_ in found][-2:] == ["erase", "access"]


def test_where_an_objection_lies_against_one_practice_it_stays_first() -> None:
    both = [RESTED, made.practice("two")]
    found = ask(knowledge(ASKING, practice=both))
    assert [act for act, *_ in acts(found)] == ["object-training", "erase", "access"]
    assert found.no_basis == ("acme/two",)


def test_each_controller_is_asked_by_its_own_practices() -> None:
    theirs = made.practice("licensed", actor="partner")
    found = acts(ask(knowledge(ASKING, practice=[RESTED, theirs])))
    assert [(act, whom) for act, whom, _ in found] == [
        ("access", "pal"),
        ("object-training", "acme-fr"),
        ("erase", "acme-fr"),
        ("erase", "pal"),
        ("access", "acme-fr"),
    ]


@pytest.mark.parametrize(
    ("place", "first"), [("GB", "access"), ("FR", "access"), ("US-CA", "erase")]
)
def test_it_is_asked_first_only_where_the_law_says_that_the_basis_is_told(
    place: str, first: str
) -> None:
    lines = (line(bases=LI), line("erase"), line("access"))
    known = knowledge(law("any", *lines, places=["WORLD"]), practice=[made.practice()])
    assert acts(ask(known, place))[0][0] == first


def test_no_word_on_bases_where_no_law_ties_an_objection_to_one() -> None:
    found = ask(knowledge(law("fadp", line()), practice=[made.practice()]))
    assert acts(found) == [("object-training", "acme-fr", ACME)]
    assert (found.no_basis, found.notes) == ((), ())


def test_each_practice_comes_under_the_line_that_names_its_basis() -> None:
    lines = [
        line("erase", article="Art. 17(1)(c) GDPR", bases=LI),
        line("erase", article="Art. 17(1)(b) GDPR", bases=["consent"], reaches={"en": "b"}),
        line("erase", article="Art. 17(1)(d) GDPR"),
    ]
    known = knowledge(law("gdpr", *lines), practice=[made.practice("a", basis="contract")])
    assert ask(known).acts[0].article == "Art. 17(1)(d) GDPR"
    both = [made.practice("a", basis="consent"), made.practice("b", basis="public-task")]
    (one,) = ask(knowledge(law("gdpr", *lines), practice=both)).acts
    assert (one.article, one.practices) == ("Art. 17(1) GDPR", ("acme/a", "acme/b"))
    assert one.reaches == {"en": "b; this far", "de": "b; so weit"}


def test_articles_that_share_no_stem_are_both_named() -> None:
    lines = [line("erase", article="s. 4", bases=["consent"]), line("erase", article="s. 5")]
    practices = [made.practice("a", basis="consent"), made.practice("b")]
    (one,) = ask(knowledge(law("act", *lines), practice=practices)).acts
    assert one.article == "s. 4, s. 5"


def test_joined_lines_are_as_little_read_as_the_least_of_them() -> None:
    lines = [
        line("erase", bases=["consent"], read="relayed", needs_grounds=True),
        line("erase", read="no"),
    ]
    practices = [made.practice("a", basis="consent"), made.practice("b")]
    (one,) = ask(knowledge(law("act", *lines), practice=practices)).acts
    assert (one.read, one.needs_grounds) == ("no", True)


def test_only_the_uses_that_a_line_names() -> None:
    sale = law("ccpa", line("opt-out-of-sale", uses=["licence-to-third-party"]))
    both = [made.practice(), made.practice("sell", use="licence-to-third-party")]
    assert acts(ask(knowledge(sale, practice=both))) == [
        ("opt-out-of-sale", "acme-fr", ("acme/sell",))
    ]
    assert ask(knowledge(sale, practice=[made.practice()])).acts == ()


@pytest.mark.parametrize("use", ["ranking", "ads", "search", "ai-input"])
def test_what_is_not_training_is_no_matter_of_these_demands(use: str) -> None:
    found = ask(knowledge(law("act", line()), practice=[made.practice(use=use)]))
    assert found.acts == ()


# Place and day --------------------------------------------------------------------------------


@pytest.mark.parametrize(("place", "lies"), [("DE", True), ("DE-BY", True), ("GB", False)])
def test_a_law_holds_in_its_places(place: str, lies: bool) -> None:
    assert bool(ask(knowledge(OBJECTION, practice=[RESTED]), place).acts) is lies


@pytest.mark.parametrize(
    ("span", "when", "lies"),
    [
        ({"in_force": date(2026, 3, 1)}, date(2026, 2, 28), False),
        ({"in_force": date(2026, 3, 1)}, date(2026, 3, 1), True),
        ({"until": date(2026, 3, 1)}, date(2026, 2, 28), True),
        ({"until": date(2026, 3, 1)}, date(2026, 3, 1), False),
    ],
)
def test_a_law_holds_from_its_first_day_and_not_on_its_last(
    span: dict[str, date], when: date, lies: bool
) -> None:
    assert bool(ask(knowledge(law("act", line(), **span)), when=when).acts) is lies
    names = {"in_force": "since", "until": "until"}
    own = {names[name]: day for name, day in span.items()}
    assert bool(ask(knowledge(law("act", line(**own))), when=when).acts) is lies


def test_a_text_of_the_country_is_taken_before_the_one_of_the_union() -> None:
    union = law("union", line(), line("erase"))
    german = law("german", line(), places=["DE"])
    found = ask(knowledge(union, german))
    assert [(one.act, one.law) for one in found.acts] == [
        ("object-training", "german"),
        ("erase", "union"),
    ]
    assert [one.law for one in ask(knowledge(union, german), "FR").acts] == ["union", "union"]


def test_a_national_text_that_gives_nothing_here_does_not_hide_the_other() -> None:
    german = law("german", line(bases=["consent"]), places=["DE"])
    found = ask(knowledge(law("union", line()), german))
    assert [one.law for one in found.acts] == ["union"]


@pytest.mark.parametrize(
    ("span", "lies"),
    [
        ({"since": DAY}, True),
        ({"since": date(2026, 3, 2)}, False),
        ({"since": date(2026, 6, 1), "announced": DAY}, True),
        ({"since": date(2026, 6, 1), "announced": date(2026, 3, 2)}, False),
        ({"known_since": date(2026, 3, 2)}, False),
        ({"until": DAY}, False),
        ({"until": date(2026, 3, 2)}, True),
        ({"places": ["FR"]}, False),
        ({"not_places": ["DE"]}, False),
        ({"says": "conditional"}, True),
        ({"says": "silent"}, False),
        ({"says": "no"}, False),
        ({"account_kinds": ["page"]}, False),
    ],
)
def test_only_practices_that_hold_or_are_announced(span: dict[str, Any], lies: bool) -> None:
    found = ask(knowledge(law("act", line()), practice=[made.practice(**span)]))
    assert bool(found.acts) is lies


# To whom --------------------------------------------------------------------------------------


def test_a_licensee_is_written_to_as_well_and_the_platform_comes_first() -> None:
    theirs = made.practice("theirs", actor="partner", basis="legitimate-interest")
    found = ask(
        knowledge(OBJECTION, law("erasure", line("erase")), practice=[theirs, made.practice()])
    )
    assert acts(found) == [
        ("object-training", "pal", ("acme/theirs",)),
        ("erase", "pal", ("acme/theirs",)),
        ("erase", "acme-fr", ACME),
    ]
    assert found.controllers == ("acme-fr", "pal")


def test_whoever_scrapes_cannot_be_written_to() -> None:
    found = ask(knowledge(law("act", line()), practice=[made.practice(actor="anyone")]))
    assert found.acts == ()
    with pytest.raises(NotFound):
        ask(knowledge(), subject="anyone")


def test_an_unknown_controller_is_said_and_the_act_still_named() -> None:
    found = ask(knowledge(law("act", line())), known_rights=rights(controller("pal", "partner")))
    assert acts(found) == [("object-training", "", ACME)]
    assert found.controllers == ()
    assert found.notes == ({"en": "nobody for Acme"},)


def test_a_company_is_asked_about_what_it_does_on_the_open_web() -> None:
    known = knowledge(law("act", line()))
    web = made.actor("scrapeco", practice=[made.web_practice()])
    known.actors["scrapeco"] = web
    found = ask(known, subject="scrapeco", known_rights=rights(controller("s", "scrapeco")))
    assert acts(found) == [("object-training", "s", ("scrapeco/scrape",))]
    assert [(one.kind, one.tokens) for one in found.instead] == [("robots", ("ScrapeBot",))]


# Who asks -------------------------------------------------------------------------------------

WORKS = law("urhg", line("reserve", who=["author", "publisher"]))


def test_an_author_is_a_person_too_and_a_publisher_is_not() -> None:
    known = knowledge(OBJECTION, WORKS, practice=[RESTED])
    given = {
        party: [one.act for one in ask(known, party=party).acts]
        for party in ("person", "author", "publisher")
    }
    assert given == {
        "person": ["object-training"],
        "author": ["object-training", "reserve"],
        "publisher": ["reserve"],
    }


def test_one_may_reserve_ahead_of_any_training_and_ask_whether_there_was_one() -> None:
    none = [made.practice(says="no")]
    known = knowledge(WORKS, law("gdpr", line("access"), line("erase")), practice=none)
    assert acts(ask(known, party="author")) == [
        ("access", "acme-fr", ()),
        ("reserve", "acme-fr", ()),
    ]


def test_works_are_reserved_against_a_silent_practice_too() -> None:
    found = ask(knowledge(WORKS, practice=[made.practice(says="silent")]), party="publisher")
    assert acts(found) == [("reserve", "acme-fr", ACME)]


@pytest.mark.parametrize("act", ACTS)
def test_works_are_asked_for_and_never_assumed(act: str) -> None:
    of_works = act in ("reserve", "copyright-complaint", "removal", "opt-out-registry")
    assert missing(act, About(subject="acme")) == (("works",) if of_works else ())  # type: ignore[arg-type]
    assert missing(act, About(subject="acme", works=("  ",))) == (("works",) if of_works else ())  # type: ignore[arg-type]
    assert missing(act, About(subject="acme", works=("Sea",))) == ()  # type: ignore[arg-type]


def test_of_somebody_under_age_it_is_said_who_acts_and_nothing_is_decided() -> None:
    known = knowledge(law("act", line(), places=["WORLD"]))
    assert ask(known, adult=False).notes == ({"en": "mostly a parent", "de": "meist Eltern"},)
    assert ask(known, "US-CA", adult=False).notes == ({"en": "a guardian", "de": "Vormund"},)
    assert ask(known).notes == ()
    for_grown_ups = knowledge(
        law("act", line()), practice=[made.practice(account_kinds=["personal"])]
    )
    assert ask(for_grown_ups, adult=False).acts == ()


# Where no law helps ---------------------------------------------------------------------------


def test_where_nothing_was_found_it_is_said_by_place() -> None:
    known = knowledge(OBJECTION)
    assert ask(known, "US-PA").nothing == {"en": "none in PA", "de": "keins in PA"}
    assert ask(known, "NZ").nothing == {"en": "not looked up", "de": "unbekannt"}
    assert ask(knowledge(OBJECTION, practice=[RESTED])).nothing == {}


def test_an_author_without_any_right_hears_both_sentences() -> None:
    assert ask(knowledge(), "US-PA", party="author").nothing["en"] == "no text none in PA"
    assert ask(knowledge(), "US-PA", party="publisher").nothing["en"] == "no text"


FORM = made.control("form", kind="form", covers={"train": "part"})


def test_a_form_is_voluntary_where_no_law_lets_one_object() -> None:
    known = knowledge(OBJECTION, practice=[RESTED, made.practice("two")], control=[FORM])
    found = ask(known, "US-PA")
    assert acts(found) == [("voluntary-form", "acme-fr", ACME)]
    (one,) = found.acts
    assert (one.law, one.article, one.clock, one.reaches) == (
        "",
        "",
        "",
        {"en": "this far", "de": "so weit"},
    )
    assert [one.act for one in ask(known).acts] == ["object-training"]
    assert ask(known, "US-PA", party="publisher").acts == ()


def test_a_door_of_the_controller_offers_it_too_but_the_platforms_form_is_more_exact() -> None:
    offers = controller("acme-fr", "acme", door(acts=["voluntary-form"]))
    two = [made.practice(), made.practice("two")]
    by_door = ask(knowledge(practice=two), "US-PA", known_rights=rights(offers))
    assert acts(by_door) == [("voluntary-form", "acme-fr", ("acme/train", "acme/two"))]
    by_form = ask(knowledge(practice=two, control=[FORM]), "US-PA", known_rights=rights(offers))
    assert acts(by_form) == [("voluntary-form", "acme-fr", ACME)]


@pytest.mark.parametrize(
    "elsewhere", [{"places": ["FR"]}, {"platforms": ["other"]}, {"acts": ["access"]}, {"acts": []}]
)
def test_a_door_for_something_else_offers_nothing(elsewhere: dict[str, Any]) -> None:
    offers = controller("acme-fr", "acme", door(**({"acts": ["voluntary-form"]} | elsewhere)))
    assert ask(knowledge(), "US-PA", known_rights=rights(offers)).acts == ()


def test_a_registry_is_for_works() -> None:
    keeps = controller("acme-fr", "acme", door("registry", acts=["opt-out-registry"]))
    assert acts(ask(knowledge(), "NZ", party="publisher", known_rights=rights(keeps))) == [
        ("opt-out-registry", "acme-fr", ACME)
    ]
    assert ask(knowledge(), "NZ", known_rights=rights(keeps)).acts == ()


def test_what_can_be_done_instead_is_what_covers_it_here() -> None:
    controls = [
        made.control(),
        made.control("half", covers={"train": "part"}),
        made.control("other", covers={"train": "not"}),
        made.control("french", places=["FR"]),
        made.control("old", until=DAY),
        made.control("new", since=date(2026, 3, 2)),
        made.control("page", account_kinds=["page"]),
        made.control("none", kind="none", covers={"train": "not"}, helps={"en": "go private"}),
    ]
    found = ask(knowledge(control=controls)).instead
    assert [(one.control, one.kind, one.partly) for one in found] == [
        ("acme/switch", "toggle", False),
        ("acme/half", "toggle", True),
        ("acme/none", "none", False),
    ]
    assert found[2].helps == {"en": "go private"}
    assert all(one.practices == ACME for one in found)


# What is said beside it -----------------------------------------------------------------------


def test_each_text_that_was_not_seen_officially_is_said_once() -> None:
    lines = [
        line(article="Art. 1", read="no"),
        line("erase", article="Art. 2", read="relayed"),
        line("access", article="Art. 3"),
    ]
    theirs = made.practice("theirs", actor="partner")
    found = ask(knowledge(law("act", *lines), practice=[made.practice(), theirs]))
    assert found.unread == ({"en": "Art. 1: not read"}, {"en": "Art. 2: relayed"})


def test_a_clock_is_named_with_its_law() -> None:
    lines = [line(clock="answer"), line("erase", clock="gdpr-art-12#answer"), line("access")]
    found = ask(knowledge(law("act", *lines)))
    assert [one.clock for one in found.acts] == ["act#answer", "gdpr-art-12#answer", ""]


@pytest.mark.parametrize(
    "said", ["", "  ", "EU", "WORLD", "Atlantis", "DE-XX", "\r\nBcc: x", "D" * 9000]
)
def test_an_unknown_residence_is_one_line_with_the_way_on(said: str) -> None:
    with pytest.raises(BadInput) as caught:
        ask(knowledge(), said)
    assert "DE-BY" in caught.value.tip
    assert len(caught.value.message) < 100
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("said", ["uk", "gb", " GB "])
def test_a_place_may_be_written_as_people_write_it(said: str) -> None:
    assert ask(knowledge(law("uk", line(), places=["GB"])), said).acts


@pytest.mark.parametrize("said", ["", "nobody", "../../x", "x" * 5000])
def test_an_unknown_company_is_not_found(said: str) -> None:
    with pytest.raises(NotFound) as caught:
        ask(knowledge(), subject=said)
    assert len(caught.value.message) < 150


def test_every_act_has_its_place_in_the_order() -> None:
    assert sorted(ORDER) == sorted(ACTS)
    assert set(ORDER[-4:]) == set(OF_WORKS)


@given(
    st.lists(st.sampled_from(ACTS), max_size=6),
    st.sampled_from(["DE", "DE-BY", "US-PA", "GB"]),
    st.sampled_from(["person", "author", "publisher"]),
    st.lists(st.sampled_from(["", "consent", "contract", *LI]), max_size=4),
)
def test_in_any_world_acts_are_in_order_and_one_letter_each(
    named: list[Any], place: str, party: Any, bases: list[str]
) -> None:
    laws = [law(f"law-{n}", line(act), places=["WORLD"]) for n, act in enumerate(named)]
    practices = [made.practice(f"p{n}", basis=basis) for n, basis in enumerate(bases)]
    found = ask(knowledge(*laws, practice=practices), place, party=party)
    at = [ORDER.index(one.act) for one in found.acts]
    assert at == sorted(at)
    keys = [(one.act, one.law, one.controller) for one in found.acts]
    assert len(keys) == len(set(keys))
    assert {one.controller for one in found.acts} <= {one.id for one in CONTROLLERS}
