"""check, of a site: what every signal says to every company; and where files and responses go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from withhold.errors import BadInput
from withhold.may_train import may_train
from withhold.reach.fetched import Fetched
from withhold.signals import documents
from withhold.signals.robots import Mode
from withhold.verbs.check import ALL_USES, Asking
from withhold.verbs.fetch_site import SiteFetched
from withhold.verbs.seen import NOT_ASKED, Part, SiteSeen, embedded_in
from withhold.verbs.site_says import statements
from withhold.verdict import Reason, Verdict
from withhold.words import Content

_READ_AT_MOST = 1024 * 1024  # twice the limit of the standard: enough to know that it was passed
_PAGES = (".html", ".htm", ".xhtml", *documents.ENDINGS)
_SERVER_FILES = (".htaccess", "_headers", "Caddyfile")


# Verdicts -------------------------------------------------------------------------------------


def check_site(seen: SiteSeen, asking: Asking) -> list[Verdict]:
    """One verdict per company and use, with the words that decide and who says it heeds them."""
    knowledge = asking.knowledge
    said = statements(seen, knowledge.crawlers, knowledge.signals)
    notes = tuple(_notes(seen))
    content = Content(kind=seen.kind, audience="public", site=seen.site, path=seen.path)
    found: list[Verdict] = []
    for actor in [asking.actor] if asking.actor else sorted(knowledge.actors):
        for use in ALL_USES if asking.every_use else ("train-ai",):
            about = [one for one in knowledge.actors[actor].practice if one.use == use]
            if not about and not (asking.actor and use == "train-ai"):
                continue
            verdict = may_train(
                actor,
                content,
                asking.place,
                asking.when,
                knowledge,
                [*asking.seen, *said],
                use,
            )
            found.append(replace(verdict, reasons=(*verdict.reasons, *notes)))
    return found


def _notes(seen: SiteSeen) -> list[Reason]:
    """What is odd about the robots.txt or a document, and what could not be read at all."""
    rules, part = seen.rules, seen.robots
    codes: dict[str, Part] = {}
    if part.missing == "none":
        codes["robots-none"] = part
    elif rules is not None:
        codes = {f"robots-{note}": part for note in rules.notes}
    elif part.missing == "unreachable":
        codes["robots-unreachable"] = part
    elif part.missing == "unreachable-429":
        codes["robots-429"] = part
    found = [_note(code, one, seen) for code, one in codes.items()]
    for one in (seen.page, seen.tdmrep, seen.ai_txt, *seen.licences):
        follows = one.detail.startswith("robots-unreachable")  # not fetched for want of the rules
        if one.missing in ("unreachable", "unreachable-429") and not follows:
            found.append(_note("part-unread", one, seen))
    found += [_note(f"document-{one}", seen.page, seen) for one in embedded_in(seen.page).notes]
    return found


def _note(code: str, part: Part, seen: SiteSeen) -> Reason:
    return Reason(
        code=code,
        facts={"where": part.place, "text": part.detail},
        rests_on=part.place,
        checked=seen.on,
    )


# From the web ---------------------------------------------------------------------------------


def of_fetched(
    fetched: SiteFetched,
    on: date | None = None,
    *,
    site: str = "",
    path: str = "/",
    mode: Mode = "rfc",
) -> SiteSeen:
    """What was fetched, as it is read; ``on`` is the day of it in the owner's calendar.

    Without it, the day of the fetch by its own clock, which may be the next day elsewhere.
    """
    return SiteSeen(
        site=site or fetched.origin,
        origin=fetched.origin,
        on=on or fetched.robots.on.date(),
        path=path,
        mode=mode,
        robots=part_of(fetched.robots, rules=True),
        page=part_of(fetched.page),
        tdmrep=part_of(fetched.tdmrep),
        ai_txt=part_of(fetched.ai_txt),
        licences=tuple(part_of(one) for one in fetched.licences),
    )


def part_of(found: Fetched, *, rules: bool = False) -> Part:
    """One response. ``rules``: of a robots.txt every 4xx but 429 means that there are no rules.

    Of other files 404 and 410 say that there is none; what else is refused could not be read.
    A robots.txt that is longer than our limit is read as far as its standard reads it.
    """
    place = found.url
    if found.why == "429" or found.status == 429:
        return Part(place=place, missing="unreachable-429", detail="status 429")
    cut = rules and found.why == "too-large" and found.body
    if 200 <= found.status < 300 and (found.why == "ok" or cut):
        return Part(place=place, body=found.body, headers=found.headers)
    if found.why == "ok" and (found.status in (404, 410) or (rules and 400 <= found.status < 500)):
        return Part(place=place, missing="none", detail=f"status {found.status}")
    if found.why == "ok":
        return Part(place=place, missing="unreachable", detail=f"status {found.status}")
    detail = f"{found.why}: {found.detail}" if found.detail else found.why
    return Part(place=place, missing="unreachable", detail=detail)


# From the disk --------------------------------------------------------------------------------


def open_robots(path: Path) -> tuple[bytes, Path]:
    """The bytes of a robots.txt, or of the one in a site's folder, up to a limit."""
    file = path / "robots.txt" if path.is_dir() else path
    if not file.is_file():
        raise BadInput(
            f"{file}: there is no such file",
            "a folder without robots.txt refuses nothing; give a file, or the folder that has it",
        )
    return _bytes(file), file


