"""Bytes, values, dates and names that are where they should not be, or at the edge of what is."""

from __future__ import annotations

from typing import Any

TOKENS = (
    b"null", b"[]", b"{}", b"[", b"]", b"{", b"}", b'"', b"\\", b",", b":", b"<", b">", b"]]>",
    b"<![CDATA[", b"&", b"&#0;", b"&#x110000;", b"&lt;", b"</item>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"<!--", b"<script>alert(1)</script>", b"</div>", b"<div>", b"\\ud800", b"\\udc00\\ud800",
    b"1e999",
    b"-", b"NaN", b"-0", b"9" * 400, b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\x00", b"\x1f",
    b"\r", b"\n",
    b"\n\n", b"\r\n", b"\xe2\x80\xa8", b"[" * 3_000, b'{"a":' * 3_000, b"<div>" * 3_000, b"\t",
    b";", b'""',
)  # fmt: skip
"""What formats are made of, at places where it does not belong."""
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 1.5, 1e300, -1e300, float("nan"), float("inf"), 2**63,
    -(2**63), 10**25,
    "", " ", "x", "0", "N/A", "None", "true", [], {}, [[]], [None], {"": None}, ["x", 1],
    {"a": {"b": []}},
    "\ud800", "\x00", "\u2028", "\u202e", "../../etc/passwd", "/x", "http://[",
    "https://example.org:port/",
    "urn:li:share:", "at://", "data:,", "=1+1", "9" * 5_000, "x" * 100_000, "é" * 40_000,
)  # fmt: skip
DATES: tuple[Any, ...] = (
    0, -1, -62135596800, -62135596801, 253402300799, 253402300800, 1e18, -1e18, 1_700_000_000_000,
    "0000-00-00 00:00:00", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "9999-12-31 23:59:59 UTC", "10000-01-01", "2023-02-29", "2024-02-29T24:00:00Z",
    "2024-06-30T23:59:60Z",
    "2021-13-45", "Wed Oct 10 20:19:24 +9999 2018", "Wed Oct 10 20:19:24 +0000 99999",
    "2020-01-01T00:00:00+99:99",
    "31 Feb 2020", "Jan 0, 0000, 0:00:00 AM", "2020-01-01T00:00:00.123456789012Z",
    "-2020-01-01", "٢٠٢٠-٠١-٠١",
    "2020-01-01 25:61:61", "1e5", "00/00/0000", "2020-W01-1",
)  # fmt: skip
NAMES = (
    "posts.csv", "messages.csv", "media.json", "outbox.json", "conversations.json", "tweets.js",
    "x.html",
    "Shares.csv", "user_data.json", "MyActivity.html", "MyActivity.json", "comments.csv",
    "README", "a/b/c/d.txt",
    "posts/posts_1.json", "message_1.json", "x.car", "no-data.txt", "x.xml", "posts.csv.zip",
    "Ünï/日本.json",
)  # fmt: skip
