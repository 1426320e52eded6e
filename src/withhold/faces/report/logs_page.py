"""The answer of ``prove logs`` as a document of blocks, and as one page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from withhold import __version__
from withhold.faces.report.logs_chart import ROWS, Bar, bars, chart, wide
from withhold.faces.report.logs_said import (
    facts_of,
    limits,
    of_crawler,
    path_of,
    robots_used,
    rule_of,
    summary,
    unread,
)
from withhold.faces.report.logs_telling import Told, about_rules, day, refused_names
from withhold.faces.report.whole import page
from withhold.faces.report.whole_blocks import (
    Block,
    Code,
    Item,
    Items,
    Paper,
    Picture,
    Section,
    Table,
    Text,
)
from withhold.signals import server_refusals
from withhold.traces.logs.seen import CrawlerSeen

COUNTED = ("requests", "in_spite", "allowed", "before_no", "unjudged", "robots_fetches")
EXAMPLES = 5
"""Lines as evidence of each crawler; JSON has all that are kept."""
CLAIMED = ("verified", "spoofed", "unverified")


def as_html(told: Told, examples: int = EXAMPLES) -> str:
    """The page. Raises MissingExtra where the picture's part is not installed."""
    return page(paper(told, examples))


def paper(told: Told, examples: int = EXAMPLES) -> Paper:
    """In short, who came after a no, all crawlers, days, evidence, rules, what it rests on."""
    words = told.words
    found = (
        _short(told),
        _after(told),
        _crawlers(told),
        _days(told),
        _examples(told, examples),
        _rules(told),
        _read(told),
        _robots(told),
        _ranges(told),
        _limits(told),
    )
    return Paper(
        lang=told.lang,
        title=title(told),
        note=(summary(told) or [""])[0],
        about=_about(told),
        sections=tuple(one for one in found if one is not None),
        foot=words["made"].format(v=__version__),
        contents=words["contents"],
    )


def title(told: Told) -> str:
    """Which files it is about, or how many."""
    if len(told.files) > 2:
        return told.words["title_many"].format(n=told.n(len(told.files)))
    return told.words["title"].format(files=", ".join(told.files))


def lines_said(told: Told) -> str:
    """How the lines add up."""
    seen = told.seen
    return told.words["about_lines_of"].format(
        lines=told.of("lines", seen.lines),
        crawlers=told.n(sum(one.requests for one in seen.crawlers)),
        other=told.n(seen.other),
        unreadable=told.n(seen.unreadable),
    )


def _about(told: Told) -> tuple[tuple[str, str], ...]:
    words = told.words
    files = told.files if len(told.files) <= 2 else ()
    rows = (
        (words["about_files"], ", ".join(files)),
        (words["about_span"], told.span),
        (words["about_lines"], lines_said(told)),
    )
    return tuple((name, value) for name, value in rows if value)


def _short(told: Told) -> Section | None:
    return _listed("short", told.words["head_short"], summary(told))


def _after(told: Told) -> Section | None:
    items = tuple(
        Item(text=told.company(one), strong=one.token, below=tuple(of_crawler(one, told)))
        for one in told.in_spite
    )
    title_ = told.words["head_after"]
    return Section(id="after", title=title_, blocks=(Items(items),)) if items else None


def _crawlers(told: Told) -> Section | None:
    words = told.words
    if not told.crawlers:
        return None
    counts = (*COUNTED[:5], *CLAIMED, "robots_fetches")
    heads = ("crawler", *counts, "company", "purpose", "first", "last")
    table = Table(
        caption=words["head_crawlers"],
        heads=tuple(words[f"col_{one}"] for one in heads),
        rows=tuple(_row(one, told) for one in told.crawlers),
        numbers=1,
        words=1 + len(counts),
    )
    blocks = (Text(words["table_words"]), table)
    return Section(id="crawlers", title=words["head_crawlers"], blocks=blocks)


def _row(one: CrawlerSeen, told: Told) -> tuple[str, ...]:
    keys = (*COUNTED[:5], *CLAIMED, "robots_fetches")
    counts = (told.n(getattr(one, key)) for key in keys)
    who = told.company(one), told.purpose(one)
    return (one.token, *counts, *who, day(one.first), day(one.last))


