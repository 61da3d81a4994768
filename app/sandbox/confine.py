"""How the zygote and its children jail themselves; only ever called inside them.

The order matters: everything is imported before the files go away, and the filters come last
because the steps before them need the calls that they refuse.  Where the system has no such wall
the others stand without it, and the self-test says so.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import sysconfig
from collections.abc import Callable, Iterable
from pathlib import Path

from app.sandbox import kernel, landlock, seccomp

if sys.platform != "win32":
    import resource

_NOBODY = 65534
_SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache", "/usr/share/zoneinfo")
_OPEN_FILES = 32
_COLLECT_AFTER = 100_000


def confine_zygote(root: Path, site: Iterable[str]) -> Callable[[int, int], None]:
    """Jail this process, and give what its children call after the fork, with memory and seconds.

    ``root`` is the folder of the packages app and resources, ``site`` the folders of installed
    libraries; they, the standard library and the system's libraries stay readable.
    """
    child_filter = seccomp.child_filter()
    if kernel.LIBC is not None:
        kernel.renounce_privileges()
        places = _python_places(root, site)
        with contextlib.suppress(OSError):  # a kernel that refuses counts as one that has none
            landlock.restrict([*places, *map(Path, _SYSTEM)])
        if os.getuid() == 0:
            stop_being_root(places)
        kernel.hide_memory()
        _load(seccomp.zygote_filter())
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)  # a child lives for one job only

    def confine_child(memory: int, seconds: int) -> None:
        _limit(memory, seconds)
        _load(child_filter)

    return confine_child


def leave_with_zygote(zygote: int) -> None:
    """Let this child of the process ``zygote`` lead a group of its own and die when that one dies."""
    os.setpgid(0, 0)
    if kernel.LIBC is not None:
        kernel.die_with_parent(signal.SIGKILL)
        if os.getppid() != zygote:
            os._exit(1)


def stop_being_root(places: list[Path]) -> None:
    """Become nobody.  Where nobody may not read the interpreter's own library, which some modules
    and codecs load late, stay root by name but without any capability."""
    if all(_open_to_all(place) for place in places if place.exists()):
        with contextlib.suppress(OSError):  # a container may lack the right, or this user
            os.setgroups([])
            os.setresgid(_NOBODY, _NOBODY, _NOBODY)
            os.setresuid(_NOBODY, _NOBODY, _NOBODY)
            return
    kernel.drop_capabilities()


def _load(rules: seccomp.Filter | None) -> None:
    if rules:
        with contextlib.suppress(OSError):
            rules.load()


def _python_places(root: Path, site: Iterable[str]) -> list[Path]:
    library = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    return [*(Path(place) for place in [*library, *site]), root / "app", root / "resources"]


def _open_to_all(folder: Path) -> bool:
    real = folder.resolve()
    return all(place.stat().st_mode & 0o001 for place in (real, *real.parents))


def _limit(memory: int, seconds: int) -> None:
    if sys.platform == "win32":
        return
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
        resource.RLIMIT_NPROC: 0,
    }
    for limit, most in limits.items():
        ceiling = resource.getrlimit(limit)[1]
        if ceiling != resource.RLIM_INFINITY:
            most = min(most, ceiling)
        try:
            resource.setrlimit(limit, (most, most))
        except (OSError, ValueError):  # macOS takes no limit on the address space; the self-test tells
            continue
