"""No version of the data folder is taken for a page that is no policy."""

from __future__ import annotations

from pathlib import Path

import pytest

from withhold.policies.no_policy import not_a_policy
from withhold.policies.passages import document_of

pytestmark = pytest.mark.real


@pytest.mark.long
def test_no_real_policy_is_called_none(corpus: Path) -> None:
    """Also where the page it came from had a login, a captcha and scripts."""
    page = b"<input type='password'><script src='https://www.google.com/recaptcha/api.js'></script>"
    files = sorted((corpus / "policies").rglob("????-??-??.md"))
    assert len(files) == 546
    called = {}
    for path in files:
        document = document_of(path.read_bytes(), "markdown")
        for served in (b"", page):
            if code := not_a_policy(document, served):
                called[str(path)] = code
    assert called == {}


def test_the_beginning_of_a_real_policy_is_still_one(corpus: Path) -> None:
    """A page that was cut to 5 % of its text is another matter than a page that is none."""
    called = []
    files = sorted((corpus / "policies").rglob("????-??-??.md"))[::9]
    for path in files:
        text = path.read_text(encoding="utf-8")
        if not_a_policy(document_of(text[: len(text) // 20], "markdown")):
            called.append(path.parts[-3:])
    assert len(called) <= len(files) // 20, called
