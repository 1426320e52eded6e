"""Pages that were served instead of a policy."""

from __future__ import annotations

import pytest

from withhold.policies.no_policy import NoPolicy, not_a_policy
from withhold.policies.passages import document_of

SENTENCE = "We use what you post to train our models, and you may object to this at any time. "

PARTNERS = "Our partners and we store and read things on your device. " * 10


def _code(page: str) -> NoPolicy:
    return not_a_policy(document_of(page, "html"), page.encode())


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<title>Just a moment...</title><p>Checking your browser.", "captcha"),
        ("<h1>acme.example</h1><p>Verify you are human by completing the action below.", "captcha"),
        ("<h1>Sicherheitsprüfung</h1><p>Bitte bestätigen.", "captcha"),
        ("<p>Wait.<script src='https://challenges.cloudflare.com/t.js'></script>", "captcha"),
        ("<p>Wait.<iframe src='https://geo.captcha-delivery.com/x'></iframe>", "captcha"),
        ("<title>Log in to Acme</title><h1>Welcome back</h1><input type=password>", "login-wall"),
        ("<h2>Acme</h2><p>Sign in<form><input name=p type='password'></form>", "login-wall"),
        ("<title>Anmelden</title><p>E-Mail oder Telefon", "login-wall"),
        ("<title>Before you continue</title><p>Acme would like to store things.", "consent-page"),
        (f"<h1>Acme</h1><p>Accept all</p><p>Reject all</p><p>{PARTNERS}", "consent-page"),
        ("<h1>Acme</h1><p>Wir verwenden Cookies.</p><p>Ablehnen</p>", "consent-page"),
        ("<h1>Privacy Policy</h1><button>Accept all</button><p>Your choice.", "consent-page"),
        ("<title>404 - Acme</title><p>Sorry.", "error-page"),
        ("<title>Page not found</title>" + "<p>Our offers: shoes." * 100, "error-page"),
        ("<h1>Access Denied</h1><p>You don't have permission.", "error-page"),
        ("<title>Acme</title><h1>Privacy Policy</h1><p>Something went wrong.", "error-page"),
        ("<title>Seite nicht gefunden</title><p>Schade.", "error-page"),
        ("<title>Acme</title><div id=root></div><script src=/app.js></script>", "script-only"),
        ("<noscript>You need to enable JavaScript to run this app.</noscript>", "script-only"),
        ("<html><body></body></html>", "empty"),
        ("", "empty"),
    ],
)
def test_a_page_that_is_none(page: str, code: NoPolicy) -> None:
    assert _code(page) == code


@pytest.mark.parametrize(
    "page",
    [
        f"<title>Privacy Policy</title><h1>Privacy Policy</h1><p>{SENTENCE * 3}",
        "<title>Our terms</title><p>We do not train on what you post.",
        # a help page with a login above, a captcha in its form and scripts
        "<a>Log in</a><form><input type=password></form><h1>Training and your posts</h1>"
        f"<script src='https://www.google.com/recaptcha/api.js'></script><p>{SENTENCE * 10}",
        # a policy with a banner above it, and one of cookies
        f"<h1>Privacy Policy</h1><p>We use cookies.</p><p>Accept all</p><p>{SENTENCE * 12}",
        f"<h1>Cookie Policy</h1><p>We use cookies. {SENTENCE * 12}",
        f"<title>Acme</title><p>Accept all cookies</p><h1>Safety</h1><p>{SENTENCE * 30}",
        f"<title>Acme 404 Inc. Privacy Policy</title><p>{SENTENCE * 3}",
        f"<h1>Terms</h1><p>{SENTENCE * 20}<p>Where a page is not found or a service unavailable.",
        f"<title>What happens when access denied is shown</title><p>{SENTENCE * 80}",
    ],
)
def test_a_page_with_the_text_of_a_policy_is_one(page: str) -> None:
    assert _code(page) == ""


def test_words_tell_without_the_page() -> None:
    assert not_a_policy(document_of("Just a moment...\n", "markdown")) == "captcha"
    assert not_a_policy(document_of("", "markdown")) == "empty"
    assert not_a_policy(document_of("# Terms\n\nWe say so.\n", "markdown")) == ""
