"""The robots.txt that is served today, for ``withhold apply SITE --write``."""

from __future__ import annotations

from pathlib import Path

from withhold.errors import BadInput
from withhold.faces.cli.setting import Setting

_READ_AT_MOST = 1024 * 1024


def served_today(
    origin: str, file: str | None, offline: bool, allow_private: bool, setting: Setting
) -> tuple[bytes | None, str]:
    """The robots.txt of today, or None and why it is not known (a code and a detail)."""
    if file:
        return read_file(Path(file), "save what is served today, or leave --served out"), ""
    if offline:
        return None, "offline"
    from withhold.reach.fetched import Wanted
    from withhold.reach.http import Fetcher

    with Fetcher(setting.contact or origin, setting.now, allow_private=allow_private) as fetcher:
        found = fetcher.fetch(Wanted(url=f"{origin}/robots.txt", own=True))
    if found.status == 200 and found.why == "ok" and not found.cut:
        return found.body, ""
    if 400 <= found.status < 500 and found.status != 429:
        return b"", ""  # RFC 9309 2.3.1.3: there is none
    return None, found.detail or found.why if not found.status else str(found.status)


def read_file(path: Path, tip: str) -> bytes:
    """A file of the owner's of at most 1 MiB; BadInput with a tip where it is not to be had."""
    try:
        if not path.is_file():
            raise BadInput(f"{path}: there is no such file", tip)
        with path.open("rb") as stream:
            body = stream.read(_READ_AT_MOST + 1)
    except OSError as why:
        raise BadInput(f"{path}: cannot be read ({why.strerror})", tip) from why
    if len(body) > _READ_AT_MOST:
        raise BadInput(f"{path} is bigger than 1 MiB", tip)
    return body
