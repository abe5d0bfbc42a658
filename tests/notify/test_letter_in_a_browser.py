"""A mail in a real Chromium, on a telephone and in a window, by day and by night: it fits, is readable, and inert."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from tests.harness.axe import violations
from tests.harness.browser import chromium, page
from tests.harness.fit import is_too_wide
from tests.notify.letters import SENDER, html_of, notice_of, read
from tests.notify.test_letter_page import HOSTILE
from tests.notify.test_wording import ABOUT, DUE, EVERY_NOTICE, PROMISED
from watchkeeper.notify import wording
from watchkeeper.notify.channels.mail.letter import written
from watchkeeper.notify.wording.history import Said

__all__ = ["chromium", "page"]

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parents[2] / "build" / "screenshots" / "mail"

MESSAGE = """Hello Petra,

the payment gateway's certificate had **expired at 14:02 UTC**. It is replaced on both hosts, and payments go through.

- `gw-1` since 15:10
- `gw-2` since 15:14

Please try this, and tell us if any line says *expired*:

```
openssl s_client -connect payments.example.com:443 -servername payments.example.com </dev/null | openssl x509 -enddate
```

| host | expires |
|------|---------|
| gw-1 | 9 Mar 2027 |
| gw-2 | 9 Mar 2027 |

> It worked until two o'clock.

That fits. More is in [the runbook](https://docs.example.com/certificates).

Regards,
Ana"""
EARLIER = [
    Said(
        "Petra Lang",
        DUE - timedelta(minutes=20),
        "All shops, since two. The log says:\n\n```\ncertificate has expired\n```",
    ),
    Said("Ana Ruiz", DUE - timedelta(hours=1), "I look into it. Is it **all** shops?"),
    Said("Petra Lang", DUE - timedelta(hours=2), "Checkout fails.\n\n> Error 503"),
]
SHOWN = {
    "reply": wording.replied(ABOUT, by="Ana Ruiz", message=MESSAGE),
    "receipt": EVERY_NOTICE["receipt"](ABOUT),
    "breach": EVERY_NOTICE["breached"](ABOUT),
    "report": wording.reported(
        ABOUT, by="Petra Lang", message="Checkout fails since two.\n\nAll shops.", promise=PROMISED
    ),
    "resolved": EVERY_NOTICE["resolved"](ABOUT),
    "closed": EVERY_NOTICE["closed"](ABOUT),
    "long words": wording.replied(
        ABOUT, by="Ana Ruiz", message=f"{'x' * 300}\n\n`{'y' * 300}`\n\nhttps://e.example/{'z' * 300}"
    ),
    "password": wording.password_link(
        name="Ana Ruiz",
        url="https://desk.example.com/new-password/MQ/abc-def",
        until=DUE + timedelta(hours=1),
        zone=ABOUT.zone,
    ),
}


def shown(words: wording.Words, earlier: Sequence[Said] = ()) -> str:
    history = wording.history(ABOUT, earlier)
    return html_of(read(written(notice_of(words, history=history), sender=SENDER)))


@pytest.mark.parametrize("name", SHOWN)
def test_a_mail_fits_and_can_be_read_in_both_themes(name, page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.set_content(shown(SHOWN[name], () if SHOWN[name].is_automatic else EARLIER))

    for width in (320, 700):
        page.set_viewport_size({"width": width, "height": 900})
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            page.screenshot(path=PICTURES / f"{name.replace(' ', '-')}-{width}-{theme}.png", full_page=True)
        assert not is_too_wide(page)
        assert violations(page) == []
    assert asked == []


def test_no_mail_does_anything_that_somebody_wrote(page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))

    for typed in HOSTILE.values():
        page.set_content(shown(wording.replied(ABOUT, by=typed, message=typed)))
        page.set_content(shown(wording.answered(ABOUT, by=typed, message=typed)))

    assert (dialogs, asked) == ([], [])
