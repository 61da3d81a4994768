"""What a gate, a leak check or any other check says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: whether it holds, why not, and what to do.

    ``severity`` is block, override or warn: the first two refuse a public target, ``override_role``
    may lift the second with a reason; warn never refuses.
    """

    id: str
    severity: str
    ok: bool
    why: str = ""
    fix: str = ""
    override_role: str = ""

    @property
    def refuses(self) -> bool:
        """Whether this keeps the piece from leaving."""
        return not self.ok and self.severity != "warn"

    def as_json(self) -> dict[str, object]:
        """As ``transom gates`` prints it."""
        return {
            "id": self.id,
            "severity": self.severity,
            "ok": self.ok,
            "why": self.why,
            "fix": self.fix,
            "override_role": self.override_role or None,
        }
