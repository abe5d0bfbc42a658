"""A disk that is soon full: a file system of 2 MB in memory."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .mail_servers import own_folder


@contextmanager
def mounted(*, owner: int) -> Iterator[Path]:
    """Its folder, which belongs to the user `owner`. Leaves the test out where nothing can be mounted."""
    with own_folder("little-disk") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", folder]
        if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
            pytest.skip("cannot mount a little disk here")
        try:
            shutil.chown(folder, owner)
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path) -> Path:
    """Leave no room in `folder`; who removes the file that is answered makes room again."""
    filler = folder / "filler"
    free = os.statvfs(folder)
    filler.write_bytes(b"\0" * free.f_bfree * free.f_bsize)
    return filler
