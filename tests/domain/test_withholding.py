"""Parts of a text that tell are taken out, and the others stay to be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.mailboxes import mailbox
from app.domain.withholding import WITHHELD, withheld


def tells(text: str) -> bool:
    return "zhang" in "".join(text.lower().split()).replace("-", "")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("They came at noon.", "They came at noon."),
        ("They came at noon. I am Zhang. We ran.", f"They came at noon. {WITHHELD} We ran."),
        ("Thanks,\nZhang\nZhang again", f"Thanks,\n{WITHHELD}"),
        ("他们来了。我是Zhang。我们走了。", f"他们来了。{WITHHELD}我们走了。"),
        ("First.\n\nI am Zh-\nang here.\n\nLast.", f"First.\n\n{WITHHELD}\n\nLast."),
        ("Zha\n\nng", WITHHELD),
        ("Zhang", WITHHELD),
    ],
)
def test_what_tells_is_taken_out(text: str, kept: str) -> None:
    assert withheld(text, tells) == kept


@given(st.text("zhang .\n。a"))
def test_nothing_that_is_left_tells(text: str) -> None:
    kept = withheld(text, tells)
    assert not tells(kept.replace(WITHHELD, "|")) or not tells(text)
    assert withheld(kept, tells) == kept


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("li@post.example", "li@post.example"),
        (" li+desk@post.example ", "li@post.example"),
        ("+@post.example", "+@post.example"),
        ("l.i+x@GMail.com", "li@gmail.com"),
        ("l.i@googlemail.com", "li@gmail.com"),
        ("l.i@post.example", "l.i@post.example"),
        ("nobody", "nobody"),
    ],
)
def test_addresses_of_one_mailbox_become_one(address: str, known: str) -> None:
    assert mailbox(address) == known
