"""Which changes of knowledge flip an answer, by a table made by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from tests.unit import made
from withhold.catalog.load import Knowledge
from withhold.facts import Control, Platform, Practice
from withhold.verbs.flips import Flip, flips
from withhold.words import Span

TODAY = made.WHEN
LATER = date(2024, 6, 20)
NEW = made.source(
    url="https://acme.example/policy-2", seen=LATER, quote="We do not train on posts."
)


def world(*practices: Practice, controls: list[Control] | None = None, **more: Any) -> Knowledge:
    sources = {"policy": made.source(), "policy-2": NEW} | more.pop("source", {})
    known = made.platform(
        practice=list(practices) or [made.practice()],
        control=[made.control()] if controls is None else controls,
        source=sources,
        **more,
    )
    return made.knowledge(known)


def found(after: Knowledge, before: Knowledge | None = None) -> tuple[Flip, ...]:
    return flips(before or world(), after, TODAY).flips


def told(one: Flip) -> tuple[str, str, str]:
    return one.what, one.before.answer, one.after.answer


# Which changes are flips ----------------------------------------------------------------------

BOTH = made.practice(audience=["public", "followers"])
SWITCH = made.control()


def other(change: str, of: Platform) -> Platform:
    """The platform after a change that no answer hangs on."""
    quoted = of.source | {"policy": made.source(quote="Other words.")}
    moved = replace(SWITCH, url="https://acme.example/new", minutes=3)
    changes: dict[str, dict[str, Any]] = {
        "a label is put right": {"control": [replace(SWITCH, label={"en": "Other words"})]},
        "a quote is put right": {"source": quoted},
        "a sentence is said better": {"practice": [replace(BOTH, what={"en": "Better."})]},
        "another source": {"practice": [replace(BOTH, sources=["policy", "policy-2"])]},
        "the address of a setting": {"control": [moved]},
        "words in another order": {"practice": [replace(BOTH, audience=["followers", "public"])]},
        "a control that there was not before": {"control": [SWITCH, made.control("second")]},
    }
    return replace(of, **changes[change])


@pytest.mark.parametrize(
    "change",
    [
        "a label is put right",
        "a quote is put right",
        "a sentence is said better",
        "another source",
        "the address of a setting",
        "words in another order",
        "a control that there was not before",
    ],
)
def test_words_and_what_is_new_flip_nothing(change: str) -> None:
    before = world(BOTH, controls=[SWITCH])
    after = replace(before, platforms={"acme": other(change, before.platforms["acme"])})
    assert after != before
    assert found(after, before) == ()


def test_yes_to_no_is_a_flip() -> None:
    (one,) = found(world(made.practice(says="no")))
    assert told(one) == ("answer", "allowed", "disallowed")
    assert (one.after.strength, one.kinds, one.audience) == ("promised", ("post",), ("public",))
    assert (one.platform, one.actor, one.use, one.done) == ("acme", "acme", "train-ai", "")
    assert one.places == ("DE", "FR", "GB", "US", "US-PA")


def test_silence_after_a_yes_is_a_flip_to_not_known() -> None:
    (one,) = found(world(made.practice(says="silent")))
    assert told(one) == ("answer", "allowed", "unknown")


def test_off_by_default_is_a_flip() -> None:
    (one,) = found(world(made.practice(default="off")), world(made.practice(default="on")))
    assert told(one) == ("answer", "allowed", "disallowed")


def test_a_place_that_is_added_flips_for_that_place_alone() -> None:
    before = world(made.practice(places=["EU"]))
    (one,) = found(world(made.practice(places=["EU", "GB"])), before)
    assert told(one) == ("answer", "unknown", "allowed")
    assert one.places == ("GB",)


def test_a_kind_that_is_added_flips_for_that_kind_alone() -> None:
    (one,) = found(world(made.practice(content=["post", "photo"])))
    assert one.kinds == ("photo",)
    assert told(one) == ("answer", "unknown", "allowed")


def test_another_beginning_changes_the_span() -> None:
    (one,) = found(world(made.practice(since=date(2024, 3, 1))))
    assert told(one) == ("span", "allowed", "allowed")
    assert one.before.open == (Span(date(2024, 1, 1), None),)
    assert one.after.open == (Span(date(2024, 3, 1), None),)


def test_a_control_that_covers_less_flips_for_whom_it_is_done() -> None:
    part = made.control(covers={"train": "part"})
    (one,) = found(world(controls=[part]))
    assert told(one) == ("reach", "disallowed", "allowed")
    assert (one.done, one.before.strength) == ("switch", "observed")


def test_a_control_that_is_gone_flips_for_whom_it_is_done() -> None:
    (one,) = found(world(controls=[]))
    assert (told(one), one.done) == (("reach", "disallowed", "allowed"), "switch")


def test_an_effect_on_the_past_is_a_flip_of_its_reach() -> None:
    (one,) = found(world(controls=[made.control(effect="also-past")]))
    assert told(one) == ("reach", "disallowed", "disallowed")
    assert (one.before.past, one.after.past) == (False, True)


def test_of_a_flip_the_controls_that_only_follow_are_not_told() -> None:
    assert (
        len(found(world(made.practice(says="no"), controls=[made.control(), made.control("b")])))
        == 1
    )


def test_a_law_that_forbids_is_a_flip() -> None:
    law = made.law(forbids=[made.forbids("acme/train", places=["EU"])])
    before = world()
    (one,) = found(replace(before, laws={"act": law}), before)
    assert told(one) == ("answer", "allowed", "disallowed")
    assert (one.after.strength, one.places) == ("required", ("DE", "FR"))
    assert [(cause.what, cause.owner) for cause in one.causes] == [("law", "act")]


def test_what_is_announced_flips_on_its_day() -> None:
    (one,) = found(world(made.practice(until=date(2024, 9, 1))))
    assert (told(one), one.when) == (("answer", "allowed", "unknown"), date(2024, 9, 1))


def test_a_platform_that_is_gone_flips_and_a_new_one_does_not() -> None:
    two = made.knowledge(made.platform(), made.platform("other"))
    one = made.knowledge(made.platform())
    gone = found(one, two)
    assert {(flip.platform, flip.after.answer) for flip in gone} == {("other", "not-asked")}
    assert found(two, one) == ()


def test_what_a_company_does_on_the_open_web_flips_there() -> None:
    before = made.knowledge(actors=[made.actor("scrapeco", practice=[made.web_practice(via=[])])])
    no = made.web_practice(via=[], says="no")
    after = made.knowledge(actors=[made.actor("scrapeco", practice=[no])])
    seen = found(after, before)
    assert {(one.platform, one.actor, told(one)) for one in seen} == {
        ("", "scrapeco", ("answer", "allowed", "disallowed"))
    }
    assert {kind for one in seen for kind in one.kinds} == {"page", "post"}


def test_of_one_kind_each_audience_is_told_by_itself() -> None:
    off = made.practice("off", default="off", content=["photo"], audience=["followers"])
    on = made.practice("on", content=["photo"], audience=["public", "followers"])
    seen = found(world(on), world(off))
    assert {(one.audience, one.before.answer, one.after.answer) for one in seen} == {
        (("public",), "unknown", "allowed"),
        (("followers",), "disallowed", "allowed"),
    }


def test_a_company_that_takes_only_posts_from_the_web_flips_no_photos() -> None:
    def known(says: str) -> Knowledge:
        scrapes = made.web_practice(via=[], says=says, content=["post"])
        here = made.practice(actor="scrapeco", content=["post", "photo"], until=date(2024, 2, 1))
        return made.knowledge(
            made.platform(practice=[here]), actors=[made.actor("scrapeco", practice=[scrapes])]
        )

    before, after = known("yes"), known("no")
    after.platforms["acme"].practice.append(made.practice("more", content=["video"]))
    seen = [
        one for one in found(after, before) if (one.platform, one.actor) == ("acme", "scrapeco")
    ]
    assert {(one.kinds, one.before.answer, one.after.answer) for one in seen} == {
        (("post",), "allowed", "disallowed")
    }
