"""keys.json survives damage, crashes and full disks, and is never written over another one."""

import json
import os
import stat
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from app.domain.errors import Damaged, RuleBroken, Unavailable
from app.vault.key_record import AuditHead, KeyRecord, Slot, decode, encode
from app.vault.keyfile import KeyFile
from app.vault.passphrase import Cost

RECORD = KeyRecord(
    desk="01JDESK",
    vault_public=bytes(range(32)),
    backup_public="age1public",
    slots={
        "passphrase": Slot({"desk": b"d", "vault": b"v", "backup": b"b"}, b"salt", Cost(3, 256 << 20)),
        "recovery": Slot({"desk": b"d", "vault": b"v", "backup": b"b"}, b"salt"),
        "keyring": Slot({"desk": b"d"}),
    },
    head=AuditHead(12, bytes(32)),
    mark=bytes(32),
)
NEWER = RECORD._replace(head=AuditHead(13, b"\x01" * 32))


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    made = KeyFile(tmp_path / "keys.json")
    made.create(RECORD)
    return made


def test_a_record_comes_back_and_its_bytes_are_always_the_same(file: KeyFile) -> None:
    assert file.load() == RECORD
    assert decode(encode(RECORD)) == RECORD
    assert encode(RECORD) == file.path.read_bytes() == file.copy.read_bytes()
    assert file.sound()


def test_both_copies_are_for_the_owner_alone_and_nothing_else_is_left(file: KeyFile) -> None:
    before = os.umask(0)
    try:
        file.save(NEWER)
    finally:
        os.umask(before)
    assert sorted(entry.name for entry in file.path.parent.iterdir()) == ["keys.json", "keys.json.bak"]
    assert {stat.S_IMODE(entry.stat().st_mode) for entry in file.path.parent.iterdir()} == {0o600}
    assert file.load() == decode(file.copy.read_bytes()) == NEWER


def test_the_record_cut_at_every_byte_is_read_from_the_copy(file: KeyFile) -> None:
    whole = file.path.read_bytes()
    for length in range(len(whole)):
        file.path.write_bytes(whole[:length])
        assert file.load() == RECORD
    assert not file.sound()
    assert file.path.read_bytes() == whole[:-1], "reading must mend nothing"


def test_any_changed_byte_is_damage_and_never_another_record() -> None:
    whole = encode(RECORD)
    for at in range(len(whole)):
        for bit in (1, 16):
            with pytest.raises(Damaged) as refused:
                decode(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
            assert refused.value.code == "keys.damaged"


def test_a_missing_file_is_read_from_the_copy_and_a_missing_copy_is_not_missed(file: KeyFile) -> None:
    file.path.unlink()
    assert file.load() == RECORD
    file.save(RECORD)
    file.copy.unlink()
    assert file.load() == RECORD
    assert not file.sound()


def test_missing_damaged_and_unreadable_are_three_errors(file: KeyFile) -> None:
    file.path.write_bytes(b"{}")
    file.copy.write_bytes(b"")
    with pytest.raises(Damaged, match=r"keys\.damaged"):
        file.load()
    file.copy.unlink()
    with pytest.raises(Damaged, match=r"keys\.damaged"):
        file.load()
    file.path.unlink()
    with pytest.raises(Unavailable, match=r"keys\.missing"):
        file.load()
    file.path.mkdir()
    with pytest.raises(Unavailable, match=r"keys\.unreadable \(reason=EISDIR\)"):
        file.load()


@pytest.mark.parametrize(
    "junk",
    [
        b"[" * 60_000,
        b" " * 70_000,
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"format": true}',
        b'{"format": 1}',
        b'{"format": "1"}',
    ],
)
def test_junk_is_damage(junk: bytes) -> None:
    with pytest.raises(Damaged, match=r"keys\.damaged"):
        decode(junk)


