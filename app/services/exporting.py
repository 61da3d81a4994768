"""Letting a piece out: gates, a public article, a writer, the egress gate, and a record of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.domain.errors import RuleBroken, Usage
from app.domain.gates import open_gates
from app.domain.magazine import Magazine
from app.domain.pieces import CLOSED, Publication
from app.domain.public import ExportFile, PublicArticle
from app.services.acts import Desk
from app.services.dossiers import by_token, open_file
from app.services.egress import Cleared, Egress, write_files
from app.services.ports import Readers
from app.services.publicly import Render, public_article

Writer = Callable[[PublicArticle], tuple[ExportFile, ...]]
PREVIEW = "preview"
"""The one internal target so far: the page of a draft, which asks no gate but the egress gate."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What left: the target, the paths of its files, and what the egress gate looked at."""

    target: str
    paths: tuple[Path, ...]
    cleared: Cleared

    def as_json(self) -> dict[str, Any]:
        """As ``transom export --json`` prints it."""
        return {
            "target": self.target,
            "files": [
                {
                    "path": str(path),
                    "media_type": file.media_type,
                    "bytes": len(file.data),
                    "sha256": _sha256(file),
                }
                for path, file in zip(self.paths, self.cleared.files, strict=True)
            ],
            "gate": self.cleared.gate,
        }


class Exporting:
    """Builds, clears and writes."""

    def __init__(
        self, desk: Desk, readers: Readers, writers: Mapping[str, Writer], render: Render, egress: Egress
    ) -> None:
        self._desk = desk
        self._readers = readers
        self._writers = writers
        self._render = render
        self._egress = egress

    def targets(self) -> tuple[str, ...]:
        """What ``export`` takes: the public targets of the magazine that can be made, and the preview."""
        return (*(name for name in self._desk.magazine.targets if name in self._writers), PREVIEW)

    def export(self, token: str, target: str, folder: Path, by: str = "") -> Exported:
        """Write a piece for ``target`` into ``folder``, which is made with its parents.

        Raises:
            Usage: ``target.unknown``, ``token.unknown``.
            RuleBroken: ``gates.open`` with the ``findings`` that refuse, ``move.held``, ``export.closed``,
                ``egress.leak`` with findings that name the place and never the secret.
            Unavailable: ``vault.locked``, ``disk.full``.
        """
        cleared = self.cleared(token, target)
        paths = tuple(path.absolute() for path in write_files(cleared, folder))
        if target != PREVIEW:
            self._record(token, target, cleared, by)
        return Exported(target, paths, cleared)

    def cleared(self, token: str, target: str) -> Cleared:
        """The finished files of a piece, past every gate; raises as ``export``."""
        if target not in self.targets():
            raise Usage("target.unknown", target=target, possible=", ".join(self.targets()))
        with self._desk.store.read() as unit:
            piece = by_token(unit, token)
            file = open_file(unit, piece, self._desk.magazine, self._desk.now)
            if target != PREVIEW:
                if piece.stage in CLOSED:
                    raise RuleBroken("export.closed", token=piece.token, stage=str(piece.stage))
                if piece.held:
                    raise RuleBroken("move.held", token=piece.token)
                if refused := open_gates(file.findings()):
                    raise RuleBroken("gates.open", token=piece.token, findings=refused)
            received = int(piece.received_at[:4])
            article = public_article(
                unit, file, self._desk.magazine, self._readers, self._render, year=received
            )
        if target == PREVIEW:
            article = replace(article, slug=f"{article.slug}-preview", draft=True)
        files = self._writers["html" if target == PREVIEW else target](article)
        return self._egress.clear(files, own=own_words(self._desk.magazine), author=piece.contributor)

    def _record(self, token: str, target: str, cleared: Cleared, by: str) -> None:
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            file = open_file(unit, piece, self._desk.magazine, self._desk.now)
            unit.add(
                Publication(
                    id=self._desk.ids.new(),
                    piece=piece.id,
                    target=target,
                    at=self._desk.at,
                    by=by,
                    revision=file.revision.number,
                    content_hash=file.hash,
                    files=tuple({"name": each.name, "sha256": _sha256(each)} for each in cleared.files),
                )
            )
            self._desk.note(unit, piece.id, "export", by, target=target)


def _sha256(file: ExportFile) -> str:
    return hashlib.sha256(file.data).hexdigest()


def own_words(magazine: Magazine) -> frozenset[str]:
    """What the magazine says of itself in print: its own address and telephone are no leak."""
    own = {magazine.address.email, magazine.address.telephone, *magazine.address.lines}
    return frozenset(said for said in own if said)
