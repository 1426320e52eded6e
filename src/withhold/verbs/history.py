"""watch history: dated robots.txt of any sites, no account needed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.errors import BadInput
from withhold.signals.robots import Mode
from withhold.site_facts import Crawler
from withhold.traces.dated_files import COLUMNS, find
from withhold.traces.history import History, history

_TOKEN = re.compile(r"\*|[A-Za-z_-]+", re.ASCII)
_LAYOUT = "index.csv with site,date,file[,url]; or SITE/DATE.txt; or DATE/SITE.txt"


class Watched(Struct, frozen=True, kw_only=True):
    """What is asked of the files of a folder; ``actor`` or ``tokens`` narrow it down."""

    folder: Path
    path: str = "/"
    mode: Mode = "rfc"
    since: date | None = None
    actor: str = ""
    tokens: tuple[str, ...] = ()
    every_token: bool = False
    index: Path | None = None
    columns: Mapping[str, str] = {}


def replay(asked: Watched, knowledge: Knowledge) -> History:
    """Who was newly refused or let in. Raises BadInput where there is nothing to read."""
    if not asked.folder.is_dir():
        raise BadInput(f"{asked.folder}: there is no such folder", f"its layout: {_LAYOUT}")
    found = find(asked.folder, asked.index, asked.columns)
    if not found.files:
        raise BadInput(f"{asked.folder}: no dated robots.txt in it", f"its layout: {_LAYOUT}")
    tokens = tokens_asked(asked, knowledge)
    return history(found, tokens, asked.path, asked.mode, asked.since)


def tokens_asked(asked: Watched, knowledge: Knowledge) -> tuple[str, ...]:
    """The tokens named, else those of the company, else those that training has to do with: active
    ones that gather for it, and all that govern what a company says of it.

    Raises BadInput for what is no token, and for a company without any.
    """
    for token in asked.tokens:
        if not _TOKEN.fullmatch(token):
            raise BadInput(f"--token {token}: no product token (RFC 9309, 2.2.1)", "--token GPTBot")
    if asked.tokens:
        return tuple(dict.fromkeys(asked.tokens))
    known = sorted(
        {one.token: one for one in knowledge.crawlers.values()}.items(), key=_without_case
    )
    mine = [token for token, one in known if asked.actor in ("", one.operator)]
    if asked.actor and not mine:
        raise BadInput(
            f"--actor {asked.actor}: it has no product token", "name one: --token GPTBot"
        )
    if asked.actor or asked.every_token:
        return tuple(mine)
    via = {
        token.lower()
        for actor in knowledge.actors.values()
        for practice in actor.practice
        if practice.use == "train-ai"
        for token in practice.via
    }
    return tuple(
        token
        for token, one in known
        if token.lower() in via or (one.purpose == "training" and one.status == "active")
    )


def _without_case(entry: tuple[str, Crawler]) -> str:
    return entry[0].lower()


def columns_said(said: str) -> dict[str, str]:
    """``site=host,date=day`` -> how a table calls its columns; raises BadInput."""
    pairs = [one.partition("=") for one in said.split(",") if one.strip()]
    found = {key.strip(): name.strip() for key, _, name in pairs}
    if not all(key in COLUMNS and name for key, name in found.items()):
        raise BadInput(
            f"--columns {said}: each as NAME=COLUMN, of {', '.join(COLUMNS)}",
            "--columns site=host,date=day,file=path",
        )
    return found


def operators(tokens: Sequence[str], crawlers: Mapping[str, Crawler]) -> dict[str, str]:
    """Who stands behind each token, as far as it is known."""
    known = {one.token.lower(): one.operator for one in crawlers.values()}
    return {token: known[token.lower()] for token in tokens if token.lower() in known}
