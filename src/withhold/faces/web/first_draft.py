"""The first run as far as it is answered: what was typed, what of it cannot be used, what it means.

It travels from screen to screen as it was typed (``desk.put_by``); nothing of it is stored before
the last one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from withhold.errors import BadInput
from withhold.faces.cli.setting import plain_name
from withhold.faces.cli.start import AUDIENCES, KINDS
from withhold.faces.own_said import one_of, place_named, places_named, site_said
from withhold.faces.report.plain import printable
from withhold.faces.web.views import Ask
from withhold.verbs.begin import Begun, accounts_named, has_named_parts
from withhold.words import LANGS, Account, Site

STEPS = ("1", "2", "3")
ALIKE = ""
"""Of one account: as for all of them."""
NAME_AT_MOST = 200
_OWN_FIELDS = {
    "1": ("place", "lang", "minor"),
    "2": ("platforms", "sites"),
    "3": ("audience", "kind"),
}
_PREFIXES = {"1": (), "2": ("blogs:",), "3": ("name:", "audience:", "kind:")}


class Row(Struct, frozen=True, kw_only=True):
    """One account on the last screen; ``asks_name`` where it was not named before."""

    key: str
    platform: str
    name: str
    asks_name: bool


class Draft:
    """What was typed so far."""

    def __init__(self, ask: Ask, fields: Mapping[str, str]) -> None:
        self.ask, self.fields = ask, dict(fields)
        self.known = ask.desk.knowledge.platforms

    def said(self, name: str, default: str = "") -> str:
        """A field as it was typed."""
        return self.fields.get(name, default)

    def with_form(self, step: str) -> Draft:
        """With what one screen said; what it did not say again is not said any more."""
        own, prefixes = _OWN_FIELDS[step], _PREFIXES[step]
        kept = {
            name: value
            for name, value in self.fields.items()
            if name not in own and not name.startswith(prefixes or ("\0",))
        }
        form = self.ask.form
        said = {name: " ".join(form[name]) for name in form if name == "platforms"}
        said |= {
            name: form[name][-1].strip()
            for name in form
            if name != "platforms" and (name in own or name.startswith(prefixes or ("\0",)))
        }
        return Draft(self.ask, kept | said)

    # What it means --------------------------------------------------------------------------------

    @property
    def chosen(self) -> list[str]:
        """The platforms ticked, and those of which a blog was named."""
        ticked = self.said("platforms").split()
        return [one for one in self.known if one in ticked or self.names(one)]

    def names(self, slug: str) -> list[str]:
        """The blogs or sites of one platform, by name."""
        said = self.said(f"blogs:{slug}").replace(",", "\n").split("\n")
        return list(filter(None, (one.strip() for one in said)))

    @property
    def sites(self) -> list[str]:
        """The addresses of sites, as typed."""
        return self.said("sites").replace(",", " ").split()

    @property
    def rows(self) -> list[Row]:
        """The accounts that were named until now."""
        named = {slug: self.names(slug) for slug in self.chosen}
        return [
            Row(
                key=one.key,
                platform=one.platform,
                name=one.name,
                asks_name=not has_named_parts(self.known[one.platform]),
            )
            for one in accounts_named(self.chosen, named)
        ]

    def accounts(self) -> list[Account]:
        """The accounts with their audience and kind; raises BadInput."""
        minor = bool(self.said("minor"))
        found = {}
        for row in self.rows:
            kind = "minor" if minor else self.of(row, "kind", KINDS)
            one = Account(
                platform=row.platform,
                name=plain_name(row.name or self.said(f"name:{row.key}")),
                kind=kind,  # type: ignore[arg-type]
                audience=self.of(row, "audience", AUDIENCES),  # type: ignore[arg-type]
                adult=not minor,
            )
            found[one.key] = one
        return list(found.values())

    def of(self, row: Row, what: str, known: Sequence[str]) -> str:
        """What was said of one account, else what was said for all."""
        return one_of(self.said(f"{what}:{row.key}") or self.said(what, known[0]), known, what)

    def begun(self) -> Begun:
        """All of it, to be written down; raises BadInput.

        What these screens do not ask for stays as it was said elsewhere.
        """
        owner = self.ask.setting.owner
        there = {one.key: one for one in owner.accounts}
        folders = {one.url: one.folder for one in owner.sites}
        return Begun(
            place=place_named(self.ask.setting.places, self.said("place")),
            lang=one_of(self.said("lang", self.ask.setting.lang), LANGS, "language"),
            accounts=tuple(
                replace(
                    there.get(one.key, one), kind=one.kind, audience=one.audience, adult=one.adult
                )
                for one in self.accounts()
            ),
            sites=tuple(
                Site(url=one, folder=folders.get(one, ""))
                for one in dict.fromkeys(map(site_said, self.sites))
            ),
        )

    # What of it cannot be used --------------------------------------------------------------------

    def wrong(self, step: str, w: Mapping[str, str]) -> dict[str, str]:
        """By field: why it cannot be used, and what to do; of one screen."""
        return {"1": self._place_wrong, "2": self._platforms_wrong, "3": self._rows_wrong}[step](w)

    def first_wrong(self, w: Mapping[str, str]) -> str:
        """The first screen that something is wrong on; empty = none."""
        return next((one for one in STEPS if self.wrong(one, w)), "")

    def _place_wrong(self, w: Mapping[str, str]) -> dict[str, str]:
        wrong = place_wrong(self.ask, self.said("place"), w)
        return {"place": wrong} if wrong else {}

    def _platforms_wrong(self, w: Mapping[str, str]) -> dict[str, str]:
        found: dict[str, str] = {}
        if not self.chosen and not self.sites:
            found["platforms"] = w["platforms_missing"]
        for slug in self.chosen:
            wrong = [why for one in self.names(slug) if (why := name_wrong(one, w))]
            if wrong:
                found[f"blogs:{slug}"] = wrong[0]
        for one in self.sites:
            try:
                site_said(one)
            except BadInput:
                found["sites"] = w["site_wrong"].format(said=printable(one))
                break
        return found

    def _rows_wrong(self, w: Mapping[str, str]) -> dict[str, str]:
        found = {
            f"name:{row.key}": why
            for row in self.rows
            if (why := name_wrong(self.said(f"name:{row.key}"), w))
        }
        if self.said("audience") not in AUDIENCES:
            found["audience"] = w["audience_missing"]
        if found:
            return found
        try:
            self.accounts()
        except BadInput:  # no choice of this form says so
            return {"audience": w["look_again"]}
        return {}


def place_wrong(ask: Ask, said: str, w: Mapping[str, str]) -> str:
    """Why no place is named by what was typed; empty where one is."""
    if not said:
        return w["place_missing"]
    found = places_named(ask.setting.places, said)
    if len(found) == 1:
        return ""
    edition = ask.desk.edition(ask.setting.lang, ask.setting.when)
    if found:
        named = ", ".join(f"{edition.place(one)} ({one})" for one in found)
        return w["place_several"].format(places=named)
    return w["place_unknown"].format(said=printable(said))


def name_wrong(said: str, w: Mapping[str, str]) -> str:
    """Why this is no name of an account; empty where it is."""
    if len(said) > NAME_AT_MOST:
        return w["name_long"].format(n=NAME_AT_MOST)
    return w["name_wrong"] if said != printable(said) else ""
