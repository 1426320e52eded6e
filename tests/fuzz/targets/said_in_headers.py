"""What a response says in its headers, and the values that stand in robots.txt too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC
from email.utils import format_datetime

from tests.fuzz.tables import cases
from tests.fuzz.target import Target
from withhold.errors import BadInput
from withhold.reach.http_dates import http_date
from withhold.signals import content_signal, content_usage, headers, robots_tag, tdmrep
from withhold.words import Use

ANSWERS = (True, False, None)
TOKENS = ("GPTBot", "Applebot-Extended")
USES: tuple[Use, ...] = ("train-ai", "ai-input", "search")


def all_headers(data: bytes) -> None:
    """Lines of ``name: value`` as a client hands them on; nothing is raised."""
    lines = data.decode("latin-1").split("\n")
    pairs = [(name, value) for name, _, value in (one.partition(":") for one in lines)]
    said = headers.read(pairs, TOKENS)
    statements = said.statements()
    statements += content_usage.in_header(said.content_usage).statements
    statements += tdmrep.decide("/a", header=pairs)
    for one in statements:
        assert one.allowed in ANSWERS
        assert len(one.text) <= 200


def robots_tag_alone(data: bytes) -> None:
    """The rules of one header; a refusal in front of it is still there with it."""
    value = data.decode("latin-1")
    found = robots_tag.read(value, TOKENS)
    robots_tag.notes(found, TOKENS)
    robots_tag.statements(found)
    both = robots_tag.statements([*robots_tag.read("noai", TOKENS), *found])
    assert any(one.token == "*" and one.allowed is False for one in both)


def usage(data: bytes) -> None:
    """Content-Usage: each use once at most; what was understood is the same when written."""
    value = content_usage.read_value(data.decode("utf-8", "surrogateescape"))
    uses = [one.use for one in value.said]
    assert len(uses) == len(set(uses))
    wish = {one.use: one.allowed for one in value.said if one.allowed is not None}
    again = content_usage.read_value(content_usage.write_value(wish)).said if wish else ()
    assert {one.use: one.allowed for one in again} == wish


def signal(data: bytes) -> None:
    """Content-Signal: as Content-Usage, and a no that is added stands."""
    text = data.decode("utf-8", "surrogateescape")
    value = content_signal.read_value(text)
    uses = [one.use for one in value.said]
    assert len(uses) == len(set(uses))
    if len(text) + 20 < content_signal.LIMIT:
        added = content_signal.read_value(text + ",ai-train=no").said
        assert [one.allowed for one in added if one.use == "train-ai"] == [False]


def written_tag(data: bytes) -> None:
    """A token that is written into a header or a tag is read back, or it is BadInput."""
    token = data.decode("utf-8", "replace")
    with suppress(BadInput):
        for name, value in headers.write(["train-ai"], [token]):
            said = headers.read([(name, value)]).statements()
            assert any(one.allowed is False and one.token == token for one in said)


def tags() -> Iterator[bytes]:
    for name in ("headers", "noai", "noarchive"):
        for case in cases(f"signals/{name}.toml"):
            yield from (
                one.partition(": ")[2].encode() for one in case.get("headers", ()) if "obots" in one
            )


def values() -> Iterator[bytes]:
    for case in cases("signals/content_usage.toml"):
        yield from (one.encode() for one in case.get("header", ()))


def date_of(data: bytes) -> None:
    """A moment with its zone or none; written by the standard it is read as the same."""
    found = http_date(data.decode("latin-1"))
    if found is None:
        return
    assert found.tzinfo is not None
    with suppress(OverflowError):  # in its own zone in the year 1, in Greenwich before it
        moment = found.astimezone(UTC)
        if moment.year >= 1900:  # the library that writes pads no years below 1000
            assert http_date(format_datetime(moment, usegmt=True)) == moment


def whole() -> Iterator[bytes]:
    for name in ("headers", "noai", "noarchive"):
        for case in cases(f"signals/{name}.toml"):
            if case.get("headers"):
                yield "\n".join(case["headers"]).encode()


TARGETS = (
    Target(name="headers", law="any lines; data come out", once=all_headers, seeds=whole),
    Target(
        name="x-robots-tag",
        law="any value; a noai in front of it still refuses",
        once=robots_tag_alone,
        seeds=tags,
        dictionary="headers",
    ),
    Target(
        name="content-usage",
        law="any value; each use once; what was understood is the same when written and read",
        once=usage,
        seeds=values,
        dictionary="headers",
    ),
    Target(
        name="content-signal",
        law="any value; each use once; a no that is added stands",
        once=signal,
        seeds=lambda: (b"ai-train=no", b"search=yes, ai-train=no", b"ai-input=yes,use=reference"),
        dictionary="headers",
    ),
    Target(
        name="http-date",
        law="any value; a moment with its zone or none; written by the standard it is the same",
        once=date_of,
        seeds=lambda: (
            b"Sun, 06 Nov 1994 08:49:37 GMT",
            b"Sunday, 06-Nov-94 08:49:37 GMT",
            b"Sun Nov  6 08:49:37 1994",
            b"Fri, 27 Nov 2026 01:02:03 +0530",
        ),
        dictionary="http-date",
        longest=80,
    ),
    Target(
        name="token-written",
        law="BadInput, or a token that is read back from the header that was written",
        once=written_tag,
        seeds=lambda: (b"GPTBot", b"*", b"Applebot-Extended", b"a.b_c"),
        dictionary="headers",
        longest=300,
    ),
)
