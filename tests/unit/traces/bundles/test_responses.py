"""Records taken out of a WARC file as they are, and the digests that they bring."""

from __future__ import annotations

import gzip
from io import BytesIO

from withhold.reach.warc_record import record
from withhold.traces.bundles.responses import members, named, taken_out, warc_in

HEAD = b"HTTP/1.1 200 OK\r\n\r\n"


def recorded(*hosts: str, size: int = 10) -> list[bytes]:
    """A file of responses, record by record; every other one is small enough to be stored."""
    made = [record("warcinfo", "<urn:uuid:0>", "2026-11-01T00:00:00Z", "", b"software: x\r\n").data]
    for number, host in enumerate(hosts):
        about = f"WARC-Target-URI: https://{host}/\r\n"
        body = b"x" * size * (1 + number % 2 * 1000)
        made.append(
            record(
                "response", f"<urn:uuid:{number}>", "2026-11-01T00:00:00Z", about, HEAD, body
            ).data
        )
    return made


def test_members_are_the_octets_of_the_file() -> None:
    parts = recorded("a.example", "b.example", "c.example")
    whole = b"".join(parts)
    found = list(members(BytesIO(whole + b"behind"), len(whole)))
    assert [one.packed for one in found] == parts
    assert [one.data for one in found] == [gzip.decompress(one) for one in parts]
    assert all(one.whole for one in found)


def test_the_records_of_one_host() -> None:
    parts = recorded("a.example", "b.example", "a.example")
    whole = b"".join(parts)
    data, n = taken_out(BytesIO(whole), len(whole), lambda url, _: url == "https://a.example/")
    assert n == 2
    assert data == parts[0] + parts[1] + parts[3]


def test_nothing_of_a_host_is_nothing_at_all() -> None:
    whole = b"".join(recorded("a.example"))
    assert taken_out(BytesIO(whole), len(whole), lambda _url, _on: False) == (b"", 0)


def test_what_is_cut_at_the_end_is_left_out() -> None:
    parts = recorded("a.example", "b.example")
    whole = b"".join(parts)[:-5]
    data, n = taken_out(BytesIO(whole), len(whole), lambda _url, _on: True)
    assert n == 1
    assert data == parts[0] + parts[1]


def test_a_record_that_is_not_what_its_digest_says() -> None:
    good = recorded("a.example", "b.example")
    told = gzip.decompress(good[1])
    bad = gzip.compress(told.replace(b"xxxxxxxxxx", b"xxxxyxxxxx"))
    data = b"".join((good[0], bad, good[2]))
    seen = warc_in(BytesIO(data), "r", len(data))
    assert (seen.records, seen.fits, seen.not_fits, seen.ok) == (3, 2, 1, False)


def test_fields_are_read_without_case() -> None:
    assert named(b"WARC/1.1\r\nwarc-type: response\r\nX:y: z\r\nnothing\r\n\r\nbody: no") == {
        "warc-type": "response",
        "x": "y: z",
    }
