"""Rules that refuse a name: whole words, no control characters, nothing that a server expands."""

from __future__ import annotations

import re

import pytest

from withhold.catalog.load import Knowledge
from withhold.errors import BadInput
from withhold.signals import server_refusals as rules

MET = [
    "GPTBot",
    "Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "gptbot/1.0",
    "x;GPTBot",
    "Mozilla/5.0 news-please",
]
NOT_MET = ["", "Mozilla/5.0 Firefox", "NotGPTBot/1.0", "GPTBot-Image/1.0", "GPTBots", "my_GPTBot_x"]


@pytest.mark.parametrize("agent", MET)
def test_a_name_is_met_as_a_word_whatever_its_case(agent: str) -> None:
    assert re.search(rules.pattern(["GPTBot", "news-please"]), agent, re.IGNORECASE)


@pytest.mark.parametrize("agent", NOT_MET)
def test_a_part_of_another_name_is_not_met(agent: str) -> None:
    assert not re.search(rules.pattern(["GPTBot", "news-please"]), agent, re.IGNORECASE)


@pytest.mark.parametrize("token", ["a.b", "a+b", "a b", "you!", "iaskspider/2.0"])
def test_a_sign_stands_for_itself(token: str) -> None:
    found = rules.pattern([token])
    assert re.search(found, f"x {token};")
    assert not re.search(found, f"x {token.translate(str.maketrans('.+ !/', 'zzzzz'))};")
    assert "\\" not in found  # each grammar has its own idea of it


@pytest.mark.parametrize("server", rules.SERVERS)
def test_the_rules_say_what_they_do_and_leave_robots_txt_open(server: str) -> None:
    said = rules.write(server, ["GPTBot", "CCBot"])
    assert "(GPTBot|CCBot)" in said
    assert "/robots.txt" in said.partition("GPTBot")[2]
    head = [line for line in said.splitlines() if line.startswith("#")]
    assert "403" in head[0]
    assert "gets through" in head[1]
    assert said.endswith("\n")


@pytest.mark.parametrize("server", rules.SERVERS)
def test_without_a_token_there_is_no_rule(server: str) -> None:
    assert rules.write(server, []) == ""


@pytest.mark.parametrize(
    "token",
    [
        "",
        " ",
        'a"b',
        "a\nb",
        "a\\b",
        "a{b",
        "$x",
        "a#b",
        "a;b",
        "ü",
        "a)b",
        ".",
        "a'b",
        "a`b",
        "a ",
    ],
)
@pytest.mark.parametrize("server", rules.SERVERS)
def test_what_could_end_a_string_is_refused(server: str, token: str) -> None:
    with pytest.raises(BadInput, match="cannot stand"):
        rules.write(server, ["GPTBot", token])


def test_an_unknown_server_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(BadInput) as why:
        rules.write("iis", ["GPTBot"])
    assert "nginx, apache, caddy" in why.value.tip


def test_every_known_fetcher_can_stand_in_a_rule(knowledge: Knowledge) -> None:
    tokens = [one.token for one in knowledge.crawlers.values() if one.token_kind == "fetcher"]
    assert len(tokens) > 200
    for server in rules.SERVERS:
        assert all(one in rules.write(server, tokens) for one in tokens)
