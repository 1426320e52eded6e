"""Access logs in every format, alone and counted as ``prove logs`` counts them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, partial

from tests.fuzz.target import Target
from withhold.errors import BadInput
from withhold.site_facts import Crawler
from withhold.traces.logs import format_of, json_lines, own_format, plain_lines, w3c
from withhold.traces.logs.answer import answer
from withhold.traces.logs.counting import Counting
from withhold.traces.logs.in_blocks import blocks, pieces
from withhold.traces.logs.in_force import Dated, InForce
from withhold.traces.logs.judging import Judging
from withhold.traces.logs.line import Line, path_of
from withhold.traces.logs.naming import Names
from withhold.traces.logs.seen import LogSeen
from withhold.traces.logs.tally import Tally
from withhold.traces.logs.whose import Whose

ROBOTS = b"User-agent: GPTBot\nDisallow: /\n"
CLF = '203.0.113.7 - - [10/Oct/2025:13:55:36 -0700] "GET /a?x=1 HTTP/1.1" 200 2326'
AGENT = "Mozilla/5.0 (compatible; GPTBot/1.2)"
COMBINED = f'{CLF} "-" "{AGENT}"'
CADDY = (
    '{"ts":1760129736.5,"status":200,"size":2326,"request":{"remote_ip":"203.0.113.7","method":'
    f'"GET","uri":"/a?x=1","headers":{{"User-Agent":["{AGENT}"]}}}}}}'
)
NGINX = (
    '{"time_iso8601":"2025-10-10T13:55:36-07:00","remote_addr":"203.0.113.7","status":"200",'
    f'"request":"GET /a?x=1 HTTP/1.1","body_bytes_sent":"2326","http_user_agent":"{AGENT}"}}'
)
CLOUDFRONT = (
    "#Version: 1.0\n#Fields: date time c-ip cs-method cs-uri-stem sc-status cs(User-Agent)\n"
    f"2025-10-10\t20:55:36\t203.0.113.7\tGET\t/a\t200\t{AGENT.replace(' ', '%20')}"
)
CLOUDFRONT_JSON = (
    '{"date":"2025-10-10","time":"20:55:36","c-ip":"203.0.113.7","cs-method":"GET",'
    f'"cs-uri-stem":"/a","sc-status":"200","cs(User-Agent)":"{AGENT.replace(" ", "%20")}"}}'
)
OWN = ('%h %l %u %t "%r" %>s %b "%{User-Agent}i"', '$remote_addr [$time_local] "$request" $status '
       '"$http_user_agent"', "%{msec}t")  # fmt: skip
EVERY = (CLF, COMBINED, f"example.org:443 {CLF}", f"example.org:443 {COMBINED}", CADDY, NGINX,
         CLOUDFRONT, CLOUDFRONT_JSON)  # fmt: skip


@cache
def crawlers() -> dict[str, Crawler]:
    """The crawlers that ship."""
    from withhold.catalog.load import load

    return load(platforms=[]).crawlers


@cache
def known() -> tuple[Names, InForce]:
    """What knows a crawler by its agent, and a robots.txt that refuses one."""
    return Names(crawlers()), InForce([Dated(name="r", since=None, body=ROBOTS)], 24, crawlers())


def counted(log: bytes, shape: format_of.Shape, each: int) -> LogSeen:
    """The log in pieces of so many octets."""
    names, force = known()
    whose, total = Whose({}), Tally()
    cuts = pieces(len(log), each) if shape.cuttable else [(0, len(log))]
    for number, (start, end) in enumerate(cuts):
        counting = Counting(Judging(names, force, whose))
        list(counting.part(io.BytesIO(log), shape, "a", number, start, end))
        total.add(counting.tally)
    return answer(total, crawlers(), names, force, whose, grace_hours=24, whole_addresses=False)


def whole(log: bytes) -> None:
    """lines = unreadable + other + requests, and the same however the file is cut."""
    shape = format_of.of(log)
    seen = counted(log, shape, max(1, len(log)))
    assert seen.lines == seen.unreadable + seen.other + sum(one.requests for one in seen.crawlers)
    assert seen.unreadable == sum(seen.unreadable_why.values())
    mark = b"\xef\xbb\xbf"
    assert seen.lines == len(log.removeprefix(mark).removesuffix(b"\n").split(b"\n")) * bool(
        log.removeprefix(mark)
    )
    for one in seen.crawlers:
        assert one.requests == one.verified + one.spoofed + one.unverified
        honest = one.verified + one.unverified
        assert honest == one.allowed + one.in_spite + one.before_no + one.unjudged
        assert one.first <= one.last
    cut = counted(log, shape, len(log) // 3 + 1)
    assert (cut.lines, cut.unreadable, cut.other) == (seen.lines, seen.unreadable, seen.other)
    assert [(one.token, one.requests, one.in_spite) for one in cut.crawlers] == [
        (one.token, one.requests, one.in_spite) for one in seen.crawlers
    ]


def lines(log: bytes) -> None:
    """Cut into lines nothing is lost or twice."""
    assert b"".join(blocks(io.BytesIO(log))) == log


def each_line(name: str, read: Callable[[], Callable[[bytes], object]], log: bytes) -> None:
    """A line, or the reason why it is none."""
    reader = read()
    for one in log.split(b"\n")[:50]:
        found = reader(one)
        assert isinstance(found, Line | str), name
        if isinstance(found, Line):
            assert found.format
            path_of(found.target)


def own(data: bytes) -> None:
    """A format as a server's configuration writes it: BadInput, or a reader of any line."""
    text, _, log = data.decode("latin-1").partition("\n")
    with suppress(BadInput):
        read = own_format.reader(text)
        for one in (log.encode("latin-1"), COMBINED.encode()):
            assert isinstance(read(one), Line | str)
    with suppress(BadInput):
        format_of.named(text)


def _seeds() -> Iterator[bytes]:
    yield from (f"{one}\n".encode() for one in EVERY)
    yield "\n".join(EVERY).encode()
    yield f"\ufeff{COMBINED}\r\n{COMBINED}".encode()
    yield b"\n\nhalf a li\n"
    yield (COMBINED.replace("GPTBot", "Google-Extended") + "\n" + COMBINED).encode()


def _of(*of: str) -> Callable[[], Iterator[bytes]]:
    return lambda: iter([f"{one}\n{one}".encode() for one in of])


def _format(name: str, read: Callable[[], Callable[[bytes], object]], *of: str) -> Target:
    return Target(
        name=f"log-{name}",
        law="every line is one, or says why it is none",
        once=partial(each_line, name, read),
        seeds=_of(*of),
        dictionary="logs",
    )


TARGETS = (
    Target(
        name="logs",
        law="lines = unreadable + other + requests, whole or cut anywhere",
        once=whole,
        seeds=_seeds,
        dictionary="logs",
    ),
    Target(
        name="log-blocks", law="no octet lost or twice", once=lines, seeds=_seeds, dictionary="logs"
    ),
    _format("plain", lambda: plain_lines.read, *EVERY[:4]),
    _format("json", lambda: json_lines.read, CADDY, NGINX, CLOUDFRONT_JSON),
    _format("w3c", lambda: w3c.Rows().read, CLOUDFRONT),
    Target(
        name="log-own",
        law="BadInput for a format, or a reader of any line",
        once=own,
        seeds=lambda: [f"{one}\n{COMBINED}".encode() for one in OWN],
        dictionary="logs",
    ),
)
