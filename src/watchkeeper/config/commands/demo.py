"""``watchkeeper demo``: fill an empty desk with invented accounts and incidents, and say how to sign in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """It takes none."""


def run(arguments: Namespace) -> int:
    """Fill it, or say again how to sign in."""
    from watchkeeper.config import demo

    sign_ins = demo.fill()
    width = max(len(sign_in.email) for sign_in in sign_ins)
    print(f"password for all of them: {sign_ins[0].password}")
    for sign_in in sign_ins:
        print(f"  {sign_in.email:{width}}  {sign_in.name}, {sign_in.who}")
    return 0
