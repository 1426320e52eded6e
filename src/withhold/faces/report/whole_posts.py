"""Of a report: how stored posts stand, counted. No post's text, unless excerpts are asked for."""

from __future__ import annotations

from collections.abc import Iterator

from withhold.faces.report import exposure_said as said
from withhold.faces.report.excerpts import place_in_archive, telling, way
from withhold.faces.report.exposure import about_post, limits, post_title
from withhold.faces.report.exposure_said import Told
from withhold.faces.report.exposure_top import top
from withhold.faces.report.posts_chart import chart
from withhold.faces.report.whole_blocks import Block, Item, Items, Picture, Section, Table, Text
from withhold.faces.report.whole_telling import Telling
from withhold.verbs.check_posts import Shown
from withhold.verbs.exposure import STANDINGS, Stand


def posts(told: Telling) -> Section | None:
    """The sentences, the months as a picture with the years as a table, account by account."""
    of = told.exposure()
    if of is None:
        return None
    each = said.accounts(of)
    everything = [one for _, stands in each for one in stands]
    blocks: list[Block] = [Text(text) for text in top(of)]
    if everything and told.draws:
        blocks.append(Picture(svg=chart(of), about=of.words["chart"]))
    blocks += _years(everything, of)
    parts = [
        _account(number, account, stands, of)
        for number, (account, stands) in enumerate(each, start=1)
    ]
    if told.options.excerpts and of.exposure.most:
        items = Items(tuple(_post(one, of) for one in of.exposure.most), numbered=True)
        more: list[Block] = [items]
        if len(of.exposure.most) < of.exposure.of_most:
            more.append(Text(said.of_most(of)))
        parts.append(Section(id="posts-most", title=post_title(of), blocks=tuple(more)))
    lines = tuple(Item(text) for text in limits(everything, of))
    if lines:
        title = of.words["limits"]
        parts.append(Section(id="posts-limits", title=title, blocks=(Items(lines),)))
    return Section(id="posts", title=told.words["posts"], blocks=tuple(blocks), parts=tuple(parts))


def _years(stands: list[Stand], of: Told) -> Iterator[Block]:
    words, found = of.words, said.years(stands)
    if found:
        yield Table(
            caption=words["years"],
            heads=(words["year"], *(words[f"standing_{one}"] for one in STANDINGS)),
            rows=tuple(
                (year or words["year_none"], *(of.n(counted[one]) for one in STANDINGS))
                for year, counted in found.items()
            ),
            numbers=1,
        )
        yield Text(words["at_least_one"])


def _account(number: int, account: str, stands: list[Stand], of: Told) -> Section:
    sums = said.sums(stands, of)
    items = [Item(said.says(one, of), strong=f"{said.who(one, of)}:") for one in sums]
    items += [Item(text, strong=f"{of.words['apart']}:") for text in said.apart(stands, of)]
    ways = said.steps(sums, of)
    items += [Item(text, url=url, strong=f"{of.phrases['steps']}:") for text, url in ways]
    return Section(
        id=f"posts-{number}",
        title=said.heading(account, stands, of),
        blocks=(Items(tuple(items)),),
    )


def _post(one: Shown, of: Told) -> Item:
    stored = one.stored
    text = str(telling(stored)).strip() or of.words["no_words"]
    day = stored.asked.day or of.words["year_none"]
    below = ["; ".join(about_post(one, of))]
    url = way(stored)
    if not url:
        below.append(of.words["in_archive"].format(where=place_in_archive(stored)))
    return Item(f"{day} · {text}", url=url, below=tuple(below))
