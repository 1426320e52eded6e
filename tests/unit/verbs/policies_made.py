"""Policies that were written for these tests, and a fetcher that serves them without a network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from withhold.policy_facts import PolicyDocument
from withhold.reach.fetched import Fetched, Wanted

BEGAN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TRAINS = "We use your posts and photos to train our AI models."
DENIES = "We do not use your posts and photos to train our AI models."
MESSAGES = "We also use your private messages to train our AI models."
_TOPICS = (
    *("cookies", "payments", "storage", "deletion", "minors"),
    *("security", "partners", "support", "devices", "location"),
)
CAPTCHA = (
    b"<html><head><title>Just a moment...</title></head><body><h1>Verify you are human</h1>"
    b'<p>Complete the captcha to go on.</p><div class="g-recaptcha"></div></body></html>'
)
LOGIN = (
    b"<html><head><title>Log in</title></head><body><h1>Log in to go on</h1>"
    b'<form><input type="password" name="p"></form></body></html>'
)


def page(
    *clauses: str,
    title: str = "Privacy Policy",
    updated: str = "",
    share: float = 1.0,
    nonce: str = "",
    name: str = "Acme",
) -> bytes:
    """A policy of about 5,000 letters with these clauses; ``share`` of its paragraphs only.

    ``name`` stands in every other paragraph.
    """
    rest = [
        f"<p>This paragraph {number} tells how {name if number % 2 else 'it'} treats {topic} "
        "when a member visits the service, which staff may look at it, and "
        f"why {topic} is kept for {number + 3} months "
        "after an account was closed by its member.</p>"
        for number, topic in enumerate(_TOPICS * 3)
    ]
    shown = rest[: round(len(rest) * share)]
    said = "".join(f"<p>{one}</p>" for one in clauses)
    head = f"<p>Last updated: {updated}</p>" if updated else ""
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title>"
        f"<meta name='nonce' content='{nonce}'></head><body><main><h1>{title}</h1>{head}"
        f"<h2>Learning machines</h2>{said}<h2>All the rest</h2>{''.join(shown)}"
        "</main></body></html>"
    ).encode()


def document(id: str = "privacy", url: str = "https://acme.example/privacy") -> PolicyDocument:
    return PolicyDocument(id=id, kind="privacy", title=f"Acme's {id}", url=url)


class Clock:
    """A time that goes on by itself a little, and by days where it is told to."""

    def __init__(self) -> None:
        self.at = BEGAN

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def sleep_until_tomorrow(self) -> None:
        self.at = (self.at + timedelta(days=1)).replace(hour=9, minute=0, second=0)


Answer = Callable[[Wanted], Fetched] | Fetched | bytes


class Web:
    """A fetcher that answers by address, each time with the next of what is laid there."""

    per_host = 1

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.laid: dict[str, list[Any]] = {}
        self.asked: list[Wanted] = []

    def lay(self, url: str, *answers: Answer) -> None:
        """What is answered there, one after the other; the last one from then on."""
        self.laid[url] = list(answers)

    def fetch(self, wanted: Wanted) -> Fetched:
        self.asked.append(wanted)
        answers = self.laid[wanted.url]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if callable(answer):
            answer = answer(wanted)
        if isinstance(answer, bytes):
            answer = served(answer)
        final = answer.final_url or wanted.url
        return replace(answer, url=wanted.url, final_url=final, on=self.clock())


def served(body: bytes = b"", status: int = 200, **more: Any) -> Fetched:
    """A response; with ``why`` none."""
    if more.get("why", "ok") != "ok" and status == 200:
        status = 0
    usual: dict[str, Any] = {"headers": (("Content-Type", "text/html; charset=utf-8"),)}
    return Fetched(
        **({"url": "", "final_url": "", "on": BEGAN, "status": status, "body": body} | usual | more)
    )


def waits() -> tuple[list[float], Callable[[float], None]]:
    """What was waited for, in seconds, and who waits without waiting."""
    told: list[float] = []
    return told, told.append


def home_of(tmp_path: Path) -> Path:
    return tmp_path / "home"


def outcomes(looks: Sequence[Any]) -> list[str]:
    """``changed`` or ``failed: captcha`` of each."""
    return [f"{one.outcome}: {one.reason}" if one.reason else one.outcome for one in looks]
