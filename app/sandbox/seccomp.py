"""Which system calls the zygote and its children are refused, by libseccomp.

A refused call fails with EPERM, so a library that tries one gets an ordinary error.  Calls of
another architecture (x32, i386) kill the process, libseccomp's default.
"""

from __future__ import annotations

import errno

from app.sandbox.kernel import GET_SECCOMP

try:
    import pyseccomp

    _INSTALLED = True
except (ImportError, RuntimeError, OSError):  # no libseccomp here; the self-test tells
    _INSTALLED = False

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


class Filter:
    """A filter made ready before the fork; ``load`` applies it to the process that calls."""

    def __init__(self, refused: str, *, read_only: bool) -> None:
        self._filter = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
        refuse = pyseccomp.ERRNO(errno.EPERM)
        for name in refused.split():
            try:
                self._filter.add_rule(refuse, name)
            except (OSError, ValueError):  # newer than this libseccomp, so as a rule than this kernel
                continue
        if read_only:
            equal = pyseccomp.MASKED_EQ
            for flag in _WRITE_FLAGS:
                self._filter.add_rule(refuse, "open", pyseccomp.Arg(1, equal, flag, flag))
                self._filter.add_rule(refuse, "openat", pyseccomp.Arg(2, equal, flag, flag))
            self._filter.add_rule(refuse, "prlimit64", pyseccomp.Arg(2, pyseccomp.NE, 0))
            self._filter.add_rule(refuse, "prctl", pyseccomp.Arg(0, pyseccomp.NE, GET_SECCOMP))

    def load(self) -> None:
        """Apply it, for ever."""
        self._filter.load()


def zygote_filter() -> Filter | None:
    """No programs, no network, no other process's memory.  None where libseccomp is not installed."""
    return Filter(_PROGRAMS_AND_NETWORK, read_only=False) if _INSTALLED else None


def child_filter() -> Filter | None:
    """Besides: no new process, no signal, no change to any file.  None as above."""
    return Filter(_PROCESSES_AND_FILES, read_only=True) if _INSTALLED else None
