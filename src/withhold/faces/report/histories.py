"""A history of dated robots.txt as JSON, CSV, Markdown or HTML: ``withhold/history/1``."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct, to_builtins

from withhold.faces.report.plain import cell, markdown
from withhold.traces.dated_files import DatedFile, Gap
from withhold.traces.history import Change, History, Tally

SCHEMA = "withhold/history/1"
COLUMNS = (
    "what",
    "site",
    "token",
    "actor",
    "after",
    "by",
    "lasting",
    "line",
    "text",
    "file_before",
    "file",
    "url",
    "doubts",
)


class Told(Struct, frozen=True, kw_only=True):
    """A history with what it was asked for, who stands behind each token, and the words."""

    history: History
    path: str
    mode: str
    since: date | None
    operators: Mapping[str, str]
    words: Mapping[str, str]
    lang: str = "en"

    @property
    def about(self) -> str:
        """What is held against what."""
        return self._since("history_about")

    @property
    def none(self) -> str:
        """That nothing changed."""
        return self._since("history_none")

    def _since(self, key: str) -> str:
        return self.words[f"{key}_since" if self.since else key].format(since=self.since)

    def gaps(self) -> list[Gap]:
        """All of them, those of no single site first."""
        return [*self.history.gaps, *(gap for one in self.history.sites for gap in one.gaps)]

    def reasons(self) -> list[tuple[str, int]]:
        """How often each kind of gap is there, in words, the most frequent first."""
        counted = Counter(one.why for one in self.gaps())
        return [(self.words[f"history_gap_{why}"], n) for why, n in counted.most_common()]

    def changed(self) -> list[Tally]:
        """The sums of the tokens with a lasting change, the most changed first."""
        found = [one for one in self.history.sums if one.refused or one.let_in]
        return sorted(found, key=lambda one: (-one.refused - one.let_in, one.token.lower()))

    def lasting(self) -> list[tuple[str, list[list[Change]]]]:
        """The sites with a lasting change; what one rule of a file did to several tokens as one."""
        found = []
        for one in self.history.sites:
            alike: dict[tuple[object, ...], list[Change]] = {}
            for change in one.changes:
                if change.lasting:
                    key = (change.now, change.before.day, change.after.day, change.line)
                    alike.setdefault(key, []).append(change)
            if alike:
                found.append((one.site, list(alike.values())))
        return found

    def doubtful(self) -> list[str]:
        """Which files were used and may not be what they are said to be: a sentence per site."""
        said = []
        for of in self.history.sites:
            alike: dict[str, list[DatedFile]] = {}
            for file, doubts, hosts in of.doubtful:
                named = ", ".join(hosts[:3])
                why = "; ".join(
                    self.words[f"history_doubt_{d}"].format(hosts=named) for d in doubts
                )
                alike.setdefault(why, []).append(file)
            for why, files in alike.items():
                sentence = self.words["history_doubt_file"]
                days = ", ".join(file.day for file in files)
                said.append(sentence.format(site=of.site, days=days, file=files[0].file, why=why))
        return said


def as_json(told: Told) -> str:
    """``withhold/history/1``."""
    body = {
        "schema": SCHEMA,
        "path": told.path,
        "mode": told.mode,
        "since": str(told.since) if told.since else None,
        "tokens": [{"token": one, "actor": told.operators.get(one)} for one in told.history.tokens],
        "rounds": list(told.history.rounds),
        "sums": to_builtins(told.history.sums),
        "sites": [
            {
                "site": one.site,
                "files": one.files,
                "first": one.first or None,
                "last": one.last or None,
                "refused_first": list(one.refused_first),
                "refused_last": list(one.refused_last),
                "changes": [_change(change, told) for change in one.changes],
                "doubtful": [
                    {"file": file.file, "day": file.day, "why": doubts, "sitemaps": hosts}
                    for file, doubts, hosts in one.doubtful
                ],
                "gaps": to_builtins(one.gaps),
            }
            for one in told.history.sites
        ],
        "gaps": to_builtins(told.history.gaps),
    }
    return json.dumps(body, ensure_ascii=False, indent=2)


def _change(one: Change, told: Told) -> dict[str, Any]:
    return {
        "token": one.token,
        "actor": told.operators.get(one.token),
        "now": one.now,
        "after": one.before.day,
        "by": one.after.day,
        "lasting": one.lasting,
        "line": one.line,
        "text": one.text,
        "file_before": one.before.file,
        "file": one.after.file,
        "url": one.after.url or None,
        "doubts": list(one.doubts),
    }


def as_csv(told: Told) -> str:
    """One row a change, then one a doubtful file, then one a gap; ``what`` tells them apart."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for row in _rows(told):
        writer.writerow({key: cell("" if said is None else str(said)) for key, said in row.items()})
    return out.getvalue().rstrip("\n")


