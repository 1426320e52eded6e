"""import: what the owner's store and the knowledge say to an import, put together for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import withhold
from withhold.catalog.load import Knowledge
from withhold.keep import Store
from withhold.verbs.archive_owner import Choose, Filing
from withhold.verbs.import_archive import Asking, handles_of
from withhold.verbs.record import closes_account
from withhold.words import Account


def filing(
    knowledge: Knowledge,
    store: Store | None,
    named: Mapping[str, str],
    choose: Choose | None = None,
    more: tuple[Account, ...] = (),
) -> Filing:
    """Where posts are filed: the owner's accounts (and ``more``), and how archives named them."""
    return Filing(
        [*(store.own.accounts() if store else ()), *more],
        knowledge.platforms,
        named,
        choose,
        handles_of(store.posts.archives()) if store else {},
    )


def asking(
    knowledge: Knowledge,
    store: Store | None,
    today: date,
    *,
    on: date | None = None,
    others: bool = False,
    dry: bool = False,
) -> Asking:
    """What the import needs beside the archive."""
    of = [
        (f"{slug}/{it.id}", it, one)
        for slug, one in knowledge.platforms.items()
        for it in one.control
    ]
    return Asking(
        today=today,
        reader=f"withhold {withhold.__version__}",
        controls={ref for ref, _, _ in of},
        audience_controls={ref for ref, it, one in of if closes_account(it, one)},
        on=on,
        others=others,
        dry=dry,
        seen=tuple(store.observations.all()) if store else (),
    )
