"""own: who could see the posts of a time, by the owner's word, where their archive has none."""

from __future__ import annotations

from datetime import date

from withhold.catalog import find
from withhold.errors import BadInput
from withhold.keep import Store
from withhold.keep.said_audiences import SaidAudience
from withhold.words import Audience


def say_audience(
    store: Store,
    account: str,
    audience: Audience,
    on: date,
    since: date | None = None,
    until: date | None = None,
) -> None:
    """Notes it, of the days ``[since, until)``; ``unknown`` takes back what was said.

    Raises BadInput where no day lies between, NotFound where it is no account with posts.
    """
    if since and until and until <= since:
        raise BadInput(
            f"--from {since} --until {until}: no day lies between",
            "--until is the day after the last",
        )
    known = sorted({one.key for one in store.own.accounts()} | set(store.posts.counts()))
    if account not in known:
        raise find.not_found("account", account, known, "withhold own list shows yours")
    store.posts.said_audiences.say(
        SaidAudience(account=account, audience=audience, on=on, since=since, until=until)
    )
