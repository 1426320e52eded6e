"""``survey``: robots.txt of many hosts, from WARC or Parquet, to tables that join."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.errors import BadInput
from withhold.reach import engines
from withhold.reach.files import write
from withhold.reach.finished_parts import start_over
from withhold.reach.joined import (
    AGGREGATES,
    CRAWLS,
    HOSTS,
    POLICIES,
    ROWS,
    SHEET,
    STATES,
    SUMS,
    Joined,
    long_rows,
)
from withhold.reach.remote import Input, is_address, listed, shown
from withhold.verbs.history import Watched, tokens_asked
from withhold.verbs.survey_job import TABLES, WARCS, SurveyJob

SCHEMA = "withhold/survey/1"
MANIFEST = "manifest.json"
PARTS = "parts"
_MADE = (
    *(f"{name}.parquet" for name in ("tokens", "hosts", "policies", "aggregates", "rows")),
    *("aggregates.csv", "rows.sql"),
)
_STATES = ("read", "no-file", "redirect", "unreachable", "web-page", "not-read")


class Asked(Struct, frozen=True, kw_only=True):
    """What is surveyed, and how; empty ``tokens`` = all that are known."""

    given: tuple[str, ...]
    out: str
    tokens: tuple[str, ...] = ()
    path: str = "/"
    mapping: dict[str, str] = {}
    crawl: str = ""
    rows: bool = False
    engine: engines.Name = "local"
    master: str = ""
    workers: int = 0
    force: bool = False


class Sum(Struct, frozen=True, kw_only=True):
    """One token in one crawl: of ``known`` hosts ``disallowed``; ``own_group`` name it."""

    crawl: str
    token: str
    hosts: int
    known: int
    own_group: int
    disallowed: int
    share: float


class Surveyed(Struct, frozen=True, kw_only=True):
    """The manifest: what was read, what could not be, and what it came to.

    ``captures`` = the sum of ``captures_by_state`` = ``hosts`` + ``repeated``.
    """

    version: str
    made: str
    tokens: tuple[str, ...]
    path: str
    inputs: tuple[Input, ...]
    captures: int
    captures_by_state: dict[str, int]
    left_out: dict[str, int]
    hosts: int
    hosts_by_state: dict[str, int]
    repeated: int
    contradicting: int
    policies: int
    crawls: tuple[str, ...]
    parts: int
    kept: int
    job: str
    sums: tuple[Sum, ...] = ()


def survey(
    asked: Asked,
    knowledge: Knowledge,
    made: str,
    told: Callable[[int, int], None] = lambda _done, _of: None,
) -> Surveyed:
    """Makes the tables of ``out``. ``made``: the moment, in UTC, for the manifest alone.

    BadInput where nothing can be surveyed, or ``out`` holds files of others that are called as its
    tables, or a finished survey and ``force`` is not said; a survey that was stopped goes on with
    what is missing.
    """
    from withhold import __version__

    out = Path(asked.out)
    if is_address(asked.out):
        raise BadInput("the tables are made in a folder of this machine", "give a folder as OUT")
    if not asked.path.startswith("/"):
        raise BadInput(f"--path {asked.path}: a path begins with /", f"--path /{asked.path}")
    if (out / MANIFEST).exists() and not asked.force:
        raise BadInput(f"{out} holds a survey that is finished", "--force makes it anew")
    if out.exists() and not out.is_dir():
        raise BadInput(f"{out} is no folder", "give a folder as OUT")
    if not (out / PARTS).exists() and not (out / MANIFEST).exists():
        for path in (out / name for name in _MADE):
            if path.exists():
                raise BadInput(f"{path} is there, and no survey made it", "give a new folder")
    inputs = listed(asked.given, (*TABLES, *WARCS))
    if not inputs:
        raise BadInput("no WARC and no Parquet file is there", "give files, a folder or a pattern")
    tokens = tokens_of(asked.tokens, knowledge)
    job = SurveyJob(tokens, asked.path, asked.mapping, asked.crawl)
    if asked.force:
        (out / MANIFEST).unlink(missing_ok=True)
        start_over(str(out / PARTS))
    done = engines.run(
        job,
        engines.parts_of([one.name for one in inputs]),
        str(out / PARTS),
        engine=asked.engine,
        master=asked.master,
        workers=asked.workers,
        told=told,
    )
    with Joined(out, out / PARTS) as joined:
        joined.of_list("tokens", ("token", "operator", "purpose", "kind"), _of(tokens, knowledge))
        joined.table("hosts", HOSTS)
        joined.table("policies", POLICIES)
        joined.table("aggregates", AGGREGATES)
        joined.csv("aggregates", SHEET)
        if asked.rows:
            joined.table("rows", long_rows(out))
        ((hosts, policies, repeated, contradicting),) = joined.rows(SUMS)
        states = {str(state): int(many) for state, many in joined.rows(STATES)}
        crawls = tuple(str(one) for (one,) in joined.rows(CRAWLS))
        sums = tuple(
            msgspec.convert(dict(zip(Sum.__struct_fields__, one, strict=True)), Sum)
            for one in joined.rows("FROM aggregates ORDER BY crawl, token")
        )
    write(out / "rows.sql", ROWS.encode())
    found = Surveyed(
        version=__version__,
        made=made,
        tokens=tokens,
        path=asked.path,
        inputs=tuple(Input(name=shown(one.name), size=one.size) for one in inputs),
        captures=done.rows,
        captures_by_state=_some(done.counts, _STATES),
        left_out={
            name: many
            for name, many in sorted(done.counts.items())
            if name not in (*_STATES, "decided")
        },
        hosts=hosts,
        hosts_by_state=_some(states, _STATES),
        repeated=repeated,
        contradicting=contradicting,
        policies=policies,
        crawls=crawls,
        parts=len(done.parts),
        kept=done.kept,
        job=job.digest,
        sums=sums,
    )
    write(out / MANIFEST, (as_json(found, sums=False) + "\n").encode())
    return found


def as_json(found: Surveyed, *, sums: bool = True) -> str:
    """``withhold/survey/1``; the manifest leaves the sums to the tables."""
    said = {"schema": SCHEMA} | msgspec.to_builtins(found)
    if not sums:
        del said["sums"]
    return json.dumps(said, indent=2, ensure_ascii=False)


def tokens_of(said: Sequence[str], knowledge: Knowledge) -> tuple[str, ...]:
    """The tokens that are asked about: those said, or all that are known, control tokens too."""
    asked = Watched(folder=Path(), tokens=tuple(said), every_token=True)
    by_name = {one.lower(): one for one in reversed(tokens_asked(asked, knowledge))}
    return tuple(sorted(by_name.values(), key=str.lower))


def _of(tokens: Sequence[str], knowledge: Knowledge) -> list[tuple[str, str, str, str]]:
    known = {one.token.lower(): one for one in knowledge.crawlers.values()}
    rows = []
    for token in tokens:
        one = known.get(token.lower())
        rows.append((token, one.operator, one.purpose, one.token_kind) if one else (token, *_NONE))
    return rows


_NONE = ("", "", "")


def _some(counts: Mapping[str, int], names: Sequence[str]) -> dict[str, int]:
    return {name: counts[name] for name in names if counts.get(name)}
