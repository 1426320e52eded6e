"""Policies: every look at a document, in the one chain of observations; and the rounds of looks.

A round is one look at each of some documents. It is begun once, and whoever asks for the same
documents while it is not ended goes on with it, also in another process: of one document there is
one observation in one round, by a key of the table. What was seen is a payload that can be
forgotten as all others; how rounds stand says nothing of what was seen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from withhold.errors import StoreTrouble
from withhold.keep.evidence import Evidence
from withhold.keep.observations import Observations
from withhold.keep.opened import Opened
from withhold.keep.policy_seen import PolicySeen
from withhold.keep.trouble import damaged

STALE = timedelta(hours=24)
"""A round that was cut longer ago is not gone on with: what it saw is too old to stand for now."""
_SEEN = """
    SELECT seq, round, CAST(body AS BLOB) FROM policy_record JOIN payload USING (seq)
"""


class Begun(Struct, frozen=True, kw_only=True):
    """A round: when it was begun and ended (None: not yet); ``resumed``: it was there already."""

    id: int
    begun: datetime
    ended: datetime | None = None
    resumed: bool = False


class Policies:
    """The looks at policies that were not forgotten."""

    def __init__(self, opened: Opened, observations: Observations, evidence: Evidence) -> None:
        self._opened = opened
        self._observations = observations
        self._evidence = evidence

    # Rounds ---------------------------------------------------------------------------------------

    def begin(self, documents: Iterable[str], now: datetime, stale: timedelta = STALE) -> Begun:
        """The round of these documents that was cut, or a new one."""
        names = _named(documents)
        with self._opened.writing() as tables:
            for number, begun in self._opened.rows(
                "SELECT id, begun FROM policy_round WHERE documents = ? AND ended = '' "
                "ORDER BY id DESC",
                names,
            ):
                at = self._moment(begun)
                if abs(now - at) < stale:  # of 2036 is no more recent than of 2016
                    return Begun(id=number, begun=at, resumed=True)
            rows = tables.execute(
                "INSERT INTO policy_round (documents, begun, ended) VALUES (?, ?, '') "
                "RETURNING id, begun",
                [names, _utc(now)],
            ).fetchall()
        return Begun(id=rows[0][0], begun=self._moment(rows[0][1]))

    def end(self, round: int, now: datetime) -> datetime:
        """When it was ended: now, or before by another process."""
        with self._opened.writing() as tables:
            tables.execute(
                "UPDATE policy_round SET ended = ? WHERE id = ? AND ended = ''", [_utc(now), round]
            )
            found = self._opened.rows("SELECT ended FROM policy_round WHERE id = ?", round)
        return self._moment(found[0][0]) if found else now

    def done(self, round: int) -> dict[str, PolicySeen]:
        """What was seen in a round until now, by document."""
        return {one.document: one for one in self._read(f"{_SEEN} WHERE round = ?", round)}

    def is_done(self, round: int, document: str) -> bool:
        """Whether a document was looked at in a round."""
        return bool(
            self._opened.rows(
                "SELECT 1 FROM policy_record WHERE round = ? AND document = ?", round, document
            )
        )

    # Writing --------------------------------------------------------------------------------------

    def record(
        self, round: int, seen: PolicySeen, now: datetime, body: bytes | None = None
    ) -> PolicySeen:
        """Appends one look, with the body as evidence, and answers it with its id.

        All of it or nothing. Where the round has one of this document already, that one is
        answered and nothing is written. Raises StoreTrouble for evidence that is not kept here.
        """
        with self._opened.writing() as tables:
            before = self._read(f"{_SEEN} WHERE round = ? AND document = ?", round, seen.document)
            if before:
                return before[0]
            if body is not None:
                seen = replace(seen, evidence=self._evidence.keep(body, seen.document))
            elif seen.evidence and not self._evidence.has(seen.evidence):
                raise StoreTrouble(
                    f"the evidence {seen.evidence} is not kept here", "give the file once more"
                )
            seq = self._observations.append(msgspec.json.encode(replace(seen, id="", round=0)), now)
            tables.table("policy_record").insert(
                {"seq": seq, "round": round, "document": seen.document}
            )
        return replace(seen, id=f"obs-{seq}", round=round)

    # Reading --------------------------------------------------------------------------------------

    def looks(self, document: str) -> list[PolicySeen]:
        """Every look at a document, failures among them, oldest first."""
        return self._read(f"{_SEEN} WHERE document = ? ORDER BY seq", document)

    def last_look(self, document: str) -> str:
        """The id of the last look at a document, failures among them; empty where there is none."""
        rows = self._opened.rows(
            "SELECT max(seq) FROM policy_record JOIN payload USING (seq) WHERE document = ?",
            document,
        )
        return f"obs-{rows[0][0]}" if rows[0][0] is not None else ""

    def history(self, document: str) -> list[PolicySeen]:
        """Its versions, oldest first: each look that brought another text than the one before."""
        found: list[PolicySeen] = []
        for one in self.looks(document):
            if one.good and (not found or one.evidence != found[-1].evidence):
                found.append(one)
        return found

    def last_good(self, document: str) -> PolicySeen | None:
        """The last look that saw the document; None: none did."""
        return next((one for one in reversed(self.looks(document)) if one.good), None)

    def changes(self, since: date) -> list[PolicySeen]:
        """All looks since that day (included) that found a change a person is told of."""
        found = self._read(f"{_SEEN} ORDER BY seq")
        return [one for one in found if one.on >= since and one.noticed]

    def documents(self) -> list[str]:
        """The documents of which there is a look, by name."""
        rows = self._opened.rows("SELECT DISTINCT document FROM policy_record ORDER BY document")
        return [name for (name,) in rows]

    # ----------------------------------------------------------------------------------------------

    def _read(self, sql: str, *params: object) -> list[PolicySeen]:
        return [self._decoded(*row) for row in self._opened.rows(sql, *params)]

    def _decoded(self, seq: int, round: int, body: bytes) -> PolicySeen:
        try:
            seen = msgspec.json.decode(body, type=PolicySeen)
        except (ValueError, RecursionError) as why:  # ValueError: also of what is no UTF-8
            raise damaged(self._opened.path, f"obs-{seq}, a look at a policy: {why}") from why
        return replace(seen, id=f"obs-{seq}", round=round)

    def _moment(self, said: Any) -> datetime:
        try:
            return datetime.fromisoformat(said).astimezone(UTC)
        except (TypeError, ValueError) as why:
            raise damaged(self._opened.path, f"a round of policies: {why}") from why


def _named(documents: Iterable[str]) -> str:
    """What stands for a set of documents, whatever their order."""
    return hashlib.sha256("\n".join(sorted(set(documents))).encode()).hexdigest()[:32]


def _utc(now: datetime) -> str:
    return now.astimezone(UTC).isoformat()
