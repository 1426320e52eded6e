"""Of a report: its charts, each with the table that says the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from withhold.faces.report.charts import timeline
from withhold.faces.report.heat_chart import COLUMNS, Cell, heat, said
from withhold.faces.report.past import Row, past
from withhold.faces.report.whole_answers import mark
from withhold.faces.report.whole_blocks import Block, Picture, Section, Table, Text
from withhold.faces.report.whole_telling import Telling
from withhold.facts import Platform
from withhold.verdict import Verdict

_ROWS = 24
"""Companies in one picture: more would not fit on a page of paper."""
_SITES = 3 * COLUMNS
"""Sites that are drawn at most; the tables have all."""


def history(told: Telling) -> Section | None:
    """Who trains on what since when, by platform; None without an account."""
    platforms = dict.fromkeys(one.account.platform for one in told.whole.accounts)
    parts = tuple(
        Section(
            id=f"history-{number}",
            title=told.speaker.platform(slug),
            blocks=tuple(_dated(told.whole.asking.knowledge.platforms[slug], told)),
        )
        for number, slug in enumerate(platforms, start=1)
    )
    if not parts:
        return None
    about = Text(told.words["history_about"])
    return Section(id="history", title=told.words["history"], blocks=(about,), parts=parts)


def _dated(platform: Platform, told: Telling) -> Iterator[Block]:
    words, say, when = told.words, told.phrases.__getitem__, told.whole.asking.when
    rows = past(platform, told.speaker, when, say)
    if not rows:
        yield Text(say("timeline_none"))
        return
    title = say("timeline_title").format(platform=platform.name)
    if told.draws:
        yield Picture(svg=timeline(platform, told.speaker, when, say).svg, about=title)
    yield Table(
        caption=title,
        heads=tuple(words[f"row_{one}"] for one in ("n", "who", "what", "from", "until", "says")),
        rows=tuple(_cells(number, row, told) for number, row in enumerate(rows, start=1)),
    )


def _cells(number: int, row: Row, told: Telling) -> tuple[str, ...]:
    words = told.words
    since = "?" if row.since is None else row.since.isoformat()
    if not row.since_known:
        since = words["known_since"].format(date=since)
    if row.announced:
        since = words["announced"].format(date=since, told=row.announced)
    until = row.until.isoformat() if row.until else words["still"]
    return (str(number), row.heading, row.name, since, until, row.text or row.word)


def companies(told: Telling) -> Section | None:
    """What each company is told by each site; None where nothing was read of any."""
    by_site: dict[str, list[Verdict]] = {}
    for one in told.whole.sites:
        found = one.verdicts or (one.served.verdicts if one.served else ())
        if found:
            by_site[one.site.url] = list(found)
    if not by_site:
        return None
    name = told.speaker.name
    cells: dict[tuple[str, str], Verdict] = {
        (name(one.actor), site): one for site, found in by_site.items() for one in found
    }
    rows = sorted({row for row, _ in cells}, key=str.lower)
    return Section(
        id="companies",
        title=told.words["companies"],
        blocks=(
            Text(told.words["companies_about"]),
            *(_drawn(rows, list(by_site), cells, told) if told.draws else ()),
            *_tables(rows, list(by_site), cells, told),
        ),
    )


def _drawn(
    rows: list[str], sites: list[str], cells: dict[tuple[str, str], Verdict], told: Telling
) -> Iterator[Picture]:
    plain: dict[tuple[str, str], Cell] = {
        where: (one.answer, one.strength) for where, one in cells.items()
    }
    say = said(told.phrases)
    for columns in _some(sites[:_SITES], COLUMNS):
        for some in _some(rows, _ROWS):
            about = told.words["companies_name"].format(first=some[0], last=some[-1])
            yield Picture(svg=heat(some, columns, plain, say, about), about=about)


def _tables(
    rows: list[str], sites: list[str], cells: dict[tuple[str, str], Verdict], told: Telling
) -> Iterator[Table]:
    for number, columns in enumerate(_some(sites, COLUMNS), start=1):
        again = f" ({number})" if len(sites) > COLUMNS else ""
        yield Table(
            caption=told.words["companies_table"] + again,
            heads=(told.words["company"], *columns),
            rows=tuple(
                (row, *(_word(cells.get((row, one)), told) for one in columns)) for row in rows
            ),
        )


def _word(one: Verdict | None, told: Telling) -> str:
    return mark(one, told) if one else ""


def _some(names: Sequence[str], n: int) -> Iterator[Sequence[str]]:
    """So many at a time."""
    for first in range(0, len(names), n):
        yield names[first : first + n]