def _days(told: Told) -> Section | None:
    words = told.words
    drawn = [one for one in told.crawlers if one.days]
    crawlers = drawn[:ROWS]
    if not crawlers:
        return None
    first = min(one.day for each in crawlers for one in each.days)
    every = wide(crawlers)
    columns = [{bar.start: bar for bar in bars(one, first, every)} for one in crawlers]
    starts = sorted({start for column in columns for start in column})
    last = timedelta(days=every - 1)
    rows = tuple(
        (
            f"{start}" if every == 1 else words["span"].format(first=start, last=start + last),
            *(_cell(column.get(start), told) for column in columns),
        )
        for start in starts
    )
    table = Table(
        caption=words["chart_about"].partition(":")[0],
        heads=(words["col_day" if every == 1 else "col_days"], *(one.token for one in crawlers)),
        rows=rows,
        numbers=1,
    )
    blocks: list[Block] = [Picture(svg=chart(told), about=words["chart_about"]), table]
    if len(drawn) > len(crawlers):
        blocks.insert(1, Text(words["chart_more"].format(n=len(crawlers))))
    return Section(id="days", title=words["head_days"], blocks=tuple(blocks))


def _cell(bar: Bar | None, told: Told) -> str:
    if bar is None:
        return "0"
    if not bar.in_spite:
        return told.n(bar.requests)
    gaps = {"n": told.n(bar.requests), "after": told.n(bar.in_spite)}
    return told.words["days_cell"].format(**gaps)


def _examples(told: Told, most: int) -> Section | None:
    words = told.words
    parts = tuple(
        Section(id=f"lines-{number}", title=one.token, blocks=(_evidence(one, told, most),))
        for number, one in enumerate(told.in_spite or told.crawlers, start=1)
        if one.examples
    )
    if not parts or not most:
        return None
    note = Text(words["examples_whole" if told.whole_addresses else "examples_more"])
    return Section(id="lines", title=words["head_examples"], blocks=(note,), parts=parts)


def _evidence(one: CrawlerSeen, told: Told, most: int) -> Items:
    """The first lines; the rule that refuses stands below where it is another than before."""
    items, before = [], ""
    for each in one.examples[:most]:
        where, *facts = facts_of(each, told)
        rule = rule_of(each, told)
        below = (rule,) if rule and rule != before else ()
        before = rule
        items.append(Item(text=" · ".join((*facts, path_of(each))), strong=where, below=below))
    return Items(tuple(items))


def _rules(told: Told) -> Section | None:
    tokens = refused_names(told)
    if not tokens:
        return None
    parts = tuple(
        Section(
            id=f"rules-{server}",
            title={"nginx": "nginx", "apache": "Apache", "caddy": "Caddy"}[server],
            blocks=(Code(server_refusals.write(server, tokens)),),
        )
        for server in server_refusals.SERVERS
    )
    about = Text(about_rules(told))
    return Section(id="rules", title=told.words["head_rules"], blocks=(about,), parts=parts)


def _read(told: Told) -> Section | None:
    texts = [*unread(told), *(_formats(told))]
    return _listed("read", told.words["head_read"], texts)


def _formats(told: Told) -> Iterator[str]:
    for name, n in sorted(told.seen.formats.items(), key=lambda one: -one[1]):
        yield told.words["formats"].format(format=name, n=told.of("lines", n))


def _robots(told: Told) -> Section | None:
    texts = robots_used(told)
    if texts:
        texts.append(told.words["robots_grace"].format(hours=told.seen.grace_hours))
    return _listed("robots", told.words["head_robots"], texts)


def _ranges(told: Told) -> Section | None:
    items = []
    for one in told.crawlers:
        listed = told.lists.get(one.token)
        key = "ranges_of" if one.ranges_seen else "ranges_none"
        if listed and listed.whose == "registry":
            key = "ranges_registry"
        said = told.words[key].format(company=told.company(one), day=one.ranges_seen)
        items.append(Item(text=said, url=listed.url if listed else "", strong=one.token))
    if not items:
        return None
    title_ = told.words["head_ranges"]
    return Section(id="ranges", title=title_, blocks=(Items(tuple(items)),))


def _limits(told: Told) -> Section | None:
    return _listed("limits", told.words["head_limits"], limits(told))


def _listed(name: str, title_: str, texts: list[str]) -> Section | None:
    items = tuple(Item(text=text) for text in texts)
    return Section(id=name, title=title_, blocks=(Items(items),)) if items else None
