"""``watchkeeper attainment check``: count what the timelines say by core, and show where the reports say otherwise."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING

from watchkeeper.config.commands.desk_words import account_called

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from watchkeeper.incidents.models import Incident

EQUAL, DIFFERENT = 0, 1
AT_A_TIME = 1000


def add_arguments(parser: ArgumentParser) -> None:
    """``check``, of all or of some."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="check", parser_class=type(parser))
    check = acts.add_parser(
        "check", help="compare the figures of the reports with the timelines; exit 1 where they differ"
    )
    check.add_argument("--account", metavar="SLUG", help="one account; without it, all of them")
    check.add_argument("--sample", metavar="N", type=_how_many, help="so many incidents, drawn at random")


def run(arguments: Namespace) -> int:
    """Print each difference on a line of its own, and how many commitments were equal."""
    from watchkeeper.people import clock
    from watchkeeper.people.wall import for_the_desk
    from watchkeeper.reports.attainment.recount import recounted

    looked_at = equal = different = 0
    with for_the_desk():
        as_of = clock.now()
        keys = list(_asked_for(arguments).values_list("pk", flat=True))
    for start in range(0, len(keys), AT_A_TIME):
        with for_the_desk():
            found = recounted(_incidents(keys[start : start + AT_A_TIME]), as_of=as_of)
        for difference in found.differences:
            print(difference)
        looked_at += len(keys[start : start + AT_A_TIME])
        equal += found.equal
        different += len(found.differences)
    said = f"{looked_at} incidents: {equal} commitments count as their timelines say"
    print(said + (f", {different} differences" if different else ""))
    if different:
        print("to put the rows right: watchkeeper rebuild", file=sys.stderr)
    return DIFFERENT if different else EQUAL


def _asked_for(arguments: Namespace) -> QuerySet[Incident]:
    from watchkeeper.incidents.models import Incident

    incidents = Incident.objects.order_by("pk")
    if arguments.account:
        incidents = incidents.filter(account=account_called(arguments.account))
    return incidents if arguments.sample is None else incidents.order_by("?")[: arguments.sample]


def _incidents(keys: list[int]) -> list[Incident]:
    from watchkeeper.incidents.models import Incident

    return list(Incident.objects.filter(pk__in=keys).order_by("pk").only("reference", "is_test"))


def _how_many(written: str) -> int:
    if not written.isascii() or not written.isdigit() or int(written) == 0:
        raise ArgumentTypeError(f'"{written}" is no sample; write how many incidents, such as 1000')
    return int(written)
