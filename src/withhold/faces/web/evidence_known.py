"""What was seen, newest first, each with its kind; the chain, and how long verifying it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from withhold.errors import WithholdError
from withhold.faces.report.offers import act_name
from withhold.faces.web.views import Ask
from withhold.faces.web.words import words_of
from withhold.keep.chain import ChainReport
from withhold.verbs.archive_marks import MARK, is_note_of_archive, taken_in
from withhold.verbs.request_names import is_reference
from withhold.words import Observation

PART = "evidence"
Kind = Literal["observed", "shown", "told", "clicked", "asked", "imported"]
KINDS: tuple[Kind, ...] = ("observed", "shown", "told", "clicked", "asked", "imported")
LONG = 20_000
"""Links of a chain that are verified while the page waits; a longer one is a job of its own."""


class Item(Struct, frozen=True, kw_only=True):
    """One thing that was seen. Of a letter ``seen.id`` is the reference of its case."""

    seen: Observation
    kind: Kind

    @property
    def of_letter(self) -> bool:
        """Whether it follows from a case, and is not a link by itself."""
        return is_reference(self.seen.id)


def kind_of(seen: Observation) -> Kind:
    """How it came to be known."""
    if is_reference(seen.id):
        return "asked"
    return "imported" if is_note_of_archive(seen) else seen.how


def items(ask: Ask) -> Sequence[Item]:
    """All that was seen and not forgotten, the newest first. Raises StoreTrouble."""

    def make() -> Sequence[Item]:
        found = [Item(seen=one, kind=kind_of(one)) for one in ask.setting.owner.seen]
        return tuple(sorted(found, key=_newest, reverse=True))

    return ask.desk.kept(ask.setting, "evidence-items", make) if ask.desk.exists() else ()


def _newest(one: Item) -> tuple[str, int]:
    number = one.seen.id.removeprefix("obs-")
    return str(one.seen.on), int(number) if number.isdecimal() else 0


class Chain(Struct, frozen=True, kw_only=True):
    """The chain as far as it is known now. ``report`` is None while it was not verified."""

    length: int
    report: ChainReport | None = None
    counting: bool = False
    why: str = ""
    """What stood in the way of reading it."""


def chain(ask: Ask) -> Chain:
    """How long it is, and whether it holds; of a long one that only where it was asked for."""
    if not ask.desk.exists():
        return Chain(length=0)
    try:
        with ask.desk.reading() as store:
            length = store.observations.length()
    except WithholdError as why:
        return Chain(length=0, why=why.message)
    if length > LONG:
        return Chain(length=length)
    found, ready = ask.desk.later(ask.setting, "evidence-chain", lambda: verified(ask))
    return Chain(length=length, report=found if ready else None, counting=not ready)


def verified(ask: Ask) -> ChainReport:
    """The chain, link by link."""
    with ask.desk.reading() as store:
        return store.observations.verify()


def control_name(ask: Ask, seen: Observation) -> str:
    """What it was seen of, in words: the control by its label, else its id."""
    platform, _, rest = seen.control.partition("/")
    known = ask.desk.knowledge.platforms.get(platform)
    name = known.name if known else platform
    control = next((one for one in known.control if one.id == rest), None) if known else None
    if control and control.label:
        label = control.label.get(ask.setting.lang) or next(iter(control.label.values()))
        return f"{name}: {label}"
    if rest.startswith("right:"):
        from withhold.faces.web.letters_known import known as letters

        return f"{name}: {act_name(rest.removeprefix('right:'), letters(ask).words)}"
    if rest == f"{MARK}import":
        return f"{name}: {words(ask)['taken_in']}"
    return f"{name}: {rest.removeprefix(MARK)}"


def value_said(seen: Observation, w: Mapping[str, str]) -> str:
    """What it was seen to be, in words; of an archive how many posts were in it."""
    taken = taken_in(seen)
    if taken:
        return w["taken_posts_one" if taken[0] == 1 else "taken_posts"].format(n=taken[0])
    return w.get(f"value_{seen.value}", seen.value)


def recorded_said(written: str) -> str:
    """``2026-10-01, 09:00 UTC`` of a time of the chain, the day to be written out."""
    day, _, time = written.partition("T")
    return f"{day}, {time[:5]} UTC" if time else day


def words(ask: Ask) -> dict[str, str]:
    """The words of this part."""
    return words_of(PART, ask.setting.lang)
