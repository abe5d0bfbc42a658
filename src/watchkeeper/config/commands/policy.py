"""``watchkeeper policy check``, ``show``, ``diff``, ``schema``, ``rehearse``: all pure; and ``publish``, ``export``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from watchkeeper.config.commands import policy_export, policy_publish, policy_rehearse
from watchkeeper.config.policy_source import opened, policy_named, verdict
from watchkeeper.core.policy_file import PolicyFileErrors

SOUND, UNSOUND = 0, 1
SAME, DIFFERENT = 0, 1


def add_arguments(parser: ArgumentParser) -> None:
    """What can be done with a policy file, each with its files."""
    known = "check|show|diff|schema|rehearse|publish|export"
    acts = parser.add_subparsers(dest="act", required=True, metavar=known, parser_class=type(parser))
    check = acts.add_parser(
        "check", allow_abbrev=False, help="say whether a file is a sound policy, and everything that is wrong with it"
    )
    check.add_argument("file", metavar="FILE")
    check.set_defaults(act=_check)
    show = acts.add_parser("show", allow_abbrev=False, help="show the page that a policy publishes")
    show.add_argument("file", metavar="FILE", nargs="?", help="the shipped policy where none is named")
    show.add_argument("--json", action="store_true", help="as one JSON object")
    show.set_defaults(act=_show)
    diff = acts.add_parser("diff", allow_abbrev=False, help="say what two policies promise differently")
    diff.add_argument("old", metavar="A")
    diff.add_argument("new", metavar="B")
    diff.set_defaults(act=_diff)
    schema = acts.add_parser("schema", allow_abbrev=False, help="print the JSON Schema of policy files, for editors")
    schema.add_argument("--sla", action="store_true", help="of SLA files")
    schema.set_defaults(act=_schema)
    publish = acts.add_parser("publish", allow_abbrev=False, help="publish a file as the next version of the desk")
    policy_publish.add_arguments(publish)
    publish.set_defaults(act=_publish)
    export = acts.add_parser("export", allow_abbrev=False, help="print the policy of the desk as it was published")
    policy_export.add_arguments(export)
    export.set_defaults(act=_export)
    rehearse = acts.add_parser(
        "rehearse", allow_abbrev=False, help="say which days ahead are odd, and what they do to each level's windows"
    )
    policy_rehearse.add_arguments(rehearse)
    rehearse.set_defaults(act=policy_rehearse.run)


def run(arguments: Namespace) -> int:
    """Do what was asked for."""
    code: int = arguments.act(arguments)
    return code


def _check(arguments: Namespace) -> int:
    from watchkeeper.core.policy_file.unwise import unwise

    try:
        file = opened(arguments.file)
    except PolicyFileErrors as errors:
        for problem in errors.problems:
            print(problem)
        return UNSOUND
    for remark in unwise(file):
        print(f"warning: {remark}")
    print(verdict(file))
    return SOUND


def _publish(arguments: Namespace) -> int:
    from watchkeeper.config import desk

    desk.prepare()
    return policy_publish.run(arguments)


def _export(arguments: Namespace) -> int:
    from watchkeeper.config import desk

    desk.prepare()
    return policy_export.run(arguments)


def _diff(arguments: Namespace) -> int:
    from watchkeeper.core.differences import differences

    found = differences(policy_named(arguments.old), policy_named(arguments.new))
    for difference in found:
        print(difference)
    return DIFFERENT if found else SAME


def _schema(arguments: Namespace) -> int:
    import json

    from watchkeeper.core.policy_file.schema import policy_schema, sla_schema

    print(json.dumps(sla_schema() if arguments.sla else policy_schema(), ensure_ascii=False, indent=2))
    return SOUND


def _show(arguments: Namespace) -> int:
    from watchkeeper.core.published import page

    published = page(policy_named(arguments.file))
    if arguments.json:
        import json

        from watchkeeper.core.published import plain

        print(json.dumps(plain(published), ensure_ascii=False, indent=2))
    else:
        from watchkeeper.config.page_as_text import lines

        print("\n".join(lines(published)))
    return SOUND
