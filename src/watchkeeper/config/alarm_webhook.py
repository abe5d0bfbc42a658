"""Where the operator's alarms are posted, where the installation names a webhook."""

from collections.abc import Mapping

from watchkeeper.notify.channels.webhook.endpoint import Endpoint, UnusableEndpoint

from .cannot_run import CannotRun


class UnusableAlarmWebhook(CannotRun):
    """WATCHKEEPER_ALARM_WEBHOOK or its secret cannot be used; the text repeats neither: both may be secrets."""


def alarm_webhook(environment: Mapping[str, str]) -> Endpoint | None:
    """The webhook of WATCHKEEPER_ALARM_WEBHOOK, or None where it names none. Raises `UnusableAlarmWebhook`."""
    url = environment.get("WATCHKEEPER_ALARM_WEBHOOK", "")
    if not url:
        return None
    try:
        return Endpoint.read(url, environment.get("WATCHKEEPER_ALARM_WEBHOOK_SECRET", ""))
    except UnusableEndpoint as error:
        raise UnusableAlarmWebhook(str(error)) from None
