"""``index.html`` of a bundle: for a lawyer who sees it for the first time. No script, no remote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from withhold.faces.report.bundle_words import Words, number_said, withheld_said
from withhold.faces.report.case_file import Page, Row, Section
from withhold.faces.report.plain import printable
from withhold.traces.bundles.manifest import Asked, Chained, counted
from withhold.verbs.bundle_asked import Said
from withhold.verbs.bundling import Item, Told

_FIRST = ("index", "how-to-check", "observations", "verdicts", "case", "letter", "reply", "proof")
"""Kinds of files in the order in which they are looked for; the others behind them."""


def page(
    items: Sequence[Item],
    told: Sequence[Told],
    today: Sequence[tuple[Row, ...]],
    chain: Chained,
    asked: Asked,
    not_in_it: Sequence[str],
    words: Words,
    *,
    version: str,
    made: str,
    lang: str,
    with_others: bool,
) -> Page:
    """What it shows and cannot, what happened, every file."""
    bullets = {
        "shows": ("shows_octets", "shows_chain", "shows_words"),
        "cannot": (
            "cannot_owner",
            "cannot_date",
            "cannot_training",
            "cannot_complete",
            *(("cannot_withheld",) if any(one.withheld for one in items) else ()),
        ),
        "warnings": ("warn_litigation", "warn_others", "warn_address"),
    }
    lists = [
        Section(
            words[title],
            lines=tuple(words[one].format(n=chain.length) for one in names),
        )
        for title, names in bullets.items()
    ]
    check = ("check_sums", "check_verify", "check_seal", "check_more")
    return Page(
        title=words["title"].format(date=made),
        notes=(words["made"].format(version=version, date=made), words["no_advice"]),
        sections=(
            *lists,
            _in_short(items, chain, asked, not_in_it, words, with_others=with_others),
            _timeline(items, told, words),
            *_today(today, words),
            _files(items, words),
            Section(words["check"], lines=tuple(words[one] for one in check)),
        ),
        lang=lang,
    )


def asked_said(asked: Asked, words: Words) -> str:
    """What was asked for, in a line."""
    said = [words["asked_account"].format(name=one) for one in asked.accounts]
    said += [words["asked_site"].format(name=one) for one in asked.sites]
    said += [words["asked_case"].format(name=one) for one in asked.cases]
    said = said or [words["everything"]]
    said += [words["asked_since"].format(day=asked.since)] if asked.since else []
    said += [words["asked_until"].format(day=asked.until)] if asked.until else []
    return printable(", ".join(said))


def _in_short(
    items: Sequence[Item],
    chain: Chained,
    asked: Asked,
    not_in_it: Sequence[str],
    words: Words,
    *,
    with_others: bool,
) -> Section:
    withheld = withheld_said(counted(one.withheld for one in items), words)
    nothing = words["withheld_off" if with_others else "withheld_nothing"]
    blind = sum(not one.searched for one in items)
    texts = words["chain_texts"].format(
        here=chain.with_text,
        not_asked=chain.not_asked,
        redacted=chain.redacted,
        forgotten=chain.forgotten,
    )
    return Section(
        words["in_short"],
        rows=(
            Row(words["covers"], asked_said(asked, words)),
            Row(words["n_files"], str(len(items) + 4)),  # and this page, manifest, sums, seal
            Row(words["chain_length"], f"{chain.length} ({texts})"),
            Row(words["chain_head"], chain.head),
            Row(words["withheld"], withheld or nothing),
            Row(words["not_searched"], words["n_not_searched"].format(n=blind)),
            Row(words["not_in_it"], "\n".join(words[f"not_{one}"] for one in not_in_it)),
        ),
    )


def _timeline(items: Sequence[Item], told: Sequence[Told], words: Words) -> Section:
    if not told:
        return Section(words["timeline"], lines=(words["no_timeline"],))
    by_digest = _by_digest(items)
    rows = []
    for one in sorted(told, key=lambda each: (each.said.on, each.seq)):
        item = _file_of(one.said, by_digest)
        rows.append(
            (
                Row("", one.said.on),
                Row("", printable(what_happened(one.said, words))),
                Row("", words[f"came_{_whose(one.said)}"]),
                Row("", words["link_number"].format(n=one.seq), "observations.json"),
                Row("", item.name.rpartition("/")[2], item.name) if item else Row("", ""),
            )
        )
    head = (words["day"], words["what"], words["whose"], words["chain_length"], words["file"])
    return Section(words["timeline"], head=head, table=tuple(rows))


def _today(today: Sequence[tuple[Row, ...]], words: Words) -> tuple[Section, ...]:
    """The answers, each with its strength in its sentence; nothing where there are none."""
    if not today:
        return ()
    head = tuple(words[one] for one in ("place", "answer", "use", "content"))
    about = (words["answers_about"],)
    return (Section(words["answers"], head=head, table=tuple(today), lines=about),)


def what_happened(said: Said, words: Words) -> str:
    """One link in a line."""
    fields = said.fields
    if said.kind == "case":
        return _of_case(said, words)
    if said.kind == "policy":
        name = f"as_policy_{fields.get('outcome', '')}"
        line = words.get(name, "{document}")
        return line.format(document=said.about, reason=fields.get("reason", ""))
    _, _, control = said.about.partition("/")
    line = words["as_told" if fields.get("how") == "told" else "as_observation"]
    if control.startswith("archive:"):
        line = words["as_archive"]
    text = line.format(
        control=said.about, what=control.partition(":")[2], value=fields.get("value", "")
    )
    account = said.account
    return words["for_account"].format(text=text, account=account) if account else text


def _of_case(said: Said, words: Words) -> str:
    event = said.fields.get("event")
    if isinstance(event, dict):
        kind = str(event.get("kind", ""))
        name = words.get(f"event_{kind}", kind)
        return words["as_case_event"].format(case=said.case, event=name)
    kind = "as_case_opened" if "opened" in said.fields else "as_case_chosen"
    return words[kind].format(case=said.case)


def _whose(said: Said) -> str:
    if said.kind == "case":
        event = said.fields.get("event")
        reply = isinstance(event, dict) and event.get("kind") == "reply"
        return "said-by-a-company" if reply else "said-by-the-owner"
    if said.kind == "policy":
        return "seen-by-the-tool"
    how = said.fields.get("how")
    if how == "shown":
        return "shown"
    return "seen-by-the-tool" if how in ("observed", "clicked") else "said-by-the-owner"


def _by_digest(items: Sequence[Item]) -> Mapping[str, Item]:
    """Files by the digest of what was kept, which is in their names or beside them."""
    import hashlib

    found = {}
    for one in items:
        if isinstance(one.body, bytes):
            found[one.original or hashlib.sha256(one.body).hexdigest()] = one
    return found


def _file_of(said: Said, by_digest: Mapping[str, Item]) -> Item | None:
    event = said.fields.get("event")
    fields = event if isinstance(event, dict) else said.fields
    return by_digest.get(str(fields.get("evidence", "")))


def _files(items: Sequence[Item], words: Words) -> Section:
    rank = {name: at for at, name in enumerate(_FIRST)}
    rows = []
    for one in sorted(items, key=lambda each: (rank.get(each.what, len(rank)), each.name)):
        rows.append(
            (
                Row("", one.name, one.name),
                Row("", printable(f"{words[f'what_{one.what}']}{_title(one)}")),
                Row("", words[f"came_{one.came}"]),
                Row("", one.on),
                Row("", number_said(_size(one.body), words)),
                Row("", withheld_said(one.withheld, words)),
            )
        )
    head = ("file", "is", "whose", "day", "size", "removed")
    return Section(words["files"], head=tuple(words[one] for one in head), table=tuple(rows))


def _title(item: Item) -> str:
    said = item.title or item.about
    return f": {said}" if said and said not in item.name else ""


def _size(body: bytes | Path) -> int:
    return len(body) if isinstance(body, bytes) else body.stat().st_size
