"""The answers of today in a bundle: the file, the knowledge it rests on, and a line each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from withhold.faces.report.case_file import Row
from withhold.verbs.bundle_asked import Wanted
from withhold.verbs.bundling import Item, safe

if TYPE_CHECKING:
    from withhold.catalog.load import Knowledge
    from withhold.faces.cli.setting import Setting
    from withhold.faces.report.rows import Speaker
    from withhold.verdict import Verdict


class Answered(Struct, frozen=True):
    """What is so today: the files, and where, the fixed sentence, and of what. Empty without."""

    items: tuple[Item, ...] = ()
    lines: tuple[tuple[Row, ...], ...] = ()


def answers(what: Wanted, setting: Setting) -> Answered:
    """What is so today, with the knowledge that it rests on; none without a place."""
    from withhold.errors import BadInput
    from withhold.faces.report.verdicts import as_json
    from withhold.verbs.whole import gather

    owner = setting.owner
    if not what.everything:
        owner = msgspec.structs.replace(owner, accounts=what.accounts, sites=what.sites)
    try:
        if not (owner.accounts or owner.sites):
            return Answered()
        knowledge: Knowledge = setting.knowledge(None, crawlers=True)
        asking = setting.asking(knowledge)
    except BadInput:  # nobody said where the owner lives
        return Answered()
    whole = gather(owner, asking, setting.root, setting.home, posts=False)
    if not whole.verdicts:
        return Answered()
    text = as_json(whole.verdicts, setting.today, setting.speaker(knowledge))
    rests = {
        reason.rests_on.partition("#")[0]
        for one in whole.verdicts
        for reason in (*one.reasons, *one.limits)
    }
    found = [Item(name="verdicts.json", body=text.encode() + b"\n", what="verdicts", came="made")]
    for name in sorted(filter(None, rests)):
        path = setting.root / name
        if path.is_file() and path.suffix == ".toml":
            kept = f"knowledge/{'/'.join(safe(part) for part in name.split('/'))}"
            found.append(Item(name=kept, body=path.read_bytes(), what="knowledge", came="known"))
    return Answered(tuple(found), tuple(_lines(whole.verdicts, setting.speaker(knowledge))))


def _lines(verdicts: Iterable[Verdict], speaker: Speaker) -> Iterable[tuple[Row, ...]]:
    """Of each account and each site what reads the same, as answers stand everywhere."""
    from withhold.faces.report.alike import in_order, read_alike
    from withhold.faces.report.plain import printable

    places: dict[str, list[Verdict]] = {}
    for one in verdicts:
        places.setdefault(one.site or one.account, []).append(one)
    for place, found in places.items():
        for alike in in_order(read_alike(found, speaker)):
            one = alike[0]
            kinds = "" if one.site else "; ".join(map(speaker.content, alike))
            said = (place, speaker.headline(one), speaker.sentences.use[one.use], kinds)
            yield tuple(Row("", printable(text)) for text in said)
