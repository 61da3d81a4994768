"""Set Transom up beside its source and start it.

    python3 packaging/run.py [arguments of the program]
    python3 packaging/run.py test [--long] [arguments of pytest]

The first start makes ``.venv`` beside pyproject.toml with the versions of constraints.txt, and adds the
system libraries of apt-packages.txt where apt may be used; later starts go straight to the program.
``test`` adds what the tests need, real servers included, and runs every check (checks.py); ``--long`` runs
faults, fuzzing and load at full scale; with other arguments pytest runs alone.

What this file says itself goes to standard error; standard output belongs to the program. Exit status: the
program's or the tests' own, or 3 when something is missing that cannot be installed from here. Standard
library only, since it runs before anything is installed.
"""

from __future__ import annotations

import configparser
import contextlib
import hashlib
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
UNFINISHED = VENV / "transom-unfinished"
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"

# The packages that Python wants for the program, and what the tests want besides.
LEVELS = ("program", "test")

# Loads what the window and the jail load, so that a missing system library shows now and not on a click.
PROBE = """
import ctypes, pathlib, sys
import PySide6.QtPrintSupport, PySide6.QtSvgWidgets, PySide6.QtWidgets
if sys.platform == "linux":
    import pyseccomp
    for name in sys.argv[1:]:
        ctypes.CDLL(str(pathlib.Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / name))
"""


def main(arguments: list[str]) -> int:
    """Set up what is missing and hand over; returns the exit status."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the Python that starts this file is any
        stop(f"Transom needs Python 3.11 or later, this is {sys.version.split()[0]}")
    if arguments[:1] == ["test"]:
        set_up("test")
        return become([str(ROOT / "packaging" / "checks.py"), *arguments[1:]], environment())
    set_up("program")
    # -I keeps the caller's folder and PYTHON variables from deciding what is imported.
    return become(["-I", "-m", "app", *arguments], dict(os.environ))


def become(arguments: list[str], variables: dict[str, str]) -> int:
    """Go on as the Python of .venv; working directory and standard streams are the caller's."""
    command = [str(PYTHON), *arguments]
    if os.name != "nt":
        os.execve(command[0], command, variables)
    return subprocess.call(command, env=variables)  # exec on Windows returns to the shell at once


# --- setting up ---


def set_up(level: str) -> None:
    """Make .venv fit ``level``, unless its stamp says that it does."""
    if stamped(level):
        return
    with only_one():
        if stamped(level):
            return
        prepare_venv()
        install_requirements(level)
        UNFINISHED.unlink()
        provide_system_libraries()
        if level == "test":
            install_system_packages("test")
        for done in LEVELS[: LEVELS.index(level) + 1]:
            stamp(done).write_text(fingerprint(done), encoding="utf-8")


def stamp(level: str) -> Path:
    """The file that says for which requirements .venv is complete."""
    return VENV / f"transom-{level}"


def stamped(level: str) -> bool:
    """Whether .venv is complete for what is wanted now."""
    if UNFINISHED.exists() or not PYTHON.exists():
        return False
    try:
        return stamp(level).read_text(encoding="utf-8") == fingerprint(level)
    except FileNotFoundError:
        return False


def fingerprint(level: str) -> str:
    """A hash of all that decides what .venv must hold, and of its place, since it cannot be moved."""
    wanted = [
        str(ROOT),
        VERSION,
        sysconfig.get_platform(),
        requirements(level),
        packages(level),
        (ROOT / "constraints.txt").read_text(encoding="utf-8"),
    ]
    return hashlib.sha256(json.dumps(wanted).encode()).hexdigest()


def requirements(level: str) -> list[str]:
    """The requirements of pyproject.toml for ``level``."""
    import tomllib  # not there in the Pythons to which main() says that they are too old

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted: list[str] = project["project"]["dependencies"]
    return wanted + project["dependency-groups"]["dev"] if level == "test" else wanted


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Let a second start wait while the first installs, or while a child of a killed one still does."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        if os.name != "nt":
            import fcntl  # not there on Windows, where the second start is on its own

            os.set_inheritable(file.fileno(), True)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("waiting for another start that is installing")
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def prepare_venv() -> None:
    """Make .venv, or keep it when it is whole and of this Python; mark it unfinished."""
    broken = UNFINISHED.exists() or not PYTHON.exists() or not runs([str(PYTHON), "-m", "pip", "--version"])
    if broken or venv_version() != VERSION:
        if importlib.util.find_spec("ensurepip") is None:
            install_venv_module()
        say(f"making {VENV} with Python {VERSION}")
        if VENV.exists():
            shutil.rmtree(VENV)
        VENV.mkdir()
        UNFINISHED.touch()
        must([sys.executable, "-m", "venv", str(VENV)], "the virtual environment could not be made")
    UNFINISHED.touch()
    for level in LEVELS:
        stamp(level).unlink(missing_ok=True)


def venv_version() -> str:
    """The Python that .venv was made for, such as ``3.11``."""
    settings = (VENV / "pyvenv.cfg").read_text(encoding="utf-8")
    match = re.search(r"^version\s*=\s*(\d+\.\d+)", settings, re.MULTILINE)
    return match[1] if match else ""


def install_venv_module() -> None:
    """Debian and Ubuntu keep ensurepip in a package of its own."""
    wanted = [f"python{VERSION}-venv"]
    apt_install(wanted)
    importlib.invalidate_caches()
    if importlib.util.find_spec("ensurepip") is None:
        stop(f"Python's venv module is incomplete here; install it and start again:\n  {apt_command(wanted)}")


