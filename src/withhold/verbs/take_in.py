"""take in: what the guide's checklist says, written down. Nothing that is there is overwritten.

``understand_all`` asks what a checklist means for this owner and writes nothing; ``take_in``
writes that down. The same file taken in twice adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from withhold.asked import REQUESTS
from withhold.catalog.load import Knowledge
from withhold.errors import NotFound
from withhold.exports.checklist import Checklist, NotUnderstood, Tick, in_one_line
from withhold.facts import Control
from withhold.keep import Store
from withhold.verbs.owner import Owner
from withhold.verbs.record import ANSWERS, Said, record, understand
from withhold.words import LANGS, Account, Observation

SWITCHED = ("on", "off")


class NamedSetting(Struct, frozen=True, kw_only=True):
    """The place or language that a checklist names, beside the one that is stored."""

    name: str
    said: str
    stored: str = ""
    """Empty = there was none, and what the checklist says is set."""


class Added(Struct, frozen=True, kw_only=True):
    """An account that was not there, and since when it has its audience."""

    account: Account
    since: date


class Understood(Struct, frozen=True, kw_only=True):
    """What a checklist means for an owner; after ``take_in`` the observations have their ids."""

    settings: tuple[NamedSetting, ...] = ()
    added: tuple[Added, ...] = ()
    kept: tuple[Account, ...] = ()
    said: tuple[Said, ...] = ()
    already: tuple[Observation, ...] = ()
    """What the owner has recorded before, as it is stored."""
    audience_kept: tuple[Account, ...] = ()
    """After ``take_in``: the owner said something newer of their audience than the step did."""
    renamed: dict[str, str] = {}
    """A platform as the file calls it -> its id today."""
    not_understood: tuple[NotUnderstood, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether anything at all was understood."""
        return bool(self.settings or self.added or self.kept or self.said or self.already)


def understand_all(
    checklist: Checklist, owner: Owner, knowledge: Knowledge, today: date
) -> Understood:
    """What a checklist means for this owner; every entry is in the answer, none is lost."""
    return _Reading(checklist, owner, knowledge, today).understood()


def take_in(understood: Understood, store: Store, now: datetime) -> Understood:
    """Writes it down, all or nothing: settings, accounts, then steps in the order of their days."""
    done: list[Said] = []
    left: list[Account] = []
    with store.together():
        for one in understood.settings:
            if not one.stored:
                store.own.set(one.name, one.said)
        for new in understood.added:
            store.own.add_account(new.account, now, new.since)
        for said in understood.said:
            written, kept = _record(store, said, now)
            done.append(replace(said, observation=written))
            left += kept
    return replace(understood, said=tuple(done), audience_kept=tuple(left))


def after(owner: Owner, understood: Understood) -> Owner:
    """The owner once it is taken in: what the next checklist of a call is read for."""
    settings = {one.name: one.said for one in understood.settings if not one.stored}
    return replace(
        owner,
        place=settings.get("place", owner.place),
        lang=settings.get("lang", owner.lang),
        accounts=(*owner.accounts, *(one.account for one in understood.added)),
        seen=(*owner.seen, *(one.observation for one in understood.said)),
    )


def _record(store: Store, said: Said, now: datetime) -> tuple[Observation, list[Account]]:
    """Writes one step down; an account whose audience has a newer word of the owner keeps it."""
    on, own = said.observation.on, {one.key: one for one in store.own.accounts()}
    account = own.get(said.account.key)
    if not (said.closes_account or said.other_half) or account is None:
        return record(store, said, now), []
    history = store.own.audience_history(account.key)
    newer = [audience for day, audience in history if day > on and audience != "unknown"]
    if newer or account.audience == said.control.want:
        kept = [account] if account.audience != said.control.want else []
        return store.observations.record(said.observation, now), kept
    return record(store, said, now), []


class _Refused(Exception):
    """An entry that cannot be used; becomes a NotUnderstood at once."""

    def __init__(self, at: str, why: str, **facts: object) -> None:
        super().__init__(why)
        self.at, self.why, self.facts = at, why, facts


