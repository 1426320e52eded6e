"""Writing a bundle: private, there as a whole or not, and the same for the same content."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from withhold.errors import BadInput
from withhold.reach.half_written import half_written
from withhold.traces.bundles.manifest import (
    BLOCK,
    MANIFEST,
    MOST_MANIFEST,
    SEAL,
    SUMS,
    Digested,
    Manifest,
    NoManifest,
    digested,
    entries,
    octets,
    read,
    seal,
    sums,
)
from withhold.traces.bundles.zipped import ending, local

_TOO_LARGE = "narrow it down: --account, --site, --case, --since, --until"


class Written(Struct, frozen=True):
    """A bundle that is there now: octets, files, and the SHA-256 of its manifest."""

    size: int
    files: int
    seal: str


def opened(body: bytes | Path) -> BinaryIO:
    """A content, to be read once; BadInput where its file cannot be."""
    if isinstance(body, bytes):
        return BytesIO(body)
    try:
        return body.open("rb")
    except OSError as why:
        raise BadInput(f"{body}: cannot be read ({why.strerror})", "look at its rights") from why


def digest_of(body: bytes | Path) -> Digested:
    """What a manifest says of a content."""
    with opened(body) as file:
        return digested(file)


def write_bundle(
    path: Path,
    manifest: Manifest,
    bodies: dict[str, bytes | Path],
    tick: Callable[[int], None],
) -> Written:
    """Writes it beside its place with mode 0600 and moves it there.

    ``bodies``: each file that the manifest names. Raises BadInput: too large, a file that changed
    while it was read, a folder that may not be written.
    """
    data = octets(manifest)
    try:
        if len(data) > MOST_MANIFEST:
            raise NoManifest("too-large")
        read(data)
    except NoManifest as why:
        raise BadInput(f"{path}: more than a bundle can hold ({why})", _TOO_LARGE) from why
    every = entries(manifest, data)
    made: dict[str, bytes | Path] = {
        MANIFEST: data,
        SUMS: sums(manifest, data),
        SEAL: seal(data),
    }
    every_body = bodies | made
    sha256 = {one.name: one.sha256 for one in manifest.files}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with half_written(path, 0o600) as out:
            for one in every:
                out.write(local(one))
                _copy(one.name, every_body[one.name], sha256.get(one.name, ""), out)
                tick(out.tell())
            for part in ending(every):
                out.write(part.octets)
            size = out.tell()
    except OSError as why:
        raise BadInput(
            f"{path}: cannot be written ({why.strerror})", "choose a folder that is yours"
        ) from why
    return Written(size, len(every), hashlib.sha256(data).hexdigest())


def _copy(name: str, body: bytes | Path, sha256: str, out: BinaryIO) -> None:
    """A content, as it was when it was digested."""
    digest = hashlib.sha256()
    with opened(body) as file:
        while data := file.read(BLOCK):
            digest.update(data)
            out.write(data)
    if sha256 and digest.hexdigest() != sha256:
        raise BadInput(
            f"{name}: it was changed while the bundle was written", "run the same command again"
        )
