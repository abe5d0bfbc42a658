"""A setting that cannot be used is said in one line, before anything is started."""

import subprocess
from pathlib import Path

import pytest
from tests.harness.desk_process import WATCHKEEPER, environment

UNUSABLE = {
    "a sender without a host": (
        {"WATCHKEEPER_MAIL_FROM": "Support <desk>"},
        "WATCHKEEPER_MAIL_FROM: 'desk' is no plain",
    ),
    "two senders": ({"WATCHKEEPER_MAIL_FROM": "a@x.example, b@x.example"}, "WATCHKEEPER_MAIL_FROM: "),
    "a sender of two lines": ({"WATCHKEEPER_MAIL_FROM": "Support\nBcc <a@x.example>"}, "WATCHKEEPER_MAIL_FROM: name: "),
    "a webhook without a secret": (
        {"WATCHKEEPER_ALARM_WEBHOOK": "https://alarms.example.com/"},
        "WATCHKEEPER_ALARM_WEBHOOK_SECRET is not whsec_",
    ),
    "a key without its name in the DNS": (
        {"WATCHKEEPER_DKIM_KEY": "/nowhere"},
        "WATCHKEEPER_DKIM_KEY needs WATCHKEEPER_DKIM_SELECTOR",
    ),
    "a key that is not there": (
        {"WATCHKEEPER_DKIM_KEY": "/nowhere", "WATCHKEEPER_DKIM_SELECTOR": "desk"},
        "WATCHKEEPER_DKIM_KEY: /nowhere cannot be read: No such file",
    ),
    "a key that is none": (
        {"WATCHKEEPER_DKIM_KEY": __file__, "WATCHKEEPER_DKIM_SELECTOR": "desk"},
        "WATCHKEEPER_DKIM_KEY, WATCHKEEPER_DKIM_SELECTOR: it holds no RSA private key",
    ),
    "a mail server without a scheme": ({"WATCHKEEPER_SMTP_URL": "mail.example.com"}, "WATCHKEEPER_SMTP_URL is none of"),
}


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        pytest.param(*case, id=name, marks=[pytest.mark.long] * (number > 0))
        for number, (name, case) in enumerate(UNUSABLE.items())
    ],
)
def test_no_process_starts_with(settings: dict[str, str], why: str, tmp_path: Path) -> None:
    surroundings = environment(tmp_path, **settings)
    done = subprocess.run([WATCHKEEPER, "worker"], env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"watchkeeper worker: {why}")
