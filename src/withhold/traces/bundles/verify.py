"""Whether a bundle is as it was made: every octet of it, with nothing but itself.

The manifest says what each file must be; all other octets of the file follow from it and are
compared one by one. Read from the beginning to the end with a stretch of 64 KiB in hand; nothing is
unpacked, nothing written, and no name in it is ever used as a path.

What this shows: that the file is the one with this seal. Not: who made it and when. Who holds it
can make another one with another seal; so the seal is compared with one that was given away before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import BinaryIO

from msgspec import Struct

from withhold.traces.bundles.chained import ChainSeen, chain_in, no_one_chain
from withhold.traces.bundles.manifest import (
    CHAIN,
    MANIFEST,
    SEAL,
    SUMS,
    Manifest,
    entries,
    seal,
    sums,
)
from withhold.traces.bundles.misfit import (
    Content,
    Misfit,
    first_difference,
    misfit_in,
)
from withhold.traces.bundles.opening import is_bundle, opened
from withhold.traces.bundles.responses import WarcSeen, warc_in
from withhold.traces.bundles.zipped import Octets, ending, local

SCHEMA = "withhold/verify/1"


class Verified(Struct, frozen=True, kw_only=True):
    """What was found. ``seal`` is the digest of the manifest that is in it, empty without one;
    ``given`` the one it was compared with. ``chain`` and ``responses`` are looked at only where
    every octet fits."""

    size: int
    manifest: Manifest | None = None
    seal: str = ""
    given: str = ""
    misfit: Misfit | None = None
    chain: ChainSeen | None = None
    responses: tuple[WarcSeen, ...] = ()

    @property
    def seal_fits(self) -> bool:
        """Whether it is the seal that was given; also where none was."""
        return not self.given or self.given == self.seal

    @property
    def ok(self) -> bool:
        """Whether all fits that can be checked."""
        return (
            self.misfit is None
            and self.seal_fits
            and (self.chain is None or self.chain.ok)
            and all(one.ok for one in self.responses)
        )


class NoBundle(ValueError):
    """A file that is no bundle, and does not look as if it had been one."""


def _quiet(_: int) -> None:
    """Nobody looks at how far it is."""


def verify(file: BinaryIO, given: str = "", tick: Callable[[int], None] = _quiet) -> Verified:
    """Looks at all of it. ``tick`` is told how many octets were read. Raises NoBundle."""
    size = file.seek(0, 2)
    if not is_bundle(file, size):
        raise NoBundle
    found = opened(file, size)
    if found.manifest is None:
        return Verified(size=size, given=given, misfit=found.misfit)
    manifest = found.manifest
    misfit = _first_misfit(file, size, manifest, found.octets, tick)
    checked = Verified(
        size=size,
        manifest=manifest,
        seal=hashlib.sha256(found.octets).hexdigest(),
        given=given,
        misfit=misfit,
    )
    return checked if misfit else _inside(file, checked, manifest, found.octets)


def _first_misfit(
    file: BinaryIO, size: int, manifest: Manifest, data: bytes, tick: Callable[[int], None]
) -> Misfit | None:
    every = entries(manifest, data)
    made = {MANIFEST: data, SUMS: sums(manifest, data), SEAL: seal(data)}
    described = {one.name: one for one in manifest.files}
    at = 0
    for one in every:
        header = local(one)
        if misfit := _structure(file, at, Octets("local-header", one.name, header)):
            return misfit
        at += len(header)
        if one.name in made:
            misfit = _structure(file, at, Octets("content", one.name, made[one.name]))
        else:
            said = described[one.name]
            must = Content(
                name=one.name,
                at=at,
                size=one.size,
                sha256=said.sha256,
                crc=one.crc,
                blocks=said.blocks,
            )
            misfit = misfit_in(file, must, tick)
        if misfit:
            return misfit
        at += one.size
    for part in ending(every):
        if misfit := _structure(file, at, part):
            return misfit
        at += len(part.octets)
    if size > at:
        return Misfit(at=at, until=size, exact=True, why="more", part="behind")
    return None


def _structure(file: BinaryIO, at: int, must: Octets) -> Misfit | None:
    """Octets that follow from the manifest, compared one by one."""
    file.seek(at)
    there = file.read(len(must.octets))
    if there == must.octets:
        return None
    place = first_difference(there, must.octets)
    gone = place == len(there)
    return Misfit(
        at=at + place,
        until=at + place + 1,
        exact=True,
        why="missing" if gone else "changed",
        part=must.part,  # type: ignore[arg-type]
        file=must.file,
        in_file=place,
        was="" if gone else f"{must.octets[place]:02x}",
    )


def _inside(file: BinaryIO, checked: Verified, manifest: Manifest, data: bytes) -> Verified:
    """The chain of the observations, and the digests that the responses bring."""
    at, chain, responses = 0, None, []
    named = [one.name for one in manifest.files if one.what == "chain"]
    if named != [CHAIN] and (named or manifest.chain.length):
        chain = no_one_chain()
    for one, entry in zip((None, *manifest.files), entries(manifest, data), strict=False):
        at += len(local(entry))
        if one is not None and named == [CHAIN] == [one.name]:
            file.seek(at)
            chain = chain_in(file, one.size, manifest.chain)
        elif one is not None and one.what == "responses":
            file.seek(at)
            responses.append(warc_in(file, one.name, one.size))
        at += entry.size
    return Verified(
        size=checked.size,
        manifest=manifest,
        seal=checked.seal,
        given=checked.given,
        chain=chain,
        responses=tuple(responses),
    )
