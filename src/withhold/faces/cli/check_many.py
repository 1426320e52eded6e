"""``withhold check -f sites.txt``: thousands of sites, with progress, resume and a summary."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import BinaryIO

import click
import msgspec

from withhold.catalog import find
from withhold.errors import BadInput, WithholdError
from withhold.faces.cli import check_site
from withhold.faces.cli.evidence import keeping as keeping_of
from withhold.faces.cli.evidence import show as show_evidence
from withhold.faces.cli.setting import Setting
from withhold.faces.report.many_sites import WRITERS
from withhold.faces.report.rows import Speaker
from withhold.reach.addresses import BadUrl, origin_of
from withhold.reach.fetched import Fetched
from withhold.reach.finished import Finished
from withhold.reach.http import Fetcher
from withhold.signals.robots import Mode
from withhold.verbs.check import Asking
from withhold.verbs.fetch_site import licences_named
from withhold.verbs.judge_site import licences_named_or_linked
from withhold.verbs.kept import Keeping
from withhold.verbs.many_sites import Judge, SiteRows, Summary, check_many

REASONS_SHOWN = 12
"""Why nothing is known: so many different reasons are named at the end."""


def takes(names: Sequence[str], form: str, listed: str | None, resume: str, was: str) -> bool:
    """Whether a call is one of many sites: a list of addresses in a form that can be streamed.

    Raises BadInput where ``resume`` was asked for and it is not.
    """
    streams = form in ("text", *WRITERS) and not was
    sites = bool(listed) and streams and all(check_site.is_address(one) for one in names)
    if resume and not sites:
        raise BadInput(
            "--resume goes with -f FILE of addresses, as text, csv, json or parquet",
            "withhold check -f sites.txt --format csv --resume done.jsonl",
        )
    return sites


def command(
    names: Sequence[str],
    form: str,
    setting: Setting,
    *,
    actor: str,
    path: str,
    mode: Mode,
    allow_private: bool,
    resume: str,
    fail_on: Sequence[str],
    evidence: bool,
) -> int:
    """The whole call: rows to stdout, the summary behind them; the exit code."""
    if setting.when != setting.today:
        raise BadInput(
            f"sites are fetched as they are today, not as they were on {setting.when}",
            "leave --when out, or replay files of that day: withhold watch history --files DIR",
        )
    knowledge = setting.knowledge([], crawlers=True)
    who = find.actor(setting.root, actor) if actor else ""
    asking = setting.asking(knowledge, who)
    summary = many(
        names,
        form,
        asking,
        setting,
        path=path,
        mode=mode,
        allow_private=allow_private,
        resume=resume,
        evidence=evidence,
    )
    show(summary, setting, setting.speaker(knowledge), err=form != "text")
    return exit_code(summary, fail_on)


def many(
    names: Sequence[str],
    form: str,
    asking: Asking,
    setting: Setting,
    *,
    path: str = "/",
    mode: Mode = "rfc",
    allow_private: bool = False,
    resume: str = "",
    out: BinaryIO | None = None,
    in_all: int = 16,
    evidence: bool = True,
) -> Summary:
    """Writes a row per site and company as each site is done; the summary knows the evidence.

    ``resume`` names a file that keeps what is finished: the same call goes on where it was
    stopped, and writes the whole table, neither losing nor doubling a row.
    """
    question = {
        "where": asking.place,
        "path": path,
        "mode": mode,
        "actor": asking.actor,
    }
    summary, judge = Summary(), Judge(asking, path, mode)
    own = [one.url for one in setting.owner.sites]
    contact = setting.contact or next(iter(own), "")
    keeping = keeping_of(setting, contact, wanted=evidence)
    with ExitStack() as stack:
        if keeping:  # also of a run that is stopped all is noted
            stack.callback(keeping.close)
        fetcher = stack.enter_context(
            Fetcher(
                contact,
                setting.now,
                allow_private=allow_private,
                keep=keeping.add if keeping else None,
            )
        )
        first = keeping.flush if keeping else None
        kept = stack.enter_context(Finished(Path(resume), question, first)) if resume else None
        writer = (
            WRITERS[form](out or sys.stdout.buffer, {"when": str(asking.when), **question})
            if form != "text"
            else None
        )
        try:
            own_ones = _own(names, setting)
            for done in _all(names, judge, fetcher, kept, own_ones, in_all, keeping):
                summary.add(done)
                if writer:
                    writer.rows(done.rows)
                _progress(summary, len(names))
        except KeyboardInterrupt:
            _end_progress()
            raise WithholdError(
                f"stopped after {summary.sites} site{'s' * (summary.sites != 1)}",
                f"the same call goes on: --resume {resume}" if resume else "--resume FILE goes on",
            ) from None
        _end_progress()
        if keeping:
            summary.evidence = keeping.close()
        if writer:
            writer.end(summary)
    return summary


def _all(
    names: Sequence[str],
    judge: Judge,
    fetcher: Fetcher,
    kept: Finished | None,
    own: frozenset[str],
    in_all: int,
    keeping: Keeping | None,
) -> Iterator[SiteRows]:
    """What was finished before and is still asked for, then the rest as it comes."""
    before: set[str] = set()
    if kept:
        asked = {_called(name) for name in names}
        read = msgspec.json.Decoder(SiteRows)
        for line in kept.lines():
            try:
                done = read.decode(line)
            except (ValueError, RecursionError) as why:  # also of what is no UTF-8
                raise WithholdError(
                    f"{kept.path}: a line cannot be read", "begin anew with another file"
                ) from why
            if done.site in asked and done.site not in before:
                before.add(done.site)
                if keeping:
                    keeping.rests_on(done.evidence)
                yield done
    for done in check_many(
        names,
        judge,
        fetcher,
        done=frozenset(before),
        own=own,
        find_licences=_licences,
        in_all=in_all,
        keeping=keeping,
    ):
        if kept:
            kept.add(msgspec.json.encode(done))
        yield done


def _licences(robots_txt: Fetched, page: Fetched) -> Iterator[str]:
    """As of a single site; the links of a page without the word are not looked at, for speed."""
    wide = page.body[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    said = b"rsl" in page.body.lower() or b"&#" in page.body  # else no link can say that it is
    find = licences_named_or_linked if wide or said else licences_named
    yield from find(robots_txt, page)


def _called(name: str) -> str:
    try:
        return origin_of(name)
    except BadUrl:
        return name


def _own(names: Sequence[str], setting: Setting) -> frozenset[str]:
    """Those of the list that are the owner's; where there are some, what that means is told."""
    known = {_called(one.url) for one in setting.owner.sites}
    own = frozenset(known.intersection(map(_called, names)) if known else ())
    if own:
        click.echo(
            "withhold: sites of yours among them (own add site) are fetched whatever their "
            "robots.txt says of us",
            err=True,
        )
    return own


