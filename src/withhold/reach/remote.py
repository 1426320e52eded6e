"""Inputs by name: files of this machine, folders and patterns, and addresses that fsspec can open.

An address has a scheme (``s3://``, ``gs://``, ``hf://``, ``https://`` ...); nothing is fetched but
what was named. What an address may hold beside the place (a name and password, a signed query)
never stands in a message.
"""

from __future__ import annotations

import glob
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from msgspec import Struct

from withhold.errors import BadInput, MissingExtra

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*(?:::|://)", re.IGNORECASE)
_SECRET = re.compile(r"(?<=://)[^/?#]*@|[?#].*", re.DOTALL)
_PATTERN = re.compile(r"[*?\[]")
_EXTRAS = {"s3": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "hf": "huggingface_hub", "http": "aiohttp"}


class Input(Struct, frozen=True, kw_only=True):
    """One file: its path or address as given, and its size in octets (-1 = not known)."""

    name: str
    size: int = -1


def is_address(name: str) -> bool:
    """Whether fsspec is to open it: it begins with a scheme, and no file here is called so."""
    return bool(_ADDRESS.match(name)) and not Path(name).exists()


def shown(name: str) -> str:
    """A name as messages and manifests may say it: without password, token or signed query, and
    with ``?`` for what is no UTF-8 on the disk."""
    said = _SECRET.sub("", name) if _ADDRESS.match(name) else name
    return said.encode("utf-8", "replace").decode()


def listed(given: Iterable[str], endings: tuple[str, ...] = ()) -> list[Input]:
    """The files that are meant, sorted by name, each once.

    A folder means all in it with one of the endings, a pattern (``*``, ``?``, ``**``) all that fit.
    Raises BadInput for what is not there, MissingExtra for a scheme whose package is not.
    """
    found: dict[str, Input] = {}
    for name in given:
        inside = _remote(name, endings) if is_address(name) else _local(name, endings)
        found.update({one.name: one for one in inside})
    return sorted(found.values(), key=lambda one: one.name)


def opened(name: str) -> BinaryIO:
    """The octets as they lie there, not unpacked. Raises BadInput where they cannot be read."""
    if is_address(name):
        return cast("BinaryIO", _asked(name, lambda system, path: system.open(path, "rb")))
    try:
        return Path(name).open("rb")
    except OSError as why:
        raise BadInput(f"{name}: cannot be read ({why.strerror})", "is the path right?") from why


def stamp(name: str) -> str:
    """What is another when the file is another: size and time, or what the store says of it.

    No octet of the file is read for it.
    """
    if is_address(name):
        info = _asked(name, lambda system, path: system.info(path))
        marks = ("size", "ETag", "etag", "md5Hash", "mtime", "LastModified", "updated", "created")
        return repr([str(info[one]) for one in marks if info.get(one) is not None])
    try:
        seen = Path(name).stat()
    except OSError as why:
        raise BadInput(f"{name}: cannot be read ({why.strerror})", "is the path right?") from why
    return f"{seen.st_size} {seen.st_mtime_ns}"


def stamps(names: Iterable[str]) -> str:
    """SHA-256 over names and stamps in their order: the same inputs, or others."""
    text = "".join(f"{shown(name)}\0{stamp(name)}\n" for name in names)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _local(name: str, endings: tuple[str, ...]) -> Iterator[Input]:
    path = Path(name)
    try:
        if path.is_dir():
            yield from _files(path.rglob("*"), endings)
        elif path.is_file():
            yield Input(name=name, size=path.stat().st_size)
        elif _PATTERN.search(name) and (found := glob.glob(name, recursive=True)):  # noqa: PTH207 - as a shell
            yield from _files(map(Path, found), ())
        else:
            raise BadInput(f"{name}: is not there", "give a file, a folder or an address")
    except OSError as why:
        raise BadInput(f"{name}: cannot be read ({why.strerror})", "is the path right?") from why


def _files(paths: Iterable[Path], endings: tuple[str, ...]) -> Iterator[Input]:
    """Files of a folder; hidden ones are half-written, or nobody's business."""
    for one in paths:
        fits = not endings or one.name.lower().endswith(endings)
        if fits and not one.name.startswith(".") and one.is_file():
            yield Input(name=str(one), size=one.stat().st_size)


def _remote(name: str, endings: tuple[str, ...]) -> list[Input]:
    """One object, or all below a prefix or of a pattern; addresses in full, as they are opened."""

    def found(system: Any, path: str) -> list[Input]:
        if _PATTERN.search(path) and "?" not in name:  # a "?" begins the query of an address
            infos = system.glob(path, detail=True).values()
        elif name.lower().startswith(("http://", "https://")):
            size = system.info(path).get("size")
            return [Input(name=name, size=-1 if size is None else int(size))]
        elif system.isdir(path):
            infos = system.find(path, detail=True).values()
            infos = [one for one in infos if not endings or one["name"].lower().endswith(endings)]
        else:
            return [Input(name=name, size=int(system.info(path).get("size") or 0))]
        return [
            Input(name=system.unstrip_protocol(one["name"]), size=int(one.get("size") or 0))
            for one in infos
            if one["type"] == "file"
        ]

    inputs = cast("list[Input]", _asked(name, found))
    if not inputs:
        raise BadInput(f"{shown(name)}: is not there", "give a file, a folder or an address")
    return inputs


def system_of(address: str) -> tuple[Any, str]:
    """fsspec's file system for an address, and the path in it; MissingExtra without its package."""
    scheme = re.split("::|://", address, maxsplit=1)[0].lower()
    try:
        from fsspec.core import url_to_fs
    except ImportError as why:
        tip = 'pip install "withhold[scale]"'
        raise MissingExtra(f"{shown(address)}: addresses need an extra", tip) from why
    try:
        system, path = url_to_fs(address)
    except ImportError as why:
        package = _EXTRAS.get(scheme.removesuffix("s"), _EXTRAS.get(scheme, f"fsspec[{scheme}]"))
        raise MissingExtra(f"{scheme}:// needs a package more", f'pip install "{package}"') from why
    except ValueError as why:
        raise BadInput(f"{shown(address)}: no scheme that is known", "s3://, gs://, hf://") from why
    return system, path


def _asked(name: str, question: Any) -> Any:
    """What the file system says. Its own words may hold credentials, so only their kind is told."""
    system, path = system_of(name)
    try:
        return question(system, path)
    except FileNotFoundError as why:
        raise BadInput(f"{shown(name)}: is not there", "is the address right?") from why
    except PermissionError as why:
        raise BadInput(f"{shown(name)}: may not be read", "are the credentials set?") from why
    except Exception as why:
        kind = type(why).__name__
        raise BadInput(f"{shown(name)}: cannot be read ({kind})", "try again, or copy it") from why
