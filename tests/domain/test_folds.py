"""The new words of a message are its text less what is folded."""

from __future__ import annotations

from app.domain.folds import Fold, without
from app.domain.messages import Message, MessageClass


def test_quotes_and_signatures_go_and_forwards_stay() -> None:
    text = "New.\n\n> old\n\nMore.\n--- Forwarded ---\nTheirs.\n-- \nAna\n"
    folds = (Fold("quote", 6, 12), Fold("forward", 19, 45), Fold("signature", 45, len(text)))
    assert without(text, folds) == "New.\n\nMore.\n--- Forwarded ---\nTheirs."
    assert without(text, ()) == text.strip()


def test_a_message_tells_its_new_words_from_its_text() -> None:
    message = Message("1", "2", "in", "mail", MessageClass.BELONGS, "", text="Yes.\n> Really?\n")
    assert message.new_text == "Yes.\n> Really?"
    folded = Message(
        "1", "2", "in", "mail", MessageClass.BELONGS, "", text=message.text, folds=(("quote", 5, 15),)
    )
    assert folded.new_text == "Yes."
