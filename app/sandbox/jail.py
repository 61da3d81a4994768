"""How strong the jail is around the readers, for ``verify`` and for people."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JailState:
    """What the self-test found in a real child.

    ``landlock_abi`` is 0 where the kernel has no Landlock; ``user`` is the number of the user that
    the child ran as, None on Windows; ``forked`` says that it came from a warm zygote; ``allowed``
    names the acts that should have been refused and were not.
    """

    limits: bool
    landlock_abi: int
    seccomp: bool
    user: int | None
    forked: bool
    allowed: tuple[str, ...] = ()

    @property
    def strong(self) -> bool:
        """Whether everything forbidden was refused."""
        return not self.allowed

    @property
    def sentence(self) -> str:
        """The state for people, in English."""
        walls = [
            "limits on memory and time" if self.limits else "a time limit",
            *([f"Landlock {self.landlock_abi}"] if self.landlock_abi else []),
            *(["seccomp"] if self.seccomp else []),
        ]
        made_of = f"Files from outside are read in a process of its own, with {_and(walls)}"
        if self.strong:
            return f"{made_of}; everything forbidden was refused."
        return f"{made_of}; a reader that has been taken over could still {_and(self.allowed)}."


def _and(words: list[str] | tuple[str, ...]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
