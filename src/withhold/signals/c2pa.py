"""C2PA: what a signed assertion inside an image says of data mining, training and inference.

CAWG training and data mining assertion 1.1 (``cawg.training-mining``), and the older one of C2PA
1.x (``c2pa.training-mining``). Its entries each say ``allowed``, ``notAllowed`` or ``constrained``
(then ``constraint_info`` is prose or an address). They stand in a map ``entries``, which a schema
of 1.0 left out, so both forms are read. Which of our uses they speak of is our reading:

- ``ai_generative_training`` and ``ai_training`` (of models that do not generate): ``train-ai``; of
  both the most restrictive counts;
- ``data_mining``: a no also refuses ``train-ai`` where no entry speaks of training, since mining
  is the wider word; a yes gives no leave to train;
- ``ai_inference``: ``ai-input``.

``constrained`` with ``constraint_info`` says neither: who asks has to read the terms. Without it
"``constrained`` shall be treated as equivalent to ``notAllowed``" (3.1): a no. What does not stand
says nothing.
Only the active manifest speaks of the file as it is, and only if its signature and hashes hold:
an invalid one is a note and no statement. That the signer is on no list of trusted ones is a note.

The store is read by c2pa-python (extra ``[images]``), which is imported late and told to fetch
nothing: no remote manifest, no OCSP, no list of trusted signers.
"""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any, Literal

import msgspec
from msgspec import Struct

from withhold.errors import MissingExtra
from withhold.signals import xmp_packets
from withhold.words import Statement, Use

SIGNAL = "c2pa-training-mining"
PLACE = "C2PA"
LIMIT = xmp_packets.LIMIT

Note = Literal[
    "limit-64-mib",
    "c2pa-not-read",
    "c2pa-broken",
    "c2pa-signature-invalid",
    "c2pa-signer-not-listed",
    "c2pa-value-unknown",
]
Says = Literal["allowed", "notAllowed", "constrained", "constrained-without-info", "unknown"]

_LABEL = re.compile(r"(?:cawg|c2pa)\.training-mining(?:\.v\d+)?(?:__\d+)?")
_ENTRY = re.compile(r"(?:cawg|c2pa)\.(data_mining|ai_training|ai_generative_training|ai_inference)")
_MIME = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_OFFLINE = {
    "verify": {
        "verify_trust": False,
        "verify_timestamp_trust": False,
        "ocsp_fetch": False,
        "remote_manifest_fetch": False,
    }
}
_ALLOWED: dict[Says, bool | None] = {
    "allowed": True,
    "notAllowed": False,
    "constrained-without-info": False,
}
_RESTRICTIVE_FIRST: tuple[Says, ...] = (
    "notAllowed",
    "constrained-without-info",
    "constrained",
    "unknown",
    "allowed",
)
_INFO = ("constraint_info", "constraints_info")
"""The name in the schema and the example, and the one in the prose of 3.1."""


class Entry(Struct, frozen=True):
    """One entry as it stands: its name in full, what it says, the words of its constraint."""

    name: str
    says: Says
    literal: str = ""
    constraint: str = ""

    @property
    def about(self) -> str:
        """``data_mining``, ``ai_training``, ``ai_generative_training`` or ``ai_inference``."""
        return self.name.split(".", 1)[1]


class Assertion(Struct, frozen=True):
    """What the active manifest says of training and mining, and the traps that were met."""

    entries: tuple[Entry, ...] = ()
    notes: tuple[Note, ...] = ()

    def statements(
        self, *, site: str = "", place: str = PLACE, on: date | None = None
    ) -> list[Statement]:
        """To everyone, of each use at most one."""
        by: dict[str, list[Entry]] = {}
        for entry in self.entries:
            by.setdefault(entry.about, []).append(entry)
        training = by.get("ai_training", []) + by.get("ai_generative_training", [])
        if not training:
            mining = by.get("data_mining", [])
            training = [one for one in mining if _ALLOWED.get(one.says) is False]
        uses: tuple[tuple[Use, list[Entry]], ...] = (
            ("train-ai", training),
            ("ai-input", by.get("ai_inference", [])),
        )
        said = []
        for use, entries in uses:
            if entries:
                one = min(entries, key=lambda one: _RESTRICTIVE_FIRST.index(one.says))
                said.append(_statement(one, use, site, place, on))
        return said


def _statement(one: Entry, use: Use, site: str, place: str, on: date | None) -> Statement:
    text = f"{one.name}: {one.literal}" + (f" ({one.constraint})" if one.constraint else "")
    allowed = _ALLOWED.get(one.says)
    return Statement(
        token="*",
        allowed=allowed,
        signal=SIGNAL,
        use=use,
        site=site,
        on=on,
        text=text[:200],
        why="" if one.says in ("allowed", "notAllowed") else one.says,
        place=place,
    )


def read(data: bytes, *, asked_for: bool = False) -> Assertion:
    """What an image's C2PA store says; nothing where it has none. Any bytes will do.

    Without c2pa-python: MissingExtra where it was ``asked_for``, else a note.
    """
    if len(data) > LIMIT:
        return Assertion((), ("limit-64-mib",))  # a hash over all of it cannot hold for a part
    found = xmp_packets.find(data)
    if not found.c2pa:
        return Assertion()
    try:
        import c2pa
    except ImportError as why:
        if asked_for:
            raise MissingExtra(
                "reading C2PA needs c2pa-python", "pip install 'withhold[images]'"
            ) from why
        return Assertion((), ("c2pa-not-read",))
    try:
        context = c2pa.Context(c2pa.Settings.from_dict(_OFFLINE))
        with c2pa.Reader(_MIME[found.format], io.BytesIO(data), context=context) as reader:
            return from_json(reader.json())
    except c2pa.C2paError:
        return Assertion((), ("c2pa-broken",))


def from_json(report: str | bytes) -> Assertion:
    """What c2pa-python's report of a store says. Any text will do."""
    try:
        store = msgspec.json.decode(report)
        state = store["validation_state"]
        manifest = store["manifests"][store["active_manifest"]]
        assertions = manifest.get("assertions", [])
        found = [one for one in assertions if _LABEL.fullmatch(str(one.get("label", "")))]
        read_in = [entry for one in found for entry in _entries(_map(one["data"]))]
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError, RecursionError, ValueError):
        return Assertion((), ("c2pa-broken",))
    if state not in ("Valid", "Trusted"):
        return Assertion((), ("c2pa-signature-invalid",))
    notes: list[Note] = []
    if read_in and state != "Trusted":
        notes.append("c2pa-signer-not-listed")
    if any(one.says == "unknown" for one in read_in):
        notes.append("c2pa-value-unknown")
    return Assertion(tuple(read_in), tuple(notes))


def _map(data: dict[str, Any]) -> dict[str, Any]:
    """The map of entries: under its name, or the data itself where it holds an entry."""
    if "entries" not in data and any(_ENTRY.fullmatch(name) for name in data):
        return data
    entries: dict[str, Any] = data["entries"]
    return entries


def _entries(entries: dict[str, Any]) -> list[Entry]:
    """The entries that are known by name."""
    found = []
    for name, entry in entries.items():
        if not _ENTRY.fullmatch(name):
            continue
        said = entry if isinstance(entry, dict) else {}
        use = said.get("use")
        info = next((str(said[one]).strip() for one in _INFO if said.get(one)), "")
        says: Says = use if use in ("allowed", "notAllowed", "constrained") else "unknown"
        if says == "constrained" and not info:
            says = "constrained-without-info"
        found.append(Entry(name, says, str(use)[:100], info[:100]))
    return found
