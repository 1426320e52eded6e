"""What came of one policy, against the last time it was seen: an outcome, or why there is none.

A page that is no policy today, or holds far less of it, is an observation with a reason and never
a change. How much less, and what settles it:

- under ``LITTLE`` of the letters it had, or under ``HARDLY`` of the page's own text: ``layout``,
  however often;
- under ``LESS``: ``layout`` too, but a company may have cut its policy. So it is believed where
  the document itself bears a later date than before, or once the same text came on ``DAYS`` days
  in a row.

Of 406 later versions of 42 services that others kept, 16 have less than ``LESS`` of the version
kept before (by bytes), one of them less than ``LITTLE``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from withhold.errors import MissingExtra, WithholdError
from withhold.keep.policy_seen import Outcome, PolicySeen, Reason
from withhold.policies.no_policy import not_a_policy
from withhold.policies.reading import Reading, read_document
from withhold.policies.replay import REMEMBERED
from withhold.policies.said import key_of
from withhold.policies.versions import Change, compare
from withhold.verbs.policy_fetch import Asked, elsewhere, media_of, refusal
from withhold.verbs.policy_text import Kind, decoded

LITTLE = 0.25
LESS = 0.6
HARDLY = 0.05
DAYS = 3
FEWEST = 200
"""Letters of a document that was never seen before; with fewer it is none."""
_NEAR = 0.1
"""Two texts that were cut alike differ by at most this share of their letters."""
_MOST_OF_IT = 0.5
"""Share of its sentences by which a document is known again at another address."""
Body = Callable[[str], bytes]


class Made(Struct, frozen=True, kw_only=True):
    """What is to be recorded; ``body`` where it brings a text that was not kept before."""

    seen: PolicySeen
    body: bytes | None = None


def look(
    document: str,
    asked: Asked,
    before: Sequence[PolicySeen],
    body_of: Body,
    rules: str,
) -> Made:
    """The outcome of one look. ``before``: the looks until now, oldest first.

    ``body_of`` gives the body of an evidence. Raises MissingExtra where no page can be read.
    """
    found = asked.found
    seen = PolicySeen(
        document=document,
        url=found.url,
        on=found.on.date(),
        outcome="failed",
        final_url=found.final_url if found.final_url != found.url else "",
        rules=rules,
        tries=asked.tries,
        warc=found.kept.file if found.kept else "",
    )
    last = next((one for one in reversed(before) if one.good), None)
    reason, detail = refusal(found)
    if reason:
        return _failed(seen, reason, detail)
    known = found.known
    if known is not None:
        seen = replace(seen, etag=known.etag, last_modified=known.last_modified)
    if last is not None and found.unchanged is not None:
        return Made(seen=_as(last, seen))
    media = media_of(found)
    if not media:
        return _failed(seen, "not-text", found.header("content-type")[:80])
    seen = replace(seen, media=media)
    if last is not None and hashlib.sha256(found.body).hexdigest() == last.evidence:
        return Made(seen=_as(last, seen))
    try:
        reading = _read(found.body, media)
    except MissingExtra as why:
        if media != "pdf":
            raise  # without it nothing can be read, of no document
        return _failed(seen, "not-read", why.message)
    seen = _told(seen, reading)
    reason = not_a_policy(reading.document, found.body if media == "html" else b"")
    if reason:
        return _failed(seen, reason)
    reason, detail = _too_little(seen, reading, before, last)
    if reason:
        return _failed(seen, reason, detail)
    if last is not None and last.text == seen.text and last.rules == rules:
        return Made(seen=_as(last, seen))
    return _compared(seen, reading, found.body, before, last, body_of)


def _as(last: PolicySeen, seen: PolicySeen) -> PolicySeen:
    """The document of the last time."""
    return replace(
        last,
        on=seen.on,
        outcome="same",
        detail="",
        said=(),
        places=(),
        url=seen.url,
        final_url=seen.final_url,
        etag=seen.etag,
        last_modified=seen.last_modified,
        change=None,
        again=None,
        tries=seen.tries,
        warc=seen.warc,
        round=0,
        id="",
    )


def _failed(seen: PolicySeen, reason: Reason, detail: str = "") -> Made:
    return Made(
        seen=replace(seen, outcome="failed", reason=reason, detail=detail[:200], said=(), places=())
    )


def _told(seen: PolicySeen, reading: Reading) -> PolicySeen:
    """With what the document says of itself."""
    document = reading.document
    words = "\n".join([one.text for one in document.passages])
    said = sorted({f"{one.says} {key_of(one)}" for one in reading.practices})
    return replace(
        seen,
        title=document.title[:300],
        lang=document.lang,
        text=_digest(words),
        clauses=_digest("\n\n".join(said)),
        said=reading.practices,
        places=document.places,
        silent=reading.silent,
        letters=sum(map(str.isalnum, words)),
        published=document.published,
        in_force=document.in_force,
    )


def _digest(text: str) -> str:
    """Short of a whole SHA-256, which stands for evidence."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def _too_little(
    seen: PolicySeen, reading: Reading, before: Sequence[PolicySeen], last: PolicySeen | None
) -> tuple[Reason, str]:
    if not seen.letters or reading.document.kept < HARDLY:
        return "layout", "hardly any text of the page could be read"
    if last is None:
        return ("layout", f"{seen.letters} letters") if seen.letters < FEWEST else ("", "")
    if last.lang and seen.lang and last.lang != seen.lang:
        return "other-language", f"{seen.lang}, before {last.lang}"
    share = seen.letters / max(last.letters, 1)
    if share >= LESS or (share >= LITTLE and _settled(seen, before, last)):
        return "", ""
    return "layout", f"{share:.0%} of the text there was on {last.on}"


