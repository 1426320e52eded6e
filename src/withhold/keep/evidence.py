"""Evidence: files that an observation rests on, known by the SHA-256 of their bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from msgspec import Struct

from withhold.errors import NotFound
from withhold.keep.evidence_files import EvidenceFiles
from withhold.keep.opened import Opened
from withhold.keep.trouble import damaged, troubles
from withhold.keep.vault_card import card_of, has_sealed, lost

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Kept(Struct, frozen=True, kw_only=True):
    """One file of evidence; ``name`` is what its owner called it, ``size`` is in bytes."""

    digest: str
    name: str
    size: int


def cited(text: str) -> set[str]:
    """The digests that a text names, whatever state the text is in."""
    return set(_DIGEST.findall(text))


class Evidence:
    """The folder of evidence and the list of what is in it."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._files = EvidenceFiles(opened.evidence, opened.keys)
        self._tidied = False

    def keep(self, data: bytes, name: str) -> str:
        """Keeps these bytes and answers their digest. The same bytes are kept once."""
        digest = hashlib.sha256(data).hexdigest()
        with self._opened.writing() as tables:  # so that nobody forgets it in between
            self._tidy()
            tables.table("evidence").insert(
                {"digest": digest, "name": name, "size": len(data)}, pk="digest", ignore=True
            )
            self._files.write(digest, data)
        return digest

    def read(self, digest: str) -> bytes:
        """The bytes. Raises NotFound, or StoreTrouble if the file is gone or was changed."""
        if not self.has(digest):
            raise NotFound(f"no evidence {digest} in your store")
        with troubles(self._opened.path):
            data = self._files.read(digest)
        if data is None or hashlib.sha256(data).hexdigest() != digest:
            raise damaged(self._opened.path, f"evidence/{digest} was changed")
        return data

    def has(self, digest: str) -> bool:
        """Whether evidence of this digest was kept and not forgotten."""
        return bool(self._opened.rows("SELECT 1 FROM evidence WHERE digest = ?", digest))

    def there(self, digest: str) -> bool:
        """Whether its file lies in the folder; not whether it is sound."""
        return self._files.there(digest)

    def all(self) -> list[Kept]:
        """All that is kept, by name."""
        rows = self._opened.rows("SELECT digest, name, size FROM evidence ORDER BY name, digest")
        return [Kept(digest=digest, name=name, size=size) for digest, name, size in rows]

    def faults(self) -> list[str]:
        """One line for each file of evidence that is gone or was changed."""
        found = []
        for one in self.all():
            with troubles(self._opened.path):
                if not self._files.there(one.digest):
                    found.append(f"evidence/{one.digest} ({one.name}) is gone")
                    continue
                data = self._files.read(one.digest)
                if data is None or hashlib.sha256(data).hexdigest() != one.digest:
                    found.append(f"evidence/{one.digest} ({one.name}) was changed")
        return found

    def forget(self, digests: Iterable[str]) -> int:
        """Deletes these files, and answers how many. Inside the caller's ``writing``.

        The files go before the rows are committed: should one of them resist, the rows stay and
        it can be tried again; what is told to be forgotten is gone.
        """
        gone = [digest for digest in sorted(set(digests)) if self.has(digest)]
        with self._opened.writing() as tables:
            for digest in gone:
                self._files.unlink(digest)
                tables.table("evidence").delete(digest)
        return len(gone)

    def left_over(self) -> list[str]:
        """The names of files that a process that was killed has left: halves, and unlisted ones."""
        with troubles(self._opened.path):
            return [one.name for one in self._files.left_over(it.digest for it in self.all())]

    def _tidy(self) -> None:
        """Takes them away, once. Inside ``writing``: nobody else is at a file meanwhile."""
        if not self._tidied:
            home = self._opened.path.parent
            plain = self._opened.keys is None and card_of(home) is None
            if plain and has_sealed(self._opened.evidence):
                raise lost(home)
            self._tidied = True
            for file in self._files.left_over(one.digest for one in self.all()):
                file.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Deletes all files that the list does not name, as a crash may leave one behind."""
        with self._opened.writing():
            for file in self._files.others(one.digest for one in self.all()):
                file.unlink()