@pytest.mark.parametrize(
    "change",
    [
        {"slots": []},
        {"slots": {"passphrase": {}}},
        {"slots": {"passphrase": {"sealed": {"desk": "not base64!"}}}},
        {"audit": {"sequence": "x", "mac": ""}},
        {"audit": None},
        {"desk": 5},
        {"more": "than it knows"},
    ],
)
def test_a_right_checksum_does_not_make_another_shape_right(change: dict[str, object]) -> None:
    with pytest.raises(Damaged, match=r"keys\.damaged"):
        decode(_with(change))


def test_a_file_of_a_later_version_is_neither_damaged_nor_replaced_by_the_copy(file: KeyFile) -> None:
    file.path.write_bytes(_with({"format": 2, "slots": "of another kind"}))
    with pytest.raises(Unavailable, match=r"keys\.newer \(format=2\)"):
        file.load()


def _with(change: dict[str, object]) -> bytes:
    """The record with other values, and the checksum of those."""
    plain = json.loads(encode(RECORD)) | change
    plain.pop("sha256")
    summed = sha256(json.dumps(plain, sort_keys=True, indent=1).encode() + b"\n").hexdigest()
    return json.dumps(plain | {"sha256": summed}, sort_keys=True, indent=1).encode() + b"\n"


@pytest.mark.parametrize("left", ["keys.json", "keys.json.bak"])
@pytest.mark.parametrize("state", [b"", encode(RECORD)])
def test_a_record_is_never_made_where_one_is(tmp_path: Path, left: str, state: bytes) -> None:
    (tmp_path / left).write_bytes(state)
    with pytest.raises(RuleBroken, match=r"key\.exists"):
        KeyFile(tmp_path / "keys.json").create(NEWER)
    assert [entry.name for entry in tmp_path.iterdir()] == [left]
    assert (tmp_path / left).read_bytes() == state


def test_a_link_that_leads_nowhere_is_something_that_exists(tmp_path: Path) -> None:
    (tmp_path / "keys.json").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RuleBroken, match=r"key\.exists"):
        KeyFile(tmp_path / "keys.json").create(RECORD)


def test_a_folder_that_is_gone_is_told_by_its_reason(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"keys\.not-saved \(reason=ENOENT\)"):
        KeyFile(tmp_path / "gone" / "keys.json").create(RECORD)


CHILD = """
import os, resource, signal, sys
from pathlib import Path
from app.vault.keyfile import KeyFile
from app.vault.key_record import decode
from app.domain.errors import Unavailable
folder, step, newer = Path(sys.argv[1]), sys.argv[2], decode(sys.stdin.buffer.read())
file = KeyFile(folder / "keys.json")
if step == "full":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    usual, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, most))
    try:
        file.save(newer)
    except Unavailable as refused:
        os.write(1, str(refused).encode())
    resource.setrlimit(resource.RLIMIT_FSIZE, (usual, most))
else:
    left = [int(step)]
    def count(event, args):
        if event in ("open", "os.rename", "os.remove") and str(folder) in str(args[0]):
            left[0] -= 1
            if left[0] == 0:
                os._exit(9)
    sys.addaudithook(count)
    file.save(newer)
"""


def _child(folder: Path, step: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", CHILD, str(folder), step]
    return subprocess.run(command, input=encode(NEWER), capture_output=True, timeout=60, check=False)


def test_killed_at_every_step_of_saving_the_old_or_the_new_record_is_there(file: KeyFile) -> None:
    left_behind = []
    for step in range(1, 30):
        ended = _child(file.path.parent, str(step))
        left_behind.append(file.load())
        file.save(RECORD)
        if ended.returncode == 0:
            break
        assert ended.returncode == 9, ended.stderr
    assert len(left_behind) > 6
    assert left_behind[0] == RECORD
    assert left_behind[-1] == NEWER
    assert set(map(encode, left_behind)) == {encode(RECORD), encode(NEWER)}


def test_on_a_full_disk_the_old_record_stays_and_nothing_is_left_behind(file: KeyFile) -> None:
    ended = _child(file.path.parent, "full")
    assert ended.stdout == b"keys.not-saved (reason=EFBIG)", ended.stderr
    assert file.load() == RECORD
    assert file.sound()
    assert len(list(file.path.parent.iterdir())) == 2
