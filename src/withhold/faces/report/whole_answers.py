"""Of a report: each account and each site with its answers, the reasons, what stays open, steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from withhold.faces.report import plans
from withhold.faces.report.alike import in_order, read_alike
from withhold.faces.report.exposure_said import spans
from withhold.faces.report.rows import say_conflict
from withhold.faces.report.whole_blocks import (
    AnswerRow,
    Answers,
    Block,
    Item,
    Items,
    ReasonRow,
    Reasons,
    Section,
    SourceRow,
    Text,
)
from withhold.faces.report.whole_telling import Telling
from withhold.facts import Source
from withhold.verbs.plan import NoControl, PlanStep
from withhold.verbs.watch_sites import NO_FOLDER, NOT_FETCHED
from withhold.verbs.whole import OfAccount, OfSite
from withhold.verdict import STALE_CODES, Reason, Verdict

_WORDS = {"allowed": "may", "disallowed": "no", "unknown": "unknown"}
_WEAK = ("asked", "told")


def accounts(told: Telling) -> Section | None:
    """Every account of the owner; None without any."""
    parts = [_account(n, one, told) for n, one in enumerate(told.whole.accounts, start=1)]
    if not parts:
        return None
    return Section(
        id="accounts",
        title=told.words["accounts"],
        blocks=(Text(told.words["accounts_about"]),),
        parts=tuple(parts),
    )


def sites(told: Telling) -> Section | None:
    """Every site of the owner; None without any."""
    parts = [_site(n, one, told) for n, one in enumerate(told.whole.sites, start=1)]
    if not parts:
        return None
    return Section(
        id="sites",
        title=told.words["sites"],
        blocks=(Text(told.words["sites_about"]),),
        parts=tuple(parts),
    )


# Accounts ---------------------------------------------------------------------------------------


def _account(number: int, one: OfAccount, told: Telling) -> Section:
    key, words = one.account.key, told.words
    name = f"account-{number}"
    parts: list[Section] = []
    left = [each for each in told.whole.plan.no_control if each.account == key]
    if left:
        lines = tuple(item for each in left for item in _left(each, told))
        parts.append(Section(id=f"{name}-open", title=words["stays_open"], blocks=(Items(lines),)))
    steps = [step for step in told.whole.plan.steps if step.account == key]
    if steps:
        listed = Items(tuple(_step(each, told) for each in steps), numbered=True)
        parts.append(Section(id=f"{name}-steps", title=words["steps"], blocks=(listed,)))
    resorts = [step for step in told.whole.plan.last_resorts if step.account == key]
    if resorts:
        listed = Items(tuple(_step(each, told) for each in resorts))
        title = told.phrases["last_resort"]
        parts.append(Section(id=f"{name}-resorts", title=title, blocks=(listed,)))
    return Section(
        id=name,
        title=told.account(key),
        blocks=tuple(_answered(name, one.verdicts, told)) or (Text(words["nothing_known"]),),
        parts=tuple(parts),
    )


def _answered(name: str, verdicts: Sequence[Verdict], told: Telling) -> Iterator[Block]:
    """The answers, then the reasons that they name by number; nothing without a verdict."""
    if not verdicts:
        return
    numbered: dict[tuple[str, str], ReasonRow] = {}
    found = in_order(read_alike(verdicts, told.speaker))
    rows = tuple(_row(alike, told, numbered) for alike in found)
    yield Answers(name, rows)
    yield Reasons(name, told.phrases["reasons"], tuple(numbered.values()))


def _row(
    alike: Sequence[Verdict], told: Telling, numbered: dict[tuple[str, str], ReasonRow]
) -> AnswerRow:
    one, speaker, phrases = alike[0], told.speaker, told.phrases
    content = "; ".join(speaker.content(each) for each in alike)
    about = [speaker.sentences.use[one.use], *([] if one.site else [content])]
    said = [f"{_capital(speaker.headline(one), speaker.name(one.actor))}."]
    # of a site only the day of the reading is known, not since when it was so
    said += [] if one.site else [f"{_capital(span)}." for span in spans(one, phrases)]
    notes = [speaker.sentences.say(why) for why in _stale(alike)]
    closed = [each for each in one.practices if each.answer == "disallowed"]
    if one.answer == "allowed" and closed:
        half = ", ".join(f"{each.id} ({phrases[f'strength_{each.strength}']})" for each in closed)
        left = ", ".join(each.id for each in one.practices if each.answer == "allowed")
        notes.append(f"{_capital(phrases['closed'])}: {half}. {phrases['leaves']}: {left}.")
    why = (each for of in alike for each in (*of.reasons, *of.limits))
    refs = [_numbered(each, told, numbered) for each in why]
    return AnswerRow(
        answer=one.answer,
        weak=one.strength in _WEAK,
        mark=mark(one, told),
        who=f"{speaker.name(one.actor)}, {': '.join(about)}",
        says=told.clean(" ".join(said)),
        notes=tuple(told.clean(each) for each in dict.fromkeys(notes)),
        refs=tuple(dict.fromkeys(refs)),
    )


def mark(one: Verdict, told: Telling) -> str:
    """``NO, promised``: no answer stands without its strength."""
    word = told.phrases[_WORDS[one.answer]]
    return f"{word}, {told.phrases[f'strength_{one.strength}']}" if one.strength else word


def _stale(alike: Iterable[Verdict]) -> list[Reason]:
    return [why for one in alike for why in one.limits if why.code in STALE_CODES]


def _numbered(why: Reason, told: Telling, known: dict[tuple[str, str], ReasonRow]) -> int:
    """The number of a reason in its section; a new one gets the next."""
    text = told.clean(told.speaker.sentences.say(why))
    key = (text, why.rests_on)
    if key not in known:
        late = told.phrases["overdue"].format(date=why.checked)
        sources = tuple(source(one, told) for one in why.sources)
        before = (row.number for row in known.values() if sources and row.sources == sources)
        same = next(before, 0)
        known[key] = ReasonRow(
            number=len(known) + 1,
            text=text,
            rests_on=told.clean(why.rests_on),
            late=late if why.overdue(told.whole.asking.when) else "",
            sources=() if same else sources,
            same=told.words["sources_as"].format(n=same) if same else "",
        )
    return known[key].number


def source(one: Source, told: Telling) -> SourceRow:
    """Whose words, with the day they were seen."""
    kind = told.speaker.sentences.source[one.kind]
    return SourceRow(said=f"{kind}, {one.seen}", url=one.url, quote=one.quote, title=one.title)


def _left(one: NoControl, told: Telling) -> Iterator[Item]:
    say = told.speaker.sentences.text
    for text in one.open:
        part = f" {told.phrases['in_part']}" if plans.narrowed(text, told.whole.plan) else ""
        yield Item(say(text) + part)
    if one.helps:
        yield Item(say(one.helps))


def _step(step: PlanStep, told: Telling) -> Item:
    """What to do, how long it takes, what it reaches and what it leaves."""
    phrases, say = told.phrases, told.speaker.sentences.text
    soon = plans.before(step, phrases)
    label = f" {phrases['quoted'].format(step.label)}" if step.label else ""
    minutes = phrases["minutes"].format(n=step.minutes)
    below = [" > ".join(step.path)] if step.path else []
    for code in ("closes", "narrows", "leaves"):
        below += [f"{phrases[code]}: {say(text)}" for text in getattr(step, code)]
    below.append(plans.effect(step, phrases))
    below += [f"{phrases['cost']}: {say(step.cost)}"] if step.cost else []
    below += [say(step.note)] if step.note else []
    late = "overdue" if step.overdue else "last_checked"
    below += [phrases[late].format(date=step.checked)] if step.checked else []
    return Item(
        f"{plans.act(step, phrases)}{label}, {minutes}",
        url=step.url,
        below=tuple(below),
        strong=f"{soon}:" if soon else "",
    )


# Sites ------------------------------------------------------------------------------------------


def _site(number: int, one: OfSite, told: Telling) -> Section:
    words, name = told.words, f"site-{number}"
    blocks: list[Block] = [Text(_read(one, told))]
    blocks += _answered(name, one.verdicts, told)
    parts: list[Section] = []
    if one.conflicts:
        said = (told.clean(say_conflict(each, told.speaker)) for each in one.conflicts)
        items = Items(tuple(Item(text) for text in dict.fromkeys(said)))
        title = told.speaker.sentences.state["conflicts"]
        parts.append(Section(id=f"{name}-conflicts", title=title, blocks=(items,)))
    if one.served:
        title = words["served"].format(date=one.served.on)
        about = Text(words["served_about"].format(date=one.served.on))
        served = (about, *_answered(f"{name}-served", one.served.verdicts, told))
        parts.append(Section(id=f"{name}-served", title=title, blocks=served))
    return Section(id=name, title=one.site.url, blocks=tuple(blocks), parts=tuple(parts))


def _read(one: OfSite, told: Telling) -> str:
    """From where it is known what the site says, or why it is not."""
    words = told.words
    if one.why == NO_FOLDER:
        return words["no_folder"]
    if one.why == NOT_FETCHED:
        return words["not_fetched" if one.served else "never_looked"]
    if one.why:
        return words["folder_unread"].format(why=told.clean(one.why))
    return words["from_folder"].format(files=", ".join(map(told.clean, one.files)))


def _capital(text: str, name: str = "") -> str:
    """As a sentence; a name that begins small (``xAI``) stays as it is."""
    return text if name and text.startswith(name) else text[:1].upper() + text[1:]
