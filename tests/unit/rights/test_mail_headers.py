"""Encoded words in headers (RFC 2047): decoded as far as they hold, else left as they are."""

from __future__ import annotations

import pytest

from withhold.rights.mail_headers import decoded_words


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("=?utf-8?B?R3LDvMOfZQ==?=", "Gr\u00fc\u00dfe"),
        ("=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab"),
        ("=?utf-8\xff?B?Q2zD?=", "=?utf-8\xff?B?Q2zD?="),
        ("=?utf-8?B?A?=", "=?utf-8?B?A?="),
        ("=?no-such-charset?Q?a?=", "=?no-such-charset?Q?a?="),
        ("no words", "no words"),
    ],
)
def test_encoded_words_are_decoded_as_far_as_they_hold(written: str, shown: str) -> None:
    assert decoded_words(written) == shown
