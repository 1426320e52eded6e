"""Mails made for tests, octet by octet."""

from __future__ import annotations

from withhold.rights.replies import Message, messages

HEAD = (
    "From: Privacy <privacy@acme.example>\n"
    "To: mara@example.org\n"
    "Subject: Re: Objection WH-7K3Q9D\n"
    "Date: Tue, 3 Nov 2026 10:15:00 +0100\n"
    "Message-ID: <answer-1@acme.example>\n"
)


def mail(text: str = "We agree.\n", head: str = "", base: str = HEAD) -> bytes:
    """A message; ``head`` are more headers, each with its line end."""
    return f"{base}{head}\n{text}".encode()


def one(body: bytes, name: str = "a.eml") -> Message:
    """The only message of a file."""
    found = list(messages(body, name))
    assert len(found) == 1
    return found[0]


def parts(*many: str, kind: str = "mixed", head: str = "") -> bytes:
    """A message of several parts; each begins with its headers."""
    body = "".join(f"--b0\n{part}\n" for part in many)
    more = f'MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="b0"\n{head}'
    return mail(f"{body}--b0--\n", more)
