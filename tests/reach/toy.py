"""A job that is easy to count by hand: every line of a text file, in capitals; and made inputs."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from withhold.errors import WithholdError
from withhold.reach.engines import Part

SCHEMA = pa.schema([("file", pa.string()), ("line", pa.string())])


class Toy:
    """What a line says is done, too: that is how tests have workers die or fail.

    ``@kill MARK`` kills the worker unless the file MARK is there, which it makes before;
    ``@wait MARK`` waits until MARK is there (at most a minute); ``@fail`` raises an error of ours,
    ``@bug`` one of the programmer's.
    """

    def __init__(self, digest: str = "toy") -> None:
        self.digest = digest
        self._short = 0

    def schema(self) -> Any:
        return SCHEMA

    def batches(self, part: Part) -> Iterator[Any]:
        self._short = 0
        name = Path(part.name).name
        for line in Path(part.name).read_text(encoding="utf-8").splitlines():
            word, _, mark = line.partition(" ")
            if word == "@kill" and not Path(mark).exists():
                Path(mark).touch()
                os.kill(os.getpid(), signal.SIGKILL)
            elif word == "@die":
                os.kill(os.getpid(), signal.SIGKILL)
            elif word == "@wait":
                Path(f"{mark}.reached").touch()
                until = time.monotonic() + 60
                while not Path(mark).exists() and time.monotonic() < until:
                    time.sleep(0.02)
            elif word == "@fail":
                raise WithholdError(f"{part.name}: no", "another one")
            elif word == "@bug":
                raise KeyError("a bug")
            self._short += len(line) < 3
            yield pa.record_batch([[name], [line.upper()]], schema=SCHEMA)

    def counts(self, batch: Any) -> Mapping[str, int]:
        return {"lines": batch.num_rows}

    def also(self, part: Part) -> Mapping[str, int]:
        return {"short": self._short}


def made(folder: Path, files: int = 6) -> list[Part]:
    """Text files of a few lines, and a part for each."""
    folder.mkdir(exist_ok=True)
    parts = []
    for number in range(files):
        path = folder / f"{number}.txt"
        path.write_text(f"file {number}\nxy\n\nend {number}\n", encoding="utf-8")
        parts.append(Part(id=f"{number:06d}", name=str(path)))
    return parts


def contents(out: Path) -> dict[str, bytes]:
    """Every file that stands in the folder by its name, the notes too."""
    return {
        str(one.relative_to(out)): one.read_bytes()
        for one in sorted(out.rglob("*"))
        if one.is_file() and one.name != "lock"
    }
