"""What changed: a table worked out by hand from the TOML, made-up worlds for each code."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given

from tests.unit import made, worlds
from withhold.catalog.load import Knowledge
from withhold.facts import OldLabel
from withhold.verbs.change import Code
from withhold.verbs.changes import Change, changes, concerns
from withhold.words import Use

TODAY = date(2026, 11, 23)
US, DE, GB = "US-PA", "DE", "GB"
ALL = frozenset({US, DE, GB})
NONE: frozenset[str] = frozenset()

# day | what happened | effect | platform/thing | of US-PA, DE and GB those it concerns
BY_HAND: list[tuple[str, str, str, str, frozenset[str]]] = [
    ("2024-09-18", "training-starts", "worse", "linkedin/own-generative-models", frozenset({US})),
    ("2024-09-18", "promise-starts", "better", "linkedin/not-in-europe", frozenset({DE, GB})),
    ("2024-09-18", "control-offered", "better", "linkedin/ai-training-toggle", ALL),
    ("2025-09-18", "announced", "worse", "linkedin/own-generative-models-eu", frozenset({DE, GB})),
    ("2025-11-03", "training-starts", "worse", "linkedin/own-generative-models-eu", ALL - {US}),
    ("2025-11-03", "training-starts", "worse", "linkedin/microsoft-models-gb", frozenset({GB})),
    ("2025-11-03", "promise-starts", "unclear", "linkedin/messages-not-used", ALL),
    ("2024-02-22", "training-starts", "worse", "reddit/google-training", ALL),
    ("2024-05-16", "training-starts", "worse", "reddit/openai-training", ALL),
    ("2024-07-01", "shield-closed", "better", "reddit/shield", ALL),
    ("2024-08-16", "announced", "worse", "reddit/terms-licence", ALL),
    ("2024-09-16", "training-starts", "worse", "reddit/terms-licence", ALL),
    ("2023-09-29", "training-starts", "worse", "x/policy-public-data", ALL),
    ("2024-07-26", "control-offered", "better", "x/grok-toggle", ALL),
    ("2024-10-17", "announced", "worse", "x/terms-licence", frozenset({US})),
    ("2024-11-15", "training-starts", "worse", "x/terms-licence", frozenset({US})),
    ("2024-11-15", "training-starts", "worse", "x/terms-licence-eu", frozenset({DE, GB})),
    ("2024-11-15", "licence-starts", "worse", "x/third-party-collaborators", ALL),
    ("2024-02-27", "terms-changed", "unclear", "tumblr/third-party-sharing", ALL),
    ("2024-02-27", "training-starts", "worse", "tumblr/openai-licensee", ALL),
    ("2024-02-27", "promise-starts", "better", "tumblr/private-not-shared", ALL),
    ("2024-02-27", "control-offered", "better", "tumblr/third-party-sharing-toggle", ALL),
    ("2023-08-07", "opt-in-starts", "better", "zoom/licence-with-consent-2023", ALL),
    ("2023-08-11", "promise-starts", "better", "zoom/own-generative-models", ALL),
    ("2025-07-01", "condition-starts", "unclear", "wetransfer/ml-clause-2025", ALL),
    ("2025-07-15", "promise-starts", "better", "wetransfer/statement-2025", ALL),
    ("2025-07-23", "terms-changed", "unclear", "wetransfer/own-models", ALL),
    ("2024-02-07", "training-starts", "worse", "soundcloud/ai-clause-2024", ALL),
    ("2025-05-14", "announced", "better", "soundcloud/own-generative-models", ALL),
    ("2025-05-27", "promise-starts", "better", "soundcloud/own-generative-models", ALL),
    ("2024-12-19", "opt-in-starts", "unclear", "github/copilot-free-opt-in", ALL),
    ("2026-04-24", "training-starts", "worse", "github/copilot-interactions", ALL),
    ("2026-04-27", "promise-ends", "worse", "github/third-parties-silent", ALL),
    ("2026-04-27", "training-ends", "better", "github/public-code-openai-before", ALL),
    ("2026-05-19", "control-offered", "better", "atlassian/in-app-data-toggle", ALL),
    ("2026-08-17", "training-starts", "worse", "atlassian/in-app-data", ALL),
    ("2026-08-17", "promise-ends", "worse", "atlassian/providers-not-trained", ALL),
    ("2026-08-12", "training-starts", "worse", "twitch/own-generative-models", ALL),
    ("2026-08-12", "control-offered", "better", "twitch/ai-training-toggle", ALL),
    ("2024-06-14", "promise-starts", "better", "facebook/paused-europe", frozenset({DE})),
    ("2025-04-14", "announced", "worse", "facebook/public-posts-eu", frozenset({DE})),
    ("2025-05-27", "training-starts", "worse", "facebook/public-posts-eu", frozenset({DE})),
    ("2024-09", "training-starts", "worse", "instagram/public-posts-gb", frozenset({GB})),
    ("2024-07-02", "law-forbids", "better", "threads/br-anpd-meta-2024", NONE),
    ("2024-08-30", "law-lifted", "worse", "threads/br-anpd-meta-2024", NONE),
    ("2026-01-22", "terms-widened", "worse", "tiktok/us-licence", frozenset({US})),
    ("2026-01-22", "licence-starts", "worse", "tiktok/us-partners", frozenset({US})),
    ("2022-12-02", "control-offered", "better", "tiktok/right-to-object", frozenset({DE, GB})),
    ("2025-03-28", "control-withdrawn", "worse", "alexa/do-not-send-recordings", frozenset({US})),
    ("2025-12-17", "training-starts", "worse", "alexa/own-models", ALL),
    ("2025-09-02", "label-changed", "unclear", "google/keep-activity", ALL),
    ("2026-03-19", "shield-changed", "unclear", "medium/shield", ALL),
    ("2023-08-07", "training-starts", "unclear", "/train-on-public-web", ALL),
    ("2023-09-01", "law-in-force", "better", "/ch-fadp", NONE),
    ("2018-05-25", "law-in-force", "better", "/gdpr-art-21", frozenset({DE})),
]


def _row(one: Change, knowledge: Knowledge) -> tuple[str, str, str, str, frozenset[str]]:
    there = frozenset(place for place in ALL if concerns(one, place, knowledge.places))
    return one.day, one.code, one.effect, f"{one.platform}/{one.thing}", there


def test_the_real_knowledge_gives_the_table_worked_out_by_hand(knowledge: Knowledge) -> None:
    found = [_row(one, knowledge) for one in changes(knowledge, TODAY)]
    assert [row for row in BY_HAND if row not in found] == []


def _of(knowledge: Knowledge, platform: str, when: date = TODAY) -> list[Change]:
    return [one for one in changes(knowledge, when) if one.platform == platform]


def test_a_fact_that_follows_on_another_is_one_change_and_says_what_held_before(
    knowledge: Knowledge,
) -> None:
    """All of Zoom and WeTransfer: no ``ends`` beside a ``starts`` for the same words."""
    assert [(one.day, one.code, one.precision) for one in _of(knowledge, "zoom")] == [
        ("2023-08-11", "promise-starts", "day"),  # train-ai
        ("2023-08-11", "promise-starts", "day"),  # licence
        ("2023-08-07", "opt-in-starts", "day"),
        ("2023-04-01", "training-starts", "known"),
    ]
    assert [(one.day, one.code) for one in _of(knowledge, "wetransfer")] == [
        ("2025-07-23", "terms-changed"),
        ("2025-07-15", "promise-starts"),  # sold to nobody
        ("2025-07-15", "promise-starts"),
        ("2025-07-01", "condition-starts"),
    ]
    (began,) = (
        one
        for one in _of(knowledge, "linkedin")
        if one.thing == "own-generative-models-eu" and one.code == "training-starts"
    )
    assert began.before["en"].startswith("LinkedIn said that it does not train generative AI")
    assert began.rests_on == "platforms/linkedin.toml#own-generative-models-eu"
    urls = {one.url for one in knowledge.platforms["linkedin"].source.values()}
    assert {one.url for one in began.sources} <= urls


def test_what_stands_in_history_rests_on_history(knowledge: Knowledge) -> None:
    rests = {one.thing: one.rests_on for one in _of(knowledge, "linkedin")}
    assert rests["not-in-europe"] == "history/linkedin.toml#not-in-europe"
    assert rests["shield"] == "platforms/linkedin.toml#shield"
    web = [one for one in changes(knowledge, TODAY) if one.actor == "openai" and not one.platform]
    assert [one.rests_on for one in web] == ["actors/openai.toml#train-on-public-web"]
    assert [one.precision for one in web] == ["known"]


def test_other_uses_are_told_of_only_where_they_are_asked_for(knowledge: Knowledge) -> None:
    things = {(one.platform, one.thing) for one in changes(knowledge, TODAY)}
    asked = changes(knowledge, TODAY, uses=("ai-input", "ads"))
    found = {(one.platform, one.thing, one.code) for one in asked}
    for platform, thing, code in (
        ("tiktok", "us-remix", "use-starts"),
        ("tiktok", "remix-toggle", "control-offered"),
        ("chatgpt", "chat-ads", "announced"),
        ("chatgpt", "chat-ads", "use-starts"),
    ):
        assert (platform, thing) not in things
        assert (platform, thing, code) in found
    assert not {one.use for one in asked} - {"ai-input", "ads", ""}
    assert not [one for one in asked if one.thing == "shield"]


def test_nothing_is_known_before_its_day_but_what_was_announced(knowledge: Knowledge) -> None:
    autumn = _of(knowledge, "linkedin", date(2025, 10, 1))
    assert [(one.day, one.code, one.day_named) for one in autumn[:2]] == [
        ("2025-09-18", "announced", "2025-11-03"),
        ("2025-09-18", "announced", "2025-11-03"),
    ]
    assert _of(knowledge, "linkedin", date(2025, 9, 17))[0].day == "2024-09-18"
    start = date(2025, 9, 18)
    assert changes(knowledge, start, start)[-1].on == start
    assert changes(knowledge, date(1990, 1, 1)) == []


def test_what_is_announced_for_the_same_day_is_no_announcement() -> None:
    (one,) = _told(made.platform(practice=[made.practice(announced=made.BEGAN)]))
    assert (one.code, one.for_day) == ("training-starts", None)


def test_a_day_is_written_no_finer_than_it_is_known() -> None:
    for precision, text in (("day", "2024-01-01"), ("month", "2024-01"), ("year", "2024")):
        practice = made.practice(since_precision=precision, announced=made.BEGAN - timedelta(30))
        told, began = sorted(_told(made.platform(practice=[practice])), key=lambda one: one.on)
        assert (began.day, began.day_named) == (text, "")
        assert (told.code, told.day, told.day_named) == ("announced", "2023-12-02", text)


# A made-up world for each code -----------------------------------------------------------------

LATER = date(2024, 3, 1)
LATEST = date(2024, 5, 1)


def _told(*platforms: Any, **more: Any) -> list[Change]:
    return changes(made.knowledge(*platforms, **more), made.WHEN)


def _only(*practices: Any, **more: Any) -> list[tuple[str, str, str]]:
    found = _told(made.platform(practice=list(practices)), **more)
    return [(one.day, one.code, one.effect) for one in found]


def test_controls_that_are_offered_withdrawn_replaced_and_renamed() -> None:
    old = made.control("old", since=made.BEGAN, until=LATER)
    new = made.control(
        "new",
        since=LATER,
        until=LATEST,
        old_labels=[
            OldLabel(text="Früher", lang="de", until=date(2024, 4, 1)),
            OldLabel(text="Undated"),
        ],
    )
    none = made.control("none", {"train": "not"}, kind="none", since=LATER)
    found = _told(made.platform(practice=[made.practice()], control=[old, new, none]))
    controls = [one for one in found if one.kind]
    assert [(one.day, one.code, one.effect, one.thing) for one in controls] == [
        ("2024-05-01", "control-withdrawn", "worse", "new"),
        ("2024-04-01", "label-changed", "unclear", "new"),
        ("2024-03-01", "control-replaced", "unclear", "new"),
        ("2024-01-01", "control-offered", "better", "old"),
    ]
    assert controls[1].what == {"en": "Use new", "de": "Nutze new"}
    assert controls[1].before == {"en": "Früher", "de": "Früher"}
    assert controls[2].before == {"en": "Use old", "de": "Nutze old"}


def test_a_control_without_a_date_or_over_other_uses_is_no_change() -> None:
    ads = made.practice("ads", use="ads")
    controls = [
        made.control("undated"),
        made.control("over-ads", "ads", since=LATER),
        made.control("not-over-training", {"train": "not", "ads": "full"}, since=LATER),
    ]
    found = _told(made.platform(practice=[made.practice(), ads], control=controls))
    assert [one.thing for one in found] == ["train"]


def test_a_control_that_goes_with_what_it_was_for_takes_nothing_away() -> None:
    for until, effect in ((LATER, "unclear"), (LATEST, "worse"), (None, "worse")):
        platform = made.platform(
            practice=[made.practice(until=until)], control=[made.control(until=LATER)]
        )
        gone = [one.effect for one in _told(platform) if one.code == "control-withdrawn"]
        assert gone == [effect]


@pytest.mark.parametrize(
    ("shields", "expected"),
    [
        ([{}], [("shield-closed", "better", "day")]),
        ([{"stance": "part"}], [("shield-part", "better", "day")]),
        ([{"stance": "open"}], [("shield-opened", "worse", "day")]),
        ([{"stance": "not-known"}], []),
        ([{"since": None}], []),
        ([{"since": None, "known_since": LATER}], [("shield-closed", "unclear", "known")]),
        (
            [{"until": LATER}, {"since": LATER, "stance": "open"}],
            [("shield-opened", "worse", "day"), ("shield-closed", "better", "day")],
        ),
        (
            [{"until": LATER, "stance": "open"}, {"since": LATER, "stance": "part"}],
            [("shield-part", "better", "day"), ("shield-opened", "worse", "day")],
        ),
        (
            [{"until": LATER}, {"since": LATER, "refuses": ["ScrapeBot"]}],
            [("shield-changed", "unclear", "day"), ("shield-closed", "better", "day")],
        ),
        (
            [{"since": None, "known_since": made.BEGAN, "until": LATER}],
            [("shield-ends", "worse", "day"), ("shield-closed", "unclear", "known")],
        ),
        (
            [
                {"until": LATER},
                {"until": LATER, "stance": "open"},
                {"since": LATER, "stance": "part"},
            ],
            [
                ("shield-part", "worse", "day"),
                ("shield-closed", "better", "day"),
                ("shield-opened", "worse", "day"),
            ],
        ),
        (
            [{"stance": "open", "until": LATER}],
            [("shield-ends", "unclear", "day"), ("shield-opened", "worse", "day")],
        ),
    ],
)
def test_shields(shields: list[dict[str, Any]], expected: list[tuple[str, str, str]]) -> None:
    platform = made.platform(practice=[], shield=[made.shield(**one) for one in shields])
    assert [(one.code, one.effect, one.precision) for one in _told(platform)] == expected


def test_a_law_that_forbids_is_told_once_per_platform_and_not_as_the_practices_change() -> None:
    """As in Brazil in 2024: training, forbidden, lifted but promised to wait, training."""
    order = made.law(
        forbids=[made.forbids("acme/stopped", since=LATER, until=LATEST, places=["US-PA"])]
    )
    here: Any = {"places": ["US-PA"]}
    practices = [
        made.practice("trains", until=LATER, **here),
        made.practice("stopped", since=LATER, until=LATEST, **here),
        made.practice("waits", since=LATEST, until=date(2024, 6, 1), says="no", **here),
        made.practice("again", since=date(2024, 6, 1), **here),
    ]
    assert _only(*practices, laws=[order]) == [
        ("2024-06-01", "training-starts", "worse"),
        ("2024-05-01", "law-lifted", "worse"),
        ("2024-05-01", "promise-starts", "unclear"),
        ("2024-03-01", "law-forbids", "better"),
        ("2024-01-01", "training-starts", "worse"),
    ]
    (ban,) = (
        one
        for one in _told(made.platform(practice=practices), laws=[order])
        if one.code == "law-forbids"
    )
    assert ban.what["en"] == "The Act (Act, s. 1): one may object"
    assert (ban.rests_on, ban.actor, ban.places) == ("laws/act.toml", "acme", ("US-PA",))
    assert not concerns(ban, "DE", made.places())
    assert concerns(ban, "US-PA", made.places())


def test_a_ban_in_one_place_hides_nothing_elsewhere() -> None:
    """Training that begins everywhere is news, although Pennsylvania forbids it at once."""
    ban = made.law(forbids=[made.forbids("acme/train", since=LATER, places=["US-PA"])])
    assert _only(made.practice(since=LATER), laws=[ban]) == [
        ("2024-03-01", "law-forbids", "better"),
        ("2024-03-01", "training-starts", "worse"),
    ]
    everywhere = made.law(forbids=[made.forbids("acme/train", since=LATER)])
    assert _only(made.practice(since=LATER), laws=[everywhere]) == [
        ("2024-03-01", "law-forbids", "better")
    ]


def test_a_forbidden_practice_that_ends_is_no_gain() -> None:
    ban = made.law(forbids=[made.forbids("acme/train", "beta/train", "acme/ads", until=LATER)])
    ads = made.practice("ads", use="ads")
    assert _only(made.practice(until=LATER), ads, laws=[ban]) == [
        ("2024-03-01", "law-lifted", "worse"),
        ("2024-03-01", "training-ends", "unclear"),
        ("2024-01-01", "law-forbids", "better"),
    ]


@pytest.mark.parametrize(
    ("bases", "first", "last"),
    [(["legitimate-interest"], "better", "worse"), ([], "unclear", "unclear")],
)
def test_a_law_is_better_where_it_gives_a_right(bases: list[str], first: str, last: str) -> None:
    law = made.law(in_force=made.BEGAN, until=LATER, bases=bases, places=["DE"])
    found = _told(made.platform(practice=[]), laws=[law])
    assert [(one.code, one.effect) for one in found] == [
        ("law-ends", last),
        ("law-in-force", first),
    ]
    assert {(one.platform, one.actor, one.places) for one in found} == {("", "", ("DE",))}


def test_whose_words_it_rests_on() -> None:
    press = {"policy": made.source(kind="press")}
    for practice, source, whose in (
        (made.practice(), {"policy": made.source()}, "own"),
        (made.practice(actor="partner"), {"policy": made.source()}, "platform"),
        (made.practice(), press, "reported"),
    ):
        (found,) = _told(made.platform(practice=[practice], source=source))
        assert found.whose == whose


def test_the_practices_on_the_open_web_have_no_platform() -> None:
    web = made.actor("scrapeco", practice=[made.web_practice()])
    (found,) = _told(made.platform(practice=[]), actors=[web])
    assert (found.platform, found.actor, found.rests_on) == (
        "",
        "scrapeco",
        "actors/scrapeco.toml#scrape",
    )


MADE_ONLY = {
    "use-ends",
    "licence-ends",
    "opt-in-ends",
    "condition-ends",
    "control-replaced",
    "shield-ends",
    "law-ends",
}
"""Codes that the knowledge has no case of yet; each has one in a made-up world above."""


def test_every_code_has_its_case(knowledge: Knowledge) -> None:
    real = {one.code for one in changes(knowledge, TODAY, uses=get_args(Use.__origin__))}
    assert set(get_args(Code)) - MADE_ONLY <= real


def test_the_words_on_another_use_that_no_longer_stand() -> None:
    ads = made.knowledge(made.platform(practice=[made.practice(use="ads", until=LATER)]))
    gone, began = changes(ads, made.WHEN, uses=("ads",))
    assert (gone.code, gone.effect, gone.use) == ("use-ends", "better", "ads")
    assert (began.code, began.effect, began.use) == ("use-starts", "worse", "ads")


@given(worlds.worlds())
def test_changes_are_dated_in_order_and_sourced(world: worlds.World) -> None:
    found = changes(world.known, world.when, since=worlds.DAYS[2])
    assert all(worlds.DAYS[2] <= one.on <= world.when for one in found)
    assert [one.on for one in found] == sorted((one.on for one in found), reverse=True)
    for one in found:
        assert one.rests_on.split("/")[0] in ("platforms", "actors", "laws", "history")
        assert (one.for_day is not None) == (one.code == "announced")
        assert one.for_day is None or one.for_day > one.on
        assert one.sources
