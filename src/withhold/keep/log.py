"""Whether a write-ahead log explains why the database beside it looks damaged without it.

A log is folded into the database page by page, the first page among the first: it says already how
many pages there are, when the later ones are not there yet. A process that is killed in between,
or a disk that gets full, leaves such a file. It is whole with its log, and only with it.

The format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log (4.1, 4.2).
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

_MAGIC = (0x377F0682, 0x377F0683)
_HEADER, _FRAME = 32, 24


def explains(database: Path) -> bool:
    """Whether the log has a whole transaction that writes the first page. Raises OSError.

    Reading it drops no lock of SQLite's: these lie on the database and on its ``-shm``.
    """
    try:
        with Path(f"{database}-wal").open("rb") as file:
            return _has_first_page(file)
    except FileNotFoundError:
        return False


def _has_first_page(file: BinaryIO) -> bool:
    head = file.read(_HEADER)
    if len(head) < _HEADER or int.from_bytes(head[:4], "big") not in _MAGIC:
        return False
    size, salts = int.from_bytes(head[8:12], "big"), head[16:24]
    written = False
    while len(frame := file.read(_FRAME)) == _FRAME and frame[8:16] == salts:
        if len(file.read(size)) < size:
            return False
        written = written or int.from_bytes(frame[:4], "big") == 1
        if written and int.from_bytes(frame[4:8], "big"):  # the last frame of a transaction
            return True
    return False
