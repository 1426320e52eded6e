"""A multipart form (RFC 7578) as it arrives: fields in memory, files on the disk, all bounded.

Nothing is held that is not needed: of a file at most a megabyte is in memory at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct
from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from withhold.faces.web.views import Upload
from withhold.reach.dropped import Dropped

MIB = 1 << 20
_CHUNK = MIB


class Limits(Struct, frozen=True, kw_only=True):
    """How much of a form is taken. Octets and seconds."""

    fields: int = 1000
    fields_octets: int = MIB
    name_octets: int = 1000
    files: int = 50
    files_octets: int = 20 << 30
    spare: int = 256 * MIB
    """What stays free on the disk, whatever is dropped."""
    silence: float = 20.0
    """Seconds without one octet."""
    grace: float = 30.0
    """Seconds after which the rate counts."""
    rate: float = 1024.0
    """Octets a second, on average since the beginning."""
    linger: float = 2.0
    """Seconds in which a refused browser may send on, so that it hears the answer."""


class Multipart:
    """Takes the octets of one form, as they arrive."""

    def __init__(self, boundary: bytes, home: Path, limits: Limits, *, uploads: bool) -> None:
        self._home, self._limits, self._uploads = home, limits, uploads
        self.form: dict[str, list[str]] = {}
        self._files: list[tuple[str, str, Dropped]] = []
        self._count = self._fields_octets = self._files_octets = 0
        self._header = bytearray()
        self._value = bytearray()
        self._disposition = b""
        self._name = ""
        self._file: Dropped | None = None
        self._waiting: list[tuple[Dropped, bytes]] = []
        self._octets_waiting = 0
        self._is_file = self._ended = False
        told: Any = {
            "on_part_begin": self._begin,
            "on_header_begin": self._header.clear,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers,
            "on_part_data": self._data,
            "on_part_end": self._end,
            "on_end": self._all,
        }
        self._parser = _or_400(lambda: MultipartParser(boundary, told))
        self._field_name = bytearray()

    async def take(self, chunk: bytes) -> None:
        """More of it. Raises HTTPException 400, 413; OSError of the disk."""
        _or_400(lambda: self._parser.write(chunk))
        if self._octets_waiting >= _CHUNK:
            await self._write()

    async def done(self) -> tuple[Upload, ...]:
        """The files, when all has arrived. Raises HTTPException 400 where the end is missing."""
        if not self._ended:
            raise HTTPException(400)
        await self._write()
        for _, _, file in self._files:
            file.close()
        return tuple(
            Upload(field=field, name=name, path=file.path, size=file.size)
            for field, name, file in self._files
        )

    def drop(self) -> None:
        """Nothing of it stays on the disk."""
        self._waiting.clear()
        for _, _, file in self._files:
            file.delete()

    async def _write(self) -> None:
        waiting, self._waiting, self._octets_waiting = self._waiting, [], 0

        def writing() -> None:
            for file, data in waiting:
                file.write(data)

        if waiting:
            await run_in_threadpool(writing)

    # What the parser tells ------------------------------------------------------------------------

    def _begin(self) -> None:
        self._count += 1
        if self._count > self._limits.fields:
            raise HTTPException(413)
        self._disposition, self._value = b"", bytearray()
        self._field_name.clear()
        self._header.clear()
        self._file, self._is_file = None, False

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._field_name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_end(self) -> None:
        if bytes(self._field_name).lower() == b"content-disposition":
            self._disposition = bytes(self._header)
        self._field_name.clear()
        self._header.clear()

    def _headers(self) -> None:
        kind, options = parse_options_header(self._disposition)
        if kind != b"form-data" or b"name" not in options:
            raise HTTPException(400)
        self._name = _text(options[b"name"])
        if len(options[b"name"]) > self._limits.name_octets:
            raise HTTPException(413)
        self._is_file = b"filename" in options
        name = _text(options.get(b"filename", b""))[:255]
        if not name:  # a field for a file in which nothing was chosen has a file without a name
            return
        if not self._uploads:
            raise HTTPException(400)
        if len(self._files) >= self._limits.files:
            raise HTTPException(413)
        self._file = Dropped(self._home)
        self._files.append((self._name, name, self._file))

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._file is not None:
            self._files_octets += end - start
            if self._files_octets > self._limits.files_octets:
                raise HTTPException(413)
            self._waiting.append((self._file, data[start:end]))
            self._octets_waiting += end - start
            return
        self._fields_octets += end - start
        if self._fields_octets > self._limits.fields_octets or self._is_file:
            raise HTTPException(413 if not self._is_file else 400)
        self._value += data[start:end]

    def _end(self) -> None:
        if not self._is_file:
            self.form.setdefault(self._name, []).append(_text(self._value))

    def _all(self) -> None:
        self._ended = True


def _text(raw: bytes | bytearray) -> str:
    """Browsers send UTF-8; what is none becomes marks."""
    return raw.decode("utf-8", "replace")


def _or_400(does: Callable[[], Any]) -> Any:
    try:
        return does()
    except FormParserError as why:
        raise HTTPException(400) from why
