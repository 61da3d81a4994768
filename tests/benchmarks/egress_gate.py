"""The egress gate with 1,000 protected words: CPU seconds for each kind of export, the median of several runs.

    .venv/bin/python tests/benchmarks/egress_gate.py [WORDS] [ROUNDS]

An article of WORDS words (10,000) with links and a photograph, made by each writer; then it is opened to the bottom and
looked through, the sealed words being in memory already.  The first run, which unseals them, is told apart.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from app.domain.article import Paragraph, Span  # noqa: E402
from app.domain.people import Contributor, Protection, SealedTerm  # noqa: E402
from app.formats import docx_writer, html_writer, markdown_writer, text_writer, wordpress_writer  # noqa: E402
from app.formats.unpacking import members  # noqa: E402
from app.services.egress import Egress  # noqa: E402
from app.services.ids import Ids  # noqa: E402
from tests.support.public_articles import ENGLISH  # noqa: E402
from tests.support.stores import Folder  # noqa: E402

_WRITERS = (html_writer, docx_writer, markdown_writer, text_writer, wordpress_writer)
_SENTENCE = "They came on Monday with a list of seventeen names, and the hall was closed before noon. "
_LATIN, _RUSSIAN, _HAN = (
    ("Zha", "Mi", "Wei", "Ga", "Lo"),
    ("Гром", "Жук", "Абдул", "Нур", "Лес"),
    "张王李赵陈刘杨黄周吴",
)


def _words(number: int) -> list[tuple[str, str]]:
    """Eight invented secrets of one person, each of another kind or script."""
    one, two = number % 5, number // 5 % 5
    return [
        ("name", f"{_LATIN[one]}ng{number} {_LATIN[two]}lan{chr(97 + number % 26)}ov"),
        ("name", f"{_RUSSIAN[one]}ова Зухра{_RUSSIAN[two].lower()}"),
        ("name", f"{_HAN[one]}{_HAN[two]}{_HAN[number % 10]}"),
        ("address", f"{_LATIN[one]}.{_LATIN[two]}{number}@mail{number}.example"),
        ("phone", f"+86 139 {1000 + number * 7} {9000 - number * 3}"),
        ("place", f"{_LATIN[one]}cun village {number}"),
        ("place", f"Street {number} {_LATIN[two]}men"),
        ("other", f"nick{_LATIN[two]}{number}x"),
    ]


def main() -> None:
    """Measure, and print a line for each writer."""
    words, rounds = (int(said) for said in (*sys.argv[1:], "10000", "5")[:2] if said)
    blocks = tuple(
        Paragraph(f"p{n}", (Span(_SENTENCE * 3), Span("a link", link=f"https://x.example/{n}?q=%20b")))
        for n in range(words // 53 + 1)
    )
    article = replace(ENGLISH, blocks=blocks)
    with tempfile.TemporaryDirectory() as folder:
        desk, ids = Folder(Path(folder) / "desk"), Ids()
        keys = desk.working_keys()
        with desk.open() as store:
            with store.write() as unit:
                for number in range(125):
                    who = Contributor(
                        ids.new(), f"{number:04d}", f"Pen {number}", Protection.PROTECTED, "2026-11-23"
                    )
                    unit.add(who)
                    for kind, text in _words(number):
                        id = ids.new()
                        said = json.dumps({"text": text, "kind": kind, "settled": []}).encode()
                        unit.add(SealedTerm(id, who.id, keys.seal(said, id)))
            gate = Egress(store, keys, members)
            start = time.process_time()
            gate.load()
            print(f"unsealing 1,000 words: {time.process_time() - start:.2f} CPU seconds")
            for writer in _WRITERS:
                files = writer.write(article)
                size = sum(len(file.data) for file in files)
                runs = []
                for _ in range(rounds):
                    start = time.process_time()
                    cleared = gate.clear(files)
                    runs.append(time.process_time() - start)
                name = writer.__name__.rpartition(".")[2].removesuffix("_writer")
                print(
                    f"{name}: {statistics.median(runs):.2f} CPU seconds ({max(runs):.2f}), {size / 1e6:.1f} MB,"
                    f" {cleared.checked} places"
                )


if __name__ == "__main__":
    main()
