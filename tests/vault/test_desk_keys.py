"""Opening a desk: by passphrase, recovery code and keyring; and everything that must not open it."""

import json
import secrets
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.errors import Damaged, RuleBroken, Unavailable
from app.vault import desk_keys, recovery_code
from app.vault.backup_key import recipient
from app.vault.desk_keys import DeskKeys, open_by_keyring, open_by_passphrase, open_by_recovery_code
from app.vault.key_record import AuditHead, KeyRecord, decode, encode
from app.vault.keyfile import KeyFile
from app.vault.passphrase import MODERATE, Cost
from app.vault.sealing import new_key, public_half, seal
from app.vault.secret import Secret

CHEAP = Cost(1, 8192)
WORDS = "winter review"
HELD = new_key()
Change = Callable[[KeyRecord], KeyRecord]


class Desk:
    """A desk's keys in a folder, with all that opens them."""

    def __init__(self, folder: Path, name: str = "01JDESK") -> None:
        self.file = KeyFile(folder / "keys.json")
        self.keys, self.code = desk_keys.create(self.file, name, WORDS, data_exists=False, cost=CHEAP)
        self.keys.add_keyring_slot(HELD)

    def by_passphrase(self, words: str = WORDS) -> DeskKeys:
        return open_by_passphrase(self.file, words, floor=CHEAP)

    def by_recovery_code(self) -> DeskKeys:
        return open_by_recovery_code(self.file, self.code, floor=CHEAP)

    def by_keyring(self) -> DeskKeys:
        return open_by_keyring(self.file, HELD, floor=CHEAP)

    def rewrite(self, change: Change) -> None:
        """Change the file as somebody would who can write it and knows its format, but has no key."""
        self.file.save(change(self.file.load()))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def _tell(keys: DeskKeys) -> list[bytes]:
    each = keys.keys
    return [key.reveal() for key in (each.database, each.blobs, each.addresses, each.replies, each.audit)]


def test_every_way_of_opening_gives_the_same_keys(desk: Desk) -> None:
    ways = [desk.keys, desk.by_passphrase(), desk.by_recovery_code(), desk.by_keyring()]
    assert len({tuple(_tell(keys)) for keys in ways}) == 1
    assert {keys.desk for keys in ways} == {"01JDESK"}
    assert len({keys.vault_public for keys in ways}) == len({keys.backup_public for keys in ways}) == 1


