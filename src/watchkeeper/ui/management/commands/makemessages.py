"""Django's ``makemessages``, which also gathers what the rules say by ``sentence(…)``."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """``make messages`` calls it, room by room."""

    xgettext_options: list[str] = [*makemessages.Command.xgettext_options, "--keyword=sentence"]
