"""`watchkeeper serve`: the whole desk on one machine, in one tree of processes."""

import os
import signal
import socket
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from importlib import import_module

from watchkeeper.config import desk, mail_doors, mail_taking, watching, web, worker
from watchkeeper.config.cannot_run import CannotRun
from watchkeeper.config.connection import is_embedded
from watchkeeper.config.lifeline import tied_to
from watchkeeper.config.places import var
from watchkeeper.config.postgres import EmbeddedPostgres
from watchkeeper.config.processes import Body, Child, Stopped, Tree, tell_the_parent


def add_arguments(parser: ArgumentParser) -> None:
    add_listening(parser)
    parser.add_argument("--demo", action="store_true", help="fill an empty desk with made-up accounts and incidents")
    parser.add_argument(
        "--watchers", type=_count, default=_processors(), help="how many watchers (one a processor, at most 4)"
    )
    parser.add_argument("--end-with-parent", action="store_true", help="end when the caller ends, however it ends")


def add_listening(parser: ArgumentParser) -> None:
    port = os.environ.get("PORT") or "8000"
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=_port, default=port, help="the port ($PORT, or 8000; 0: any that is free)")


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise ArgumentTypeError(f'"{text}" is no port; write a number from 0 to 65535')
    return int(text)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 64:
        raise ArgumentTypeError(f'"{text}" is no number of watchers; write a number from 1 to 64')
    return int(text)


def _processors() -> int:
    return min(len(os.sched_getaffinity(0)), 4)


def run(arguments: Namespace) -> int:
    if arguments.end_with_parent:
        tied_to(os.getppid(), signal.SIGTERM)()
    if arguments.demo:
        _refuse_demo_in_the_open(arguments.host)
    listener = web.listen(arguments.host, arguments.port)
    os.environ.setdefault("WATCHKEEPER_BASE_URL", web.address(listener))
    os.environ["WATCHKEEPER_DEMO"] = "1" if arguments.demo else ""
    tree = Tree(say=_say)
    try:
        if not _open(tree, demo=arguments.demo):
            return 1
        if not arguments.demo:
            tree.run_apart("set-up", lambda: _say_how_to_set_up(web.address(listener)))
        _keep(tree, listener, arguments.watchers)
    except Stopped:
        _say("stopping")
    finally:
        tree.stop()
    return 0


def _refuse_demo_in_the_open(host: str) -> None:
    if not is_embedded(os.environ):
        raise CannotRun("--demo invents people and prints their passwords: not into the database of DATABASE_URL")
    if host not in {"127.0.0.1", "::1", "localhost"}:
        raise CannotRun(f"--demo prints passwords, and so listens on this machine only: not on {host}")


def _open(tree: Tree, *, demo: bool) -> bool:
    """Whether there is a database that answers, with the tables of this version and, where asked, the demo in them."""
    if is_embedded(os.environ):
        tree.postgres = EmbeddedPostgres(var())
        _say(f"PostgreSQL: starts on {tree.postgres.folders.data}")
        desk.start(tree.postgres, pause=tree.pause)
    desk.load()
    steps = {"tables: are brought to this version": _migrate}
    if demo:
        steps["demo: fills an empty desk"] = _fill
    return all(_takes(tree, said, step) for said, step in steps.items())


def _takes(tree: Tree, said: str, step: Body) -> bool:
    _say(said)
    return tree.run_apart(said.partition(":")[0], _saying_why_not(step)) == 0


def _saying_why_not(step: Body) -> Body:
    def said() -> int:
        try:
            return step()
        except CannotRun as error:
            print(f"watchkeeper serve: {error}", file=sys.stderr)
            return 1

    return said


def _migrate() -> int:
    from watchkeeper.config.migration import migrate

    with desk.reached():
        migrate()
    desk.check_database()
    return 0


def _fill() -> int:
    from watchkeeper.config.commands import demo
    from watchkeeper.config.demo.filling import NotEmpty

    try:
        demo.run(Namespace())
    except NotEmpty as error:
        _say(str(error))
    return 0


def _say_how_to_set_up(listens_at: str) -> int:
    from watchkeeper.config.commands.setup_link import new_link

    link = new_link(listens_at=listens_at)
    if link is not None:
        _say(f"This desk is new. Set it up in a browser, by this link; it works once:\n  {link}")
    return 0


def _keep(tree: Tree, listener: socket.socket, watchers: int) -> None:
    web.collect_static()
    application = web.front()
    for each in ("watchkeeper.config.watcher", "watchkeeper.intake.mail.taking"):
        import_module(each)  # here, so that no child has to
    from watchkeeper.intake.mail.doors.serving import has_doors

    def serve() -> int:
        return web.serve(listener, application, when_ready=tell_the_parent)

    def work() -> int:
        listener.close()
        return worker.work()

    def watch() -> int:
        listener.close()
        return watching.watch_until_told()

    def take_in() -> int:
        listener.close()
        return mail_doors.serve_until_told()

    def take() -> int:
        listener.close()
        return mail_taking.take_until_told()

    children = [
        Child("web", serve),
        Child("worker", work),
        *(Child("watcher", watch) for _ in range(watchers)),
        Child("mail", take),
    ]
    if has_doors():
        children.append(Child("mail doors", take_in))
    tree.keep(children, when_ready=lambda: _say(f"Watchkeeper answers at {web.address(listener)}"))


def _say(text: str) -> None:
    print(text, flush=True)
