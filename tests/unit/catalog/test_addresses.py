"""Addresses from knowledge end in mail heads and links: what is odd is no address."""

from __future__ import annotations

import pytest

from withhold.catalog.addresses import is_mail, is_post, is_web


@pytest.mark.parametrize(
    "text",
    [
        "privacy@acme.example",
        "DPO@gitlab.example",
        "EUrepresentative.Acme@two-birds.example",
        "o'brien+dpo@a.b.example",
        "x@lda.bayern.de",
    ],
)
def test_a_mail_address(text: str) -> None:
    assert is_mail(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "privacy",
        "privacy@",
        "@acme.example",
        "privacy@acme",
        "a@b@acme.example",
        "privacy@acme.example\n",
        "privacy@acme.example\r\nBcc: all@acme.example",
        "privacy@acme.example, other@acme.example",
        "Privacy <privacy@acme.example>",
        "mailto:privacy@acme.example",
        "pri vacy@acme.example",
        ".privacy@acme.example",
        "privacy..x@acme.example",
        "privacy@-acme.example",
        "privacy@acme.example.",
        "privacy@acme.1",
        "privacy\x00@acme.example",
        "prívacy@acme.example",
        "privacy@аcme.example",  # the first letter of the host is Cyrillic
        "a" * 250 + "@acme.example",
    ],
)
def test_what_is_no_mail_address(text: str) -> None:
    assert not is_mail(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://acme.example",
        "https://acme.example/",
        "http://www.Acme.example/Form?id=1&x=%2C#there",
        "https://acme.example:8443/a",
        "https://acme.example?q=1",
        "HTTPS://ACME.EXAMPLE/A",
    ],
)
def test_a_web_address(text: str) -> None:
    assert is_web(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "acme.example",
        "ftp://acme.example",
        "javascript:alert(1)",
        "https://",
        "https:///a",
        "https://acme",
        "https://user:pass@acme.example/",
        "https://acme.example/a b",
        "https://acme.example/\n",
        "https://acme.example/\r\nX: y",
        'https://acme.example/"onload=',
        "https://acme.example/<script>",
        "https://acme.example/ä",
        "https://acme.example:port/",
        "https://acme.example/" + "a" * 500,
    ],
)
def test_what_is_no_web_address(text: str) -> None:
    assert not is_web(text)


@pytest.mark.parametrize("text", ["Acme Ltd\nDublin 1", "Ä & Ö GmbH\nc/o B\n1 Weg\nZürich\nCH"])
def test_a_postal_address(text: str) -> None:
    assert is_post(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Acme Ltd, Dublin 1",
        "Acme Ltd\n\nDublin",
        "Acme Ltd\nDublin\n",
        "Acme Ltd\r\nDublin",
        "Acme Ltd\n Dublin",
        "Acme Ltd\nDub\tlin",
        "Acme\x1b[0m Ltd\nDublin",
        "Acme \u202eLtd\nDublin",
        "\n".join("line" for _ in range(13)),
        "Acme\n" + "a" * 500,
    ],
)
def test_what_is_no_postal_address(text: str) -> None:
    assert not is_post(text)
