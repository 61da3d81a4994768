"""Which system calls the zygote and its children are refused.  libseccomp compiles the filters.

A refused call fails with EPERM, so a library that tries one gets an ordinary error.  Calls of
another architecture (x32, i386) kill the process, libseccomp's default.
"""

from __future__ import annotations

import ctypes
import errno
import os

from app.sandbox.kernel import GET_SECCOMP, load_filter

try:
    import pyseccomp

    _INSTALLED = True
except (ImportError, RuntimeError, OSError):  # no libseccomp here; the self-test tells
    _INSTALLED = False

_REFUSE = 0x00050000 | errno.EPERM
"""SECCOMP_RET_ERRNO of linux/seccomp.h with the error."""
_INSTRUCTION_BYTES = 8

_PROGRAMS_AND_NETWORK = """
    execve execveat socket socketpair connect bind listen accept accept4
    ptrace process_vm_readv process_vm_writev process_madvise pidfd_getfd kcmp
    mount umount2 move_mount fsopen open_tree mount_setattr pivot_root chroot unshare setns
    bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register
    keyctl add_key request_key open_by_handle_at name_to_handle_at
    init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff
    acct quotactl syslog settimeofday clock_settime adjtimex clock_adjtime sethostname setdomainname
    iopl ioperm personality memfd_secret shmget shmat msgget semget mq_open
"""

_PROCESSES_AND_FILES = """
    fork vfork clone clone3 kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo
    pidfd_open pidfd_send_signal setpgid setsid setrlimit seccomp
    sendmsg sendmmsg recvmsg recvmmsg sendto
    setuid setgid setreuid setregid setresuid setresgid setgroups setfsuid setfsgid capset
    sched_setscheduler sched_setattr sched_setaffinity setpriority ioprio_set
    creat openat2 truncate ftruncate fallocate mkdir mkdirat rmdir unlink unlinkat
    rename renameat renameat2 link linkat symlink symlinkat mknod mknodat
    chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat
    setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr
    utime utimes utimensat futimesat memfd_create inotify_init inotify_init1 fanotify_init
"""

_WRITE_FLAGS = (0o1, 0o2, 0o100, 0o1000)
"""O_WRONLY, O_RDWR, O_CREAT, O_TRUNC as Linux numbers them on all but three old architectures."""


class _Program(ctypes.Structure):
    """struct sock_fprog of linux/filter.h."""

    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


class Filter:
    """A filter, compiled once before any fork; ``load`` applies it to the process that calls."""

    def __init__(self, program: bytes) -> None:
        self._program = _Program(len(program) // _INSTRUCTION_BYTES, program)

    def load(self) -> None:
        """Apply it, for ever.

        Raises:
            OSError: when the kernel refuses it.
        """
        load_filter(ctypes.byref(self._program))


def zygote_filter() -> Filter | None:
    """No programs, no network, no other process's memory.  None where libseccomp is not installed."""
    if not _INSTALLED:
        return None
    return _compiled(_refusing(_PROGRAMS_AND_NETWORK))


def child_filter() -> Filter | None:
    """Besides: no new process, no signal, no change to any file.  None as above."""
    if not _INSTALLED:
        return None
    rules = _refusing(_PROCESSES_AND_FILES)
    for flag in _WRITE_FLAGS:
        rules.add_rule(_REFUSE, "open", pyseccomp.Arg(1, pyseccomp.MASKED_EQ, flag, flag))
        rules.add_rule(_REFUSE, "openat", pyseccomp.Arg(2, pyseccomp.MASKED_EQ, flag, flag))
    rules.add_rule(_REFUSE, "prlimit64", pyseccomp.Arg(2, pyseccomp.NE, 0))
    rules.add_rule(_REFUSE, "prctl", pyseccomp.Arg(0, pyseccomp.NE, GET_SECCOMP))
    return _compiled(rules)


def _refusing(names: str) -> pyseccomp.SyscallFilter:
    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    for name in names.split():
        try:
            rules.add_rule(_REFUSE, name)
        except (OSError, ValueError):  # newer than this libseccomp, so as a rule than this kernel
            continue
    return rules


def _compiled(rules: pyseccomp.SyscallFilter) -> Filter:
    """libseccomp's own loading would compile anew in every child, which takes as long as the rest."""
    with open(os.memfd_create("filter"), "r+b", buffering=0) as file:
        rules.export_bpf(file)
        file.seek(0)
        return Filter(file.readall())
