"""Forgetting: what was there is gone, that something was there stays. Cases go as the rest does.

The payload and its salt, the evidence that nothing else rests on, and for accounts their row and
history are deleted and wiped from the file. What stays of an observation is its link in the chain
and a tombstone: when it was recorded and when, and why, it was forgotten. The why is the caller's
word (``owner``, ``account``); it must not name what is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from withhold.errors import NotFound
from withhold.keep.cases import Cases, Filed
from withhold.keep.evidence import Evidence, cited
from withhold.keep.observations import Observations
from withhold.keep.opened import Opened
from withhold.keep.own import Own
from withhold.keep.posts import Posts
from withhold.keep.watched import Watched
from withhold.words import Observation


class Forgotten(msgspec.Struct, frozen=True, kw_only=True):
    """How much was forgotten."""

    observations: int = 0
    evidence: int = 0
    accounts: int = 0
    sites: int = 0
    cases: int = 0
    posts: int = 0


class Forget:
    """Forgets one observation, one case, one account, one site, or everything."""

    def __init__(
        self,
        opened: Opened,
        own: Own,
        observations: Observations,
        evidence: Evidence,
        cases: Cases,
        posts: Posts,
    ) -> None:
        self._opened = opened
        self._own = own
        self._observations = observations
        self._evidence = evidence
        self._cases = cases
        self._posts = posts

    def observation(self, observation_id: str, now: datetime, why: str = "owner") -> Forgotten:
        """One observation; of one that is forgotten already nothing more. Raises NotFound."""
        with self._opened.writing():
            seq = self._observations.seq_of(observation_id)
            done = self._drop([seq], now, why)
            Watched(self._opened).forget_naming(f"obs-{seq}")
            self._wipe_is_due()
        self._opened.wipe_after()
        return done

    def case(self, reference: str, now: datetime, why: str = "owner") -> Forgotten:
        """One case with its letters and replies, and what they say of a practice. NotFound."""
        with self._opened.writing():
            links = self._cases.links_of([reference])
            if not links:
                raise NotFound(f"no case {reference} of yours", "withhold plan lists your cases")
            done = self._drop(links, now, why)
            Watched(self._opened).forget_naming(reference)
            self._wipe_is_due()
        self._opened.wipe_after()
        return Forgotten(cases=1, evidence=done.evidence)

    def account(self, key: str, now: datetime, why: str = "owner") -> Forgotten:
        """An account, its history and what was seen of it. Raises NotFound if there is nothing.

        What was seen of *all* accounts of its platform goes too when no other is left there, and
        so do its cases. Its posts go with all that archives say of them.
        """
        with self._opened.writing():
            known, seqs, records, cases = self._of_account(key)
            done = self._drop([*seqs, *records], now, why)
            posts = self._posts.forget(key)
            if known:
                self._own.remove_account(key)
            for reference in cases:  # answers on other accounts may rest on one that names none
                Watched(self._opened).forget_naming(reference)
            self._wipe_is_due()
        self._opened.wipe_after()
        return msgspec.structs.replace(
            done,
            observations=done.observations - len(records),
            accounts=known,
            cases=len(cases),
            posts=posts,
        )

    def site(self, url: str) -> Forgotten:
        """A site of the owner's. What was seen of it stays. Raises NotFound."""
        with self._opened.writing():
            self._own.remove_site(url)
            self._wipe_is_due()
        self._opened.wipe_after()
        return Forgotten(sites=1)

    def of_account(self, key: str) -> Forgotten:
        """What ``account`` would take away, counted; nothing is written. Raises NotFound."""
        known, seqs, records, cases = self._of_account(key)
        ((posts,),) = self._opened.rows("SELECT count(*) FROM post WHERE account = ?", key)
        return Forgotten(
            observations=len(seqs),
            evidence=len(self._only_theirs([*seqs, *records])),
            accounts=known,
            cases=len(cases),
            posts=posts,
        )

    def of_everything(self) -> Forgotten:
        """What ``everything`` would take away, counted; nothing is written."""
        return Forgotten(
            observations=len(self._observations.bodies()) - len(self._cases.links()),
            evidence=len(self._evidence.all()),
            accounts=len(self._own.accounts()),
            sites=len(self._own.sites()),
            cases=len(self._cases.readable()),
            posts=self._posts.count(),
        )

    def everything(self, now: datetime, why: str = "owner") -> Forgotten:
        """All that the owner has, set, saw and kept. The chain's links and tombstones stay."""
        with self._opened.writing() as tables:
            accounts, sites = len(self._own.accounts()), len(self._own.sites())
            cases, records = len(self._cases.readable()), len(self._cases.links())
            done = self._drop(self._observations.bodies(), now, why)
            left = self._evidence.forget(one.digest for one in self._evidence.all())
            posts = self._posts.forget()
            for table in (
                "audience_change",
                "account",
                "site",
                "setting",
                "confirmation",
                "response",
                "warc",
                "policy_round",
            ):
                tables.table(table).delete_where()
            self._evidence.sweep()
            self._wipe_is_due()
        self._opened.wipe_after()
        return Forgotten(
            observations=done.observations - records,
            evidence=done.evidence + left,
            accounts=accounts,
            sites=sites,
            cases=cases,
            posts=posts,
        )

    def responses(self) -> None:
        """What is noted of responses of sites; their files are deleted by who wrote them."""
        with self._opened.writing() as tables:
            for table in ("response", "warc"):
                tables.table(table).delete_where()
            self._wipe_is_due()
        self._opened.wipe_after()

    def _drop(self, seqs: Iterable[int], now: datetime, why: str) -> Forgotten:
        """Payloads, salts, and the evidence that no other observation names."""
        bodies = self._observations.bodies()
        gone = [seq for seq in seqs if seq in bodies]
        theirs = self._only_theirs(gone)
        self._observations.forget(gone, now, why)
        with self._opened.writing() as tables:  # which policies were looked at is forgotten, too
            tables.table("policy_record").delete_where("seq IN (SELECT seq FROM tombstone)")
        return Forgotten(observations=len(gone), evidence=self._evidence.forget(theirs))

    def _only_theirs(self, seqs: Iterable[int]) -> set[str]:
        """The evidence that these observations name, and no other does."""
        bodies = self._observations.bodies()
        named = {digest for seq in seqs if seq in bodies for digest in cited(bodies.pop(seq))}
        return named - {digest for body in bodies.values() for digest in cited(body)}

    def _of_account(self, key: str) -> tuple[int, list[int], set[int], list[str]]:
        """Whether it is there (1 or 0), its observations, the links of its cases, and its cases.

        Raises NotFound where nothing at all is there.
        """
        own = self._own.accounts()
        known = sum(one.key == key for one in own)
        platform = key.partition(":")[0]
        alone = all(one.platform != platform for one in own if one.key != key)
        no_observations = self._cases.legible()  # what these are about, they say themselves
        no_observations |= {seq for (seq,) in self._opened.rows("SELECT seq FROM policy_record")}
        seqs = [
            seq
            for seq, body in self._observations.bodies().items()
            if seq not in no_observations and _is_of(body, key, platform, alone)
        ]
        cases = [
            one.case.id for one in self._cases.readable() if _is_about(one, key, platform, alone)
        ]
        if not known and not seqs and not cases and not self._posts.is_of(key):
            raise NotFound(f"no account {key} in your store", "withhold own list shows yours")
        records = set(self._cases.links_of(cases))
        return known, [one for one in seqs if one not in records], records, cases

    def _wipe_is_due(self) -> None:
        """Noted with the forgetting itself, so that a crash before the wiping is made up for."""
        with self._opened.writing() as tables:
            tables.table("unfinished").insert({"what": "wipe"}, pk="what", ignore=True)


def _is_about(filed: Filed, key: str, platform: str, alone: bool) -> bool:
    """Whether a case is about this account; of the last one there all cases of its platform are."""
    case = filed.case
    if case.subject != platform:
        return False
    account = f"{platform}:{case.account}" if case.account else platform
    return alone or account == key


def _is_of(body: str, key: str, platform: str, alone: bool) -> bool:
    """Whether an observation is of this account; one that cannot be read is, if it names it."""
    try:
        seen = msgspec.json.decode(body, type=Observation)
    except (ValueError, RecursionError):
        return f'"{key}"' in body
    if seen.account == key:
        return True
    of_all = seen.account in ("", platform) and seen.control.startswith(f"{platform}/")
    return alone and of_all