def _bytes(file: Path) -> bytes:
    """What is read of a file; of a document one byte more than its reader takes, to be known."""
    document = file.suffix.lower() in documents.ENDINGS
    try:
        with file.open("rb") as stream:
            return stream.read(documents.LIMIT + 1 if document else _READ_AT_MOST)
    except OSError as why:
        raise BadInput(f"{file}: cannot be read ({why.strerror})", "look at its rights") from why


def open_site(path: Path, site: str, on: date, *, ask: str = "/", mode: Mode = "rfc") -> SiteSeen:
    """What a folder, a robots.txt, an HTML file, EPUB or PDF on the disk says; it has no headers.

    Raises BadInput for what is not there or cannot be read.
    """
    seen = SiteSeen(site=site, on=on, path=ask, mode=mode)
    if not path.is_dir():
        if path.suffix.lower() in _PAGES:
            return replace(seen, page=Part(place=str(path), body=_bytes(path)))
        body, file = open_robots(path)
        return replace(seen, robots=Part(place=str(file), body=body))
    tdm, ai, page = path / ".well-known" / "tdmrep.json", path / "ai.txt", _page(path, ask)
    robots = path / "robots.txt"
    if not any(one.is_file() for one in (robots, tdm, ai)) and page is None:
        open_robots(path)  # raises
    return replace(
        seen,
        origin=site if site.startswith(("https://", "http://")) else "",
        robots=_part(robots),
        tdmrep=_part(tdm),
        ai_txt=_part(ai),
        page=_part(page) if page else NOT_ASKED,
    )


def robots_in(folder: Path) -> Part:
    """The robots.txt of a folder, or that there is none."""
    return _part(folder / "robots.txt")


def _part(file: Path) -> Part:
    if not file.is_file():
        return Part(place=str(file), missing="none", detail="no such file")
    return Part(place=str(file), body=_bytes(file))


def _page(folder: Path, path: str) -> Path | None:
    """The file that a usual server sends for a path, if it lies in the folder and is a page."""
    inside = path.partition("?")[0].partition("#")[0].strip("/")
    names = [inside, f"{inside}.html", f"{inside}/index.html"] if inside else ["index.html"]
    root = folder.resolve()
    for name in names:
        try:
            file = (root / name).resolve()
            here = file.is_relative_to(root) and file.is_file()
        except (OSError, ValueError):
            continue
        if here and file.suffix.lower() in _PAGES:
            return folder / name
    return None


def server_files(folder: Path) -> Iterator[Part]:
    """The server's rules that lie in a site's folder: nginx, Apache, Caddy, ``_headers``."""
    for file in sorted(folder.iterdir()):
        named = file.name in _SERVER_FILES or file.suffix == ".conf"
        if named and file.is_file():
            yield Part(place=str(file), body=_bytes(file))
