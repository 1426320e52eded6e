"""A made-up ``withhold/verify/1`` in which every list holds something."""

from __future__ import annotations

import json
from typing import Any

from withhold.faces.report.bundle_verified import as_json
from withhold.traces.bundles.chained import TEXTS, ChainSeen
from withhold.traces.bundles.manifest import Asked, Chained, Manifest
from withhold.traces.bundles.misfit import Misfit
from withhold.traces.bundles.responses import WarcSeen
from withhold.traces.bundles.verify import Verified

_SEAL = "0" * 64


def verified() -> Any:
    """Of a bundle that was changed."""
    manifest = Manifest(
        version="0.1.0",
        made="2026-11-26",
        lang="en",
        asked=Asked(),
        not_in_it=(),
        with_others=False,
        withheld={"email": 1},
        chain=Chained(length=1, head=_SEAL),
        files=(),
    )
    misfit = Misfit(at=1, until=2, exact=True, why="one-octet", part="content", file="x", was="00")
    chain = ChainSeen(ok=True, length=1, head=_SEAL, texts=dict.fromkeys(TEXTS, 0))
    warc = WarcSeen(
        name="responses/x.warc.gz", records=1, fits=1, not_fits=0, not_looked_at=0, readable=True
    )
    found = Verified(
        size=2,
        manifest=manifest,
        seal=_SEAL,
        given=_SEAL,
        misfit=misfit,
        chain=chain,
        responses=(warc,),
    )
    return json.loads(as_json(found))
