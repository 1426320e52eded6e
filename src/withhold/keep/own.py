"""What the owner has: settings, accounts with the history of their audience, sites."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from typing import Any

import msgspec

from withhold.errors import NotFound
from withhold.keep.opened import Opened
from withhold.keep.trouble import damaged
from withhold.keep.watched import NAMES as WATCHED
from withhold.keep.watched import Watched
from withhold.words import Account, Audience, Site

_COLUMNS = "platform, name, kind, audience, plan, lang, since, adult"
_FIELDS = tuple(_COLUMNS.split(", "))


class Own:
    """The owner's settings, accounts and sites."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    # Settings: place, lang, menu_lang, adult ... as text -----------------------------------------

    def settings(self) -> dict[str, str]:
        """All that was set, by name; what ``watch`` keeps beside it was not set by anybody."""
        return dict(
            self._opened.rows(
                "SELECT name, value FROM setting WHERE NOT (name >= ? AND name < ?) ORDER BY name",
                *WATCHED,
            )
        )

    def setting(self, name: str, default: str = "") -> str:
        """One setting, or the default where it was never set."""
        return self.settings().get(name, default)

    def set(self, name: str, value: str) -> None:
        """Sets or replaces one setting."""
        with self._opened.writing() as tables:
            tables.table("setting").upsert({"name": name, "value": value}, pk="name")

    # Accounts -------------------------------------------------------------------------------------

    def accounts(self) -> list[Account]:
        """All accounts, by platform and name."""
        rows = self._opened.rows(f"SELECT {_COLUMNS} FROM account ORDER BY platform, name")  # noqa: S608 - a constant
        return [self._account(row) for row in rows]

    def add_account(
        self, account: Account, now: datetime, audience_since: date | None = None
    ) -> None:
        """Adds an account, or replaces the one of the same platform and name.

        ``audience_since`` is the day from which it has its audience; where it is not given, a
        changed audience counts from today. What was said of that day or later is replaced.
        """
        row: dict[str, Any] = msgspec.to_builtins(account)
        with self._opened.writing() as tables:
            tables.table("account").upsert(
                {"key": account.key, **row, "adult": int(account.adult)}, pk="key"
            )
            history = self.audience_history(account.key)
            if history and history[-1][1] == account.audience and audience_since is None:
                return
            since = audience_since or now.date()
            before = [one for one in history if one[0] < since]
            if before and before[-1][1] == account.audience:
                if audience_since is None:  # what was said today is taken back: it goes on
                    since = before[-1][0]
                before.pop()  # the same state, dated anew
            tables.table("audience_change").delete_where("account = ?", [account.key])
            tables.table("audience_change").insert_all(
                {"account": account.key, "audience": audience, "on": on.isoformat()}
                for on, audience in [*before, (since, account.audience)]
            )

    def remove_account(self, key: str) -> None:
        """Removes an account and the history of its audience. Raises NotFound."""
        with self._opened.writing() as tables:
            self._must_have("account", "key", key)
            tables.table("account").delete(key)
            Watched(self._opened).forget(key)

    def audience_history(self, key: str) -> list[tuple[date, Audience]]:
        """Since when it had which audience, oldest first; nothing is known of the time before."""
        rows = self._opened.rows(
            'SELECT "on", audience FROM audience_change WHERE account = ? ORDER BY "on"', key
        )
        try:
            return msgspec.convert(rows, list[tuple[date, Audience]])
        except msgspec.ValidationError as why:
            raise damaged(self._opened.path, f"audience of {key}: {why}") from why

    def public_until(self, key: str) -> date | None:
        """The day the account last stopped being public; None = it is public, or never was."""
        history = self.audience_history(key)
        if not history or history[-1][1] == "public":
            return None
        ends = [after[0] for before, after in pairwise(history) if before[1] == "public"]
        return ends[-1] if ends else None

    # Sites ----------------------------------------------------------------------------------------

    def sites(self) -> list[Site]:
        """All sites, by address."""
        rows = self._opened.rows("SELECT url, folder FROM site ORDER BY url")
        return [Site(url=url, folder=folder) for url, folder in rows]

    def add_site(self, url: str, folder: str = "") -> None:
        """Adds a site, or replaces the folder of one that is there."""
        with self._opened.writing() as tables:
            tables.table("site").upsert({"url": url, "folder": folder}, pk="url")

    def remove_site(self, url: str) -> None:
        """Removes a site. Raises NotFound."""
        with self._opened.writing() as tables:
            self._must_have("site", "url", url)
            tables.table("site").delete(url)
            for one in (url, f"{url} (served)"):
                Watched(self._opened).forget(one)

    def _account(self, row: tuple[Any, ...]) -> Account:
        fields = dict(zip(_FIELDS, row, strict=True))
        try:
            return msgspec.convert({**fields, "adult": bool(fields["adult"])}, Account)
        except msgspec.ValidationError as why:
            raise damaged(self._opened.path, f"account {fields['platform']}: {why}") from why

    def _must_have(self, table: str, column: str, value: str) -> None:
        if not self._opened.rows(f"SELECT 1 FROM {table} WHERE {column} = ?", value):  # noqa: S608 - constants
            raise NotFound(f"no {table} {value} in your store", "withhold own list shows yours")
