"""How stored posts stand, as JSON, CSV, Markdown or HTML: ``withhold/exposure/1``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import to_builtins

from withhold.faces.report import exposure_said as said
from withhold.faces.report.excerpts import kinds_of, kinds_said, place_in_archive, telling, way
from withhold.faces.report.exposure_said import Told
from withhold.faces.report.exposure_top import top
from withhold.faces.report.plain import cell, markdown, printable
from withhold.faces.report.rows import row
from withhold.verbs.check_posts import Shown
from withhold.verbs.exposed_posts import why_apart
from withhold.verbs.exposure import STANDINGS, Stand
from withhold.verdict import Verdict

SCHEMA = "withhold/exposure/1"
COLUMNS = (
    "date",
    "account",
    "kind",
    "standing",
    "to",
    "gives_away",
    "possibly",
    "excerpt",
    "url",
    "archive_part",
    "archive_path",
    "archive_at",
    "id",
)


# JSON -------------------------------------------------------------------------------------------


def as_json(told: Told) -> str:
    """``withhold/exposure/1``."""
    return json.dumps(document(told), ensure_ascii=False, indent=2)


def document(told: Told) -> dict[str, Any]:
    """The document; verdicts stand once each, and what stands so names its number."""
    of = told.exposure
    verdicts: list[Verdict] = []
    stands = [_stand(one, verdicts) for one in of.stands]
    return {
        "schema": SCHEMA,
        "when": str(told.when),
        "where": of.stands[0].verdict.where if of.stands else "",
        "words": of.words,
        "stands": stands,
        "verdicts": [row(one, told.speaker) for one in verdicts],
        "gives_away": [
            {
                "standing": reach,
                "posts": given.posts,
                "sure": _counted(given.sure),
                "possible": _counted(given.possible),
                "places_of_pictures": given.places,
            }
            for reach, given in of.given.items()
        ],
        "posts": [_post(one) for one in of.most],
        "posts_in_all": of.of_most,
        "later": of.later,
        "not_looked_through": told.to_search,
        "nothing_known_of": [{"platform": one, "posts": n} for one, n in of.no_platform.items()],
    }


def _counted(kinds: Any) -> list[dict[str, Any]]:
    return [{"kind": kind, "posts": n} for kind, n in kinds.items()]


def _stand(one: Stand, verdicts: list[Verdict]) -> dict[str, Any]:
    if one.verdict not in verdicts:
        verdicts.append(one.verdict)
    return {
        **one.posts._asdict(),
        "apart": why_apart(one.posts),
        "actor": one.verdict.actor,
        "use": one.verdict.use,
        "posts": one.n,
        **{standing.replace("-", "_"): one.count(standing) for standing in STANDINGS},
        "open_if_public": one.if_public,
        "ended": [{"on": str(day), "posts": n} for day, n in one.ended.items()],
        "months": [
            {"month": month or None, "standing": standing, "posts": n}
            for (month, standing), n in sorted(one.months.items())
        ],
        "verdict": verdicts.index(one.verdict),
    }


def _post(one: Shown) -> dict[str, Any]:
    stored, post = one.stored, one.stored.post
    piece = telling(stored)
    sure, possible = kinds_of(stored)
    return {
        "date": stored.asked.day or None,
        "account": stored.account,
        "kind": post.kind,
        "standing": one.reach,
        "to": [{"actor": actor, "use": use} for actor, use in one.to],
        "gives_away": sure,
        "possibly": possible,
        "excerpt": {"before": piece.before, "hit": piece.hit, "after": piece.after},
        "url": post.url,
        "url_by": post.url_by,
        "archive": to_builtins(post.source),
        "id": post.id,
    }


# CSV --------------------------------------------------------------------------------------------


def as_csv(told: Told) -> str:
    """One row per post that gives something away and is, was or may be open; all of them.

    A cell that a spreadsheet would take for a formula is quoted.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for one in told.exposure.most:
        writer.writerow({key: cell(text) for key, text in _flat(one).items()})
    return out.getvalue().rstrip("\n")


def _flat(one: Shown) -> dict[str, str]:
    post = _post(one)
    return {
        "date": post["date"] or "",
        "account": post["account"],
        "kind": post["kind"],
        "standing": one.reach or "",
        "to": " ".join(dict.fromkeys(actor for actor, _ in one.to)),
        "gives_away": " ".join(post["gives_away"]),
        "possibly": " ".join(post["possibly"]),
        "excerpt": "".join(post["excerpt"].values()).strip(),
        "url": post["url"],
        "archive_part": post["archive"]["part"],
        "archive_path": post["archive"]["path"],
        "archive_at": post["archive"]["at"],
        "id": post["id"],
    }


# Markdown ---------------------------------------------------------------------------------------


