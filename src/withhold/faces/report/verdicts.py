"""Verdicts written as JSON, Markdown, CSV, HTML, SARIF or Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from withhold.errors import MissingExtra
from withhold.faces.report.plain import cell, markdown
from withhold.faces.report.rows import Speaker, document, row
from withhold.faces.report.sarif import as_sarif
from withhold.verdict import Verdict

COLUMNS = (
    "platform",
    "site",
    "account",
    "actor",
    "use",
    "kinds",
    "audience",
    "where",
    "when",
    "answer",
    "strength",
    "headline",
    "open_since",
    "reasons",
    "steps",
    "rests_on",
    "last_checked",
    "stale",
)


def as_json(verdicts: Sequence[Verdict], when: date, speaker: Speaker, **more: Any) -> str:
    """``withhold/verdict/1``."""
    return json.dumps(document(verdicts, when, speaker, **more), ensure_ascii=False, indent=2)


def flat(verdict: Verdict, speaker: Speaker) -> dict[str, str]:
    """One verdict as one row of a table."""
    whole = row(verdict, speaker)
    content = whole["content"]
    return {
        "platform": content.get("platform", ""),
        "site": content.get("site", ""),
        "account": content.get("account", ""),
        "actor": verdict.actor,
        "use": verdict.use,
        "kinds": " ".join(verdict.kinds),
        "audience": " ".join(verdict.audience),
        "where": verdict.where,
        "when": str(verdict.when),
        "answer": verdict.answer,
        "strength": verdict.strength or "",
        "headline": whole["headline"],
        "open_since": whole["open"][0]["since"] or "" if whole["open"] else "",
        "reasons": " ".join(dict.fromkeys(one["code"] for one in whole["reasons"])),
        "steps": " ".join(one["control"] for one in whole["steps"]),
        "rests_on": " ".join(dict.fromkeys(one["rests_on"] for one in whole["reasons"])),
        "last_checked": min(
            (r["last_checked"] for r in whole["reasons"] if r["last_checked"]), default=""
        ),
        "stale": "yes" if verdict.stale else "no",
    }


def as_csv(verdicts: Sequence[Verdict], when: date, speaker: Speaker, **more: Any) -> str:
    """One row a verdict. A cell that a spreadsheet would take for a formula is quoted."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for one in verdicts:
        writer.writerow({key: cell(text) for key, text in flat(one, speaker).items()})
    return out.getvalue().rstrip("\n")


def as_markdown(verdicts: Sequence[Verdict], when: date, speaker: Speaker, **more: Any) -> str:
    """A heading per account or site, a line per verdict, its reasons and limits below."""
    lines = [f"# withhold · {when}", ""]
    if more.get("example"):
        lines += ["**EXAMPLE, NOT YOU**", ""]
    last = ""
    for verdict in verdicts:
        about = verdict.site or verdict.account or speaker.platform(verdict.platform)
        if about != last:
            lines += [f"## {markdown(about)} · {verdict.where}", ""]
            last = about
        name = speaker.name(verdict.actor)
        use = speaker.sentences.use[verdict.use]
        lines.append(f"- **{markdown(name)}**, {use}: {markdown(speaker.content(verdict))}: ")
        lines[-1] += f"**{verdict.answer}** ({markdown(speaker.headline(verdict))})"
        for reason in (*verdict.reasons, *verdict.limits):
            links = ", ".join(f"[{s.kind}, {s.seen}](<{s.url}>)" for s in reason.sources)
            said = markdown(speaker.sentences.say(reason))
            lines.append(f"  - {said}" + (f" ({links})" if links else ""))
    for one in more.get("conflicts", ()):
        if last != "conflicts":
            lines += ["", "## " + speaker.sentences.state["conflicts"], ""]
            last = "conflicts"
        lines.append(f"- `{one['code']}` {markdown(one['text'])}")
    return "\n".join(lines)


def as_html(verdicts: Sequence[Verdict], when: date, speaker: Speaker, **more: Any) -> str:
    """One self-contained page; needs no script and asks nobody for anything."""
    from jinja2 import Environment, PackageLoader

    pages = Environment(loader=PackageLoader("withhold.faces.report"), autoescape=True)
    return pages.get_template("verdicts.html").render(
        verdicts=[(one, row(one, speaker)) for one in verdicts],
        speaker=speaker,
        when=when,
        lang=speaker.sentences.lang,
        **more,
    )


def as_parquet(verdicts: Sequence[Verdict], when: date, speaker: Speaker, **more: Any) -> bytes:
    """The rows of the CSV as a Parquet file; needs the extra ``scale``."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as why:
        raise MissingExtra(
            "writing Parquet needs pyarrow", 'pip install "withhold[scale]"'
        ) from why
    rows = [_as_utf8(flat(one, speaker)) for one in verdicts]
    table = pa.table({key: pa.array([r[key] for r in rows], pa.string()) for key in COLUMNS})
    out = pa.BufferOutputStream()
    pq.write_table(table, out)
    return bytes(out.getvalue())


def _as_utf8(cells: dict[str, str]) -> dict[str, str]:
    """The name of a file need not be text, and what is none in it becomes a mark."""
    return {key: text.encode("utf-8", "replace").decode() for key, text in cells.items()}


FORMATS: dict[str, Callable[..., str | bytes]] = {
    "json": as_json,
    "html": as_html,
    "md": as_markdown,
    "sarif": as_sarif,
    "csv": as_csv,
    "parquet": as_parquet,
}
