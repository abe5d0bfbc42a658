"""Every test of a room may ask for what `tests/harness` offers; nothing there is imported before it is asked for."""

import os

import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

pytest_plugins = [
    f"tests.harness.{part}" for part in ("database", "smtp_receiver", "desk_process", "demo_desk", "browser")
]


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    # `make core` runs without the plugin: the rules need no Django, and should not wait for it.
    if config.pluginmanager.hasplugin("django"):
        import django

        django.setup()
