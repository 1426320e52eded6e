"""prove bundle: the files that links rest on, what servers answered, and whose data stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from withhold.catalog.reveals import RevealWords, reveal_words
from withhold.errors import BadInput, StoreTrouble
from withhold.keep import Store
from withhold.keep.private import RESPONSES
from withhold.reach.bundle_files import digest_of
from withhold.rights.case import Event
from withhold.rights.mail_headers import raw, sender
from withhold.rights.mail_parts import head_of
from withhold.traces.bundles.manifest import Came
from withhold.traces.bundles.others import Parties, Search
from withhold.traces.bundles.responses import taken_out
from withhold.verbs.bundle_asked import Wanted, host_of
from withhold.verbs.bundling import Item, Links, file_item, safe, title_of

_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_PUBLIC = ("controllers", "authorities", "platforms", "crawlers", "letters", "laws")
"""Folders of knowledge in which the addresses of offices stand: nobody's private ones."""
_PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ")
_MOST_ADDED = 256 * 1024 * 1024


def search_of(store: Store, root: Path, marks: dict[str, str], lang: str) -> Search:
    """How texts of this owner are looked through: who is a party, and what is public."""
    own = store.own.settings()
    cases = store.cases.all()
    mails = {one.lower() for one in _public_mails(root)}
    said = [own.get("name", ""), *own.get("address", "").splitlines()]
    for text in (own.get("email", ""), own.get("contact", "")):
        mails |= {one.lower() for one in _MAIL.findall(text)}
    for filed in cases:
        said += [filed.person.name, *filed.person.address.splitlines()]
        for text in (filed.person.email, filed.case.to):
            mails |= {one.lower() for one in _MAIL.findall(text)}
        for event in filed.case.events:
            mails |= {one.lower() for one in _MAIL.findall(event.message_id)}
            if event.kind == "reply" and (address := _from(store, event)):
                mails.add(address)
    region = own.get("place", "").partition("-")[0]
    return Search(
        parties=Parties(mails=frozenset(mails), words=tuple(filter(None, map(str.strip, said)))),
        words=_words(root),
        marks=marks,
        lang=lang,
        region=region,
    )


@cache
def _words(root: Path) -> RevealWords:
    """Read once: making them ready takes long (``bench/reveals.py``)."""
    return reveal_words(root)


def _public_mails(root: Path) -> Iterator[str]:
    for folder in _PUBLIC:
        for path in sorted((root / folder).rglob("*.toml")):
            yield from _MAIL.findall(path.read_text(encoding="utf-8"))


def _from(store: Store, event: Event) -> str:
    """Who wrote a reply: the other side of the case, by the owner's word."""
    if not event.evidence or not store.evidence.has(event.evidence):
        return ""
    head, _ = head_of(store.evidence.read(event.evidence), 0, 256 * 1024)
    found = _MAIL.search(sender(head)[1]) or _MAIL.search(raw(head, "from"))
    return found[0].lower() if found else ""


def evidence_items(
    store: Store, links: Links, wanted: Wanted, how: Search | None, but: frozenset[str]
) -> list[Item]:
    """The files that the links rest on; of everything, also those that no link names any more.

    ``but``: digests of files that are in it already. Raises StoreTrouble for one that was changed.
    """
    documents = {
        str(one.said.fields.get("evidence", "")): one
        for one in links.told
        if one.said.kind == "policy"
    }
    shown = {
        digest: one
        for one in links.told
        if one.said.kind == "observation"
        for digest in [str(one.said.fields.get("evidence", ""))]
    }
    every = wanted.everything and wanted.since is None and wanted.until is None
    found = []
    for kept in store.evidence.all():
        if kept.digest in but or not (every or kept.digest in links.evidence):
            continue
        body = store.evidence.read(kept.digest)
        look = documents.get(kept.digest)
        if look:
            name = f"policies/{safe(look.said.about)}/{look.said.on}-{kept.digest[:8]}"
            ending = _ending(str(look.said.fields.get("media", "")))
            found.append(
                file_item(
                    name + ending,
                    body,
                    "policy",
                    "said-by-a-company",
                    None,  # published words of a company, kept as they were
                    title=look.said.about,
                    about=look.said.about.partition("/")[0],
                    on=look.said.on,
                )
            )
            continue
        seen, named = shown.get(kept.digest), title_of(kept.name, how)
        came: Came = "said-by-the-owner"
        if seen and seen.said.fields.get("how") in ("observed", "clicked"):
            came = "seen-by-the-tool"
        found.append(
            file_item(
                f"evidence/{kept.digest[:12]}-{safe(named)}",
                body,
                "evidence",
                came,
                how,
                title=named,
                about=seen.said.about if seen else "",
                on=seen.said.on if seen else "",
            )
        )
    return found


def _ending(media: str) -> str:
    for kind in ("html", "pdf", "markdown", "plain"):
        if kind in media:
            return {"markdown": ".md", "plain": ".txt"}.get(kind, f".{kind}")
    return ".bin"


def response_items(store: Store, home: Path, links: Links, wanted: Wanted) -> list[Item]:
    """What servers answered: whole files, or of them the records of the sites and documents.

    Raises StoreTrouble for a listed file that is gone or was changed.
    """
    whole = wanted.everything and wanted.since is None and wanted.until is None
    urls = {
        str(one.said.fields.get(key, ""))
        for one in links.told
        if one.said.kind == "policy"
        for key in ("url", "final_url")
    } - {""}

    def belongs(url: str, day: str) -> bool:
        if not wanted.in_time(day[:10]):
            return False
        return wanted.everything or url in urls or host_of(url) in wanted.hosts

    found = []
    for one in store.responses.files():
        path = home / RESPONSES / one.name
        if not path.is_file() or digest_of(path).sha256 != one.digest:
            raise StoreTrouble(
                f"{RESPONSES}/{one.name} is gone or was changed", "withhold doctor says more"
            )
        body: bytes | Path = path
        original = ""
        if not whole:
            with path.open("rb") as file:
                body, n = taken_out(file, one.size, belongs)
            if not n:
                continue
            original = one.digest
        found.append(
            Item(
                name=f"responses/{safe(one.name)}",
                body=body,
                what="responses",
                came="seen-by-the-tool",
                title=one.name,
                original=original,
                searched=False,
            )
        )
    return found


def added_items(paths: Iterable[Path], how: Search | None) -> list[Item]:
    """Files that the owner adds, named as added. Raises BadInput for one that cannot be read, and
    for a packed one, which would hide others' data."""
    found = []
    for path in paths:
        try:
            size = path.stat().st_size
            with path.open("rb") as file:
                begins = file.read(6)
            if how is not None and begins.startswith(_PACKED):
                raise BadInput(
                    f"{path}: is packed, so what is of others in it cannot be taken out",
                    "add the lines that matter as plain text, or say --with-others",
                )
            if size > _MOST_ADDED:
                raise BadInput(f"{path}: larger than 256 MiB", "add the part that matters")
            body = path.read_bytes()
        except OSError as why:
            raise BadInput(f"{path}: cannot be read ({why.strerror})", "name a file") from why
        named = title_of(path.name, how)
        found.append(
            file_item(
                f"added/{safe(named)}",
                body,
                "added",
                "said-by-the-owner",
                how,
                clients=True,
                title=named,
            )
        )
    return found
