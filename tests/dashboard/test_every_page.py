"""Every page says what it does not answer and which command does the same; nothing else in it is
a word of the command line. Each command is one that the program takes: it is resolved, not run.
"""

from __future__ import annotations

import re
import shlex
import time
from collections.abc import Iterator
from typing import Any

import click
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.dashboard.asked import Site, at
from tests.dashboard.made import BLOG, FAR_SITE, POLICY, SITE, Made, make_home
from withhold.errors import BadInput, NotFound, StoreTrouble
from withhold.faces.cli import COMMANDS, group
from withhold.faces.web.routes import ROUTES
from withhold.faces.web.words import tip_here, told_here, words_of

STEP = f"key={BLOG}&control=third-party-sharing-toggle"
LETTER = "of=linkedin&act=object-training"
ASKED: dict[str, tuple[str, ...]] = {
    "/": ("", "later=1"),
    "/plan": ("",),
    "/first": ("", "step=platforms", "step=audience"),
    "/account": (f"key={BLOG}", "key=linkedin&all=1", "key=x:ada&when=2026-01-31"),
    "/account/step": (STEP, "key=instagram&control=objection-form"),
    "/posts": ("", "account=reddit:ada_example"),
    "/posts/find": ("q=a", "q=nothing-has-this-word", "standing=open"),
    "/posts/post": ("id=1",),
    "/posts/archives": ("",),
    "/site": ("", f"url={SITE}", f"url={FAR_SITE}"),
    "/site/wish": (f"url={SITE}", f"url={SITE}&wish=no-ai", f"url={FAR_SITE}"),
    "/letters": ("",),
    "/letters/new": ("", "key=tumblr:paintings", "of=openai", LETTER),
    "/letters/case": ("id={sent}", "id={answered}"),
    "/letters/next": ("id={sent}",),
    "/letters/forget": ("id={sent}",),
    "/watch": ("",),
    "/watch/policy": (f"document={POLICY}",),
    "/evidence": ("",),
    "/evidence/one": ("id=obs-1",),
    "/evidence/forget": ("id=obs-1",),
    "/settings": ("",),
    "/settings/doctor": ("",),
    "/settings/account": ("", f"key={BLOG}"),
    "/settings/forget": (f"what=account&key={BLOG}", f"what=site&url={SITE}", "what=everything"),
    "/report": ("", "make=1&kind=md&in_lang=de"),
}
NO_PAGES = {
    "/plan/file": "gives a file",
    "/first/checklist": "leads on to the first run",
    "/posts/text": "gives a file",
    "/site/file": "gives a file",
    "/site/zip": "gives a file",
    "/letters/file": "gives a file",
    "/letters/bundle": "gives a file",
    "/letters/dates.ics": "gives a file",
    "/evidence/file": "gives a file",
    "/evidence/warc": "gives a file",
    "/report/file": "gives a file",
    "/job": "what is under way answers nothing, and no command would show it",
}
"""Addresses without a page of their own. That of the log-in, and of what went wrong, are none."""
COMMANDS_NAMED = re.compile(rf"\bwithhold (?:{'|'.join(COMMANDS)})\b|(?<!\S)--[a-z]+|`")


@pytest.fixture(scope="module", params=["en", "de"])
def asked(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Made]]:
    made = make_home(tmp_path_factory.mktemp("all") / "home")
    with at(made.home, lang=request.param) as site:
        yield site, made


def seen(site: Site, address: str) -> LexborHTMLParser:
    """The page once nothing of it is being counted any more."""
    for _ in range(1200):
        answer = site.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        if "data-refresh" not in answer.text:
            return LexborHTMLParser(answer.text)
        time.sleep(0.05)
    raise AssertionError(f"{address} is counted for ever")


def addresses(made: Made) -> list[str]:
    return [
        f"{path}?{query}".format(sent=made.sent, answered=made.answered)
        for path, queries in ASKED.items()
        for query in queries
    ]


def _names(group: click.Group, args: list[str]) -> bool:
    return bool(args) and args[0] in group.commands


def takes(line: str) -> None:
    """Raises where the program has no such command, option or number of arguments."""
    name, *args = shlex.split(line)
    assert name == "withhold"
    command: click.Command = group
    context = click.Context(group, info_name=name)
    while isinstance(command, click.Group):
        if command.invoke_without_command and command is not group and not _names(command, args):
            break  # ``watch``: with its own options
        assert args, line
        named, found, args = command.resolve_command(context, args)
        assert found is not None
        context, command = click.Context(found, context, named), found
    given, rest, _ = command.make_parser(context).parse_args(list(args))
    assert rest == []
    for one in command.params:
        values = given.get(one.name or "")
        if isinstance(one, click.Argument) and one.required:
            assert values, one.name
        if isinstance(one.type, click.Choice) and isinstance(values, str):
            one.type.convert(values, one, context)


def test_the_table_holds_every_address() -> None:
    paths = {one.path for one in ROUTES if one.get}
    assert paths == {*ASKED, *NO_PAGES}


@pytest.mark.long
def test_every_page_says_what_it_does_not_answer_and_which_command_does_the_same(
    asked: tuple[Site, Made],
) -> None:
    site, made = asked
    for address in addresses(made):
        page = seen(site, address)
        assert page.css("#covers-not + ul > li"), address
        (command,) = (one.text() for one in page.css("#the-command code"))
        takes(command)


def test_nothing_else_on_a_page_is_a_word_of_the_command_line(asked: tuple[Site, Made]) -> None:
    site, made = asked
    found: list[tuple[str, str]] = []
    for address in addresses(made):
        page = seen(site, address)
        for one in page.css("section.command, pre, code, textarea, script"):
            one.decompose()
        (main,) = page.css("main")
        text = " ".join(main.text(separator=" ").split())
        found += [(address, one.group(0)) for one in COMMANDS_NAMED.finditer(text)]
    assert found == []


@pytest.mark.parametrize(
    "line", ["withhold plann", "withhold plan --nope", "withhold own forget x"]
)
def test_a_command_that_there_is_not_is_noticed(line: str) -> None:
    with pytest.raises((click.UsageError, AssertionError, BadInput)):
        takes(line)


@pytest.mark.parametrize("lang", ["en", "de"])
def test_what_went_wrong_names_no_command_either(lang: str) -> None:
    words = words_of("frame", lang)
    for tip in ("withhold knowledge show x lists them", "add --in DE, or save it"):
        assert tip_here(NotFound("no such control", tip), words) == words["tip_here"]
    for tip in ("", "the first is 1", "the next withhold command wipes it", "a--b"):
        assert tip_here(BadInput("no", tip), words) == tip
    assert told_here(BadInput("changed since", "add --force to lose that")) == "changed since"
    assert told_here(BadInput("no day", "write it as 2026-01-31")) == (
        "no day: write it as 2026-01-31"
    )
    damaged = StoreTrouble("damaged", "withhold doctor names what is wrong")
    assert tip_here(damaged, words) == damaged.tip
