"""What ``prove verify`` found, as lines and as JSON (``withhold/verify/1``)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from msgspec import to_builtins

from withhold.faces.report.bundle_words import Words, number_said, withheld_said
from withhold.faces.report.plain import printable
from withhold.traces.bundles.misfit import Misfit
from withhold.traces.bundles.verify import SCHEMA, Verified


def lines(name: str, found: Verified, words: Words) -> Iterator[str]:
    """For a person: first whether it fits, then what that means."""
    yield words["verify_ok" if found.misfit is None else "verify_bad"].format(
        n=len(found.manifest.files) + 3 if found.manifest else 0,
        size=number_said(found.size, words),
    )
    if found.misfit:
        yield from _misfit(found.misfit, words)
    if found.seal:
        yield words["verify_seal"].format(seal=found.seal)
    if found.given:
        fits = "verify_seal_same" if found.seal_fits else "verify_seal_other"
        yield words[fits].format(given=found.given)
    if found.misfit:
        return
    chain = found.chain
    if chain and chain.ok:
        here = chain.texts.get("here", 0)
        yield words["verify_chain"].format(n=chain.length, here=here, head=chain.head)
    elif chain:
        why = words[f"chain_{chain.why}"]
        yield words["verify_chain_bad"].format(n=chain.broken_at, why=why)
    for one in found.responses:
        line = words["verify_warc" if one.ok else "verify_warc_bad"]
        yield printable(
            line.format(
                file=one.name,
                records=one.records,
                fits=one.fits,
                not_fits=one.not_fits,
                not_looked_at=one.not_looked_at,
            )
        )
        if not one.readable:
            yield printable(words["verify_warc_cut"].format(file=one.name))
    if found.manifest and found.manifest.withheld:
        taken = withheld_said(_known(found.manifest.withheld, words), words)
        yield words["verify_withheld"].format(what=printable(taken))
    yield words["verify_cannot"]
    if not found.given:
        yield words["verify_seal_none"]


def _known(counts: dict[str, int], words: Words) -> dict[str, int]:
    """A bundle of anybody's may count anything."""
    return {kind: n for kind, n in counts.items() if f"kind_{kind}" in words}


def _misfit(one: Misfit, words: Words) -> Iterator[str]:
    place = words["misfit_exact" if one.exact else "misfit_range"]
    yield place.format(at=one.at, last=one.until - 1)
    where = f"in_{one.part}"
    if not one.exact:
        where = "in_content_range" if one.part == "content" else "in_header_range"
    yield printable(words[where].format(in_file=one.in_file, name=one.file))
    yield words[f"why_{one.why}"].format(was=f"0x{one.was}", n=one.until - one.at)


def as_json(found: Verified) -> str:
    """``withhold/verify/1``."""
    manifest = found.manifest
    body: dict[str, Any] = {
        "schema": SCHEMA,
        "verifies": found.ok,
        "size": found.size,
        "files": len(manifest.files) + 3 if manifest else None,
        "seal": found.seal or None,
        "given": found.given or None,
        "seal_fits": found.seal_fits if found.given else None,
        "misfit": to_builtins(found.misfit) if found.misfit else None,
        "chain": to_builtins(found.chain) if found.chain else None,
        "responses": [to_builtins(one) for one in found.responses],
        "made": manifest.made if manifest else None,
        "version": manifest.version if manifest else None,
        "withheld": [
            {"kind": kind, "count": n}
            for kind, n in (manifest.withheld if manifest else {}).items()
        ],
    }
    return json.dumps(body, indent=2)  # of anybody's: nothing but ASCII