def _rows(told: Told) -> Iterable[dict[str, Any]]:
    for site in told.history.sites:
        for change in site.changes:
            row = _change(change, told)
            row |= {
                "what": row.pop("now"),
                "site": site.site,
                "lasting": "yes" if change.lasting else "no",
                "doubts": " ".join(change.doubts),
            }
            yield row
    for site in told.history.sites:
        for file, doubts, _ in site.doubtful:
            yield {
                "what": "doubt",
                "site": site.site,
                "by": file.day,
                "file": file.file,
                "url": file.url,
                "doubts": " ".join(doubts),
            }
    for gap in told.gaps():
        yield {
            "what": "gap",
            "site": gap.site,
            "by": gap.day,
            "file": gap.file,
            "doubts": gap.why,
        }


def as_markdown(told: Told) -> str:
    """The sums as a table, a line per lasting change with its files, the gaps."""
    words = told.words
    lines = [f"# {headline(told)}", "", told.about, ""]
    names = ("token", "refused", "let_in", "first", "last", "sites")
    lines.append("| " + " | ".join(words[f"history_col_{name}"] for name in names) + " |")
    lines.append("|" + "---|" * len(names))
    for one in told.changed():
        cells = (one.refused, one.let_in, one.refused_first, one.refused_last, one.sites)
        lines.append(f"| {markdown(one.token)} | " + " | ".join(map(str, cells)) + " |")
    lines += [] if told.changed() else ["", told.none]
    for site, changes in told.lasting():
        lines += ["", f"## {markdown(site)}", ""]
        lines += [f"- {markdown(sentence(one, told))}" for one in changes]
    lines += ["", f"## {words['history_gaps']}", ""]
    lines += [f"- {text}: {count}" for text, count in told.reasons()]
    lines += [f"- {markdown(text)}" for text in told.doubtful()]
    return "\n".join(lines)


def as_html(told: Told) -> str:
    """One page that asks nobody for anything, with a picture; needs the extra ``guide``."""
    from jinja2 import Environment, PackageLoader

    from withhold.faces.report.history_chart import chart

    words = told.words
    picture = chart(
        told.history.sums, headline(told), words["history_col_refused"], words["history_col_let_in"]
    )
    pages = Environment(loader=PackageLoader("withhold.faces.report"), autoescape=True)
    return pages.get_template("history.html").render(
        told=told, words=words, picture=picture, headline=headline(told), sentence=sentence
    )


def headline(told: Told) -> str:
    """``127 sites, /: who newly refused or let in whom``."""
    sites = len(told.history.sites)
    key = "history_head_one" if sites == 1 else "history_head"
    return told.words[key].format(sites=sites, path=told.path)


def sentence(alike: Sequence[Change], told: Told) -> str:
    """``GPTBot, CCBot let in, after 2025-02-14 and by 2026-04: line 8 “Allow: /” of FILE``."""
    words, one = told.words, alike[0]
    tokens = ", ".join(each.token for each in alike)
    said = words[f"history_{one.now}"].format(token=tokens, after=one.before.day, by=one.after.day)
    rule = words["history_rule" if one.line else "history_no_rule"]
    said += " " + rule.format(line=one.line, text=one.text[:120], file=one.after.file)
    if one.doubts:
        said += " " + words["history_doubtful"]
    return said


FORMATS: dict[str, Callable[[Told], str]] = {
    "json": as_json,
    "csv": as_csv,
    "md": as_markdown,
    "html": as_html,
}
