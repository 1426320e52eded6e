"""The question, asked of small made-up knowledge: each answer was worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.unit import made
from tests.unit.made import answered, ask, codes, observation, statement
from withhold.verdict import Step
from withhold.words import Span

DAY = timedelta(days=1)


def _day(number: int) -> date:
    return date(2024, 6, number)


def _acme(*practices: Any, **more: Any) -> Any:
    return made.knowledge(made.platform(practice=list(practices), **more))


# What the actor says --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("practice", "answer", "code"),
    [
        ({"says": "yes"}, ("allowed", None), "says-yes"),
        ({"says": "yes", "default": "on"}, ("allowed", None), "on-by-default"),
        ({"says": "yes", "default": "off"}, ("disallowed", "promised"), "off-by-default"),
        ({"says": "conditional"}, ("unknown", None), "conditional"),
        ({"says": "conditional", "default": "on"}, ("unknown", None), "conditional"),
        ({"says": "conditional", "default": "off"}, ("disallowed", "promised"), "off-by-default"),
        ({"says": "silent"}, ("unknown", None), "policy-silent"),
        ({"says": "silent", "default": "off"}, ("unknown", None), "policy-silent"),
        ({"says": "no"}, ("disallowed", "promised"), "says-no"),
    ],
)
def test_what_is_said_decides_before_anyone_says_no(
    practice: dict[str, Any], answer: tuple[str, str | None], code: str
) -> None:
    verdict = ask(_acme(made.practice(**practice)))
    assert answered(verdict) == answer
    assert verdict.reasons[0].code == code


def test_the_verdict_says_who_asked_what_of_whom() -> None:
    verdict = ask(made.knowledge(), where="DE", when=_day(9))
    assert (verdict.actor, verdict.use, verdict.where, verdict.when) == (
        "acme",
        "train-ai",
        "DE",
        _day(9),
    )
    assert (verdict.platform, verdict.account, verdict.site, verdict.path) == (
        "acme",
        "acme",
        "",
        "",
    )
    assert (verdict.kinds, verdict.audience) == (("post",), ("public",))
    on_site = ask(made.knowledge(), who="scrapeco", about=made.content(site="a.example", path="/x"))
    assert (on_site.platform, on_site.account, on_site.site, on_site.path) == (
        "",
        "",
        "a.example",
        "/x",
    )


def test_one_half_closed_is_still_allowed_and_says_which_half() -> None:
    """The Grok switch off, the licence of the terms open."""
    known = _acme(
        made.practice("model"), made.practice("licence"), control=[made.control(covers="model")]
    )
    verdict = ask(known, observation(how="observed"))
    assert answered(verdict) == ("allowed", None)
    assert [(one.id, one.answer, one.strength) for one in verdict.practices] == [
        ("model", "disallowed", "observed"),
        ("licence", "allowed", None),
    ]


def test_the_weakest_of_two_refused_practices_is_named() -> None:
    known = _acme(
        made.practice("one"),
        made.practice("two"),
        control=[made.control(covers="one"), made.control("form", "two", kind="form")],
    )
    seen = [observation(how="observed"), observation("sent", control="acme/form")]
    assert answered(ask(known, *seen)) == ("disallowed", "asked")


def test_a_no_of_the_actor_is_named_by_the_strongest_word_for_it() -> None:
    known = _acme(made.practice(says="no"), control=[made.control()])
    assert answered(ask(known, observation(how="told"))) == ("disallowed", "promised")
    assert answered(ask(known, observation(how="observed"))) == ("disallowed", "observed")


def test_what_is_forbidden_is_required() -> None:
    order = made.law(forbids=[made.forbids("acme/train", places=["EU"])])
    known = made.knowledge(laws=[order])
    assert answered(ask(known, where="DE")) == ("disallowed", "required")
    assert answered(ask(known, where="US-PA")) == ("allowed", None)
    assert "law-forbids" in codes(ask(known, where="DE").reasons)


def test_a_law_that_ended_leaves_the_days_that_it_closed() -> None:
    order = made.law(forbids=[made.forbids("acme/train", since=_day(3), until=_day(9))])
    known = made.knowledge(laws=[order])
    assert answered(ask(known, when=_day(8))) == ("disallowed", "required")
    after = ask(known, when=_day(9))
    assert answered(after) == ("allowed", None)
    assert after.open == (Span(made.BEGAN, _day(3)), Span(_day(9), None))


def test_nothing_said_is_nothing_known() -> None:
    verdict = ask(made.knowledge(), kind="message")
    assert answered(verdict) == ("unknown", None)
    assert codes(verdict.reasons) == ["nothing-known"]
    assert verdict.reasons[0].rests_on == "platforms/acme.toml"
    assert verdict.practices == ()


def test_others_can_collect_only_what_is_public() -> None:
    known = made.knowledge()
    assert codes(ask(known, who="anyone", audience="followers").reasons) == ["not-public"]
    assert codes(ask(known, who="anyone").reasons) == ["nothing-known"]
    assert codes(ask(known, who="acme", audience="followers").reasons) == ["nothing-known"]


def test_an_unknown_actor_or_platform_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        ask(made.knowledge(), who="nobody")
    with pytest.raises(KeyError):
        ask(made.knowledge(), about=made.content(account=made.account("nowhere")))


# Days -----------------------------------------------------------------------------------------


def test_before_it_began_and_after_it_ended_it_does_not_count() -> None:
    known = _acme(made.practice(since=_day(3), until=_day(9)))
    assert [ask(known, when=_day(day)).answer for day in (2, 3, 8, 9)] == [
        "unknown",
        "allowed",
        "allowed",
        "unknown",
    ]
    assert ask(known, when=_day(20)).open == (Span(_day(3), _day(9)),)


def test_before_the_first_source_it_is_not_known() -> None:
    known = _acme(made.practice(known_since=_day(5)))
    before = ask(known, when=_day(4))
    assert answered(before) == ("unknown", None)
    assert codes(before.reasons)[0] == "not-known-then"
    assert before.open == ()
    assert ask(known, when=_day(5)).answer == "allowed"
    assert ask(known, when=_day(5)).open == (Span(_day(5), None),)


@pytest.mark.parametrize("more", [{"says": "no"}, {"says": "yes", "default": "off"}])
def test_a_word_known_only_from_later_on_promises_nothing_before(more: dict[str, str]) -> None:
    platform = made.platform(
        practice=[made.practice(known_since=_day(5), **more)], control=[made.control()]
    )
    told = observation(on=_day(2))
    assert answered(ask(made.knowledge(platform), told, when=_day(4))) == ("disallowed", "told")
    assert answered(ask(made.knowledge(platform), told, when=_day(5))) == ("disallowed", "promised")


def test_a_no_known_only_from_later_on_settles_nothing_else_before() -> None:
    practices = [
        made.practice("denies", says="no", known_since=_day(5)),
        made.practice("trains", known_since=_day(5)),
    ]
    known = made.knowledge(
        made.platform(practice=practices, control=[made.control(covers="denies")])
    )
    verdict = ask(known, observation(on=_day(2)), when=_day(4))
    assert answered(verdict) == ("unknown", None)
    assert [one.id for one in verdict.practices] == ["denies", "trains"]


def test_a_refusal_of_what_is_known_only_from_later_on_stays_in_the_verdict() -> None:
    practices = [
        made.practice("denies", says="no"),
        made.practice("denies-too", says="no", known_since=_day(5)),
    ]
    known = made.knowledge(
        made.platform(practice=practices, control=[made.control(covers="denies-too")])
    )
    verdict = ask(known, observation(on=_day(2)), when=_day(4))
    assert answered(verdict) == ("disallowed", "told")
    assert "switch-told" in codes(verdict.reasons)


def test_a_law_that_ended_lets_nobody_object() -> None:
    known = made.knowledge(
        made.platform(practice=[made.practice(basis="contract")]),
        laws=[made.law(bases=["contract"], in_force=_day(3), until=_day(9))],
    )
    cited = ["law-lets-object" in codes(ask(known, when=_day(day)).reasons) for day in (2, 3, 8, 9)]
    assert cited == [False, True, True, False]


def test_a_span_begins_with_the_post_the_account_or_the_practice() -> None:
    known = _acme(made.practice(since=_day(3)))

    def opened(**more: Any) -> tuple[Span, ...]:
        return ask(known, when=_day(20), **more).open

    assert opened() == (Span(_day(3), None),)
    assert opened(posted=_day(7)) == (Span(_day(7), None),)
    assert opened(posted=_day(1)) == (Span(_day(3), None),)
    assert opened(account=made.account(since=_day(9))) == (Span(_day(9), None),)
    assert opened(account=made.account(since=_day(9)), posted=_day(11)) == (Span(_day(11), None),)


def test_what_reaches_only_the_private_begins_when_it_stopped_being_public() -> None:
    known = _acme(made.practice(since=_day(3), audience=["followers"]))
    more = {"audience": "followers", "public_until": _day(9)}
    assert [ask(known, when=_day(day), **more).answer for day in (8, 9)] == ["unknown", "allowed"]
    assert ask(known, when=_day(20), **more).open == (Span(_day(9), None),)
    assert ask(known, when=_day(8), **more).open == ()
    both = _acme(made.practice(since=_day(3), audience=["public", "followers"]))
    assert ask(both, when=_day(20), **more).open == (Span(_day(3), None),)


def test_what_was_posted_after_it_ended_was_never_open() -> None:
    assert ask(_acme(made.practice(until=_day(9))), posted=_day(9)).open == ()


def test_off_and_on_and_off_again() -> None:
    known = made.knowledge(made.platform(control=[made.control()]))
    seen = [
        observation("off", on=_day(3)),
        observation("on", on=_day(7)),
        observation("off", on=_day(11), how="shown"),
    ]
    answers = {day: answered(ask(known, *seen, when=_day(day))) for day in (2, 3, 7, 11)}
    assert answers == {
        2: ("allowed", None),
        3: ("disallowed", "told"),
        7: ("allowed", None),
        11: ("disallowed", "shown"),
    }
    assert ask(known, *seen).open == (Span(made.BEGAN, _day(3)), Span(_day(7), _day(11)))
    assert ask(known, *seen, when=_day(5)).open == (Span(made.BEGAN, _day(3)),)


def test_a_switch_seen_on_is_said() -> None:
    known = made.knowledge(made.platform(control=[made.control()]))
    assert "switch-on" in codes(ask(known, observation("on")).reasons)
    form = made.knowledge(made.platform(control=[made.control("ask", kind="form")]))
    refused = ask(form, observation("refused", control="acme/ask"))
    assert answered(refused) == ("allowed", None)
    assert "request-refused" in codes(refused.reasons)


def test_what_a_control_reaches_in_part_or_not_is_said_and_stays_open() -> None:
    practices = (made.practice("model"), made.practice("ads"))
    known = _acme(*practices, control=[made.control(covers={"model": "part", "ads": "not"})])
    verdict = ask(known, observation())
    assert answered(verdict) == ("allowed", None)
    assert [codes(one.reasons)[1:] for one in verdict.practices] == [
        ["control-covers-part"],
        ["control-leaves-open"],
    ]


# Opt-in ---------------------------------------------------------------------------------------

OPT_IN = _acme(made.practice(default="off"), control=[made.control()])


def test_opt_in_is_open_only_while_it_is_switched_on() -> None:
    seen = [observation("on", on=_day(5)), observation("off", on=_day(9), how="observed")]
    assert answered(ask(OPT_IN, *seen, when=_day(4))) == ("disallowed", "promised")
    assert answered(ask(OPT_IN, *seen, when=_day(5))) == ("allowed", None)
    off = ask(OPT_IN, *seen, when=_day(9))
    assert answered(off) == ("disallowed", "observed")
    assert off.open == (Span(_day(5), _day(9)),)
    assert ask(OPT_IN, when=_day(9)).open == ()


def test_opt_in_off_by_default_and_by_your_word_is_still_promised() -> None:
    assert answered(ask(OPT_IN, observation("off"))) == ("disallowed", "promised")
    told = [observation("on", on=_day(5)), observation("off", on=_day(9))]
    assert answered(ask(OPT_IN, *told)) == ("disallowed", "told")


def test_a_request_that_was_refused_switches_nothing_on() -> None:
    known = _acme(made.practice(default="off"), control=[made.control("ask", kind="form")])
    refused = observation("refused", control="acme/ask")
    assert answered(ask(known, refused)) == ("disallowed", "promised")


# Audience -------------------------------------------------------------------------------------


def test_an_audience_that_is_not_known_is_taken_as_open() -> None:
    followers = _acme(made.practice(audience=["followers"]))
    assert ask(followers, audience="unknown").answer == "allowed"
    assert ask(followers, audience="public").answer == "unknown"


CLOSED = made.content(audience="followers", public_until=_day(10))


def test_what_was_public_before_stays_listed() -> None:
    known = made.knowledge()
    before = ask(known, about=CLOSED, when=_day(9))
    assert answered(before) == ("allowed", None)
    assert before.open == (Span(made.BEGAN, None),)
    after = ask(known, about=CLOSED, when=_day(10))
    assert answered(after) == ("unknown", None)
    assert after.open == (Span(made.BEGAN, _day(10)),)
    assert after.practices == ()
    assert "was-public" in codes(after.limits)


def test_what_was_posted_after_going_private_was_never_public() -> None:
    about = made.content(audience="followers", public_until=_day(10), posted=_day(12))
    assert ask(made.knowledge(), about=about).open == ()


def test_a_practice_on_followers_too_goes_on_after_going_private() -> None:
    known = _acme(made.practice(audience=["public", "followers"]))
    after = ask(known, about=CLOSED)
    assert answered(after) == ("allowed", None)
    assert after.open == (Span(made.BEGAN, None),)


def test_a_practice_on_followers_only_began_with_going_private() -> None:
    known = _acme(made.practice(audience=["followers"]))
    assert ask(known, about=CLOSED, when=_day(9)).answer == "unknown"
    assert ask(known, about=CLOSED, when=_day(10)).answer == "allowed"


# Others, on a platform and on the web ---------------------------------------------------------

WEB = made.actor("scrapeco", practice=[made.web_practice(via=["ScrapeBot"])])


def test_an_actor_that_the_platform_names_is_answered_by_the_platform() -> None:
    named = made.practice("licence", actor="scrapeco", says="no")
    known = made.knowledge(made.platform(practice=[named]), actors=[WEB])
    verdict = ask(known, who="scrapeco")
    assert [one.id for one in verdict.practices] == ["licence"]
    assert answered(verdict) == ("disallowed", "promised")


def test_an_actor_that_the_platform_does_not_name_is_answered_by_its_own_file() -> None:
    verdict = ask(made.knowledge(actors=[WEB]), who="scrapeco")
    assert [one.id for one in verdict.practices] == ["scrape"]
    assert answered(verdict) == ("unknown", None)
    assert codes(verdict.reasons) == ["signal-not-read"]


def test_a_platform_that_no_longer_names_it_leaves_it_to_its_own_file() -> None:
    ended = made.practice("licence", actor="scrapeco", until=_day(1))
    known = made.knowledge(made.platform(practice=[ended]), actors=[WEB])
    assert [one.id for one in ask(known, who="scrapeco").practices] == ["scrape"]


@pytest.mark.parametrize(
    ("shield", "answer"),
    [
        (made.shield(), ("disallowed", "promised")),
        (made.shield(refuses=["OtherBot"]), ("unknown", None)),
        (made.shield(stance="open", refuses=[]), ("allowed", None)),
        (made.shield(stance="part", admits=["ScrapeBot"]), ("allowed", None)),
        (made.shield(stance="not-known", refuses=[]), ("unknown", None)),
    ],
)
def test_the_platforms_robots_txt_answers_for_its_members_posts(
    shield: Any, answer: tuple[str, str | None]
) -> None:
    known = made.knowledge(made.platform(shield=[shield]), actors=[WEB])
    assert answered(ask(known, who="scrapeco")) == answer


def test_a_shield_says_who_set_it() -> None:
    known = made.knowledge(made.platform(shield=[made.shield()]), actors=[WEB])
    said = ask(known, who="scrapeco").reasons[-1]
    assert said.code == "shield-refuses"
    assert said.facts["name"] == "Acme"
    assert said.rests_on == "platforms/acme.toml#shield"


def test_a_site_without_a_file_that_was_read_is_not_known() -> None:
    page = made.content(site="a.example")
    known = made.knowledge(actors=[WEB])
    assert codes(ask(known, who="scrapeco", about=page).reasons) == ["signal-not-read"]
    let_in = ask(known, statement(allowed=True), who="scrapeco", about=page)
    assert answered(let_in) == ("allowed", None)
    assert codes(let_in.reasons) == ["says-yes", "signal-open"]
    assert let_in.open == (Span(None, None),)  # read once: since when it is so is not known
    unread = ask(known, statement(allowed=None), who="scrapeco", about=page)
    assert answered(unread) == ("unknown", None)


def test_what_has_ended_or_not_begun_is_not_open_on_a_site() -> None:
    page = made.content(site="a.example")
    for more in ({"until": _day(10)}, {"since": made.WHEN + DAY}):
        web = made.web_practice(via=["ScrapeBot"], **more)
        known = made.knowledge(actors=[made.actor("scrapeco", practice=[web])])
        verdict = ask(known, statement(allowed=True), who="scrapeco", about=page)
        assert answered(verdict) == ("unknown", None)
        assert all(span.until and span.until <= _day(10) for span in verdict.open)


@pytest.mark.parametrize(
    ("fetcher", "control", "answer"),
    [
        (True, True, ("allowed", None)),
        (True, False, ("disallowed", "promised")),
        (False, False, ("disallowed", "promised")),
    ],
)
def test_a_control_token_beside_its_fetcher(
    fetcher: bool, control: bool, answer: tuple[str, str | None]
) -> None:
    web = made.web_practice(via=["ScrapeBot", "Scrape-Extended"])
    known = made.knowledge(actors=[made.actor("scrapeco", practice=[web])])
    seen = [statement("ScrapeBot", fetcher), statement("Scrape-Extended", control)]
    page = made.content(site="a.example")
    assert answered(ask(known, *seen, who="scrapeco", about=page)) == answer


def test_one_fetcher_let_in_leaves_it_open_whatever_is_known_of_the_other() -> None:
    web = made.web_practice(via=["ScrapeBot", "OtherBot"])
    known = made.knowledge(actors=[made.actor("scrapeco", practice=[web])])
    page = made.content(site="a.example")
    for other in (False, None):
        seen = [statement("ScrapeBot", True), statement("OtherBot", other)]
        assert answered(ask(known, *seen, who="scrapeco", about=page)) == ("allowed", None)


# Laws that are cited --------------------------------------------------------------------------


def test_a_law_is_cited_for_a_practice_on_its_basis() -> None:
    act = made.law(bases=["legitimate-interest"], places=["EU"], in_force=_day(1))
    known = made.knowledge(
        made.platform(practice=[made.practice(basis="legitimate-interest")]), laws=[act]
    )
    assert codes(ask(known, where="DE").reasons)[1] == "law-lets-object"
    assert "law-lets-object" not in codes(ask(known, where="US-PA").reasons)
    assert "law-lets-object" not in codes(ask(known, where="DE", when=date(2024, 5, 31)).reasons)
    other = made.knowledge(made.platform(practice=[made.practice(basis="contract")]), laws=[act])
    assert "law-lets-object" not in codes(ask(other, where="DE").reasons)


# Steps ----------------------------------------------------------------------------------------


def test_a_step_says_what_it_closes_narrows_and_leaves() -> None:
    practices = [made.practice(name) for name in ("model", "partner", "ads")]
    control = made.control(covers={"model": "full", "partner": "part", "ads": "not"})
    verdict = ask(_acme(*practices, control=[control]))
    assert verdict.steps == (
        Step(control="acme/switch", closes=("model",), narrows=("partner",), leaves=("ads",)),
    )


@pytest.mark.parametrize(
    ("control", "offered"),
    [
        (made.control(), True),
        (made.control(covers={"train": "not"}), False),
        (made.control(kind="none"), False),
        (made.control(since=_day(30)), True),
        (made.control(since=made.WHEN + DAY), False),
        (made.control(until=made.WHEN), False),
        (made.control(until=made.WHEN + DAY), True),
        (made.control(kind="audience"), True),
        (made.control(account_kinds=["page"]), False),
    ],
)
def test_only_what_is_there_and_helps_is_offered(control: Any, offered: bool) -> None:
    assert bool(ask(_acme(made.practice(), control=[control])).steps) is offered


def test_what_is_done_or_closed_is_not_offered_again() -> None:
    known = made.knowledge(made.platform(control=[made.control()]))
    assert ask(known, observation()).steps == ()
    assert ask(known, observation("on")).steps
    assert ask(_acme(made.practice(says="no"), control=[made.control()])).steps == ()


def test_going_private_is_not_offered_for_what_is_private_already() -> None:
    private = made.control(kind="audience")
    known = _acme(made.practice(audience=["public", "followers"]), control=[private])
    assert ask(known, audience="public").steps
    assert ask(known, audience="unknown").steps
    assert ask(known, audience="followers").steps == ()


# That no control exists is said aloud ---------------------------------------------------------


def test_no_control_is_said_by_the_platforms_word() -> None:
    none = made.control(
        "nothing", {"train": "not"}, kind="none", helps={"en": "Ask.", "de": "Fragen."}
    )
    said = ask(_acme(made.practice(), control=[none])).reasons[-1]
    assert (said.code, said.facts["helps"]) == ("no-control", {"en": "Ask.", "de": "Fragen."})
    assert said.rests_on == "platforms/acme.toml#nothing"


def test_no_control_that_is_known_is_said_as_that() -> None:
    verdict = ask(made.knowledge())
    assert codes(verdict.reasons) == ["says-yes", "no-control-known"]
    assert "no-control-known" not in codes(
        ask(_acme(made.practice(), control=[made.control()])).reasons
    )


def test_going_private_is_no_control_over_training() -> None:
    known = _acme(made.practice(), control=[made.control(kind="audience")])
    assert "no-control-known" in codes(ask(known).reasons)


def test_each_reason_is_said_once() -> None:
    none = made.control("nothing", {"one": "not", "two": "not"}, kind="none")
    reasons = ask(_acme(made.practice("one"), made.practice("two"), control=[none])).reasons
    assert codes(reasons).count("no-control") == 1


def test_that_no_control_is_known_rests_on_the_file_of_the_practice() -> None:
    """What an actor says of the open web stands in the actor's file, also of a post here."""
    opened = made.platform(shield=[made.shield(stance="open", refuses=[])])
    verdict = ask(made.knowledge(opened, actors=[WEB]), who="scrapeco")
    assert answered(verdict) == ("allowed", None)
    rests = {one.code: one.rests_on for one in verdict.reasons}
    assert rests["says-yes"] == "actors/scrapeco.toml#scrape"
    assert rests.get("no-control-known", "actors/scrapeco.toml#scrape") == rests["says-yes"]