@cache
def _watched() -> bool:
    """Whether somebody looks at messages; asked once, it costs more than a line."""
    return sys.stderr.isatty()


def _progress(summary: Summary, of: int) -> None:
    if _watched():
        unknown = sum(summary.troubles.values())
        text = f"{summary.sites:,} of {of:,} sites, {unknown:,} could not be read"
        click.echo(f"\r\x1b[K{text}", err=True, nl=False)


def _end_progress() -> None:
    if _watched():
        click.echo("\r\x1b[K", err=True, nl=False)


def show(summary: Summary, setting: Setting, speaker: Speaker, *, err: bool) -> None:
    """Who was told no by how many sites, and why nothing is known of the others."""
    words = setting.phrases
    head = words["many_head_one" if summary.sites == 1 else "many_head"]
    sites = f"{summary.sites:,}".replace(",", words["thousands"])
    click.echo(head.format(sites=sites), err=err)
    for actor, counts in sorted(summary.answers.items()):
        said = [
            words["many_no"].format(n=counts[strength], strength=words[f"strength_{strength}"])
            for strength in ("observed", "shown", "promised", "required", "told", "asked")
            if counts[strength]
        ]
        for answer in ("allowed", "unknown"):
            if counts[answer]:
                said.append(words[f"many_{answer}"].format(n=counts[answer]))
        click.echo(f"  {speaker.name(actor)}: {', '.join(said)}", err=err)
    if summary.troubles:
        n = sum(summary.troubles.values())
        click.echo(words["many_trouble_one" if n == 1 else "many_trouble"].format(n=n), err=err)
    for why, count in summary.troubles.most_common(REASONS_SHOWN):
        click.echo(f"  {why}: {count}", err=err)
    show_evidence(summary.evidence, setting, err=err)


def exit_code(summary: Summary, fail_on: Sequence[str]) -> int:
    """0, or what --fail-on names: allowed before unknown before weak."""
    counts = list(summary.answers.values())
    for name, code, found in (
        ("allowed", 11, ("allowed",)),
        ("unknown", 10, ("unknown",)),
        ("weak", 14, ("asked", "told")),
    ):
        if name in fail_on and any(count[one] for count in counts for one in found):
            return code
    return 0
