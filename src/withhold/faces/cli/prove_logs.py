"""``withhold prove logs FILE...``: who asked for what in spite of a no, by a server's own log."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from withhold.errors import BadInput, NothingToCheck
from withhold.faces.cli.setting import Setting, parse_day, written
from withhold.faces.report.plain import printable
from withhold.words import LANGS

if TYPE_CHECKING:
    from withhold.catalog.load import Knowledge
    from withhold.faces.report.logs_telling import Told
    from withhold.traces.logs.seen import LogSeen
    from withhold.traces.logs.whose import Whose

FORMATS = ("text", "json", "csv", "html")
SERVERS = ("nginx", "apache", "caddy")


@click.command("logs")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--robots",
    multiple=True,
    metavar="FILE|DIR",
    help="The robots.txt in force, with its day in its name, or a folder of dated ones.",
)
@click.option("--site", default="", metavar="HOST", help="Of which site the robots.txt are.")
@click.option("--log-format", default="", metavar="F", help="As nginx or Apache writes it: '%h %l'")
@click.option("--grace", default=24, metavar="HOURS", help="A no counts from so long after; 24.")
@click.option("--crawler", "tokens", multiple=True, metavar="TOKEN", help="This one; more: again.")
@click.option("--since", default="", metavar="DATE", help="Only requests from that day on (UTC).")
@click.option("--until", default="", metavar="DATE", help="Only requests up to that day, its end.")
@click.option("--whole-addresses", is_flag=True, help="Addresses of clients are not shortened.")
@click.option("--reverse-dns", is_flag=True, help="Asks for the names of addresses; uses the net.")
@click.option(
    "--examples",
    type=int,
    metavar="N",
    help="So many lines as evidence; text 1, html 5, at most 20.",
)
@click.option("--jobs", default=0, metavar="N", help="Processes; as many as processors.")
@click.option("--all", "full", is_flag=True, help="Text: every crawler.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text")
@click.option("--rules", type=click.Choice(SERVERS), help="Only rules that refuse those by name.")
@click.option("-o", "out", default="", metavar="FILE", help="Into this file.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--lang", type=click.Choice(LANGS), default=None, help="Language.")
def command(
    files: Sequence[str],
    robots: Sequence[str],
    site: str,
    log_format: str,
    grace: int,
    tokens: Sequence[str],
    since: str,
    until: str,
    whole_addresses: bool,
    reverse_dns: bool,
    examples: int | None,
    jobs: int,
    full: bool,
    form: str,
    rules: str | None,
    out: str,
    force: bool,
    lang: str | None,
) -> int:
    """Who asked for what in spite of a no, by your server's access log.

    FILE is a log as nginx, Apache, Caddy or CloudFront writes it, also .gz or .zst; a pattern; or -
    for standard input. Without --robots the robots.txt that were kept of your site are taken; where
    none is known, requests are counted and nothing is said of a no. Ends with 1 where a file could
    not be read to its end: what came before is told; or where no line could be read.
    """
    if grace < 0 or jobs < 0 or (examples or 0) < 0:
        raise BadInput("--grace, --jobs, --examples: a number from 0", "withhold prove logs --help")
    if rules and form != "text":
        raise BadInput("--rules and --format: one of them", f"--rules {rules} -o FILE")
    target = Path(out) if out else None
    if target and target.exists() and (target.is_dir() or not force):
        raise BadInput(f"{target} is there already", "--force writes over it")
    if form == "text" and not rules and target:
        raise BadInput("-o: for --format json, csv, html and --rules", "--format html -o log.html")
    setting = Setting(lang=lang or "")
    first = parse_day(since, setting.today, "--since") if since else None
    last = parse_day(until, setting.today, "--until") if until else None
    if first and last and first > last:
        raise BadInput(f"--since {first} is after --until {last}", f"--since {last}")
    knowledge = setting.knowledge((), crawlers=True)
    named = _named(tokens, knowledge)

    from withhold.verbs.prove_logs import look
    from withhold.verbs.robots_of_time import dated

    inputs = _inputs(files)
    whose = _whose(setting, reverse_dns=reverse_dns)
    told = _progress()
    try:
        seen = look(
            inputs,
            knowledge.crawlers,
            dated(robots, setting.home, site),
            whose,
            log_format=log_format,
            grace_hours=grace,
            whole_addresses=whole_addresses,
            since=first,
            until=last,
            workers=1 if reverse_dns else jobs,  # an address is asked for once, within one limit
            told=told,
        )
    finally:
        _clear()
    said = told_of(
        seen,
        setting,
        knowledge,
        whose,
        inputs,
        named,
        asked_names=reverse_dns,
        whole_addresses=whole_addresses,
    )
    _give(said, form, rules or "", target, full=full, examples=examples)
    return _broken(said)


def told_of(
    seen: LogSeen,
    setting: Setting,
    knowledge: Knowledge,
    whose: Whose,
    files: Sequence[str],
    tokens: Sequence[str] = (),
    *,
    asked_names: bool = False,
    whole_addresses: bool = False,
) -> Told:
    """What was seen with the names, the words and the lists of addresses it is told with."""
    from withhold.faces.report.logs_telling import Listed, Told, only, words_of

    if tokens:
        seen = only(seen, tokens)
    speaker = setting.speaker(knowledge)
    lists = {}
    for one in seen.crawlers:
        day, kind = whose.seen_on(one.token), whose.whose_list(one.token)
        if day and kind:
            lists[one.token] = Listed(url=whose.source(one.token), whose=kind, seen=day)
    return Told(
        seen=seen,
        words=words_of(setting.lang),
        names={one.actor: speaker.name(one.actor) for one in seen.crawlers},
        files=tuple(files),
        lang=setting.lang,
        lists=lists,
        aliases={one.token: tuple(knowledge.crawlers[one.token].aliases) for one in seen.crawlers},
        named=_named_by_address(setting),
        asked_names=asked_names,
        whole_addresses=whole_addresses,
    )


def _named_by_address(setting: Setting) -> frozenset[str]:
    """The tokens whose company says in which domain the names of its addresses lie."""
    from withhold.catalog.ranges import load_ranges

    lists = load_ranges(setting.root).values()
    return frozenset(token for one in lists if one.names for token in one.tokens)


def _give(
    told: Told, form: str, rules: str, target: Path | None, *, full: bool, examples: int | None
) -> None:
    """To stdout or into its file; what to do next on stderr."""
    if form == "text" and not rules:
        from withhold.faces.cli.show_logs import show

        show(told, full=full, examples=1 if examples is None else examples)
    else:
        text = _rules(told, rules) if rules else _made(told, form, examples)
        if target:
            from withhold.reach.files import write

            mode = 0o644 if rules else 0o600  # lines of a log are about people, rules are not
            write(target, f"{text}\n".encode("utf-8", "replace"), mode=mode)
            click.echo(f"withhold: {printable(str(target))}", err=True)
        else:
            written(text)
    if not told.judged and told.seen.crawlers:
        click.echo(f"TIP: {told.words['no_robots_tip']}", err=True)


def _broken(told: Told) -> int:
    """A line on stderr for each file whose end could not be read, and where no line is one of a
    log; the exit code."""
    from withhold.faces.report.logs_said import broken

    texts = broken(told)
    for text in texts:
        click.echo(f"withhold: {printable(text)}", err=True)
    return 1 if texts else 0


def _made(told: Told, form: str, examples: int | None) -> str:
    from withhold.faces.report import logs_values

    if form == "html":
        from withhold.faces.report.logs_page import EXAMPLES, as_html

        return as_html(told, EXAMPLES if examples is None else examples)
    return logs_values.as_json(told) if form == "json" else logs_values.as_csv(told)


def _rules(told: Told, server: str) -> str:
    from withhold.faces.report.logs_telling import about_rules, refused_names
    from withhold.signals.server_refusals import write

    tokens = refused_names(told)
    if not tokens:
        raise NothingToCheck(told.words["rules_none"], told.words["rules_none_tip"])
    click.echo(f"withhold: {about_rules(told)}", err=True)
    return write(server, tokens).rstrip("\n")


def _named(tokens: Sequence[str], knowledge: Knowledge) -> list[str]:
    """Tokens in their own spelling; raises NotFound with what may have been meant."""
    from withhold.catalog.find import not_found

    known = {one.token.lower(): one.token for one in knowledge.crawlers.values()}
    for token in tokens:
        if token.lower() not in known:
            raise not_found("crawler", token, known, "withhold knowledge list")
    return [known[token.lower()] for token in tokens]


def _inputs(files: Sequence[str]) -> list[str]:
    """The files that are meant, each once; ``-`` is standard input."""
    from withhold.reach.remote import is_address, listed, shown

    said = [one for one in files if one != "-"]
    for name in said:
        path, kind = Path(name), ""
        if is_address(name):
            kind = "an address, and logs are read from this machine only"
        elif path.exists() and not (path.is_file() or path.is_dir()):
            kind = "a pipe or a device, and a log is read twice"
        if kind:
            raise BadInput(f"{shown(name)} is {kind}", "... | withhold prove logs -")
    found = [one.name for one in listed(said)]
    if said and not found:
        raise NothingToCheck(f"no log is in {said[0]}", "give a log, a pattern, or - for stdin")
    once = {Path(one).resolve(): one for one in reversed(found)}  # a link to it is the same log
    return (["-"] if "-" in files else []) + sorted(once.values())


def _whose(setting: Setting, *, reverse_dns: bool) -> Whose:
    from withhold.catalog.ranges import load_ranges
    from withhold.traces.logs.whose import Whose

    if not reverse_dns:
        return Whose(load_ranges(setting.root))
    from withhold.reach.reverse_names import ReverseNames

    return Whose(load_ranges(setting.root), ReverseNames())


def _progress() -> Callable[[int, int], None]:
    """One line that is written over, where somebody looks at it."""
    if not sys.stderr.isatty():
        return lambda *_: None

    def told(octets: int, of: int) -> None:
        share = f" {min(100, 100 * octets // of)} %" if of else ""
        click.echo(f"\r\x1b[K{octets / 1e6:,.0f} MB{share}", err=True, nl=False)

    return told


def _clear() -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)
