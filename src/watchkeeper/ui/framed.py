"""A page that is shown inside a frame of ours, and may do nothing there: no script, no form, no address but its own."""

from __future__ import annotations

from django.http import HttpResponse

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox",
    ]
)
"""Nothing is fetched from anywhere, and `sandbox` makes it nobody's: it shares neither cookies nor storage with us."""


def framed(html: str) -> HttpResponse:
    """A whole page for `<iframe sandbox>`; opened by itself it is just as powerless."""
    headers = {"Content-Security-Policy": CONTENT_SECURITY_POLICY, "X-Frame-Options": "SAMEORIGIN"}
    return HttpResponse(html, headers=headers)
