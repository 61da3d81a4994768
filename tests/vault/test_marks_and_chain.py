"""The keyed codes: lookup column, reply addresses, audit chain."""

import pytest

from app.vault.chain import MAC_BYTES, START, link
from app.vault.marks import address_mark, is_reply_tag, normal_address, reply_tag
from app.vault.sealing import new_key

KEY = new_key()


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Jasmina@Example.ORG", "jasmina@example.org"),
        ("  jasmina@example.org.\n", "jasmina@example.org"),
        ("ｊasmina@example.org", "jasmina@example.org"),
        ("info@BÜCHER.example", "info@xn--bcher-kva.example"),
        ("info@xn--bcher-kva.example", "info@xn--bcher-kva.example"),
        ("me+desk@example.org", "me+desk@example.org"),
        ('"a@b"@example.org', '"a@b"@example.org'),
        ("no address", "no address"),
        ("a@" + "x" * 70 + ".org", "a@" + "x" * 70 + ".org"),
        ("", ""),
    ],
)
def test_one_mailbox_has_one_mark_however_it_is_written(written: str, normal: str) -> None:
    assert normal_address(written) == normal
    assert address_mark(KEY, written) == address_mark(KEY, normal)
    assert len(address_mark(KEY, written)) == 32


def test_marks_differ_by_address_and_by_desk() -> None:
    assert address_mark(KEY, "a@example.org") != address_mark(KEY, "b@example.org")
    assert address_mark(KEY, "a@example.org") != address_mark(new_key(), "a@example.org")


def test_a_broken_address_from_outside_has_a_mark_too() -> None:
    assert len(address_mark(KEY, "a\udcff@b\udcff")) == 32


def test_a_reply_tag_proves_its_token_in_any_case_and_no_other() -> None:
    tag = reply_tag(KEY, "ED-2026-0412")
    assert len(tag) == 12
    assert is_reply_tag(KEY, "ed-2026-0412", tag.upper())
    assert not is_reply_tag(KEY, "ED-2026-0413", tag)
    assert not is_reply_tag(new_key(), "ED-2026-0412", tag)
    for wrong in ("", tag[:-1], tag + "0", "é" * 12, "\udcff"):
        assert not is_reply_tag(KEY, "ED-2026-0412", wrong)


def test_each_link_of_the_audit_chain_covers_all_before_it() -> None:
    entries = [b"first", b"second", b"third"]

    def head(of: list[bytes]) -> bytes:
        code = START
        for entry in of:
            code = link(KEY, code, entry)
        return code

    assert len(head(entries)) == MAC_BYTES
    others = [entries[:2], entries[1:], entries[::-1]]
    others += [[b"first", b"second!", b"third"], [b"firstsecond", b"third"]]
    assert head(entries) not in [head(other) for other in others]
    assert link(new_key(), START, b"first") != link(KEY, START, b"first")


@pytest.mark.parametrize("previous", [b"", bytes(31), bytes(33)])
def test_a_code_of_another_length_is_no_code(previous: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        link(KEY, previous, b"entry")
