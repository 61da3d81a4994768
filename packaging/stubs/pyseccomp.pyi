from typing import Protocol

class SupportsFileno(Protocol):
    def fileno(self) -> int: ...

ALLOW: int
KILL: int
KILL_PROCESS: int
KILL_THREAD: int
LOG: int
TRAP: int

NE: int
LT: int
LE: int
EQ: int
GE: int
GT: int
MASKED_EQ: int

def ERRNO(x: int) -> int: ...
def resolve_syscall(arch: int, name: str) -> int: ...
def system_arch() -> int: ...

class Arch:
    NATIVE: int
    X86: int
    X86_64: int
    X32: int
    ARM: int
    AARCH64: int
    RISCV64: int

class Arg:
    def __init__(self, arg: int, op: int, data_a: int, data_b: int = 0) -> None: ...

class Attr:
    ACT_DEFAULT: int
    ACT_BADARCH: int
    CTL_NNP: int
    CTL_TSYNC: int

class SyscallFilter:
    def __init__(self, defaction: int) -> None: ...
    def load(self) -> None: ...
    def get_attr(self, attr: int) -> int: ...
    def set_attr(self, attr: int, value: int) -> None: ...
    def add_arch(self, arch: int) -> None: ...
    def exist_arch(self, arch: int) -> bool: ...
    def add_rule(self, action: int, syscall: int | str, *args: Arg) -> None: ...
    def add_rule_exactly(self, action: int, syscall: int | str, *args: Arg) -> None: ...
    def export_bpf(self, file: SupportsFileno) -> None: ...
    def export_pfc(self, file: SupportsFileno) -> None: ...