def install_requirements(level: str) -> None:
    """Install the pinned packages, let .venv find ``app`` and ``resources`` here, and compile all of it."""
    say("installing the Python packages" + ("" if level == "program" else " and those of the tests"))
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-compile"]
    if not sys.stderr.isatty():
        pip.append("--quiet")
    must(
        [*pip, "--constraint", str(ROOT / "constraints.txt"), *requirements(level)],
        "the Python packages could not be installed; the next start begins again",
    )
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV)}))
    (site / "transom.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    compiling = [
        str(PYTHON),
        "-m",
        "compileall",
        "-qq",
        str(site),
        str(ROOT / "app"),
        str(ROOT / "resources"),
    ]
    # Side by side asks for shared memory, which some machines refuse; a file for another Python is no failure.
    if not runs([*compiling, "-j", "0"]):
        runs(compiling)


# --- the system's packages ---


def provide_system_libraries() -> None:
    """See that Qt and the jail can load, with apt's help where they cannot."""
    plugins = ["libqoffscreen.so", "libqxcb.so"]
    if not loading_error(plugins):
        return
    install_system_packages("program")
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if error := loading_error(plugins if screen else plugins[:1]):
        wanted = missing(packages("program")) or packages("program")
        stop(f"a system library is missing: {error}\ninstall these and start again:\n  {apt_command(wanted)}")


def loading_error(plugins: list[str]) -> str:
    """Why Qt with these platform plugins or the jail cannot be loaded, in a line; empty when they can."""
    command = [str(PYTHON), "-c", PROBE, *plugins]
    result = subprocess.run(command, env=environment(), capture_output=True, text=True)
    return (result.stderr.strip().splitlines() or ["no reason given"])[-1] if result.returncode else ""


def install_system_packages(level: str) -> None:
    """Install by apt what ``level`` wants and the system lacks; else name the command to do it."""
    wanted = missing(packages(level))
    if wanted and not apt_install(wanted) and level == "test":
        say(f"what is missing is not tested (and fails where CI is set); to add it:\n  {apt_command(wanted)}")


def packages(level: str) -> list[str]:
    """The package names below ``[level]`` in apt-packages.txt."""
    lists = configparser.ConfigParser(allow_no_value=True, delimiters=("=",))
    lists.read(ROOT / "packaging" / "apt-packages.txt", encoding="utf-8")
    return list(lists[level])


def missing(wanted: list[str]) -> list[str]:
    """Those of ``wanted`` that dpkg neither knows as installed nor as provided by an installed package."""
    if not shutil.which("dpkg-query"):
        return wanted
    query = ["dpkg-query", "--show", "--showformat", "${db:Status-Abbrev}\t${Package}, ${Provides}\n"]
    there = installed(subprocess.run(query, check=True, capture_output=True, text=True).stdout)
    return [name for name in wanted if name not in there]


def installed(listing: str) -> set[str]:
    """The installed names in dpkg-query's lines ``status TAB package, provided (= version), ...``."""
    there: set[str] = set()
    for line in listing.splitlines():
        status, _, names = line.partition("\t")
        if status[1:2] == "i":
            there.update(name.split()[0] for name in names.split(",") if name.strip())
    return there


def apt_install(wanted: list[str]) -> bool:
    """Install by apt as root or by a sudo that asks nothing; tells whether all of it worked."""
    root = as_root()
    if root is None or not shutil.which("apt-get"):
        return False
    say(f"installing by apt: {' '.join(wanted)}")
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    install = [*apt, "install", "-y", "--no-install-recommends"]
    run([*apt, "update"])
    if run([*install, *wanted]):
        return True
    # One name that this release does not know must not keep the others out.
    failures = [name for name in wanted if not run([*install, name])]
    return not failures


def as_root() -> list[str] | None:
    """What to put before a command to run it as root without a question, or None."""
    if os.name != "nt" and os.geteuid() == 0:
        return []
    if shutil.which("sudo") and runs(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


def apt_command(wanted: list[str]) -> str:
    """The command for a person to type."""
    return f"sudo apt-get install -y --no-install-recommends {shlex.join(wanted)}"


# --- small things ---


def environment() -> dict[str, str]:
    """The caller's variables without secrets and without those that bend a Python or hide a screen."""
    unwanted = ("TRANSOM_", "PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__")
    return {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}


def run(command: list[str]) -> bool:
    """Run ``command`` with its output on standard error; tells whether it succeeded."""
    # The child inherits the lock of only_one().
    result = subprocess.run(
        command, env=environment(), stdin=subprocess.DEVNULL, stdout=sys.stderr, close_fds=False
    )
    return result.returncode == 0


def runs(command: list[str]) -> bool:
    """Whether ``command`` succeeds; its output is thrown away."""
    null = subprocess.DEVNULL
    result = subprocess.run(command, env=environment(), stdin=null, stdout=null, stderr=null)
    return result.returncode == 0


def must(command: list[str], otherwise: str) -> None:
    """Run ``command``, or stop with the sentence ``otherwise``."""
    if not run(command):
        stop(otherwise)


def say(text: str) -> None:
    """Tell the person, on standard error."""
    print(f"transom: {text}", file=sys.stderr, flush=True)


def stop(text: str) -> NoReturn:
    """Say why it does not go on and end with 3, the status for what is unavailable."""
    say(text)
    raise SystemExit(3)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        stop(str(error))
