"""robots.txt, and the block that is put into one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from tests.fuzz.tables import fields
from tests.fuzz.target import Target
from withhold.errors import BadInput
from withhold.signals import ai_txt, content_signal, content_usage, robots, robots_block, rsl
from withhold.signals.robots import Mode
from withhold.traces.surveying import policy

PATHS = ("/", "/a/b", "/robots.txt", "/x.html?q=1", "/%E4%F6", "/\u00e4")
ASKED = ("GPTBot", "*", "Applebot-Extended")
MODES: tuple[Mode, ...] = ("rfc", "google")


def reads(body: bytes) -> None:
    """Every token gets an answer, alone or together, and the line it names is there."""
    for mode in MODES:
        file = robots.read(body, mode)
        tokens = (*ASKED, *file.tokens[:5])
        table = file.decide_all(tokens, PATHS)
        for token, row in zip(tokens, table, strict=True):
            for path, decision in zip(PATHS, row, strict=True):
                assert file.decide(token, path) == decision
                assert decision.line or decision.allowed, "refused by no line"
                if decision.line is not None:
                    file.line_text(decision.line)
            if (same := file.everywhere(token)) is not None:
                assert same == file.decide(token, "/y/z")
        for other in file.others:
            file.line_text(other.line)
        content_usage.in_robots(file, "/a/b")
        content_signal.in_robots(file, "/a/b")
        rsl.linked(file, "GPTBot")
    policy.policy(body)


def refuses_no_less(body: bytes) -> None:
    """A refusal that is added to a file never makes it more permissive for that token."""
    if len(body) > robots.LIMIT - 100:
        return
    added = body + b"\nUser-agent: GPTBot\nDisallow: /a/b\n"
    for mode in MODES:
        before, after = (robots.read(one, mode).decide("GPTBot", "/a/b") for one in (body, added))
        assert before.allowed or not after.allowed


def block(body: bytes) -> None:
    """What is put in is there, once, and comes out again; the owner's own lines stay."""
    with suppress(BadInput):
        assert robots_block.removed(robots_block.merged(body, ["GPTBot"])) == robots_block.removed(
            body
        )
    with suppress(BadInput):
        once = robots_block.merged(body, ["GPTBot", "CCBot"])
        assert robots_block.merged(once, ["GPTBot", "CCBot"]) == once
        assert robots_block.has_block(once)
        let_in = [
            mode for mode in MODES if robots.read(once, mode).decide("GPTBot", "/a/b").allowed
        ]
        assert not let_in or robots_block.defeated(once, ["GPTBot"], {}, ["/a/b"])
    robots_block.managed(body)


def ai(body: bytes) -> None:
    """Any octets are an ai.txt; what is written into it twice is written once."""
    file = ai_txt.read(body)
    for path in PATHS:
        for one in file.decide(path):
            assert one.line is None or file._written.line_text(one.line) is not None
    with suppress(BadInput):
        once = ai_txt.write(body)
        assert ai_txt.write(once) == once


def seeds() -> Iterator[bytes]:
    yield from fields("signals/robots_modes.toml", "robots")
    yield from fields("signals/robots_examples.toml", "robots")
    yield from fields("signals/content_usage.toml", "robots")
    yield from fields("signals/content_signal.toml", "robots")


TARGETS = (
    Target(
        name="robots",
        law="any octets; every token is answered, the line named exists, both modes",
        once=reads,
        seeds=seeds,
    ),
    Target(
        name="robots-refusal",
        law="a refusal added never makes a file more permissive",
        once=refuses_no_less,
        seeds=seeds,
        dictionary="robots",
    ),
    Target(
        name="robots-block",
        law="BadInput, or a block that is there once and comes out again",
        once=block,
        seeds=seeds,
        dictionary="robots",
    ),
    Target(
        name="ai-txt",
        law="any octets; writing twice is writing once",
        once=ai,
        seeds=lambda: fields("signals/ai_txt.toml", "file"),
        dictionary="robots",
    ),
)
