"""A home with everything and its bundle, and how tests look into one."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from tests.dashboard.made import FAR_SITE, SITE, Made, at_home, make_home
from tests.journeys.run import Ran, here
from withhold.keep import Store
from withhold.keep.private import RESPONSES
from withhold.keep.responses import WarcFile
from withhold.reach.warc_record import record


def everything(folder: Path) -> Made:
    """Everything, with responses of two sites that were recorded once."""
    found = make_home(folder / "home")
    _record_responses(found.home)
    return found


def _record_responses(home: Path) -> None:
    """Two responses in one file, as fetching writes them."""
    folder = home / RESPONSES
    folder.mkdir(exist_ok=True)
    path = folder / "20261101T000000Z-x.warc.gz"
    date, head = "2026-11-01T00:00:00Z", b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
    records = [record("warcinfo", "<urn:uuid:0>", date, "", b"software: a test\r\n")]
    for number, site in enumerate((SITE, FAR_SITE), 1):
        about = f"WARC-Target-URI: {site}/robots.txt\r\n"
        body = f"User-agent: GPTBot\nDisallow: /\n# {site}\n".encode()
        records.append(record("response", f"<urn:uuid:{number}>", date, about, head, body))
    path.write_bytes(b"".join(one.data for one in records))
    data = path.read_bytes()
    with Store.open(home) as store:
        one = WarcFile(name=path.name, size=len(data), digest=hashlib.sha256(data).hexdigest())
        store.responses.add_files([one])


def bundled(home: Path, out: Path, *args: str | Path) -> Ran:
    with at_home(home):
        return here("prove", "bundle", out, "--yes", *args).ok()


def contents(out: Path) -> dict[str, bytes]:
    """By the standard library, which checks each CRC-32."""
    with ZipFile(out) as zipped:
        return {one: zipped.read(one) for one in zipped.namelist()}


def manifest(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(contents(out)["manifest.json"])
    return found
