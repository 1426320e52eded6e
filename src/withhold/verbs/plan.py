"""plan: what makes it no? Verdicts -> the fewest, surest steps, with minutes, effect and cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from withhold.asked import days
from withhold.facts import Control, Platform
from withhold.verbs.archive_marks import is_note_of_archive
from withhold.verbs.check import Asking, check_account
from withhold.verbs.owner import Owner
from withhold.verdict import Step, Verdict
from withhold.words import Account, ControlKind

SUREST: tuple[ControlKind, ...] = ("toggle", "robots", "form", "email", "audience")
"""A switch can be read back; a request is decided by the other side; going private costs reach."""


SUGGESTED = ("linkedin", "facebook", "instagram", "threads", "tiktok", "reddit", "tumblr", "x")
"""What is offered where a person is asked what they use: the platforms asked about most."""


class PlanStep(Struct, frozen=True, kw_only=True):
    """One thing to do, by whom it is offered, what it reaches and what it leaves open."""

    id: str
    """``platform/control`` or, where accounts differ, ``platform/control@name``."""
    account: str
    platform: str
    kind: ControlKind
    want: str
    minutes: int
    url: str = ""
    url_seen: bool = False
    label: str = ""
    label_lang: str = ""
    label_seen: bool = False
    path: tuple[str, ...] = ()
    closes: tuple[dict[str, str], ...] = ()
    narrows: tuple[dict[str, str], ...] = ()
    leaves: tuple[dict[str, str], ...] = ()
    effect: str = ""
    undo: str = ""
    needs: tuple[str, ...] = ()
    cost: dict[str, str] = {}
    note: dict[str, str] = {}
    before: date | None = None
    days_left: int | None = None
    checked: date | None = None
    overdue: bool = False
    last_resort: bool = False


class NoControl(Struct, frozen=True, kw_only=True):
    """An account on which something stays open that no control closes, said aloud."""

    account: str
    platform: str
    open: tuple[dict[str, str], ...]
    helps: dict[str, str] = {}
    nothing_offered: bool = False
    """No switch and no form at all, so the whole of it stays open."""


class Done(Struct, frozen=True, kw_only=True):
    """An earlier act: recorded, not repeated."""

    control: str
    account: str
    value: str
    how: str
    on: date


class Plan(Struct, frozen=True, kw_only=True):
    """Steps in order of urgency and sureness, then what offers nothing, then what was done."""

    where: str
    when: date
    steps: tuple[PlanStep, ...] = ()
    last_resorts: tuple[PlanStep, ...] = ()
    no_control: tuple[NoControl, ...] = ()
    done: tuple[Done, ...] = ()

    @property
    def minutes(self) -> int:
        """Minutes of the steps, last resorts left out."""
        return sum(step.minutes for step in self.steps)

    def count(self, *kinds: str) -> int:
        """How many steps are of these kinds."""
        return sum(step.kind in kinds for step in self.steps)


def plan(owner: Owner, asking: Asking) -> Plan:
    """The plan for everything that an owner has."""
    steps: list[PlanStep] = []
    resorts: list[PlanStep] = []
    nothing: list[NoControl] = []
    for account in owner.accounts:
        platform = asking.knowledge.platforms[account.platform]
        verdicts = check_account(account, asking, owner.public_until.get(account.key))
        opened = [one for one in verdicts if one.answer == "allowed"]
        now = _for_account(_merged(opened), account, platform, owner, asking)
        soon = _upcoming(verdicts, account, platform, owner, asking)
        known = {one.id for _, one in soon}
        sure = [*soon, *(one for one in now if one[1].id not in known)]
        steps += [one for _, one in sure if not one.last_resort]
        resorts += [one for _, one in sure if one.last_resort]
        ways = [step for step, one in sure if not one.last_resort]
        left = _left_open(opened, ways, account, platform)
        if left:
            nothing.append(left)
    steps.sort(key=lambda one: (one.before or date.max, SUREST.index(one.kind)))
    return Plan(
        where=asking.place,
        when=asking.when,
        steps=tuple(steps),
        last_resorts=tuple(resorts),
        no_control=tuple(nothing),
        done=tuple(
            Done(
                control=one.control,
                account=one.account or one.control.partition("/")[0],
                value=one.value,
                how=one.how,
                on=one.on,
            )
            for one in owner.seen
            # what a letter said is told with its case
            if one.on <= asking.when and not one.practices and not is_note_of_archive(one)
        ),
    )


def _merged(verdicts: Iterable[Verdict]) -> dict[str, Step]:
    """Per control, all that it closes, narrows and leaves over the verdicts that stand open."""
    found: dict[str, Step] = {}
    opened = list(verdicts)
    everything = [p.id for one in opened for p in one.practices if p.answer == "allowed"]
    for verdict in opened:
        for step in verdict.steps:
            before = found.get(step.control, Step(control=step.control))
            closes = _join(before.closes, step.closes)
            narrows = _join(before.narrows, step.narrows)
            reached = (*closes, *narrows)
            leaves = tuple(dict.fromkeys(one for one in everything if one not in reached))
            found[step.control] = Step(
                control=step.control, closes=closes, narrows=narrows, leaves=leaves
            )
    return found


def _join(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _fewest(found: dict[str, Step], controls: dict[str, Control]) -> list[Step]:
    """The fewest, surest controls: each must close, or at least narrow, what no surer one does."""
    closed: set[str] = set()
    narrowed: set[str] = set()
    chosen: list[Step] = []
    ordered = sorted(
        found.values(),
        key=lambda one: (
            SUREST.index(controls[one.control].kind),
            -len(one.closes),
            controls[one.control].minutes,
        ),
    )
    for step in ordered:
        new = set(step.closes) - closed
        helps = set(step.narrows) - closed - narrowed
        if new or helps:
            chosen.append(step)
            closed |= new
            narrowed |= helps
    return chosen


def _for_account(
    found: dict[str, Step], account: Account, platform: Platform, owner: Owner, asking: Asking
) -> list[tuple[Step, PlanStep]]:
    controls = {f"{platform.id}/{one.id}": one for one in platform.control}
    several = len(owner.of(platform.id)) > 1
    lang = account.lang or owner.lang or "en"
    return [
        (step, _step(step, controls[step.control], account, platform, asking, lang, several))
        for step in _fewest(found, controls)
    ]


def _step(
    step: Step,
    control: Control,
    account: Account,
    platform: Platform,
    asking: Asking,
    lang: str,
    several: bool,
) -> PlanStep:
    what = {one.id: one.what for one in platform.practice}
    label_lang = lang if lang in control.label else next(iter(control.label), "")
    path_lang = lang if lang in control.path else next(iter(control.path), "")
    suffix = f"@{account.name}" if several and account.name else ""
    return PlanStep(
        id=step.control + suffix,
        account=account.key,
        platform=platform.id,
        kind=control.kind,
        want=control.want,
        minutes=control.minutes,
        url=control.url,
        url_seen=control.url_seen,
        label=control.label.get(label_lang, ""),
        label_lang=label_lang,
        label_seen=control.label_seen,
        path=tuple(control.path.get(path_lang, ())),
        closes=tuple(what[one] for one in step.closes),
        narrows=tuple(what[one] for one in step.narrows),
        leaves=tuple(what[one] for one in step.leaves),
        effect=control.effect,
        undo=control.undo,
        needs=tuple(control.needs),
        cost=control.cost,
        note=control.note,
        checked=control.verified.on,
        overdue=control.verified.on + days(control.recheck_after) < asking.when,
        last_resort=control.kind == "audience",
    )


def _upcoming(
    verdicts: Sequence[Verdict], account: Account, platform: Platform, owner: Owner, asking: Asking
) -> list[tuple[Step, PlanStep]]:
    """Announced changes come first: what can be said before the day they take effect."""
    dates = {
        date.fromisoformat(str(one.facts["since"]))
        for verdict in verdicts
        for one in verdict.limits
        if one.code == "announced"
    }
    found: list[tuple[Step, PlanStep]] = []
    open_now = _open_practices(verdicts)
    for day in sorted(dates):
        then = replace(asking, when=day)
        later = check_account(account, then, owner.public_until.get(account.key))
        new = _open_practices(later) - open_now
        changed = [
            replace(one, steps=tuple(step for step in one.steps if new & {*step.closes}))
            for one in later
            if new & {p.id for p in one.practices}
        ]
        for step, one in _for_account(_merged(changed), account, platform, owner, then):
            left = (day - asking.when).days
            found.append((step, replace(one, before=day, days_left=left)))
    return found


def _open_practices(verdicts: Iterable[Verdict]) -> set[str]:
    return {p.id for one in verdicts for p in one.practices if p.answer == "allowed"}


def _left_open(
    opened: Sequence[Verdict], ways: Sequence[Step], account: Account, platform: Platform
) -> NoControl | None:
    """What no step closes, on an account; None when every open practice can be closed."""
    closed = {practice for step in ways for practice in step.closes}
    ids = dict.fromkeys(p.id for one in opened for p in one.practices if p.answer == "allowed")
    what = {one.id: one.what for one in platform.practice}
    left = [one for one in ids if one in what and one not in closed]
    if not left:
        return None
    helps = [
        reason.facts["helps"]
        for verdict in opened
        for reason in verdict.reasons
        if reason.code == "no-control"
    ]
    texts = [one for one in helps if isinstance(one, dict)]
    return NoControl(
        account=account.key,
        platform=platform.id,
        open=tuple(what[one] for one in left),
        helps=texts[0] if texts else {},
        nothing_offered=not ways,
    )