def test_keys_for_different_purposes_and_desks_differ(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    told = _tell(desk.keys) + _tell(Desk(tmp_path / "other").keys)
    assert len(set(told)) == 10
    assert {len(key) for key in told} == {32}


def test_passphrase_and_recovery_code_open_the_vault_and_the_keyring_does_not(desk: Desk) -> None:
    sealed = seal(desk.by_keyring().vault_public, "Мария Петрова".encode(), "contact/7F3K")
    for keys in (desk.keys, desk.by_passphrase(), desk.by_recovery_code()):
        assert keys.vault is not None
        assert keys.vault.unseal(sealed, "contact/7F3K").decode() == "Мария Петрова"
        assert keys.backup_private is not None
        assert recipient(keys.backup_private) == keys.backup_public
    night = desk.by_keyring()
    assert night.vault is None
    assert night.backup_private is None


def test_the_keyrings_slot_does_not_hold_the_vaults_key_at_all(desk: Desk) -> None:
    assert set(desk.file.load().slots["keyring"].sealed) == {"desk"}


def test_the_vault_is_unlocked_by_the_passphrase_later_and_locked_again(desk: Desk) -> None:
    keys = desk.by_keyring()
    with pytest.raises(Unavailable, match=r"key\.wrong"):
        keys.unlock_vault("summer review")
    assert keys.vault is None
    keys.unlock_vault(WORDS)
    assert keys.vault is not None
    keys.lock_vault()
    assert keys.vault is None
    assert _tell(keys) == _tell(desk.keys)


def test_while_the_vault_is_locked_passphrase_and_recovery_code_stay_as_they_are(desk: Desk) -> None:
    keys, before = desk.by_keyring(), desk.file.load()
    with pytest.raises(Unavailable, match=r"vault\.locked"):
        keys.change_passphrase("another")
    with pytest.raises(Unavailable, match=r"vault\.locked"):
        keys.new_recovery_code()
    assert desk.file.load() == before


def test_a_wrong_key_is_told_as_that_and_changes_nothing(desk: Desk) -> None:
    before = desk.file.path.read_bytes()
    with pytest.raises(Unavailable, match=r"key\.wrong \(slot=passphrase\)"):
        desk.by_passphrase("Winter review")
    other = recovery_code.make()
    with pytest.raises(Unavailable, match=r"key\.wrong \(slot=recovery\)"):
        open_by_recovery_code(desk.file, other, floor=CHEAP)
    with pytest.raises(Unavailable, match=r"key\.wrong \(slot=keyring\)"):
        open_by_keyring(desk.file, new_key(), floor=CHEAP)
    assert desk.file.path.read_bytes() == before


def test_a_missing_key_and_a_damaged_file_are_told_as_those(desk: Desk) -> None:
    desk.file.path.write_bytes(b"\0" * 100)
    desk.file.copy.write_bytes(b"")
    for way in (desk.by_passphrase, desk.by_recovery_code, desk.by_keyring):
        with pytest.raises(Damaged, match=r"keys\.damaged"):
            way()
    desk.file.path.unlink()
    desk.file.copy.unlink()
    for way in (desk.by_passphrase, desk.by_recovery_code, desk.by_keyring):
        with pytest.raises(Unavailable, match=r"^keys\.missing$"):
            way()
    assert list(desk.file.path.parent.iterdir()) == []


def test_a_recovery_code_with_a_wrong_letter_is_told_apart_from_a_wrong_code(desk: Desk) -> None:
    wrong = "0" if desk.code[0] != "0" else "1"
    with pytest.raises(Unavailable, match=r"recovery\.mistyped \(group=1\)"):
        open_by_recovery_code(desk.file, wrong + desk.code[1:], floor=CHEAP)
    assert _tell(open_by_recovery_code(desk.file, desk.code.lower(), floor=CHEAP)) == _tell(desk.keys)


def test_a_new_passphrase_replaces_the_old_one_in_the_copy_too(desk: Desk) -> None:
    desk.by_recovery_code().change_passphrase("a new winter")
    for _ in range(2):
        with pytest.raises(Unavailable, match=r"key\.wrong"):
            desk.by_passphrase()
        assert _tell(desk.by_passphrase("a new winter")) == _tell(desk.keys)
        desk.file.path.write_bytes(b"")
    assert _tell(desk.by_recovery_code()) == _tell(desk.by_keyring()) == _tell(desk.keys)


def test_a_new_recovery_code_replaces_the_old_one(desk: Desk) -> None:
    code = desk.by_passphrase().new_recovery_code()
    with pytest.raises(Unavailable, match=r"key\.wrong"):
        desk.by_recovery_code()
    assert _tell(open_by_recovery_code(desk.file, code, floor=CHEAP)) == _tell(desk.keys)


def test_without_a_keyring_slot_no_keyring_opens(desk: Desk) -> None:
    keys = desk.by_passphrase()
    assert keys.has_keyring_slot
    keys.remove_keyring_slot()
    assert not keys.has_keyring_slot
    with pytest.raises(Unavailable, match=r"key\.missing \(slot=keyring\)"):
        desk.by_keyring()
    desk.by_passphrase()


def test_spaces_and_accents_of_a_passphrase_are_one_however_typed(desk: Desk) -> None:
    desk.keys.change_passphrase("Zürich im Jänner")
    assert _tell(desk.by_passphrase("Zu\u0308rich\u00a0im\u2003Ja\u0308nner")) == _tell(desk.keys)


@pytest.mark.parametrize("words", ["", pytest.param("\udcff", id="surrogate")])
def test_odd_passphrases_are_told_in_words(desk: Desk, words: str) -> None:
    with pytest.raises((RuleBroken, Unavailable)) as refused:
        desk.by_passphrase(words)
    assert refused.value.code in ("passphrase.empty", "key.wrong")


@pytest.mark.parametrize("words", [WORDS, ""])
def test_keys_are_never_made_over_keys_or_where_data_is(tmp_path: Path, words: str) -> None:
    file = KeyFile(tmp_path / "keys.json")
    with pytest.raises(RuleBroken, match=r"key\.exists"):
        desk_keys.create(file, "01JDESK", words, data_exists=True, cost=CHEAP)
    assert not file.exists()
    file.copy.write_bytes(b"")
    with pytest.raises(RuleBroken, match=r"key\.exists"):
        desk_keys.create(file, "01JDESK", words, data_exists=False, cost=CHEAP)


def test_no_key_code_or_passphrase_stands_in_the_file(desk: Desk) -> None:
    written = desk.file.path.read_text()
    for secret in (WORDS, desk.code, desk.code.replace("-", ""), "AGE-SECRET-KEY"):
        assert secret not in written
    assert set(json.loads(written)["slots"]) == {"passphrase", "recovery", "keyring"}


@pytest.mark.parametrize("kind", ["passphrase", "recovery", "keyring"])
def test_a_slot_of_another_desk_is_refused_with_its_own_key(desk: Desk, tmp_path: Path, kind: str) -> None:
    (tmp_path / "other").mkdir()
    other = Desk(tmp_path / "other", "01JOTHER")
    theirs = other.file.load().slots[kind]
    desk.rewrite(lambda record: record._replace(slots={**record.slots, kind: theirs}))
    desk.code = other.code
    ways = {"passphrase": desk.by_passphrase, "recovery": desk.by_recovery_code, "keyring": desk.by_keyring}
    with pytest.raises(Unavailable, match=rf"key\.wrong \(slot={kind}\)"):
        ways[kind]()


def test_a_slot_in_the_place_of_another_is_refused(desk: Desk) -> None:
    desk.rewrite(lambda record: record._replace(slots={**record.slots, "recovery": record.slots["keyring"]}))
    with pytest.raises(Unavailable, match=r"key\.wrong"):
        desk.by_recovery_code()


def test_keys_within_a_slot_cannot_change_places(desk: Desk) -> None:
    def swap(record: KeyRecord) -> KeyRecord:
        slot = record.slots["passphrase"]
        sealed = {**slot.sealed, "vault": slot.sealed["backup"], "backup": slot.sealed["vault"]}
        return record._replace(slots={**record.slots, "passphrase": slot._replace(sealed=sealed)})

    desk.rewrite(swap)
    with pytest.raises(Damaged, match=r"keys\.changed"):
        desk.by_passphrase()


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record._replace(vault_public=public_half(new_key())),
        lambda record: record._replace(backup_public="age1theirs"),
        lambda record: record._replace(head=AuditHead(0, secrets.token_bytes(32))),
        lambda record: record._replace(slots={k: v for k, v in record.slots.items() if k != "recovery"}),
        lambda record: record._replace(mark=b""),
    ],
)
def test_a_record_that_others_rewrote_is_refused(desk: Desk, change: Change) -> None:
    desk.rewrite(change)
    for way in (desk.by_passphrase, desk.by_keyring):
        with pytest.raises(Damaged, match=r"keys\.changed"):
            way()


