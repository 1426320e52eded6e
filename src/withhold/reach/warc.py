"""Evidence of a fetch as WARC 1.1 records (ISO 28500:2017).

For every response one record of it and one of the request; for a 304 a ``revisit`` that refers to
the response it confirms; where no response came, a metadata record that says why. Cookies and
authorizations are left out. The same fetch gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence

from withhold.reach.addresses import BadUrl, read
from withhold.reach.fetched import Fetched, Hop, Known
from withhold.reach.warc_record import (
    Record,
    date_of,
    digest,
    fields,
    id_of,
    lines,
    one_line,
    record,
)

RENAMED = "x-withhold-original-"
OF_THE_WIRE = frozenset(("content-encoding", "transfer-encoding", "content-length"))
"""They describe the body as it travelled. The record holds it decoded and perhaps cut, so they are
kept under another name; a reader would decode it once more."""
_SECRET = frozenset(
    ("cookie", "cookie2", "set-cookie", "set-cookie2", "authorization", "proxy-authorization")
)
_TRUNCATED = {"too-large": "length", "timeout": "time", "reset": "disconnect"}
"""WARC 1.1, 5.13."""
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
"""WARC 1.1, 6.7.3."""


def warc(fetched: Fetched) -> bytes:
    """All records of one fetch, redirects first."""
    return b"".join([one.data for one in records(fetched)])


def records(fetched: Fetched) -> list[Record]:
    """The same, one by one; that of the final response, where one came, is the last but one."""
    date = date_of(fetched.on)
    made: list[Record] = []
    for number, hop in enumerate(fetched.hops):
        made += _exchange(hop, date, f"{fetched.url} {date} {number}")
    if not fetched.status:
        made.append(_no_response(fetched, date))
    return made


def _exchange(hop: Hop, date: str, seed: str) -> tuple[Record, Record]:
    address = f"WARC-IP-Address: {hop.ip}\r\n" if hop.ip else ""
    about = f"WARC-Target-URI: {hop.url}\r\n{address}"
    payload = digest(hop.body)
    seed = f"{seed} {payload}"
    if hop.of is None:
        answered = _response(hop, date, about, seed, payload)
    else:
        answered = _confirmed(hop, hop.of, date, about, seed)
    asked = record(
        "request",
        id_of("request", seed),
        date,
        f"{about}WARC-Concurrent-To: {answered.id}\r\n",
        _octets(f"{hop.method} /{hop.url.split('/', 3)[3]} HTTP/1.1", hop.sent),
    )
    return answered, asked


def _response(hop: Hop, date: str, about: str, seed: str, payload: str) -> Record:
    headers = hop.headers
    if not _whole(hop):
        renamed = [(RENAMED + n if n.lower() in OF_THE_WIRE else n, value) for n, value in headers]
        headers = (*renamed, ("Content-Length", str(len(hop.body))))
    cut = ""
    if hop.cut:
        cut = f"WARC-Truncated: {_TRUNCATED.get(hop.why, 'unspecified')}\r\n"
    named = f"{about}WARC-Payload-Digest: {payload}\r\n{cut}"
    head = _octets(hop.line, headers)
    return record("response", id_of("response", seed), date, named, head, hop.body)


def _confirmed(hop: Hop, known: Known, date: str, about: str, seed: str) -> Record:
    """A 304, with the record whose payload it says is still served, as far as that is known."""
    refers = lines(
        [
            ("WARC-Profile", _NOT_MODIFIED),
            ("WARC-Refers-To", known.record),
            ("WARC-Refers-To-Target-URI", known.url),
            ("WARC-Refers-To-Date", known.date),
        ]
    )
    head = _octets(hop.line, hop.headers)
    return record("revisit", id_of("revisit", seed), date, about + refers, head)


def _no_response(fetched: Fetched, date: str) -> Record:
    """What is known of a fetch that came to nothing, as application/warc-fields."""
    block = fields([("asked", fetched.url), ("why", fetched.why), ("detail", fetched.detail)])
    seed = f"{fetched.url} {date} {digest(block)}"
    about = lines([("WARC-Target-URI", _uri(fetched.final_url))])
    return record("metadata", id_of("metadata", seed), date, about, block)


def _whole(hop: Hop) -> bool:
    """Whether the body is what travelled, octet by octet, as its headers describe it."""
    if hop.cut:
        return False
    length = ""
    for name, value in hop.headers:
        lower = name.lower()
        if lower in OF_THE_WIRE:
            if lower != "content-length":
                return False
            length = value
    bodyless = hop.method == "HEAD" or hop.status in (204, 304)
    return bodyless or length in ("", str(len(hop.body)))


def _octets(line: str, headers: Sequence[tuple[str, str]]) -> bytes:
    """A head whose octets are as they were, but for what is secret and for folded lines.

    The HTTP library holds them as Latin-1.
    """
    text = "".join([f"{name}: {value}\r\n" for name, value in headers])
    lower = text.lower()
    plain = lower.count("\n") + lower.count("\r") == 2 * len(headers)
    if not plain or "cookie" in lower or "authorization" in lower:  # few have one
        kept = [pair for pair in headers if pair[0].strip().lower() not in _SECRET]
        text = "".join([f"{name}: {one_line(value)}\r\n" for name, value in kept])
    return f"{line}\r\n{text}\r\n".encode("latin-1", "replace")


def _uri(url: str) -> str:
    """A URL that was never asked may be anything; a record holds one in its one spelling."""
    try:
        return read(url).url
    except BadUrl:
        return "urn:withhold:bad-url"
