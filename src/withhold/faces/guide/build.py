"""The whole guide: every file of it, from knowledge alone, for one day."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from withhold.catalog.load import Knowledge
from withhold.errors import MissingExtra
from withhold.faces.guide import (
    changed,
    citable,
    explained,
    front,
    naming,
    places,
    platforms,
    reference,
    retired,
    steps,
)
from withhold.faces.guide.cards import card
from withhold.faces.guide.edition import FOLDERS, HERE, Edition
from withhold.faces.guide.opendata.files import files as opendata
from withhold.faces.guide.page import Page
from withhold.faces.guide.places import PLACE, SLUG, Group
from withhold.reach.side_by_side import side_by_side
from withhold.verbs.changes import Change, changes
from withhold.verbs.check import Asking
from withhold.verbs.compare import alike, look, plan_of
from withhold.verbs.plan import Plan
from withhold.words import Account, AccountKind, Audience

File = tuple[str, bytes]
Sides = dict[str, list[places.Side]]


class Wanted(Struct, frozen=True, kw_only=True):
    """What is to be built: the day, the languages, the address it will stand at, who gets reports.

    ``url`` ends in a slash or is empty; ``report_to`` is a mail address, or an address with the
    gaps ``{title}`` and ``{body}``; ``places`` limits the pages by place, empty = all.
    """

    when: date
    langs: tuple[str, ...] = ("en", "de")
    url: str = ""
    report_to: str = ""
    places: tuple[str, ...] = ()


def files(
    knowledge: Knowledge, root: Path, wanted: Wanted, told: Callable[[str], None] = lambda _: None
) -> Iterator[File]:
    """Path and bytes of every file; ``told`` hears what is being made.

    Raises MissingExtra at once, before the first file is asked for.
    """
    for part in _EXTRA:
        if find_spec(part) is None:
            raise MissingExtra(f"the guide needs {part}", 'pip install "withhold[guide]"')
    return _files(knowledge, root, wanted, told)


_EXTRA = ("altair", "babel", "markdown_it", "PIL", "vl_convert")
"""The modules of the extra ``guide``."""


def _files(
    knowledge: Knowledge, root: Path, wanted: Wanted, told: Callable[[str], None]
) -> Iterator[File]:
    told("places")
    basis = _basis(knowledge, wanted)
    yield from _assets()
    if "en" not in wanted.langs:  # the root would be empty, and people begin there
        yield "index.html", doorway(FOLDERS[wanted.langs[0]])
    for path, body in opendata(knowledge, wanted.when):
        yield f"data/{path}", body
    for lang in wanted.langs:
        told(lang)
    editions = [
        Edition(lang, wanted.when, knowledge, root, wanted.url, wanted.report_to)
        for lang in wanted.langs
    ]
    yield from side_by_side([partial(_edition, one, basis, wanted) for one in editions])


class _Basis(Struct, frozen=True, kw_only=True):
    """What every language is written from."""

    groups: list[Group]
    plans: dict[str, steps.Plans]
    news: list[Change]


def _basis(knowledge: Knowledge, wanted: Wanted) -> _Basis:
    asking = Asking(place="", when=wanted.when, knowledge=knowledge)
    alike_places = alike(knowledge)
    groups, first = [], [these[0] for these in alike_places]
    plans = {platform: _plans_of(platform, first, asking) for platform in knowledge.platforms}
    for number, these in enumerate(alike_places):
        here = replace(asking, place=these[0])
        looks = {
            one: look(Account(platform=one, audience="public"), here) for one in knowledge.platforms
        }
        business = {one: plans[one]["business", "public"][number] for one in knowledge.platforms}
        groups.append(Group(number=number, places=these, looks=looks, business=business))
    return _Basis(groups=groups, plans=plans, news=changes(knowledge, wanted.when))


def _plans_of(platform: str, places: Sequence[str], asking: Asking) -> steps.Plans:
    """The plans of one platform for every kind of account; kinds that no rule tells apart once."""
    known = asking.knowledge.platforms[platform]
    told_apart = any(one.account_kinds for one in known.practice) or any(
        one.account_kinds for one in known.control
    )
    found: dict[tuple[AccountKind, Audience], list[Plan]] = {}
    for kind, audience in steps.VARIANTS:
        alike_kind: AccountKind = {"minor": "personal", "page": "business"}.get(kind, kind)  # type: ignore[assignment]
        if not told_apart and (alike_kind, audience) in found:
            found[kind, audience] = found[alike_kind, audience]
            continue
        account = Account(platform=platform, kind=kind, audience=audience)
        found[kind, audience] = [plan_of(account, replace(asking, place=one)) for one in places]
    return found


def _edition(edition: Edition, basis: _Basis, wanted: Wanted) -> Iterator[File]:
    folder = edition.folder
    groups, news = basis.groups, basis.news
    names = naming.names(
        [one.places for one in groups], edition.knowledge.places, edition.lang, edition.say
    )
    for path, body in steps.documents(basis.plans, edition):
        yield folder + path, body
    sides = platforms.all_sides(groups, edition)
    pages = list(_pages(groups, edition, names, news, sides))
    pages.append(front.search(pages, edition))
    found = front.index(pages, _places(groups, wanted), edition)
    listed = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    yield f"{folder}search.json", listed.encode("utf-8")
    drawn: set[str] = set()
    for page in pages:
        yield from _written(page, edition, wanted.langs, drawn)
    yield changed.feed(news, edition)
    for group in groups:
        for page in _of_places(group, edition, sides, news):
            yield from _for_each_place(page, group, edition, wanted, drawn)


def _pages(
    groups: Sequence[Group],
    edition: Edition,
    names: dict[int, str],
    news: Sequence[Change],
    sides: Sides,
) -> Iterator[Page]:
    """The pages that stand once in a language."""
    yield front.page(groups, edition)
    yield places.index(groups, edition, names)
    yield from platforms.pages(sides, edition)
    yield platforms.matrix(groups, edition)
    for section in (
        reference.companies,
        reference.crawlers,
        reference.signals,
        reference.laws,
        reference.claims,
        explained.pages,
        citable.pages,
        retired.pages,
    ):
        yield from section(edition)
    yield from reference.reasons(edition, groups)
    yield changed.page(news, edition)
    yield front.data(edition)
    yield front.lost(edition)


def _places(groups: Sequence[Group], wanted: Wanted) -> list[str]:
    """The places that have pages."""
    every = [code for group in groups for code in group.places]
    return [one for one in every if one in wanted.places] if wanted.places else every


def _of_places(
    group: Group, edition: Edition, sides: Sides, news: Sequence[Change]
) -> Iterator[Page]:
    elsewhere = changed.elsewhere(news, group.places[0], edition)
    yield from places.place_pages(group, edition, elsewhere)
    yield from places.platform_pages(group, edition, sides)


# Written down ---------------------------------------------------------------------------------


def _written(page: Page, edition: Edition, langs: Iterable[str], drawn: set[str]) -> Iterator[File]:
    picture = f"pictures/{page.card.name or _flat(page.path)}.png"
    path = page.path if page.path.endswith(".html") else f"{page.path}index.html"
    yield edition.folder + path, _html(page, edition, langs, picture).encode("utf-8")
    if picture not in drawn:
        drawn.add(picture)
        yield edition.folder + picture, _drawn(page, edition, page.card.place)


def _for_each_place(
    page: Page, group: Group, edition: Edition, wanted: Wanted, drawn: set[str]
) -> Iterator[File]:
    """A page of a group of places, once for each of them."""
    mark = f"{SLUG}.png"
    shared = f"pictures/{page.card.name}.png" if page.card.name else f"pictures/{mark}"
    html = _html(page, edition, wanted.langs, shared)
    if page.card.name and shared not in drawn:
        drawn.add(shared)
        named = {one: getattr(page, one).replace(PLACE, page.card.place) for one in ("title",)}
        yield edition.folder + shared, _drawn(page, edition, page.card.place, **named)
    for code in group.places:
        if wanted.places and code not in wanted.places:
            continue
        name, slug = edition.place(code), code.lower()
        here = (
            html.replace(PLACE, str(edition.pages.filters["e"](name)))
            .replace(SLUG, slug)
            .replace(_CODE, code)
        )
        yield f"{edition.folder}{page.path.replace(SLUG, slug)}index.html", here.encode("utf-8")
        if not page.card.name:
            title = page.title.replace(PLACE, name)
            yield (
                f"{edition.folder}pictures/{slug}.png",
                _drawn(page, edition, name, title=title),
            )


_CODE = "\N{LEFT CORNER BRACKET}code\N{RIGHT CORNER BRACKET}"


def _html(page: Page, edition: Edition, langs: Iterable[str], picture: str) -> str:
    depth = page.path.count("/")
    root = "../" * depth or "./"
    base = root + "../" * edition.folder.count("/")
    if page.path.endswith(".html"):  # a host shows it at any address, so nothing is relative
        base = edition.url or "/"
        root = base + edition.folder
    place = {"place_name": PLACE, "place_code": _CODE} if SLUG in page.path else {}
    said = edition.plain_dates
    return edition.render(
        page.template,
        head=replace(page, title=said(page.title), description=said(page.description)),
        root=root,
        base=base,
        shared=picture,
        others=[(lang, FOLDERS[lang]) for lang in langs],
        **place,
        **page.values,
    )


def _drawn(page: Page, edition: Edition, place: str, title: str = "") -> bytes:
    return card(
        edition.plain_dates(title or page.title),
        [edition.plain_dates(one) for one in page.card.lines],
        place,
        edition.day(edition.when),
        page.card.mark,  # type: ignore[arg-type]
        foot=edition.sentences.state["disclaimer"].partition(":")[0],
        fallback=page.path.strip("/"),
    )


def _flat(path: str) -> str:
    return path.strip("/").removesuffix(".html").replace("/", "-") or "front"


def doorway(folder: str) -> bytes:
    """The page at the root of a guide without English: it leads to the language that is there."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<title>withhold</title>\n<meta http-equiv="refresh" content="0; url={folder}">\n'
        f'</head>\n<body>\n<main><h1><a href="{folder}">withhold</a></h1></main>\n'
        "</body>\n</html>\n"
    ).encode()


def _assets() -> Iterator[File]:
    for one in sorted(Path(str(HERE / "static")).iterdir()):
        yield f"assets/{one.name}", one.read_bytes()
