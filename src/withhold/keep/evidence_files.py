"""The files of evidence: plain, named by their digest; or sealed, named by it and the key.

Which it is follows the database, and files of its kind are all there at any moment; while a vault
is put on or taken off there may be files of the other kind beside them, which nobody reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from withhold.keep import private
from withhold.keep.sealed import Unsealable, seal, unseal
from withhold.keep.vault_key import Keys

SEALED = ".sealed"
_PLAIN = re.compile(r"[0-9a-f]{64}")
_HALF = re.compile(r"\..+\.\d+\.new")
"""As ``private.write`` calls what is not whole yet."""


class EvidenceFiles:
    """The files of one home, of the kind that ``keys`` says; None: plain."""

    def __init__(self, folder: Path, keys: Keys | None) -> None:
        self.folder = folder
        self._keys = keys

    def path(self, digest: str) -> Path:
        """Where the evidence of this digest lies."""
        if self._keys is None:
            return self.folder / digest
        return self.folder / (self._keys.named(digest) + SEALED)

    def write(self, digest: str, data: bytes) -> None:
        """There is the whole of it or nothing, also after a crash. OSError; MissingExtra."""
        if self._keys is not None:
            data = seal(self._keys.files, _called(digest), data)
        private.write(self.path(digest), data)

    def read(self, digest: str) -> bytes | None:
        """The content; None for a sealed file that does not open. OSError where it is gone."""
        data = self.path(digest).read_bytes()
        if self._keys is None:
            return data
        try:
            return unseal(self._keys.files, _called(digest), data)
        except Unsealable:
            return None

    def there(self, digest: str) -> bool:
        """Whether there is a file; not whether it is sound."""
        return self.path(digest).is_file()

    def unlink(self, digest: str) -> None:
        """Deletes it, and a file of the other kind that an interrupted change has left."""
        self.path(digest).unlink(missing_ok=True)
        if self._keys is not None:
            (self.folder / digest).unlink(missing_ok=True)

    def others(self, digests: Iterable[str]) -> list[Path]:
        """All files in the folder that are none of these digests in this kind."""
        known = {self.path(one).name for one in digests}
        return sorted(one for one in self.folder.iterdir() if one.name not in known)

    def left_over(self, digests: Iterable[str]) -> list[Path]:
        """What a process that was killed has left: halves, and whole files of this kind that are
        none of these digests. Those of the other kind are a vault's that is put on or off."""
        return [
            one
            for one in self.others(digests)
            if _HALF.fullmatch(one.name)
            or (one.suffix == SEALED if self._keys is not None else _PLAIN.fullmatch(one.name))
        ]


def _called(digest: str) -> str:
    return f"evidence:{digest}"
