"""Made-up documents in which every list holds something, written by the code that writes real ones;
``generate.py`` reads from them which fields there are."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from withhold.faces.report import histories, many_sites
from withhold.traces.dated_files import DatedFile, Gap
from withhold.traces.history import Change, History, SiteHistory, Tally
from withhold.verbs.kept import Evidence, KeptFile
from withhold.verbs.many_sites import Row, SiteRows, Summary

SITE = "https://example.org"
EVIDENCE = Evidence(folder="", files=(KeptFile(path="", sha256="", size=0),))


def sites(day: date) -> Any:
    """``withhold/sites/1``, of one site and one company."""
    row = Row(
        site=SITE, actor="example", use="train-ai", answer="unknown", strength="", line=1, on=""
    )
    question = {"when": str(day), "where": "DE", "path": "/", "mode": "rfc", "actor": ""}
    out, summary = io.BytesIO(), Summary()
    writer = many_sites.AsJson(out, question)
    writer.rows([row])
    summary.add(SiteRows(site=SITE, rows=(row,), trouble="unreachable", detail="dns"))
    summary.evidence = EVIDENCE
    writer.end(summary)
    return json.loads(out.getvalue())


def history(day: date, words: Mapping[str, str]) -> Any:
    """``withhold/history/1``, of one site with one change, one doubt and one gap."""
    file = DatedFile(site=SITE, on=day, day=str(day), file="a.txt", url=SITE)
    gap = Gap(why="no-file", site=SITE, day=str(day), file="b.txt")
    change = Change(
        site=SITE,
        token="ExampleBot",
        now="refused",
        before=file,
        after=file,
        line=1,
        text="",
        doubts=("no-rules",),
        lasting=True,
    )
    tally = Tally(
        token="ExampleBot",
        sites=1,
        refused_first=0,
        refused_last=1,
        refused=1,
        let_in=0,
        changes=1,
        doubtful=1,
    )
    of_site = SiteHistory(
        site=SITE,
        files=2,
        first=str(day),
        last=str(day),
        refused_first=(),
        refused_last=("ExampleBot",),
        changes=(change,),
        doubtful=((file, ("no-rules",), (SITE,)),),
        gaps=(gap,),
    )
    found = History(
        tokens=("ExampleBot",), sites=(of_site,), sums=(tally,), rounds=(str(day),), gaps=(gap,)
    )
    told = histories.Told(
        history=found,
        path="/",
        mode="rfc",
        since=day,
        operators={"ExampleBot": "example"},
        words=words,
    )
    return json.loads(histories.as_json(told))
