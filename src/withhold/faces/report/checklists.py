"""What the guide's checklist brought, as lines: for the command line and the dashboard."""

from __future__ import annotations

from msgspec import Struct

from withhold.exports.checklist import Checklist, NotUnderstood
from withhold.verbs.take_in import Understood
from withhold.words import Observation

SHOWN_AT_MOST = 10


class TakenIn(Struct, frozen=True, kw_only=True):
    """One file, what it says and what that means for the owner."""

    file: str
    checklist: Checklist
    understood: Understood


def why(one: NotUnderstood, words: dict[str, str]) -> str:
    """Why an entry was not understood, as a sentence."""
    return words[f"import_why_{one.why.replace('-', '_')}"].format_map(one.facts)


def lines(one: TakenIn, words: dict[str, str]) -> list[str]:
    """What a file brought, line by line."""
    found = one.understood
    said: list[str] = []
    for it in found.settings:
        state = "set" if not it.stored else "there" if it.stored == it.said else "kept"
        text = words[f"import_{it.name}_{state}"]
        said.append(text.format(said=it.said, stored=it.stored))
    for old, new in found.renamed.items():
        said.append(words["import_renamed"].format(old=old, new=new))
    if found.added:
        keys = ", ".join(it.account.key for it in found.added)
        said.append(words["import_added"].format(accounts=keys))
    if found.kept:
        keys = ", ".join(it.key for it in found.kept)
        said.append(words["import_kept"].format(accounts=keys))
    for step in found.said:
        said.append(words["import_recorded"].format(what=_what(step.observation)))
    for seen in found.already:
        said.append(words["import_already"].format(what=_what(seen)))
    for account in found.audience_kept:
        text = words["import_audience_kept"]
        said.append(text.format(account=account.key, audience=account.audience))
    if one.checklist.ignored:
        some = ", ".join(one.checklist.ignored[:SHOWN_AT_MOST])
        more = len(one.checklist.ignored) - SHOWN_AT_MOST
        some += f" (+{more})" if more > 0 else ""
        said.append(words["import_ignored"].format(fields=some))
    return said or [words["import_nothing"]]


def _what(one: Observation) -> str:
    mark = f" [{one.id}]" if one.id else ""
    return f"{one.control} ({one.account}): {one.value}, {one.on}{mark}"
