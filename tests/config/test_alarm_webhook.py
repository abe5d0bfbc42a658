"""Where alarms are posted, as the environment says it."""

import pytest

from watchkeeper.config.alarm_webhook import UnusableAlarmWebhook, alarm_webhook

URL, SECRET = "https://alarms.example.com/here", "whsec_" + "c2VjcmV0" * 4


def test_an_address_and_a_secret_make_a_webhook() -> None:
    endpoint = alarm_webhook({"WATCHKEEPER_ALARM_WEBHOOK": URL, "WATCHKEEPER_ALARM_WEBHOOK_SECRET": SECRET})
    assert endpoint is not None
    assert (endpoint.host, endpoint.target) == ("alarms.example.com", "/here")


@pytest.mark.parametrize("environment", [{}, {"WATCHKEEPER_ALARM_WEBHOOK": ""}])
def test_without_an_address_there_is_none(environment: dict[str, str]) -> None:
    assert alarm_webhook(environment) is None


@pytest.mark.parametrize(
    ("url", "secret", "why"),
    [
        ("alarms.example.com", SECRET, "no address to post to: https://host.example/path"),
        ("ftp://alarms.example.com", SECRET, "no address to post to"),
        (URL, "", "WATCHKEEPER_ALARM_WEBHOOK_SECRET is not whsec_"),
        (URL, "whsec_c2hvcnQ=", "WATCHKEEPER_ALARM_WEBHOOK_SECRET is not whsec_"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line_that_repeats_no_secret(url: str, secret: str, why: str) -> None:
    with pytest.raises(UnusableAlarmWebhook, match=why) as refused:
        alarm_webhook({"WATCHKEEPER_ALARM_WEBHOOK": url, "WATCHKEEPER_ALARM_WEBHOOK_SECRET": secret})
    assert "\n" not in str(refused.value)
    assert not secret or secret not in str(refused.value)
