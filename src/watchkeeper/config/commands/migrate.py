"""`watchkeeper migrate`: create or change the tables, as their owner. On one machine `serve` does it by itself."""

from argparse import ArgumentParser, Namespace

from watchkeeper.config import desk
from watchkeeper.config.policy_source import text_of
from watchkeeper.policies.shipped import shipped_policy

SHIPPED = "shipped"


def add_arguments(parser: ArgumentParser) -> None:
    """The policy of a desk that has none yet."""
    parser.add_argument(
        "--policy",
        metavar="FILE",
        help="publish this policy on a desk that has none, instead of setting it up in a browser; "
        f"“{SHIPPED}” is the one that comes with the program",
    )


def run(arguments: Namespace) -> int:
    """Bring the tables to this version."""
    named = shipped_policy() if arguments.policy == SHIPPED else arguments.policy
    first_policy = text_of(named) if named else ""
    desk.load()
    desk.attend()
    from watchkeeper.config.migration import migrate

    with desk.reached():
        migrate(verbosity=1, first_policy=first_policy)
    return 0
