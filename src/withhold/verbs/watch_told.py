"""watch: what the last look told, kept as it was told, so that it can be read again on a page.

It goes with the next look, and with anything of it that is forgotten.
"""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec import Struct

from withhold.keep import Store
from withhold.verbs.watch import Round
from withhold.verbs.watch_documents import Documents


class LastTold(Struct, frozen=True, kw_only=True):
    """One look as ``watch.save`` kept it; ``round`` and ``documents`` without their ``keeps``."""

    at: datetime
    round: Round
    documents: Documents | None = None
    fetched: bool = False
    """Whether servers were asked: for sites or policies."""


def last_told(store: Store) -> LastTold | None:
    """What the last look told; None where nothing is kept, or another version kept it."""
    try:
        return msgspec.json.decode(store.watched.told(), type=LastTold)
    except msgspec.DecodeError:
        return None
