"""Evidence: the chain, what was seen and the files that show it, what sites answered."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from msgspec import Struct

from withhold.errors import WithholdError
from withhold.faces.web import evidence_files, evidence_forget, evidence_one
from withhold.faces.web.evidence_known import (
    KINDS,
    PART,
    Chain,
    Item,
    chain,
    control_name,
    items,
    recorded_said,
    value_said,
    verified,
    words,
)
from withhold.faces.web.jobs import Job
from withhold.faces.web.views import Ask, Go, Page, Route

A_PAGE = 50


class Shown(Struct, frozen=True, kw_only=True):
    """One observation in a list. ``file``: digest of what shows it; ``there``: it is on disk."""

    item: Item
    name: str
    value: str
    account: str
    recorded: str
    digest: str
    file: str
    there: bool


def show(ask: Ask) -> Page:
    """The chain, then what was seen, page by page."""
    w = words(ask)
    link = chain(ask)
    found: Sequence[Item] = ()
    trouble = ""
    try:
        found = items(ask)
    except WithholdError as why:
        trouble = why.message
    account, kind = ask.query.get("account", ""), ask.query.get("kind", "")
    fit = [
        one
        for one in found
        if (not account or one.seen.account == account) and (not kind or one.kind == kind)
    ]
    pages = max(1, -(-len(fit) // A_PAGE))
    asked = ask.query.get("page", "1")
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 10
    number = min(max(int(asked) if is_number else 1, 1), pages)
    start = (number - 1) * A_PAGE
    return Page(
        template="evidence.html",
        title=w["title"],
        part=PART,
        command="withhold doctor",
        refresh=2 if link.counting else 0,
        values={
            "p": w,
            "chain": link,
            "trouble": trouble,
            "total": len(found),
            "fit": len(fit),
            "shown": _shown(ask, fit[start : start + A_PAGE]),
            "first": start + 1,
            "number": number,
            "pages": pages,
            "account": account,
            "kind": kind,
            "accounts": sorted({one.seen.account for one in found if one.seen.account}),
            "kinds": [one for one in KINDS if any(each.kind == one for each in found)],
            "kept": evidence_files.kept(ask),
            "backup": shlex.quote(str(ask.desk.home)),
        },
        covers_not=(w["not_true"], w["not_rewritten"], w["not_complete"]),
    )


def _shown(ask: Ask, these: Sequence[Item]) -> list[Shown]:
    if not these:
        return []
    with ask.desk.reading() as store:
        written = store.observations.written(one.seen.id for one in these)
        there = {one.seen.evidence for one in these if store.evidence.there(one.seen.evidence)}
    w = words(ask)
    return [
        Shown(
            item=one,
            name=control_name(ask, one.seen),
            value=value_said(one.seen, w),
            account=one.seen.account,
            recorded=recorded_said(written.get(one.seen.id, ("", ""))[0]),
            digest=written.get(one.seen.id, ("", ""))[1],
            file=one.seen.evidence,
            there=bool(one.seen.evidence) and one.seen.evidence in there,
        )
        for one in these
    ]


def verify(ask: Ask) -> Go:
    """Verifies the chain and the files, link by link: a job."""
    w = words(ask)

    def work(job: Job) -> Sequence[str]:
        job.told(0, 2, w["verify_chain"])
        report = verified(ask)
        said = [chain_said(Chain(length=report.length, report=report), w)]
        job.told(1, 2, w["verify_files"])
        with ask.desk.reading() as store:
            faults = [*store.evidence.faults(), *store.responses.faults()]
        files = [_fault_said(one, w) for one in faults] or [w["files_hold"]]
        return [*said, *files]

    if not ask.desk.exists():
        return Go(to="/evidence", said=w["nothing"])
    job = ask.desk.jobs.start("evidence", w["verify_title"], work, "/evidence")
    return Go(to=f"/job?id={job.id}")


def _fault_said(fault: str, w: dict[str, str]) -> str:
    """``evidence/... is gone`` in the language of the page."""
    for ending, name in ((" is gone", "fault_gone"), (" was changed", "fault_changed")):
        if fault.endswith(ending):
            return w[name].format(name=fault.removesuffix(ending))
    return fault


def chain_said(link: Chain, w: dict[str, str]) -> str:
    """Whether it holds, in one sentence."""
    report = link.report
    if report is None:
        return w["not_verified"]
    if not report.ok:
        return w["broken"].format(n=report.broken_at, why=w.get(f"why_{report.why}", report.why))
    return w["holds_one" if report.length == 1 else "holds"].format(n=report.length)


ROUTES = (
    Route(path="/evidence", get=show),
    Route(path="/evidence/verify", post=verify),
    *evidence_one.ROUTES,
    *evidence_files.ROUTES,
    *evidence_forget.ROUTES,
)
