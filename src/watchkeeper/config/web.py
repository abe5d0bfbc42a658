"""The web process: uvicorn on a socket that is already open, with the front of `asgi.py`."""

import os
import socket
from collections.abc import Callable

import uvicorn

from .asgi import Front
from .cannot_run import CannotRun

SECONDS_TO_FINISH = 2


class PortTaken(CannotRun):
    """Another process listens there."""


def listen(host: str, port: int) -> socket.socket:
    """Open the socket first of all: a taken port is said before anything else is started. Port 0: any free one."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise PortTaken(f"cannot listen on {host} port {port}: {error.strerror}; choose another with --port") from None
    return listener


def address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def collect_static() -> None:
    """Gather every room's files under names that hold a digest of the content. Before the handler is made."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def front() -> Front:
    """Django with all it imports on its first request, so that a process forked after this starts at once."""
    from django.core.wsgi import get_wsgi_application
    from django.urls import get_resolver

    from watchkeeper.incidents.live.app import Live

    application = Front(get_wsgi_application(), {"/live": Live()})
    _ = get_resolver().url_patterns
    return application


def serve(listener: socket.socket, application: Front, when_ready: Callable[[], None]) -> int:
    """Serve until SIGTERM or SIGINT: streams end at once, other requests under way have two seconds to finish."""
    proxies = os.environ.get("WATCHKEEPER_TRUSTED_PROXIES", "")
    config = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
        lifespan="off",
    )
    server = _Server(config)
    server.when_ready, server.when_stopping = when_ready, application.end_streams
    server.run(sockets=[listener])
    return 0 if server.started else 1


class _Server(uvicorn.Server):
    when_ready: Callable[[], None]
    when_stopping: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.when_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.when_stopping()
        await super().shutdown(sockets)
