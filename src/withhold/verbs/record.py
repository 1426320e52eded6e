"""done: what the owner says of a step, written down. Nothing is claimed beyond what was said."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from withhold.asked import REQUESTS
from withhold.catalog.find import not_found
from withhold.catalog.load import Knowledge
from withhold.errors import BadInput, NotFound
from withhold.facts import Control, Platform
from withhold.keep import Store
from withhold.words import Account, Observation

ANSWERS = ("sent", "confirmed", "refused")
_EVIDENCE_AT_MOST = 64 * 1024 * 1024


class Said(Struct, frozen=True, kw_only=True):
    """A step the owner says was done, before it is written down.

    ``closes_account``: with it all that is on the account has another audience. ``other_half``: the
    step that closes it together with this one, each for the posts that the other leaves.
    """

    control: Control
    account: Account
    observation: Observation
    closes_account: bool = False
    other_half: str = ""


def understand(
    step: str,
    accounts: tuple[Account, ...],
    knowledge: Knowledge,
    on: date,
    value: str = "",
    *,
    with_letter: bool = False,
) -> Said:
    """What ``platform/control`` or ``platform/control@name`` means for this owner.

    Raises NotFound for a step that no platform offers, BadInput where the account must be named.
    """
    ref, _, name = step.partition("@")
    platform, _, wanted = ref.partition("/")
    known = knowledge.platforms[platform]
    control = next((one for one in known.control if one.id == wanted and one.kind != "none"), None)
    if control is None:
        offered = [f"{platform}/{one.id}" for one in known.control if one.kind != "none"]
        raise not_found("step", step, offered, f"withhold knowledge show {platform}")
    own = [one for one in accounts if one.platform == platform]
    named = [one for one in own if not name or one.name == name]
    if name and not named:
        raise NotFound(f"no account {platform}:{name} of yours", "withhold own list shows yours")
    if len(named) > 1 and control.scope in ("blog", "site"):
        choices = " or ".join(f"{ref}@{one.name}" for one in named)
        raise BadInput(f"{ref} is set for each {control.scope}: which one?", choices)
    alone = len(named) == 1
    account = named[0] if alone else Account(platform=platform)
    return Said(
        control=control,
        account=account,
        observation=Observation(
            control=ref,
            value=_value(control, value),
            on=on,
            # an actor's written answer is shown by the letter; a switch is only told of
            how="shown" if with_letter and value in ("confirmed", "refused") else "told",
            account=account.key if alone or name else platform,
        ),
        closes_account=closes_account(control, known),
        other_half=next((f"{platform}/{one.id}" for one in _other_halves(control, known)), ""),
    )


def closes_account(control: Control, platform: Platform) -> bool:
    """Whether a control decides who sees all that is on an account: not that of single posts, of
    new or of older ones, nor one that reaches only in part what another one closes."""
    if control.kind != "audience" or control.scope == "post" or control.posts != "all":
        return False
    if "full" in control.covers.values():
        return True
    part = {name for name, how in control.covers.items() if how == "part"}
    return not any(
        one.kind == "audience" and one.covers.get(name) == "full"
        for one in platform.control
        for name in part
    )


def _other_halves(control: Control, platform: Platform) -> list[Control]:
    other = {"new": "older", "older": "new"}.get(control.posts, "")
    return [one for one in platform.control if one.kind == "audience" and one.posts == other]


def _value(control: Control, said: str) -> str:
    if not said:
        return control.want
    if control.kind in REQUESTS and said not in ANSWERS:
        raise BadInput(f"a request is {', '.join(ANSWERS)}; not {said}", "--state confirmed")
    states = ("on", "off") if control.kind == "toggle" else ()
    if control.kind not in REQUESTS and said not in (control.want, *states):
        choices = " or ".join(dict.fromkeys((control.want, *states)))
        raise BadInput(f"this step is {choices}; not {said}", f"--state {control.want}")
    return said


def record(
    store: Store, said: Said, now: datetime, evidence: Path | None = None, name: str = ""
) -> Observation:
    """Writes it down; what closes the account, alone or with its other half, also changes the
    account's audience.

    What stands there already as the last word on it is not written twice: who was stopped before
    the answer came says the same again. ``name``: what the evidence is called, where its file has
    another name.
    """
    with store.together():
        observation = said.observation
        if evidence:
            kept = _kept(store, evidence, name or evidence.name)
            observation = replace(observation, evidence=kept)
        written = _standing(store, observation) or store.observations.record(observation, now)
        closed = observation.on if said.closes_account else _both_on(store, said)
        if closed and said.account in store.own.accounts():
            _close(store, said, closed, now)
    return written


def _standing(store: Store, observation: Observation) -> Observation | None:
    """The last that was said of this control and account, where it is this very thing."""
    about = (observation.control, observation.account)
    before = [one for one in store.observations.all() if (one.control, one.account) == about]
    if before and replace(before[-1], id="") == replace(observation, id=""):
        return before[-1]
    return None


def _both_on(store: Store, said: Said) -> date | None:
    """The day from which both halves were done; None where one is missing."""
    if not said.other_half or said.observation.value != said.control.want:
        return None
    about = (said.other_half, said.observation.account)
    other = [one for one in store.observations.all() if (one.control, one.account) == about]
    if not other or other[-1].value != said.control.want:
        return None
    return max(said.observation.on, other[-1].on)


def _close(store: Store, said: Said, on: date, now: datetime) -> None:
    """The account has this audience from that day on."""
    account = said.account
    history = store.own.audience_history(account.key)
    known = any(day < on and audience == "public" for day, audience in history)
    open_before = account.audience == "unknown" or (account.audience == "public" and not known)
    if open_before and on > date.min:  # before the first day of all there is none
        # taken as public up to the step, so that nothing is claimed closed before it
        account = replace(account, audience="public")
        day_before = on - timedelta(days=1)
        store.own.add_account(account, now, min(account.since or day_before, day_before))
    store.own.add_account(replace(account, audience=said.control.want), now, on)


def _kept(store: Store, path: Path, name: str) -> str:
    try:
        if path.stat().st_size > _EVIDENCE_AT_MOST:
            raise BadInput(f"{path}: larger than 64 MiB", "keep a letter or a saved page, not more")
        return store.evidence.keep(path.read_bytes(), storable(name))
    except OSError as why:
        raise BadInput(f"{path}: cannot be read ({why.strerror})", "look at its name") from why


def storable(name: str) -> str:
    """A name as it can be stored: one that is no UTF-8 on the disk has half surrogate pairs."""
    return name.encode("utf-8", "replace").decode()
