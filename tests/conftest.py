"""Every test of a room may ask for what `tests/harness` offers; nothing there is imported before it is asked for."""

import gc
import os

import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

pytest_plugins = [
    f"tests.harness.{part}"
    for part in (
        "database",
        "smtp_receiver",
        "desk_process",
        "demo_desk",
        "browser",
        "doors_process",
        "postfix",
        "dovecot",
        "relay",
        "token_server",
    )
]


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    # `make core` runs without the plugin: the rules need no Django, and should not wait for it.
    if config.pluginmanager.hasplugin("django"):
        import django

        django.setup()


def pytest_collection_finish() -> None:
    """Thousands of modules and items stand until the end: looking through them again and again for cycles takes a sixth
    of the processor's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