def test_a_public_half_put_in_with_the_desks_key_is_found_when_the_vault_opens(desk: Desk) -> None:
    night = desk.by_keyring()
    night._keep(desk.file.load()._replace(vault_public=public_half(new_key())))
    desk.by_keyring()
    with pytest.raises(Damaged, match=r"keys\.changed"):
        desk.by_passphrase()
    with pytest.raises(Damaged, match=r"keys\.changed"):
        night.unlock_vault(WORDS)


def test_cheaper_guesses_are_refused_before_the_passphrase_is_tried(desk: Desk) -> None:
    with pytest.raises(Damaged, match=r"keys\.weakened"):
        open_by_passphrase(desk.file, WORDS)
    for cost in (Cost(0, 8192), Cost(1, 4096), Cost(1, 1)):
        with pytest.raises(Damaged, match=r"keys\.weakened"):
            cost.check(CHEAP)
    for cost in (Cost(1, 1 << 50), Cost(10**9, 8192)):
        with pytest.raises(Damaged, match=r"keys\.damaged"):
            cost.check(CHEAP)


def test_a_passphrase_slot_without_its_cost_is_damage(desk: Desk) -> None:
    slots = desk.file.load().slots
    free = slots["passphrase"]._replace(cost=None)
    desk.rewrite(lambda record: record._replace(slots={**slots, "passphrase": free}))
    with pytest.raises(Damaged, match=r"keys\.damaged"):
        desk.by_passphrase()


def test_the_cost_of_a_real_desk_is_256_mib_and_three_passes() -> None:
    assert Cost(3, 256 * 1024 * 1024) == MODERATE


def test_a_machine_without_the_memory_is_told_as_that() -> None:
    child = """
import resource
from app.domain.errors import Unavailable
from app.vault.passphrase import Cost, stretch
resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))
try:
    stretch("words", bytes(16), Cost(1, 1 << 30))
except Unavailable as refused:
    print(refused)
"""
    told = subprocess.run(
        [sys.executable, "-c", child], capture_output=True, text=True, timeout=60, check=True
    )
    assert told.stdout == "passphrase.memory (memory=1073741824)\n"


def test_the_audit_head_moves_forward_only(desk: Desk) -> None:
    head = AuditHead(3, b"\x03" * 32)
    desk.keys.move_audit_head(head)
    desk.keys.move_audit_head(head)
    assert desk.by_keyring().audit_head == decode(encode(desk.file.load())).head == head
    for behind in (AuditHead(2, b"\x02" * 32), AuditHead(3, b"\x04" * 32), AuditHead()):
        with pytest.raises(Damaged, match=r"audit\.behind"):
            desk.keys.move_audit_head(behind)
    assert desk.by_passphrase().audit_head == head


def test_a_change_that_could_not_be_saved_did_not_happen(desk: Desk, tmp_path: Path) -> None:
    keys = desk.by_passphrase()
    head = keys.audit_head
    (tmp_path / "keys.json.new").mkdir()
    with pytest.raises(Unavailable, match=r"keys\.not-saved"):
        keys.move_audit_head(AuditHead(9, b"\x09" * 32))
    assert keys.audit_head == desk.by_passphrase().audit_head == head


def test_open_keys_show_nothing_when_printed(desk: Desk) -> None:
    shown = f"{desk.keys!r} {desk.keys.vault!r} {desk.keys.keys!r} {vars(desk.keys)}"
    for key in _tell(desk.keys):
        assert repr(key)[2:-1] not in shown
        assert key.hex() not in shown
    assert "AGE-SECRET-KEY" not in shown
    assert isinstance(desk.keys.keys.database, Secret)
