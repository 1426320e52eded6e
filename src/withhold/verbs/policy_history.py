"""watch history of policies: what they said about training on each day, and what changed when.

From dated files, or from a local clone of an Open Terms Archive repository. No account is needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct

from withhold.errors import BadInput, NotFound
from withhold.policies.clause import Clause
from withhold.policies.reading import Reading, read_document
from withhold.policies.replay import Dated, Step, replay
from withhold.reach.git_history import READ_AT_MOST, Clone
from withhold.verbs.policy_files import LAYOUT, Gap, Kept, kept_in, text_of

_NOT_A_NAME = re.compile(r"[\W_]+")


class Past(Struct, frozen=True, kw_only=True):
    """One document over time. ``steps`` are those after the day asked from, all without one.

    ``versions`` counts what was kept, ``used`` what could be compared. ``now`` is what the last
    version that was read says; ``silent``: nothing in any of them.
    """

    service: str
    doc: str
    versions: int
    used: int
    first: date
    last: date
    silent: bool
    steps: tuple[Step, ...]
    now: tuple[Clause, ...] = ()

    @property
    def name(self) -> str:
        """``linkedin/privacy-policy``."""
        return f"{self.service}/{self.doc}"

    @property
    def noticed(self) -> tuple[Step, ...]:
        """The steps of which a person is told."""
        return tuple(one for one in self.steps if one.noticed)


class PolicyHistory(Struct, frozen=True, kw_only=True):
    """The answer: document by document, with what could not be used."""

    documents: tuple[Past, ...]
    gaps: tuple[Gap, ...]
    source: str
    """``files``, or ``open-terms-archive``."""


def of_files(
    folder: Path, target: str = "", *, every: bool = False, since: date | None = None
) -> PolicyHistory:
    """The history of dated policies in a folder: of one service, or of every one.

    Raises BadInput where there is nothing to read, NotFound for a service that is not there.
    """
    if not folder.is_dir():
        raise BadInput(f"{folder}: there is no such folder", f"its layout: {LAYOUT}")
    documents, gaps = kept_in(folder)
    if not documents:
        raise BadInput(f"{folder}: no dated policy in it", f"its layout: {LAYOUT}")
    chosen = _chosen(documents, target, every=every)
    named = {one.name for one in chosen}

    def read(version: Dated) -> Reading | None:
        text = text_of(folder, version)
        return read_document(*text) if text else None

    return PolicyHistory(
        documents=tuple(_past(one, read, since) for one in chosen),
        gaps=tuple(one for one in gaps if every or one.of in named),
        source="files",
    )


def of_clone(
    folder: Path,
    target: str = "",
    *,
    every: bool = False,
    since: date | None = None,
    paths: Iterable[str] = (),
) -> PolicyHistory:
    """The same from a clone of an Open Terms Archive repository, the last version of each day.

    ``paths`` are those where the documents of ``target`` are known to lie.
    """
    with Clone(folder) as clone:
        listed = [_of_path(path) for path in clone.files()]
        if not listed:
            raise BadInput(
                f"{folder}: no SERVICE/DOCUMENT.md in its latest commit",
                "name a clone of a versions repository of Open Terms Archive",
            )
        where = {one.name: path for one, path in zip(listed, clone.files(), strict=True)}
        known = set(paths)
        chosen = [one for one in listed if where[one.name] in known]
        chosen = chosen or _chosen(listed, target, every=every)
        versions = clone.versions([where[one.name] for one in chosen])
        gaps: list[Gap] = []
        documents = []
        for one in chosen:
            days: dict[date, Dated] = {}
            for each in versions[where[one.name]]:
                day = each.on.date()
                if each.size > READ_AT_MOST:
                    gaps.append(Gap(why="too-long", of=one.name, where=each.commit))
                    continue
                days[day] = Dated(day=day, size=each.size, where=each.blob, record=each.record)
            ordered = tuple(days[day] for day in sorted(days))
            if ordered:
                kept = Kept(service=one.service, doc=one.doc, versions=ordered)
                documents.append(_past(kept, _reader(clone), since))
    return PolicyHistory(documents=tuple(documents), gaps=tuple(gaps), source="open-terms-archive")


def _reader(clone: Clone) -> Callable[[Dated], Reading | None]:
    def read(version: Dated) -> Reading | None:
        text = clone.text(version.where)
        return None if text is None else read_document(text, "markdown")

    return read


def _past(kept: Kept, read: Callable[[Dated], Reading | None], since: date | None) -> Past:
    steps = []
    used, silent = 0, True
    now: tuple[Clause, ...] = ()
    for step in replay(kept.versions, read):
        if step.compared:
            used += 1
            silent = silent and step.silent
            now = step.practices
        if since is None or step.version.day > since:
            steps.append(step)
    return Past(
        service=kept.service,
        doc=kept.doc,
        versions=len(kept.versions),
        used=used,
        first=kept.versions[0].day,
        last=kept.versions[-1].day,
        silent=silent and used > 0,
        steps=tuple(steps),
        now=now,
    )


def _chosen(documents: Sequence[Kept], target: str, *, every: bool) -> list[Kept]:
    """Those of the service asked for, by its name or ``SERVICE/DOC``; of the only one there is."""
    services = {slug(one.service): one.service for one in documents}
    if every:
        return list(documents)
    if not target:
        if len(services) == 1:
            return list(documents)
        some = ", ".join(sorted(services)[:8])
        raise BadInput(
            f"{len(services)} services are there: name one, or --all", f"there are {some} ..."
        )
    asked, _, doc = target.partition("/")
    found = [
        one
        for one in documents
        if slug(one.service) == slug(asked)
        and (not doc or slug(one.doc) == slug(doc) or slug(one.doc.partition("@")[0]) == slug(doc))
    ]
    if not found:
        near = get_close_matches(slug(asked), services, n=3) or sorted(services)[:8]
        raise NotFound(f"{target}: no dated policy of that name", f"there are {', '.join(near)}")
    return found


def slug(name: str) -> str:
    """``Google Generative AI`` -> ``google-generative-ai``; letters of any script stay."""
    return _NOT_A_NAME.sub("-", name.lower()).strip("-")


def _of_path(path: str) -> Kept:
    service, _, doc = path.removesuffix(".md").rpartition("/")
    return Kept(service=slug(service), doc=slug(doc), versions=())
