"""A Debian 12 with nothing but Python: the first start installs all that is missing and does its main job.

It makes a small system in a folder (debootstrap), so it wants root, a mirror and some minutes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

pytestmark = [pytest.mark.long, pytest.mark.real]

MIRROR = "http://deb.debian.org/debian"
# What a machine says of its network, and where pip finds packages, holds inside too.
_SETTINGS = (
    "/etc/resolv.conf",
    "/etc/hosts",
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pip.conf",
    "/etc/xdg/pip",
)
_FOLDERS = ("/opt/wheels", "/opt/pypi", "/opt/pypi-more")
_VARIABLES = (
    "PIP_",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "http_proxy",
    "https_proxy",
    "NO_PROXY",
    "no_proxy",
    "SSL_CERT_FILE",
)

_INSIDE = """
set -eu
mount -t proc proc "$1/proc"
mount --rbind /dev "$1/dev"
for folder in {folders}; do
  if [ -d "$folder" ]; then mkdir -p "$1$folder"; mount --bind "$folder" "$1$folder"; fi
done
shift_root="$1"; shift
exec chroot "$shift_root" "$@"
""".format(folders=" ".join(_FOLDERS))


@pytest.fixture(scope="module")
def debian(tmp_path_factory: pytest.TempPathFactory, need: Callable[..., None]) -> Path:
    """A bare Debian 12 with Python, and the source of the program in ``/src``."""
    if os.geteuid() != 0:
        pytest.skip("only root makes a system")
    need("debootstrap", "unshare")
    root = tmp_path_factory.mktemp("debian") / "root"
    made = [
        "debootstrap",
        "--variant=minbase",
        "--include=python3,ca-certificates",
        "bookworm",
        str(root),
        MIRROR,
    ]
    subprocess.run(made, check=True, stdout=subprocess.DEVNULL, timeout=1200)
    for place in map(Path, _SETTINGS):
        target = root / place.relative_to("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        if place.is_dir():
            shutil.copytree(place, target, dirs_exist_ok=True)
        elif place.exists():
            shutil.copyfile(place, target)
    kept = shutil.ignore_patterns(".venv", ".git", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, root / "src", ignore=kept)
    return root


def _run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    variables = {name: value for name, value in os.environ.items() if name.startswith(_VARIABLES)}
    variables |= {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8"}
    # A mount namespace of its own: nothing that is mounted here outlives the command.
    line = ["unshare", "--mount", "sh", "-c", _INSIDE, "inside", str(root), *command]
    return subprocess.run(line, env=variables, capture_output=True, text=True, timeout=1800)


def test_the_first_start_does_the_main_job_and_the_second_installs_nothing(debian: Path) -> None:
    first = _run(debian, "python3", "/src/packaging/run.py")
    assert first.returncode == 0, first.stderr
    paths = first.stdout.splitlines()
    assert [Path(path).suffix for path in paths] == [".html", ".docx"]
    assert all((debian / path.lstrip("/")).stat().st_size for path in paths)
    assert "installing by apt" in first.stderr and "installing the Python packages" in first.stderr
    second = _run(debian, "python3", "/src/packaging/run.py", "--version")
    assert second.returncode == 0 and second.stdout.startswith("transom ")
    assert second.stderr == ""


def test_who_may_not_install_is_told_the_command(debian: Path) -> None:
    for line in (
        "useradd -m editor",
        "cp -r /src /home/editor/ && rm -rf /home/editor/src/.venv && chown -R editor /home/editor",
        "apt-get remove -y python3.11-venv",
    ):
        assert _run(debian, "sh", "-c", line).returncode == 0, line
    told = _run(debian, "su", "editor", "-c", "python3 /home/editor/src/packaging/run.py")
    assert told.returncode == 3 and told.stdout == ""
    assert told.stderr.splitlines()[-1].strip().startswith("sudo apt-get install -y")
    assert "python3.11-venv" in told.stderr
