"""watch, of policies: each document fetched politely, one observation each, and what changed.

::

    done = watch_policies(home, documents(root), "you@example.org", clock)
    for one in done.changes: ...

A run that is stopped at any point is gone on with by the next one: what was recorded is not asked
for again and told with the rest; what was not recorded is asked for. Trouble with a document is an
outcome, never the end of the run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from withhold import __version__
from withhold.keep import Store
from withhold.keep.policy_seen import PolicySeen
from withhold.policies.reading import read_document
from withhold.policy_facts import PolicyDocument
from withhold.reach.fetched import Known
from withhold.reach.http import Fetcher, agent_of
from withhold.reach.polite import at_once, host_of
from withhold.verbs.kept import Keeping
from withhold.verbs.policy_fetch import Asked, ask
from withhold.verbs.policy_look import look
from withhold.verbs.policy_rounds import Looked, Round, last_changes, next_try

__all__ = ["Looked", "Round", "last_changes", "run", "watch_policies"]

RULES = f"withhold {__version__}"
"""Whose understanding of sentences a set of clauses is; noted with each."""
IN_ALL = 8
"""Documents that are asked for at a time, at one host one."""


class _Task(Struct, frozen=True):
    name: str
    document: PolicyDocument
    known: Known | None


def _nothing() -> None:
    pass


def _to_nobody(_: Looked) -> None:
    pass


def watch_policies(
    home: Path,
    documents: Iterable[tuple[str, PolicyDocument]],
    contact: str,
    clock: Callable[[], datetime],
    *,
    told: Callable[[Looked], None] = _to_nobody,
    allow_private: bool = False,
    in_all: int = IN_ALL,
) -> Round:
    """One round over these documents, (owner, document) each; every response kept as evidence.

    ``told`` hears of each as it is done. Raises StoreTrouble; BadInput for a contact that cannot
    stand in a header; MissingExtra where policies cannot be read.
    """
    with Store.open(home) as store:
        keeping = Keeping(home, clock, agent_of(contact))
        try:
            with Fetcher(contact, clock, allow_private=allow_private, keep=keeping.add) as fetcher:
                done = run(
                    documents,
                    fetcher,
                    store,
                    clock,
                    in_all=in_all,
                    flush=keeping.flush,
                    told=told,
                )
            keeping.rests_on(one.seen.warc for one in done.looked if one.seen.warc)
        finally:
            evidence = keeping.close()
    return replace(done, evidence=evidence)


def run(
    documents: Iterable[tuple[str, PolicyDocument]],
    fetcher: Fetcher,
    store: Store,
    now: Callable[[], datetime],
    *,
    sleep: Callable[[float], None] = time.sleep,
    in_all: int = IN_ALL,
    rules: str = RULES,
    flush: Callable[[], None] = _nothing,
    told: Callable[[Looked], None] = _to_nobody,
) -> Round:
    """One round: the one of these documents that was cut, or a new one.

    ``sleep`` waits before a second try. ``flush`` is called before a look is recorded, so that the
    file of responses that it names holds them. A document that stands twice is looked at once.
    """
    read_document("<p>", "html")  # MissingExtra before anything is asked for
    named = {f"{of}/{one.id}": one for of, one in documents}
    begun = store.policies.begin(named, now())
    looked = {
        name: _as_told(store, name, named[name], seen, now(), earlier=True)
        for name, seen in store.policies.done(begun.id).items()
        if name in named
    }

    def due() -> Iterator[_Task]:
        for name, document in named.items():
            # another process may be at the same round
            if name not in looked and not store.policies.is_done(begun.id, name):
                yield _Task(name, document, _known(store.policies.last_good(name), document.url))

    def asked(task: _Task) -> tuple[_Task, Asked]:
        return task, ask(fetcher, task.document.url, task.known, sleep)

    for task, came in at_once(
        asked, due(), lambda task: host_of(task.document.url), fetcher.per_host, in_all
    ):
        if came.found.why == "stopped":
            continue
        flush()
        seen = _recorded(store, begun.id, task.name, came, rules, now())
        looked[task.name] = _as_told(store, task.name, task.document, seen, now())
        told(looked[task.name])
    for name, seen in store.policies.done(begun.id).items():
        if name in named and name not in looked:
            looked[name] = _as_told(store, name, named[name], seen, now(), earlier=True)
    whole = len(looked) == len(named)
    return Round(
        id=begun.id,
        begun=begun.begun,
        ended=store.policies.end(begun.id, now()) if whole else now(),
        resumed=begun.resumed,
        looked=tuple(looked[name] for name in named if name in looked),
    )


def _recorded(
    store: Store, round: int, name: str, came: Asked, rules: str, now: datetime
) -> PolicySeen:
    """One observation. It is made up before the store is locked: reading a policy takes a while.

    Where another process has looked at the document meanwhile, in a round of other documents, it
    is made up again: one change must not be noted, and told, as two.
    """
    while True:
        before = store.policies.looks(name)
        made = look(name, came, before, store.evidence.read, rules)
        with store.together():
            if store.policies.last_look(name) == (before[-1].id if before else ""):
                return store.policies.record(round, made.seen, now, made.body)


def _as_told(
    store: Store,
    name: str,
    document: PolicyDocument,
    seen: PolicySeen,
    now: datetime,
    *,
    earlier: bool = False,
) -> Looked:
    return Looked(
        document=name,
        title=document.title,
        url=document.url,
        seen=seen,
        next_try=next_try(store.policies.looks(name), now),
        earlier=earlier,
    )


def _known(last: PolicySeen | None, url: str) -> Known | None:
    """What a server may confirm; its body lies in the evidence and is not needed here."""
    if last is None or last.url != url or not (last.etag or last.last_modified):
        return None
    return Known(url=last.final_url or last.url, etag=last.etag, last_modified=last.last_modified)
