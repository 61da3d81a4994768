"""What holds for every writer of a finished article."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from app.domain.public import ExportFile, PublicArticle
from app.formats import docx_writer, html_writer, wordpress_writer
from tests.support.public_articles import ARABIC, CHINESE, ENGLISH

WRITERS = [html_writer.write, docx_writer.write, wordpress_writer.write]


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("article", [ENGLISH, CHINESE, ARABIC], ids=["en", "zh", "ar"])
def test_photographs_are_files_of_their_own_with_plain_names(
    write: Callable[[PublicArticle], tuple[ExportFile, ...]], article: PublicArticle
) -> None:
    files = write(article)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9.-]*", file.name) for file in files)
    assert len({file.name for file in files}) == len(files)
    assert files[0].name.startswith(article.slug)
    by_name = {file.name: file for file in files}
    for photo in article.photos:
        assert by_name[photo.name].data == photo.data
        assert by_name[photo.name].media_type == "image/jpeg"


def test_the_same_article_gives_the_same_bytes_everywhere() -> None:
    script = (
        "import hashlib;from app.formats import docx_writer,html_writer,wordpress_writer;"
        "from tests.support.public_articles import *;"
        "print([hashlib.sha256(f.data).hexdigest() for a in (ENGLISH,CHINESE,ARABIC)"
        " for w in (docx_writer,html_writer,wordpress_writer) for f in w.write(a)])"
    )
    seen = set()
    for zone, language, seed in (("UTC", "C", "1"), ("Asia/Shanghai", "C.UTF-8", "2")):
        env = {**os.environ, "TZ": zone, "LC_ALL": language, "PYTHONHASHSEED": seed}
        seen.add(
            subprocess.run([sys.executable, "-c", script], env=env, check=True, capture_output=True).stdout
        )
    assert len(seen) == 1
