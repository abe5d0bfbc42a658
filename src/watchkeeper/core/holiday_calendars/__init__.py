"""Calendars of holidays that others keep, as proposals to a policy: a country's, an iCalendar file, bank holidays.

Nothing here changes a policy: ``with_holidays`` makes another text, which becomes a version as every text does.
"""
