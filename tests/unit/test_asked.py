"""One question: what it applies to, whose words a fact has, and what a reason rests on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.unit import made
from withhold import asked


@pytest.mark.parametrize(
    ("thing", "where", "plan", "kind", "applies"),
    [
        ({}, "US-PA", "", "personal", True),
        ({"places": ["US"]}, "US-PA", "", "personal", True),
        ({"places": ["US-PA"]}, "US", "", "personal", False),
        ({"places": ["EU"]}, "DE", "", "personal", True),
        ({"places": ["EU"]}, "GB", "", "personal", False),
        ({"not_places": ["EU"]}, "FR", "", "personal", False),
        ({"plans": ["free"]}, "DE", "free", "personal", True),
        ({"plans": ["free"]}, "DE", "team", "personal", False),
        ({"plans": ["free"]}, "DE", "", "personal", True),
        ({"account_kinds": ["page"]}, "DE", "", "page", True),
        ({"account_kinds": ["page"]}, "DE", "", "personal", False),
    ],
)
def test_a_practice_applies_to_places_plans_and_kinds(
    thing: dict[str, Any], where: str, plan: str, kind: Any, applies: bool
) -> None:
    about = made.content(account=made.account(plan=plan, kind=kind))
    assert made.asked(about=about, where=where).applies(made.practice(**thing)) is applies


def test_on_a_site_neither_plan_nor_kind_is_asked() -> None:
    ask = made.asked(about=made.content(site="a.example"))
    assert ask.applies(made.practice(plans=["team"], account_kinds=["page"]))


@pytest.mark.parametrize(
    ("kinds", "actor", "whose"),
    [
        (["official"], "acme", "own"),
        (["archived"], "acme", "own"),
        (["press", "regulator"], "acme", "own"),
        (["official"], "partner", "platform"),
        (["press"], "acme", "reported"),
        (["blog", "research", "unverified"], "partner", "reported"),
        ([], "acme", "reported"),
    ],
)
def test_who_says_what_an_actor_does(kinds: list[Any], actor: str, whose: str) -> None:
    sources = {kind: made.source(kind=kind) for kind in kinds}
    acme = made.platform(source=sources)
    assert asked.whose_words(made.practice(actor=actor, sources=kinds), acme) == whose
    web = made.actor("partner", source=sources)
    own = asked.whose_words(made.practice(actor="partner", sources=kinds), web)
    assert own == ("own" if whose == "platform" else whose)


def test_a_reason_names_file_thing_sources_and_when_a_check_is_due() -> None:
    ask = made.asked()
    said = asked.reason("says-yes", ask.owner, made.practice(recheck_after="10 days"), ask)
    assert said.rests_on == "platforms/acme.toml#train"
    assert [one.url for one in said.sources] == ["https://acme.example/policy"]
    assert (said.checked, said.due) == (made.SEEN, made.SEEN + timedelta(days=10))
    assert said.facts["name"] == "Acme"
    control = asked.reason("no-control", ask.owner, made.control(), ask)
    assert control.checked == made.SEEN
    assert "what" not in control.facts


def test_a_superseded_practice_rests_on_history() -> None:
    knows = made.knowledge(superseded=[("acme", "train")])
    ask = made.asked(knows=knows)
    said = asked.reason("says-yes", ask.owner, made.practice(), ask)
    assert said.rests_on == "history/acme.toml#train"


def test_a_reason_without_a_known_source_has_no_day() -> None:
    ask = made.asked()
    said = asked.reason("says-yes", ask.owner, made.practice(sources=["gone"]), ask)
    assert (said.checked, said.due, said.sources) == (None, None, ())


def test_a_control_without_a_label_goes_by_its_id() -> None:
    assert asked.label(made.control(label={})) == {"en": "switch"}
    assert asked.label(made.control(label={"de": "Schalter"})) == {"de": "Schalter"}


def test_a_term_is_so_many_days() -> None:
    assert asked.days("90 days") == timedelta(days=90)