class _Reading:
    """Goes through one checklist and remembers what could not be used."""

    def __init__(
        self, checklist: Checklist, owner: Owner, knowledge: Knowledge, today: date
    ) -> None:
        self._list, self._owner, self._known, self._today = checklist, owner, knowledge, today
        self._refused: list[NotUnderstood] = []
        self._renamed: dict[str, str] = {}
        self._slugs = {one: one for one in knowledge.platforms}
        for slug, platform in knowledge.platforms.items():
            for alias in platform.aliases:
                self._slugs.setdefault(alias.lower(), slug)

    def understood(self) -> Understood:
        """The whole of it."""
        for name, day in (("guide", self._list.guide), ("saved", self._list.saved)):
            if day and day > self._today:
                self._refuse(f"/{name}", "future", date=day, today=self._today)
        settings = tuple(self._settings())
        added, kept = self._accounts()
        own = {one.key: one for one in (*self._owner.accounts, *added)}
        already, new = self._compared(self._steps(own))
        return Understood(
            settings=settings,
            added=tuple(Added(account=one, since=self._since(one, new)) for one in added),
            kept=tuple(kept),
            said=tuple(sorted(new, key=lambda one: one.observation.on)),
            already=tuple(already),
            renamed=self._renamed,
            not_understood=(*self._list.not_understood, *self._refused),
        )

    def _settings(self) -> Iterable[NamedSetting]:
        place, lang = self._list.place, self._list.lang
        code = self._known.places.code(place)
        if place and not code:
            self._refuse("/place", "unknown-place", place=place)
        if lang and lang not in LANGS:
            self._refuse("/lang", "not-one-of", choices=", ".join(LANGS))
            lang = ""
        for name, said, stored in (
            ("place", code, self._owner.place),
            ("lang", lang, self._owner.lang),
        ):
            if said:
                yield NamedSetting(name=name, said=said, stored=stored)

    def _accounts(self) -> tuple[list[Account], list[Account]]:
        """The accounts to add, and those that are there and stay as they are."""
        known = {one.key: one for one in self._owner.accounts}
        added: dict[str, Account] = {}
        kept: dict[str, Account] = {}
        paths: dict[str, str] = {}
        for one in self._list.accounts:
            try:
                slug = self._slug(one.platform, "/platform")
            except _Refused as no:
                self._refuse(one.path + no.at, no.why, **no.facts)
                continue
            account = Account(
                platform=slug,
                name=one.name,
                kind=self._list.kind,
                audience=self._list.audience,
                lang=self._list.menu_lang,
                adult=self._list.kind != "minor",
            )
            if account.key in paths:
                self._refuse(one.path, "twice", first=paths[account.key])
                continue
            paths[account.key] = one.path
            if account.key in known:
                kept[account.key] = known[account.key]
            else:
                added[account.key] = account
        return list(added.values()), list(kept.values())

    def _slug(self, said: str, at: str) -> str:
        """A platform's id for its id, an alias or a slug no longer used; raises _Refused."""
        word = said.strip().lower()
        slug = self._slugs.get(self._known.retired.get(word, word), "")
        if not slug:
            raise _Refused(at, "unknown-platform", platform=said)
        if slug != word:
            self._renamed[word] = slug
        return slug

    def _steps(self, own: dict[str, Account]) -> list[tuple[Tick, Said]]:
        """The ticks that name a step of an account, in a state that the step can have."""
        found = []
        for tick in self._list.ticks:
            try:
                found.append((tick, self._step(tick, own)))
            except _Refused as no:
                self._refuse(tick.path + no.at, no.why, **no.facts)
        return found

    def _step(self, tick: Tick, own: dict[str, Account]) -> Said:
        """What a tick says, of its account alone; raises _Refused."""
        if tick.on > self._today:
            raise _Refused("/on", "future", date=tick.on, today=self._today)
        ref, _, wanted = tick.step.partition("@")
        platform, _, control = ref.partition("/")
        holder, _, name = tick.account.partition(":")
        slug = self._slug(platform, "/step")
        if self._slug(holder, "/account") != slug or wanted not in ("", name):
            raise _Refused("", "account-unclear", step=tick.step, account=tick.account)
        account = own.get(f"{slug}:{name}" if name else slug)
        if account is None:
            raise _Refused("/account", "account-not-listed", account=tick.account)
        try:
            said = understand(f"{slug}/{control}", (account,), self._known, tick.on)
        except NotFound:
            raise _Refused("/step", "unknown-step", step=tick.step) from None
        states = _states(said.control)
        if tick.value not in states:
            raise _Refused("/value", "not-one-of", choices=", ".join(states))
        return replace(said, observation=replace(said.observation, value=tick.value))

    def _compared(self, found: list[tuple[Tick, Said]]) -> tuple[list[Observation], list[Said]]:
        """What was recorded before and what is new, without what contradicts itself."""
        stored = {(*_about(one), one.value): one for one in self._owner.seen}
        states: dict[tuple[object, ...], dict[str, str]] = {}
        for seen in self._owner.seen:
            states.setdefault(_about(seen), {}).setdefault(seen.value, seen.id or seen.control)
        for tick, said in found:
            state = states.setdefault(_about(said.observation), {})
            state.setdefault(said.observation.value, tick.path)
        first: dict[tuple[object, ...], str] = {}
        already: list[Observation] = []
        new: list[Said] = []
        for tick, said in found:
            about, value = _about(said.observation), said.observation.value
            others = [where for state, where in states[about].items() if state != value]
            what = (*about, value)
            if what in first:
                self._refuse(tick.path, "twice", first=first[what])
            elif what in stored:
                already.append(stored[what])
            elif others and said.control.kind not in REQUESTS:  # those are sent, then confirmed
                self._refuse(tick.path, "contradicts", other=others[0])
            else:
                new.append(said)
            first.setdefault(what, tick.path)
        return already, new

    def _since(self, account: Account, new: Iterable[Said]) -> date:
        """Since when it has the audience named: the plan was made before its steps were done."""
        days = [
            one.observation.on
            for one in new
            if one.closes_account and one.account.key == account.key
        ]
        return min([self._list.saved or self._today, self._today, *days])

    def _refuse(self, path: str, why: str, **facts: object) -> None:
        said = {key: in_one_line(str(fact)) for key, fact in facts.items()}
        self._refused.append(NotUnderstood(path=path, why=why, facts=said))


def _about(one: Observation) -> tuple[object, ...]:
    """Of what an observation gives the state: control, account, day."""
    return (one.control, one.account, one.on)


def _states(control: Control) -> tuple[str, ...]:
    """The states that a tick can name: what the plan wants, and those that ``done`` takes."""
    others = {"toggle": SWITCHED, **dict.fromkeys(REQUESTS, ANSWERS)}.get(control.kind, ())
    return tuple(dict.fromkeys((control.want, *others)))
