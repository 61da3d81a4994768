"""A PostgreSQL server of its own, on a socket in a folder, without a network.

Needs PostgreSQL's programs (Debian: postgresql).  It refuses to run as root, so there it runs as ``postgres``.
"""

from __future__ import annotations

import os
import pwd
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path("/usr/lib/postgresql")
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "40",
}


class Server:
    """A running server; ``fresh`` makes a place for a desk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = 0

    def fresh(self) -> str:
        """The address of a new, empty schema: as good as a database, and made in no time."""
        self._made += 1
        name = f"desk{self._made}"
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"{self.address()}&options=-csearch_path%3D{name}"

    def address(self) -> str:
        """The address of the database."""
        return f"postgresql://postgres@/postgres?host={self._folder}"


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """A server whose files lie in ``folder``: a short path, since a socket's has at most 107 bytes."""
    programs = max(ROOT.glob("*/bin"), key=lambda path: int(path.parent.name))
    data = folder / "data"
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        entry = pwd.getpwnam("postgres")
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        who = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}

    def run(program: str, *arguments: str | Path) -> None:
        command = [programs / program, *arguments]
        with (folder.parent / f"{folder.name}.log").open("ab") as log:
            subprocess.run(
                command, check=True, cwd=folder, env=environment, stdout=log, stderr=log, timeout=60, **who
            )

    run("initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--auth=trust", "-N")
    settings = " ".join(f"-c {name}='{value}'" for name, value in _SETTINGS.items())
    run("pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", f"{settings} -k {folder}", "start")
    try:
        yield Server(folder)
    finally:
        run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
