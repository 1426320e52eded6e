"""The four wishes, each written and then asked company by company, against a table by hand."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jwm.robotstxt.googlebot import RobotsMatcher
from msgspec.structs import replace
from tests.unit import made

from withhold.catalog.load import Knowledge
from withhold.errors import BadInput
from withhold.signals import companies, robots, robots_block, wish, wish_file
from withhold.signals.wish import NAMED, Told, Wish
from withhold.site_facts import Heeds, Honours, SignalKind

BY_HAND: dict[str, dict[str, list[bool]]] = tomllib.loads(
    Path(__file__).with_name("wishes.toml").read_text(encoding="utf-8")
)
TABLE = BY_HAND["may"]
CELLS = [
    (name, token, answers[column])
    for token, answers in TABLE.items()
    for column, name in enumerate(NAMED)
]
OWN = b"User-agent: *\nDisallow: /drafts/\nAllow: /drafts/open\n\nUser-agent: Yeti\nDisallow: /\n"


def written(to: Wish, knowledge: Knowledge, own: bytes = OWN) -> tuple[list[Told], bytes]:
    told = wish.told(to, knowledge)
    tokens = [one.crawler.token for one in told if one.refused]
    if not tokens:
        return told, own
    return told, robots_block.merged(own, tokens, ["Content-Usage: train-ai=n"], to.name)


@pytest.fixture(scope="module")
def files(knowledge: Knowledge) -> dict[str, bytes]:
    return {name: written(wish.named(name), knowledge)[1] for name in NAMED}


def test_the_table_is_long_enough_and_the_wishes_have_its_order() -> None:
    assert len(CELLS) >= 160
    assert list(NAMED) == ["no-training", "no-training-but-search", "no-ai-at-all", "allow"]


@pytest.mark.parametrize(("name", "token", "may"), CELLS)
def test_each_wish_for_each_token(
    name: str, token: str, may: bool, files: dict[str, bytes], knowledge: Knowledge
) -> None:
    operator = knowledge.crawlers[token].operator
    for mode in ("rfc", "google"):
        read = robots.read(files[name], mode)  # type: ignore[arg-type]
        said = companies.decide(read, operator, "/article", knowledge.crawlers)
        assert [one.allowed for one in said if one.token == token] == [may]


@pytest.mark.parametrize(
    ("name", "table"), [("no-training-but-search", "but-search"), ("no-ai-at-all", "no-ai")]
)
def test_what_a_token_serves_is_knowledge(
    name: str, table: str, files: dict[str, bytes], knowledge: Knowledge
) -> None:
    """The tokens whose answer changed with it, and others that must not have."""
    read, matcher = robots.read(files[name]), RobotsMatcher()
    for token, (_, may) in BY_HAND[table].items():
        assert token in knowledge.crawlers
        assert read.decide(token, "/article").allowed is may, token
        assert matcher.AllowedByRobots(files[name], [token], "https://e.org/article") is may, token


def test_search_is_no_reason_any_more_to_leave_in_what_does_not_search(
    knowledge: Knowledge,
) -> None:
    told = {
        one.crawler.token: one.why
        for one in wish.told(wish.named("no-training-but-search"), knowledge)
    }
    governed = ("GoogleOther", "GoogleOther-Image", "GoogleOther-Video", "omgili", "omgilibot")
    assert [told[token] for token in governed] == ["governed"] * 5
    assert {token for token, why in told.items() if why == "search-goes-first"} == {
        *("bingbot", "ImagesiftBot", "PerplexityBot"),
    }


LIST = "https://github.com/ai-robots-txt/ai.robots.txt/blob/main/robots.json"


@pytest.mark.parametrize("purpose", ["search", "user-triggered", "mixed", "archive"])
@pytest.mark.parametrize("url", [LIST, "https://acme.example/bot"])
def test_who_is_cited_decides_nothing(purpose: Any, url: str) -> None:
    """A source says where a fact is from; what is told to a token comes from the fact itself."""
    source = {"docs": made.source(url=url)}
    for serves, refused in (([], False), (["ai-input"], True)):
        bot = made.crawler("Bot", purpose=purpose, source=source, serves=serves)
        world = made.knowledge(crawlers=[bot])
        (one,) = wish.told(wish.named("no-ai-at-all"), world)
        assert one.refused is refused
        assert one.uses == (("ai-input",) if refused else ())


@pytest.mark.parametrize("name", NAMED)
def test_googles_own_matcher_hears_the_same_for_every_crawler(
    name: str, knowledge: Knowledge
) -> None:
    """Every token, not those of the table alone; what is not refused answers as before."""
    told, file = written(wish.named(name), knowledge)
    matcher = RobotsMatcher()

    def may(body: bytes, token: str, path: str) -> bool:
        return bool(matcher.AllowedByRobots(body, [token], f"https://e.org{path}"))

    for one in told:
        token = one.crawler.token
        for path in ("/", "/article", "/drafts/open", "/drafts/x?q=1"):
            expected = not one.refused and may(OWN, token, path)
            assert may(file, token, path) is expected, (token, path)


@pytest.mark.parametrize("name", NAMED)
def test_only_names_that_the_standard_allows_are_written(name: str, knowledge: Knowledge) -> None:
    told, _ = written(wish.named(name), knowledge)
    aliases = {alias for one in knowledge.crawlers.values() for alias in one.aliases}
    names = {one.crawler.token for one in told if one.refused}
    assert all(re.fullmatch("[A-Za-z_-]+", one) for one in names)
    assert names <= set(knowledge.crawlers)
    assert not names & (aliases - set(knowledge.crawlers))


def test_the_announced_token_is_never_guessed(
    files: dict[str, bytes], knowledge: Knowledge
) -> None:
    """Its text is not verified: every name in the files is one that a file of knowledge has."""
    assert knowledge.signals["shared-training-token"].status == "announced, token not verified"
    for body in files.values():
        names = {one.decode() for one in re.findall(rb"(?im)^user-agent: *(.*?)\s*$", body)}
        assert names - {"*"} <= set(knowledge.crawlers)


def test_retired_tokens_only_when_it_is_said(knowledge: Knowledge) -> None:
    own = wish_file.read('base = "no-training"\nretired = true', knowledge.actors)
    refused = {one.crawler.token for one in wish.told(own, knowledge) if one.refused}
    assert {"anthropic-ai", "FacebookBot"} <= refused
    usual = {one.crawler.token: one for one in wish.told(wish.named("no-training"), knowledge)}
    assert usual["anthropic-ai"].why == "retired"


def test_a_name_that_is_no_token_is_never_written() -> None:
    """Knowledge has none; a value that came past its schema would be told apart all the same."""
    odd = made.crawler("Chat Bot/2")
    world = made.knowledge(crawlers=[odd])
    assert [one.why for one in wish.told(wish.named("no-training"), world)] == ["not-a-token"]


# A wish of one's own -----------------------------------------------------------------------------


def test_per_company_and_use(knowledge: Knowledge) -> None:
    own = wish_file.read(
        """
        base = "no-ai-at-all"
        also = ["ai-txt"]
        [uses]
        search = "allow"
        [companies]
        openai = "allow"
        [companies.anthropic]
        search = "refuse"
        """,
        knowledge.actors,
    )
    told = {one.crawler.token: one for one in wish.told(own, knowledge)}
    assert [told[token].refused for token in ("GPTBot", "OAI-SearchBot", "ChatGPT-User")] == [
        False,
        False,
        False,
    ]
    assert told["ClaudeBot"].refused
    assert told["Claude-SearchBot"].refused
    assert told["PerplexityBot"].why == "search-goes-first"
    assert own.also == ("ai-txt",)
    assert own.refused == {"train-ai", "ai-input", "licence-to-third-party"}


def test_only_a_wish_of_ones_own_refuses_search(knowledge: Knowledge) -> None:
    own = wish_file.read('[companies]\ngoogle = "refuse"', knowledge.actors)
    refused = {one.crawler.token for one in wish.told(own, knowledge) if one.refused}
    assert {"Googlebot", "Googlebot-News", "AdsBot-Google", "Google-Extended"} <= refused
    assert not refused & {"bingbot", "GPTBot"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[", "TOML"),
        ("wish = 1", "wish"),
        ('base = "never"', "never"),
        ("base = 1", "base"),
        ("base = []", "base"),
        ('also = "ai-txt"', "also"),
        ("also = [1]", "also"),
        ('also = ["rsl"]', "rsl"),
        ('retired = "yes"', "retired"),
        ("uses = 1", "uses"),
        ('[uses]\ntrain-ai = "no"', "train-ai"),
        ("[uses]\ntrain-ai = []", "train-ai"),
        ('[uses]\nranking = "refuse"', "ranking"),
        ('[companies]\nopenay = "refuse"', "openay"),
        ("[companies]\nopenai = 1", "openai"),
        ('[companies]\nopenai = "maybe"', "openai"),
        ('[companies.openai]\ntrain-ai = "maybe"', "companies.openai.train-ai"),
    ],
)
def test_what_a_wish_cannot_say(text: str, named: str) -> None:
    with pytest.raises(BadInput, match=re.escape(named)):
        wish_file.read(text, ["openai"])


def test_an_unknown_name() -> None:
    with pytest.raises(BadInput, match="no-trainign"):
        wish.named("no-trainign")


# Signals -----------------------------------------------------------------------------------------


def _weights(to: Wish, knowledge: Knowledge) -> dict[str, tuple[bool, str]]:
    return {one.signal: (one.written, one.weight) for one in wish.chosen(to, knowledge)}


def test_each_signal_only_where_someone_reads_it_or_a_law_weighs_it(knowledge: Knowledge) -> None:
    usual = {
        "content-usage": (True, "reservation"),
        "content-signal": (False, "left-out"),
        "tdmrep": (True, "reservation"),
        "noarchive": (True, "heeded"),
        "noai": (True, "tool"),
        "ai-txt": (False, "left-out"),
    }
    for name in ("no-training", "no-training-but-search"):
        assert _weights(wish.named(name), knowledge) == usual
    assert _weights(wish.named("no-ai-at-all"), knowledge) == usual
    asked = _weights(wish.named("no-training", ["ai-txt", "content-signal"]), knowledge)
    assert asked["ai-txt"] == asked["content-signal"] == (True, "asked-for")
    assert set(_weights(wish.named("allow"), knowledge).values()) == {(False, "says-nothing")}


def test_who_heeds_is_knowledge_and_not_code() -> None:
    """A promise that is written down makes any signal one that somebody reads; a no does not."""
    honoured = {
        "ai-txt": SignalKind(
            id="ai-txt",
            name="ai.txt",
            status="-",
            dated=made.SEEN,
            what={"en": "-"},
            source={},
            heeded=[Heeds(actor="acme", says="yes"), Heeds(actor="partner", says="no")],
        )
    }
    world = replace(made.knowledge(), signals=honoured)
    (one,) = [it for it in wish.chosen(wish.named("no-training"), world) if it.signal == "ai-txt"]
    assert (one.written, one.weight, one.readers) == (True, "heeded", ("acme",))


def test_a_wish_for_one_company_says_nothing_to_everyone(knowledge: Knowledge) -> None:
    own = wish_file.read('[companies.openai]\ntrain-ai = "refuse"', knowledge.actors)
    assert {written for written, _ in _weights(own, knowledge).values()} == {False}
    refused = {one.crawler.token for one in wish.told(own, knowledge) if one.refused}
    assert refused == {"GPTBot", "OpenAI"}


def test_promised_is_what_the_operator_says_of_robots_txt() -> None:
    yes, part = made.crawler("YesBot"), made.crawler("PartBot", honours=Honours(says="in-part"))
    world = made.knowledge(crawlers=[yes, part])
    told = wish.told(wish.named("no-training"), world)
    assert [(one.crawler.token, one.promised) for one in told] == [
        ("PartBot", False),
        ("YesBot", True),
    ]