def _settled(seen: PolicySeen, before: Sequence[PolicySeen], last: PolicySeen) -> bool:
    """Whether a shorter text is the document, and not a page that did not load."""
    for new, old in ((seen.published, last.published), (seen.in_force, last.in_force)):
        if new is not None and old is not None and new > old:
            return True
    days: set[date] = {seen.on}
    for one in reversed(before):
        alike = abs(one.letters - seen.letters) <= _NEAR * seen.letters
        if one.reason != "layout" or one.clauses != seen.clauses or not alike:
            break
        days.add(one.on)
    return len(days) >= DAYS


def _compared(
    seen: PolicySeen,
    reading: Reading,
    body: bytes,
    before: Sequence[PolicySeen],
    last: PolicySeen | None,
    body_of: Body,
) -> Made:
    place = elsewhere(seen.url, seen.final_url or seen.url)
    old = _read_again(last, body_of) if last is not None else None
    if last is None or old is None:
        if place:
            return _failed(seen, "moved", f"to {place}")
        gone = "" if last is None else f"the version of {last.on} cannot be read any more"
        return Made(seen=replace(seen, outcome="first", detail=gone), body=body)
    change = compare(old, reading, seen.on)
    replaced = change.grade == "document-replaced"
    if (place and change.overlap < _MOST_OF_IT) or (replaced and seen.final_url):
        return _failed(seen, "moved", f"to {place or seen.final_url}")
    if not change.noticed:
        return Made(seen=replace(seen, outcome="re-rendered"), body=body)
    again = _said_before(seen, reading, before, last, body_of)
    if again is not None:
        return Made(seen=replace(seen, outcome="re-rendered", again=again), body=body)
    outcome: Outcome = "replaced" if replaced else "changed"
    return Made(seen=replace(seen, outcome=outcome, change=change), body=body)


def _said_before(
    seen: PolicySeen,
    reading: Reading,
    before: Sequence[PolicySeen],
    last: PolicySeen,
    body_of: Body,
) -> date | None:
    """The day of the latest earlier version that says the same, among those remembered."""
    for one in _remembered(before, last):
        if one.clauses == seen.clauses and one.rules == seen.rules:
            return one.on
        old = _read_again(one, body_of)
        if old is not None and _says_the_same(compare(old, reading)):
            return one.on
    return None


def _remembered(before: Sequence[PolicySeen], last: PolicySeen) -> Iterator[PolicySeen]:
    """The latest versions that say different things, but the last; the newest first."""
    met = {last.clauses}
    for one in reversed(before):
        if one.good and one.clauses not in met:
            met.add(one.clauses)
            yield one
            if len(met) > REMEMBERED:
                return


def _says_the_same(change: Change) -> bool:
    return not (change.noticed or change.other_language)


def _read(body: bytes, media: str) -> Reading:
    """The same of the same bytes, today and when they are read again without their headers."""
    kind = cast("Kind", media)
    return read_document(decoded(body, kind), kind)


def _read_again(one: PolicySeen, body_of: Body) -> Reading | None:
    """A version by the rules of now; None where its body cannot be had any more."""
    try:
        return _read(body_of(one.evidence), one.media)
    except MissingExtra:
        raise
    except WithholdError:  # forgotten, or changed by somebody
        return None
