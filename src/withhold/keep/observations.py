"""Observations: appended, read, verified; never changed. The chain is in ``chain.py``."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from withhold.errors import NotFound, StoreTrouble
from withhold.keep.chain import (
    SALT_BYTES,
    START,
    ChainReport,
    Link,
    check_chain,
    link_digest,
    moment,
    salted_digest,
)
from withhold.keep.evidence import Evidence, cited
from withhold.keep.opened import Opened
from withhold.keep.trouble import damaged
from withhold.words import Observation

_LINKS = """
    SELECT o.seq, CAST(o.recorded_at AS BLOB), CAST(o.prev AS BLOB), CAST(o.salted AS BLOB),
        CAST(o.digest AS BLOB), p.salt, CAST(p.body AS BLOB), t.seq IS NOT NULL
    FROM observation o LEFT JOIN payload p USING (seq) LEFT JOIN tombstone t USING (seq)
    ORDER BY o.seq
"""
"""As bytes: a changed byte may have made the text unreadable, and must be told, not crash."""
_LAST = """
    SELECT coalesce(max(seq), 0) FROM (
        SELECT seq FROM sqlite_sequence WHERE name = 'observation'
        UNION ALL SELECT max(seq) FROM payload UNION ALL SELECT max(seq) FROM tombstone
    )
"""


class Observations:
    """What was seen, in the order in which it was recorded."""

    def __init__(self, opened: Opened, evidence: Evidence) -> None:
        self._opened = opened
        self._evidence = evidence

    def record(self, observation: Observation, now: datetime) -> Observation:
        """Appends one observation and answers it with its id, ``obs-<seq>``."""
        return self.record_all([observation], now)[0]

    def record_all(self, observations: Iterable[Observation], now: datetime) -> list[Observation]:
        """Appends all of them, or none. An id that they bring is replaced.

        Raises StoreTrouble if one rests on evidence (a SHA-256) that is not kept here.
        """
        with self._opened.writing():
            done = []
            for one in observations:
                self._must_have(one.evidence)
                body = msgspec.json.encode(msgspec.structs.replace(one, id=""))
                done.append(msgspec.structs.replace(one, id=_id(self.append(body, now))))
        return done

    def append(self, body: bytes, now: datetime) -> int:
        """Appends one link with this text, and answers its number. Records of cases and looks
        at policies are links too.

        Inside the caller's ``writing``: the end of the chain is read and built upon in one piece.
        """
        recorded_at = moment(now)
        with self._opened.writing() as tables:
            last = self._opened.rows(
                "SELECT seq, digest FROM observation ORDER BY seq DESC LIMIT 1"
            )
            before, prev = last[0] if last else (0, START)
            seq, salt = int(before) + 1, secrets.token_bytes(SALT_BYTES)
            salted = salted_digest(salt, body)
            link = {
                "seq": seq,
                "recorded_at": recorded_at,
                "prev": prev,
                "salted": salted,
                "digest": link_digest(prev, seq, recorded_at, salted),
            }
            tables.table("observation").insert(link)
            tables.table("payload").insert({"seq": seq, "salt": salt, "body": body.decode()})
        return seq

    def all(self) -> list[Observation]:
        """All that was not forgotten, oldest first."""
        rows = self._opened.rows(
            "SELECT seq, CAST(body AS BLOB) FROM payload "
            "WHERE seq NOT IN (SELECT seq FROM case_record) "
            "AND seq NOT IN (SELECT seq FROM policy_record) ORDER BY seq"
        )
        return [self._read(seq, body) for seq, body in rows]

    def links(self) -> Iterator[Link]:
        """The chain as it is stored, for a bundle that a third person checks."""
        for seq, recorded_at, prev, salted, digest, salt, body, forgotten in self._opened.rows(
            _LINKS
        ):
            yield Link(
                seq=seq,
                recorded_at=_text(recorded_at),
                prev=_text(prev),
                salted=_text(salted),
                digest=_text(digest),
                salt=salt or b"",
                body=body or b"",
                forgotten=bool(forgotten),
            )

    def verify(self) -> ChainReport:
        """Whether the chain holds, and where it breaks first."""
        with self._opened.snapshot():
            return check_chain(self.links(), self._opened.rows(_LAST)[0][0])

    def length(self) -> int:
        """How many links the chain has, those that were forgotten included."""
        return int(self._opened.rows("SELECT count(*) FROM observation")[0][0])

    def written(self, observation_ids: Iterable[str]) -> dict[str, tuple[str, str]]:
        """When each was written down (UTC), and the digest of its link; of those that are there."""
        said = (one.removeprefix("obs-") for one in observation_ids)
        numbers = [int(one) for one in said if _is_number(one)]
        rows = self._opened.rows(
            "SELECT seq, CAST(recorded_at AS BLOB), CAST(digest AS BLOB) FROM observation "
            "WHERE seq IN (SELECT value FROM json_each(?))",
            str(numbers),
        )
        return {_id(seq): (_text(moment), _text(digest)) for seq, moment, digest in rows}

    # For forgetting -------------------------------------------------------------------------------

    def seq_of(self, observation_id: str) -> int:
        """The number in the chain of ``obs-<seq>``. Raises NotFound."""
        number = observation_id.removeprefix("obs-")
        if _is_number(number) and observation_id == _id(int(number)):
            found = self._opened.rows("SELECT seq FROM observation WHERE seq = ?", int(number))
            if found:
                return int(found[0][0])
        raise NotFound(f"no observation {observation_id} in your store")

    def bodies(self) -> dict[int, str]:
        """The text of each observation that is not forgotten, by its number, readable or not."""
        rows = self._opened.rows("SELECT seq, CAST(body AS BLOB) FROM payload")
        return {seq: _text(body) for seq, body in rows}

    def forget(self, seqs: Iterable[int], now: datetime, why: str) -> None:
        """Puts tombstones in the place of payloads and salts. Inside the caller's ``writing``."""
        on = moment(now)
        with self._opened.writing() as tables:
            tables.table("tombstone").insert_all({"seq": seq, "on": on, "why": why} for seq in seqs)
            tables.table("payload").delete_where("seq IN (SELECT seq FROM tombstone)")

    def _must_have(self, evidence: str) -> None:
        for digest in cited(evidence):
            if not self._evidence.has(digest):
                raise StoreTrouble(
                    f"the evidence {digest} is not kept here", "give the file once more"
                )

    def _read(self, seq: int, body: bytes) -> Observation:
        try:
            seen = msgspec.json.decode(body, type=Observation)
        except (ValueError, RecursionError) as why:  # no UTF-8, no JSON, or no observation
            raise damaged(self._opened.path, f"{_id(seq)}: {why}") from why
        return msgspec.structs.replace(seen, id=_id(seq))


def _id(seq: int) -> str:
    return f"obs-{seq}"


def _is_number(text: str) -> bool:
    """Whether a chain may have a link of this number; SQLite counts up to 19 digits."""
    return text.isascii() and text.isdigit() and len(text) < 19


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "replace")
