"""The plan: the fewest and surest steps, what is urgent first, what offers nothing said aloud."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.unit import made
from withhold.verbs.check import Asking
from withhold.verbs.owner import Owner
from withhold.verbs.plan import Plan, plan


def _plan(
    *platforms: Any, accounts: Any = None, seen: Any = (), when: date = made.WHEN, **more: Any
) -> Plan:
    known = made.knowledge(*platforms)
    owned = accounts or [made.account(one.id) for one in platforms]
    owner = Owner(accounts=tuple(owned), seen=tuple(seen), **more)
    return plan(owner, Asking(place="US-PA", when=when, knowledge=known, seen=tuple(seen)))


def _ids(found: Plan) -> list[str]:
    return [one.id for one in found.steps]


TOGGLE = made.control("toggle", minutes=2)
FORM = made.control("form", kind="form", minutes=5)
EMAIL = made.control("mail", kind="email", minutes=1)
PRIVATE = made.control("private", kind="audience", cost={"en": "reach", "de": "Reichweite"})


@pytest.mark.parametrize(
    ("controls", "chosen"),
    [
        ([FORM, TOGGLE], ["acme/toggle"]),
        ([TOGGLE, FORM], ["acme/toggle"]),
        ([EMAIL, FORM], ["acme/form"]),
        ([EMAIL], ["acme/mail"]),
        ([PRIVATE], []),
        ([], []),
    ],
)
def test_the_surest_step_is_enough(controls: list[Any], chosen: list[str]) -> None:
    assert _ids(_plan(made.platform(control=controls))) == chosen


def test_of_equals_the_one_that_closes_more_and_then_the_quicker() -> None:
    practices = [made.practice("one"), made.practice("two")]
    small = made.control("small", "one", minutes=1)
    big = made.control("big", {"one": "full", "two": "full"}, minutes=9)
    assert _ids(_plan(made.platform(practice=practices, control=[small, big]))) == ["acme/big"]
    slow, quick = made.control("slow", minutes=9), made.control("quick", minutes=1)
    assert _ids(_plan(made.platform(control=[slow, quick]))) == ["acme/quick"]


def test_a_form_closes_what_the_switch_leaves() -> None:
    practices = [made.practice("one"), made.practice("two")]
    form = made.control("form", {"one": "full", "two": "full"}, kind="form", minutes=5)
    found = _plan(made.platform(practice=practices, control=[made.control(covers="one"), form]))
    assert _ids(found) == ["acme/switch", "acme/form"]
    assert found.minutes == 6
    assert (found.count("toggle"), found.count("form", "email"), found.count("audience")) == (
        1,
        1,
        0,
    )


def test_a_step_says_what_it_closes_narrows_and_leaves_in_words() -> None:
    practices = [made.practice(name) for name in ("one", "two", "three")]
    control = made.control(covers={"one": "full", "two": "part"})
    (step,) = _plan(made.platform(practice=practices, control=[control])).steps
    assert [
        [text["en"] for text in texts] for texts in (step.closes, step.narrows, step.leaves)
    ] == [
        ["It does one."],
        ["It does two."],
        ["It does three."],
    ]


def test_going_private_is_a_last_resort_apart() -> None:
    found = _plan(made.platform(control=[PRIVATE, TOGGLE]))
    assert (_ids(found), found.last_resorts) == (["acme/toggle"], ())
    alone = _plan(made.platform(control=[PRIVATE]))
    assert alone.steps == ()
    assert [(one.id, one.last_resort) for one in alone.last_resorts] == [("acme/private", True)]
    assert alone.last_resorts[0].cost == {"en": "reach", "de": "Reichweite"}
    assert alone.minutes == 0


def test_a_business_gets_no_step_to_go_private() -> None:
    private = made.control("private", kind="audience", account_kinds=["personal"])
    acme = made.platform(control=[private])
    assert _plan(acme).last_resorts
    business = _plan(acme, accounts=[made.account(kind="business")])
    assert business.last_resorts == ()
    assert [one.account for one in business.no_control] == ["acme"]


# An announced change comes first --------------------------------------------------------------

ANNOUNCED = date(2025, 9, 18)
IN_FORCE = date(2025, 11, 3)
LINKED = made.platform(
    "linked",
    practice=[made.practice(actor="linked", announced=ANNOUNCED, since=IN_FORCE, default="on")],
    control=[made.control()],
)


def test_an_announced_change_is_a_step_with_days_left() -> None:
    """18 September to 3 November: 12 days of September, 31 of October, 3 of November."""
    (step,) = _plan(LINKED, when=ANNOUNCED).steps
    assert (step.id, step.before, step.days_left) == ("linked/switch", IN_FORCE, 46)
    assert [one["en"] for one in step.closes] == ["It does train."]


def test_the_day_before_one_day_is_left_and_on_the_day_none() -> None:
    (before,) = _plan(LINKED, when=IN_FORCE - timedelta(days=1)).steps
    assert before.days_left == 1
    (after,) = _plan(LINKED, when=IN_FORCE).steps
    assert (after.before, after.days_left) == (None, None)


def test_before_the_announcement_nobody_knows() -> None:
    assert _plan(LINKED, when=ANNOUNCED - timedelta(days=1)).steps == ()


def test_what_is_announced_comes_before_what_is_open() -> None:
    acme = made.platform(control=[made.control()])
    found = _plan(acme, LINKED, when=ANNOUNCED)
    assert _ids(found) == ["linked/switch", "acme/switch"]


NOW_AND_SOON = [
    made.practice("now", since=made.BEGAN),
    made.practice("soon", announced=made.BEGAN, since=made.WHEN + timedelta(days=10)),
]


def test_a_step_that_is_announced_and_needed_now_is_said_once() -> None:
    control = made.control(covers={"now": "full", "soon": "full"})
    assert _ids(_plan(made.platform(practice=NOW_AND_SOON, control=[control]))) == ["acme/switch"]


def test_what_is_announced_is_a_step_also_where_something_else_stands_open() -> None:
    controls = [made.control("first", "now"), made.control("second", "soon")]
    found = _plan(made.platform(practice=NOW_AND_SOON, control=controls))
    assert [(one.id, one.days_left) for one in found.steps] == [
        ("acme/second", 10),
        ("acme/first", None),
    ]


def test_what_was_switched_off_before_the_day_needs_no_step() -> None:
    seen = [made.observation(control="linked/switch", account="linked", on=ANNOUNCED)]
    found = _plan(LINKED, when=ANNOUNCED, seen=seen)
    assert found.steps == ()
    assert [one.control for one in found.done] == ["linked/switch"]


# What offers nothing --------------------------------------------------------------------------


def test_where_nothing_is_offered_it_is_said_with_what_helps() -> None:
    helps = {"en": "Ask.", "de": "Fragen."}
    none = made.control("nothing", {"train": "not"}, kind="none", helps=helps)
    (found,) = _plan(made.platform(control=[none])).no_control
    assert (found.account, found.platform, found.nothing_offered) == ("acme", "acme", True)
    assert found.helps == helps
    assert [one["en"] for one in found.open] == ["It does train."]


def test_going_private_counts_as_nothing_offered() -> None:
    (found,) = _plan(made.platform(control=[PRIVATE])).no_control
    assert found.nothing_offered


def test_what_a_switch_leaves_open_is_said() -> None:
    practices = [made.practice("one"), made.practice("two")]
    (found,) = _plan(
        made.platform(practice=practices, control=[made.control(covers="one")])
    ).no_control
    assert [one["en"] for one in found.open] == ["It does two."]
    assert not found.nothing_offered


def test_two_practices_in_the_same_words_are_still_two() -> None:
    same = {"en": "It trains.", "de": "Es trainiert."}
    practices = [made.practice("one", what=same), made.practice("two", what=same)]
    acme = made.platform(practice=practices, control=[made.control(covers="one")])
    (found,) = _plan(acme).no_control
    assert found.open == (same,)


def test_where_all_can_be_closed_nothing_is_left() -> None:
    assert _plan(made.platform(control=[TOGGLE])).no_control == ()
    assert _plan(made.platform(practice=[made.practice(says="no")])).no_control == ()


# What was done --------------------------------------------------------------------------------


def test_an_earlier_act_is_recorded_and_not_repeated() -> None:
    sent = made.observation("sent", control="acme/form", on=date(2024, 5, 1))
    found = _plan(made.platform(control=[FORM]), seen=[sent])
    assert found.steps == ()
    (done,) = found.done
    assert (done.control, done.account, done.value, done.how, done.on) == (
        "acme/form",
        "acme",
        "sent",
        "told",
        date(2024, 5, 1),
    )


def test_an_act_of_all_accounts_is_recorded_under_the_platform() -> None:
    found = _plan(made.platform(control=[TOGGLE]), seen=[made.observation(account="")])
    assert [one.account for one in found.done] == ["acme"]


def test_a_later_act_is_not_done_yet() -> None:
    later = made.observation(control="acme/toggle", on=made.WHEN + timedelta(days=1))
    found = _plan(made.platform(control=[TOGGLE]), seen=[later])
    assert (found.done, _ids(found)) == ((), ["acme/toggle"])


def test_each_of_two_blogs_has_its_own_step() -> None:
    acme = made.platform(control=[made.control(scope="blog")])
    blogs = [made.account(name="art"), made.account(name="notes")]
    assert _ids(_plan(acme, accounts=blogs)) == ["acme/switch@art", "acme/switch@notes"]
    done = made.observation(account="acme:art")
    assert _ids(_plan(acme, accounts=blogs, seen=[done])) == ["acme/switch@notes"]


# The words of a step --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("account", "owner", "lang", "label"),
    [
        ("de", "en", "de", "Nutze switch"),
        ("", "de", "de", "Nutze switch"),
        ("", "", "en", "Use switch"),
        ("fr", "", "en", "Use switch"),
    ],
)
def test_the_words_are_those_of_the_owners_menus(
    account: str, owner: str, lang: str, label: str
) -> None:
    acme = made.platform(control=[made.control(path={"en": ["Settings"], "de": ["Einstellungen"]})])
    (step,) = _plan(acme, accounts=[made.account(lang=account)], lang=owner).steps
    assert (step.label_lang, step.label) == (lang, label)
    assert step.path == (("Einstellungen",) if lang == "de" else ("Settings",))


def test_a_step_without_words_says_none() -> None:
    (step,) = _plan(made.platform(control=[made.control(label={})])).steps
    assert (step.label, step.label_lang, step.path) == ("", "", ())


@pytest.mark.parametrize(("days", "overdue"), [(90, False), (91, True)])
def test_a_step_whose_words_are_due_for_a_look_says_so(days: int, overdue: bool) -> None:
    acme = made.platform(control=[made.control()])
    (step,) = _plan(acme, when=made.SEEN + timedelta(days=days)).steps
    assert (step.checked, step.overdue) == (made.SEEN, overdue)


def test_nothing_owned_is_an_empty_plan() -> None:
    known = made.knowledge()
    found = plan(Owner(), Asking(place="DE", when=made.WHEN, knowledge=known))
    assert (found.steps, found.no_control, found.minutes, found.where) == ((), (), 0, "DE")