def as_markdown(told: Told) -> str:
    """The sentences, a list per account, the years as a table, the posts with their addresses."""
    words = told.words
    lines = [f"# {words['title']}", ""]
    if told.example:
        lines += [f"**{words['example']}**", ""]
    lines += [f"- {markdown(text)}" for text in top(told)]
    of_each = said.accounts(told)
    for account, stands in of_each:
        lines += ["", f"## {markdown(said.heading(account, stands, told))}", ""]
        for one in said.sums(stands, told):
            lines.append(f"- **{markdown(said.who(one, told))}**: {markdown(said.says(one, told))}")
        lines += [f"- {words['apart']}: {markdown(text)}" for text in said.apart(stands, told)]
        ways = said.steps(said.sums(stands, told), told)
        for text, url in ways:
            lines.append(
                f"- {told.phrases['steps']}: {markdown(text)}" + (f" <{url}>" if url else "")
            )
        command = said.audience_command(stands, told)
        lines += ["", markdown(command)] if command else []
    everything = [one for _, stands in of_each for one in stands]
    lines += _years(everything, told)
    title = post_title(told)
    lines += ["", f"## {markdown(title)}", ""] if title else []
    for shown in told.exposure.most:
        lines.append(f"1. {_post_line(shown, told)}")
    lines += ["", f"## {words['limits']}", ""]
    lines += [f"- {markdown(text)}" for text in limits(everything, told)]
    return "\n".join([*lines, "", words["disclaimer"]])


def _years(stands: Sequence[Stand], told: Told) -> list[str]:
    words, found = told.words, said.years(stands)
    heads = [words["year"], *(words[f"standing_{one}"] for one in STANDINGS)]
    lines = ["", f"## {words['years']}", "", "| " + " | ".join(heads) + " |"]
    lines.append("|---" + "|---:" * len(STANDINGS) + "|")
    for year, counted in found.items():
        cells = [year or words["year_none"], *(told.n(counted[one]) for one in STANDINGS)]
        lines.append("| " + " | ".join(cells) + " |")
    return [*lines, "", words["at_least_one"]] if found else []


def _post_line(one: Shown, told: Told) -> str:
    stored = one.stored
    piece, address = telling(stored), way(stored)
    hit = f"**{markdown(piece.hit.strip())}**" if piece.hit.strip() else ""
    text = f"{markdown(piece.before)}{hit}{markdown(piece.after)}".strip()
    where = f"<{address}>" if address and not set(address) & set("<> ") else ""
    about = [
        stored.asked.day or told.words["year_none"],
        text or told.words["no_words"],
        markdown("; ".join(about_post(one, told))),
        where or markdown(told.words["in_archive"].format(where=place_in_archive(stored))),
    ]
    return " · ".join(about)


# What Markdown and HTML share -------------------------------------------------------------------


def post_title(told: Told) -> str:
    """Above the posts that are shown; empty where there are none."""
    of = told.exposure
    if of.words:
        return told.words["found" if of.most else "found_none"].format(words=of.words)
    return told.words[f"most_{of.reach}"] if of.most else ""


def about_post(one: Shown, told: Told) -> list[str]:
    """The account, the kind, what it gives away, to whom it is open."""
    stored = one.stored
    found = [said.named(stored.account, told.speaker)]
    found += [told.speaker.sentences.kind[stored.post.kind], *kinds_said(stored, told.words)]
    return [*found, said.to_whom(one, told)]


def limits(stands: Sequence[Stand], told: Told) -> list[str]:
    """What the answers do not say, with what is overdue, then what was left out."""
    found = []
    for reason in said.limits(stands):
        text = told.speaker.sentences.say(reason)
        late = told.phrases["overdue"].format(date=reason.checked)
        found.append(f"{text} ({late})" if reason.overdue(told.when) else text)
    return [*found, *said.notes(told)]


def as_html(told: Told) -> str:
    """One self-contained page with the picture; needs no script. Needs the extra ``guide``."""
    from jinja2 import Environment, PackageLoader

    from withhold.faces.report.posts_chart import chart

    pages = Environment(
        loader=PackageLoader("withhold.faces.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["plain"] = printable
    of_each = said.accounts(told)
    everything = [one for _, stands in of_each for one in stands]
    return pages.get_template("posts.html").render(
        told=told,
        words=told.words,
        said=said,
        top=top(told),
        accounts=[(said.heading(*one, told), one[1]) for one in of_each],
        picture=chart(told) if everything else "",
        years=said.years(everything),
        standings=STANDINGS,
        post_title=post_title(told),
        posts=[(one, telling(one.stored), about_post(one, told)) for one in told.exposure.most],
        way=way,
        place=place_in_archive,
        limits=limits(everything, told),
        lang=told.speaker.sentences.lang,
    )


FORMATS: dict[str, Callable[[Told], str]] = {
    "json": as_json,
    "csv": as_csv,
    "md": as_markdown,
    "html": as_html,
}
