"""``withhold.decide``: which records of a data set nobody refused; who refused the others.

Pure but for reading the knowledge of this installation, once; it never fetches anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from withhold.catalog.load import Knowledge, load
from withhold.errors import BadInput
from withhold.site_facts import Crawler
from withhold.traces.deciding import rows
from withhold.traces.deciding.asking import Asking, asking
from withhold.traces.deciding.decider import Decider
from withhold.traces.deciding.heard import Heard
from withhold.traces.deciding.record import Now

if TYPE_CHECKING:
    import pyarrow


def decide(
    batch: pyarrow.RecordBatch,
    *,
    use: str = "train-ai",
    token: str = "",
    honour: str = "any-training-refusal",
    unknown: str = "",
    when: Any = None,
    columns: Mapping[str, str] | None = None,
    crawlers: Mapping[str, Crawler] | None = None,
    kind: str = "page",
    bodies: Mapping[str, bytes] | None = None,
    current: Mapping[str, bytes] | None = None,
) -> pyarrow.RecordBatch:
    """The batch with ``withhold_keep``, ``_answer``, ``_reason`` and ``_policy`` behind its own.

    ``unknown`` must be said: ``drop`` or ``keep``. ``token`` is the name that the data set's
    fetcher goes by in robots.txt, ``columns`` maps the names that are taken (``columns.NAMES``) to
    those of the batch, ``crawlers`` replaces the tokens of knowledge, ``bodies`` is what each
    ``robots_hash`` stands for, ``current`` the robots.txt of now by host. Reasons: ``answers``.
    Raises BadInput for a question that cannot be asked and for missing columns; MissingExtra
    without pyarrow.
    """
    pa = rows.arrow()
    if not isinstance(batch, pa.RecordBatch):
        raise BadInput(f"{type(batch).__name__}: no record batch", "of a table: table.to_batches()")
    asked = asking(use=use, token=token, honour=honour, unknown=unknown, when=when, kind=kind)
    named = tuple(sorted((columns or {}).items()))
    if bodies is None and current is None:
        return _ready(asked, named, crawlers).decide(batch)
    now = {host.lower(): Now(body) for host, body in (current or {}).items()}
    table = None if bodies is None else {one.lower(): body for one, body in bodies.items()}
    heard = _ready(asked, named, crawlers).heard
    return Decider(heard, dict(named), table, now).decide(batch)


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """Actors, signals and product tokens; of platforms nothing is asked here."""
    return load(platforms=())


def _ready(
    asked: Asking, named: tuple[tuple[str, str], ...], crawlers: Mapping[str, Crawler] | None
) -> Decider:
    """What answers, made once for all batches of a question."""
    if crawlers is None:
        return _usual(asked, named)
    known = _given[-1:] and _given[-1][:3] == (asked, named, crawlers)
    if not known:  # tokens cannot be hashed, so the last ones are compared
        told = msgspec.structs.replace(knowledge(), crawlers=dict(crawlers))
        _given[:] = [(asked, named, dict(crawlers), Decider(Heard(asked, told), dict(named)))]
    return _given[-1][3]


_given: list[tuple[Asking, tuple[tuple[str, str], ...], Mapping[str, Crawler], Decider]] = []


@lru_cache(maxsize=4)
def _usual(asked: Asking, named: tuple[tuple[str, str], ...]) -> Decider:
    return Decider(Heard(asked, knowledge()), dict(named))
