"""WARC files as warcio writes them: another library than the one that reads."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

CRAWL = "CC-MAIN-2026-30"
Item = tuple[str, int, bytes, str, list[tuple[str, str]]]
"""Address, status, body, date, headers of HTTP."""


def warc(path: Path, items: Iterable[Item], *, packed: bool = True, crawl: str = CRAWL) -> Path:
    """A file with a warcinfo record, a request beside each response, and the responses."""
    with path.open("wb") as stream, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # warcio leaves its buffers open
        writer = WARCWriter(stream, gzip=packed)
        about = {"isPartOf": crawl} if crawl else {"software": "made"}
        writer.write_record(writer.create_warcinfo_record(path.name, about))
        for url, status, body, date, headers in items:
            for kind in ("request", "response"):
                said = f"{status} X" if kind == "response" else "GET /robots.txt HTTP/1.1"
                protocol = "HTTP/1.1" if kind == "response" else ""
                head = StatusAndHeaders(said, headers, protocol=protocol)
                writer.write_record(
                    writer.create_warc_record(
                        url,
                        kind,
                        payload=io.BytesIO(body if kind == "response" else b""),
                        http_headers=head,
                        warc_headers_dict={"WARC-Date": date},
                    )
                )
    return path
