"""The tables of reports, by what they hold."""

from watchkeeper.reports.models.subscriptions import Subscription

__all__ = ["Subscription"]
