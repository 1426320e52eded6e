"""What every answer forbids the browser, also an error, a style sheet or a request that is none."""

from __future__ import annotations

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

FORBIDDEN: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (
        b"permissions-policy",
        b"camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
)
"""Content-Security-Policy level 3, Referrer-Policy, Fetch (nosniff, CORP), HTML (COOP)."""

KEPT_NOWHERE = (b"cache-control", b"no-store")
"""Of pages: what is the owner's lies in no cache of the browser."""
KEPT_BY_THE_BROWSER = (b"cache-control", b"private, max-age=600")
"""Of styles and scripts: they are the program's, the same for everybody."""
