"""All files of a bundle with their words: what is kept, cases, answers, index, how to check."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from withhold.faces.report.bundle_answers import answers
from withhold.faces.report.bundle_words import how_to_check, marks_of, words_of
from withhold.traces.bundles.mails import others_named
from withhold.traces.bundles.manifest import Asked, Filed, Manifest, What, counted, in_order
from withhold.verbs.bundle_asked import Wanted, wanted
from withhold.verbs.bundle_kept import (
    added_items,
    evidence_items,
    response_items,
    search_of,
)
from withhold.verbs.bundling import Item, Links, distinct, file_item, links_of, safe

if TYPE_CHECKING:
    from withhold.faces.cli.setting import Setting
    from withhold.keep import Store
    from withhold.traces.bundles.others import Search


class Ready(Struct, frozen=True, kw_only=True):
    """A manifest with all contents."""

    manifest: Manifest
    bodies: dict[str, bytes | Path]


def ready(
    setting: Setting,
    asked: Asked,
    since: date | None,
    until: date | None,
    added: Sequence[Path],
    *,
    with_others: bool,
) -> Ready:
    """Everything that is asked for. Raises NotFound, NothingToCheck, BadInput, StoreTrouble."""
    from withhold import __version__
    from withhold.faces.report import bundle_page, case_file
    from withhold.keep import Store

    words = words_of(setting.lang)
    with Store.read(setting.home) as store:
        what = wanted(store, asked, since, until)
        search = search_of(store, setting.root, marks_of(words), setting.lang)
        how = None if with_others else search
        links = links_of(store, what, how)
        cases, used = _cases(store, what, how, setting)
        items = [
            Item(name="chain.jsonl", body=links.body, what="chain", came="seen-by-the-tool"),
            _observations(links, how is None),
            *cases,
            *evidence_items(store, links, what, how, used),
            *response_items(store, setting.home, links, what),
        ]
    items += added_items(added, how)
    today = answers(what, setting)
    items += today.items
    not_in_it = ["posts"] + ([] if what.everything else ["not-asked-for"])
    not_in_it += [] if today.items else ["verdicts"]
    not_in_it += [] if cases else ["cases"]
    not_in_it += [] if any(one.what == "responses" for one in items) else ["responses"]
    not_in_it += ["site-folders"] if setting.owner.sites else []
    items.append(
        Item(
            name="HOW-TO-CHECK.txt",
            body=how_to_check(setting.lang),
            what="how-to-check",
            came="made",
        )
    )
    items = distinct(items)
    made = str(setting.today)
    index = case_file.as_html(
        bundle_page.page(
            items,
            links.told,
            today.lines,
            links.chain,
            asked,
            not_in_it,
            words,
            version=__version__,
            made=made,
            lang=setting.lang,
            with_others=with_others,
        )
    )
    items.append(Item(name="index.html", body=f"{index}\n".encode(), what="index", came="made"))
    manifest = Manifest(
        version=__version__,
        made=made,
        lang=setting.lang,
        asked=asked,
        not_in_it=tuple(not_in_it),
        with_others=with_others,
        withheld=counted(one.withheld for one in items),
        chain=links.chain,
        files=in_order([_filed(one) for one in items]),
    )
    return Ready(manifest=manifest, bodies={one.name: one.body for one in items})


def _filed(item: Item) -> Filed:
    from withhold.reach.bundle_files import digest_of

    said = digest_of(item.body)
    return Filed(
        name=item.name,
        size=said.size,
        sha256=said.sha256,
        crc32=said.crc32,
        blocks=said.blocks,
        what=item.what,
        came=item.came,
        title=item.title,
        about=item.about,
        on=item.on,
        original=item.original,
        searched=item.searched,
        withheld=item.withheld,
    )


def _observations(links: Links, whole: bool) -> Item:
    """What the links say, to be read; of those that were redacted the rest."""
    said = [
        {
            "id": f"obs-{one.seq}",
            "recorded_at": one.recorded_at,
            "digest": one.digest,
            "kind": one.said.kind,
            "on": one.said.on,
            "says": one.said.fields,
        }
        for one in links.told
    ]
    return Item(
        name="observations.json",
        body=json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n",
        what="observations",
        came="made",
        withheld={} if whole else links.withheld,
    )


# Cases ------------------------------------------------------------------------------------------


def _cases(
    store: Store, what: Wanted, how: Search | None, setting: Setting
) -> tuple[list[Item], frozenset[str]]:
    """Each case as ``prove case`` writes it, and the digests of the files in it."""
    from withhold.catalog.rights import load_rights
    from withhold.catalog.rights_words import next_steps
    from withhold.faces.report import case_folder
    from withhold.faces.report.offers import words_of as case_words
    from withhold.verbs.request_bundle import SUMS
    from withhold.verbs.request_files import files_of

    wished = [
        one.case
        for one in store.cases.all()
        if (what.everything or one.case.id in what.cases)
        and any(what.in_time(str(event.on)) for event in one.case.events)
    ]
    if not wished:
        return [], frozenset()
    rights, steps = load_rights(setting.root), next_steps(setting.root)
    knowledge = setting.knowledge(None, crawlers=False)
    items: list[Item] = []
    used: set[str] = set()
    for case in wished:
        kinds = {one.name: one for one in files_of(case, store.evidence.all())}
        made = case_folder.files(
            store,
            case.id,
            setting.today,
            knowledge,
            rights,
            steps,
            case_words(setting.lang),
            setting.sentences,
        )
        found: list[Item] = []
        names = [
            one
            for name, body in made
            if how and name in kinds and kinds[name].kind == "reply"
            for one in others_named(body, how)
        ]
        for name, body in made:
            if name == SUMS:  # of the originals; the bundle has its own
                continue
            known = kinds.get(name)
            kind: What = "case"
            if known:
                kind = known.kind if known.kind in ("reply", "proof") else "letter"
                used.add(known.digest)
            found.append(
                file_item(
                    f"cases/{case.id}/{safe(name)}",
                    body,
                    kind,
                    "said-by-a-company" if kind == "reply" else "said-by-the-owner",
                    how,
                    names=names,
                    letter=kind in ("reply", "proof"),
                    about=case.id,
                    on=str(known.on) if known else "",
                )
            )
        items += _renamed(found, [safe(name) for name, _ in made if name != SUMS])
    return items, frozenset(used)


def _renamed(items: list[Item], before: Sequence[str]) -> list[Item]:
    """An index that leads to a mail leads to its reading, where that is what is given away."""
    new = {
        old.encode(): one.name.rpartition("/")[2].encode()
        for old, one in zip(before, items, strict=True)
        if not one.name.endswith(f"/{old}")
    }
    found = []
    for one in items:
        body = one.body
        if one.what == "case" and isinstance(body, bytes):
            for old, name in new.items():
                body = body.replace(old, name)
        found.append(msgspec.structs.replace(one, body=body))
    return found
