"""Somebody is protected; then another process decrypts what lies on the disk and looks for them page by page."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from app.sandbox.sandbox import Sandbox
from tests.support.desks import (
    PASSPHRASE,
    STORY,
    WORD,
    Clock,
    Hands,
    mail,
    manuscript,
    new_folder,
    opened,
    photograph,
)
from tests.support.secrets import ADDRESS, CANARIES, HOST, IDENTITY, NAME, PHONE, PLACE

# SQLCipher 4: AES-256 in CBC; a page ends with its vector of 16 bytes and its HMAC of 64, the first begins with
# the salt. Frames of the write-ahead log have a head of 24 bytes, behind one of 32 for the log.
LOOK = """
import sys
from pathlib import Path
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from app.bootstrap import unlocking
from app.bootstrap.places import Place
from app.vault.passphrase import Cost
from app.vault.working_keys import WorkingKeys

folder, passphrase, *words = Path(sys.argv[1]), *sys.argv[2:]
key = WorkingKeys(unlocking.keys_by_passphrase(Place(folder), passphrase, Cost(1, 8192))).database_key()
PAGE = 16384

def plain(page, first):
    cipher = Cipher(algorithms.AES(key), modes.CBC(page[PAGE - 80 : PAGE - 64])).decryptor()
    return cipher.update(page[16 if first else 0 : PAGE - 80]) + cipher.finalize()

database, log = (folder / name for name in ("desk.db", "desk.db-wal"))
data = database.read_bytes()
pages = [plain(data[at : at + PAGE], at == 0) for at in range(0, len(data), PAGE)]
data = log.read_bytes() if log.exists() else b""
for at in range(32, len(data) - PAGE, PAGE + 24):
    number = int.from_bytes(data[at : at + 4], "big")
    pages.append(plain(data[at + 24 : at + 24 + PAGE], number == 1))
pages += [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
for word in words:
    said = word.lower().encode()
    if any(said in page.lower() for page in pages):
        print(word)
"""


def found(folder: Path, *words: str) -> set[str]:
    """Which of these words another process finds in the files of the desk, decrypted as far as its key goes."""
    command = [sys.executable, "-c", LOOK, str(folder), PASSPHRASE, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return set(done.stdout.split("\n")) - {""}


def letter(number: int, text: str, **more: str) -> bytes:
    files = (
        (f"zhang-story-{number}.docx", manuscript(f"{STORY} {number}. " * 30), WORD),
        (f"IMG_zhang_{number}.jpg", photograph(number, (900, 700), camera="Fujifilm-771"), "image/jpeg"),
    )
    return mail(text, files=files, **({"id": f"<{number}@{HOST}.local>"} | more))


def test_nothing_of_somebody_protected_lies_open_in_any_page_or_file(tmp_path: Path) -> None:
    folder = new_folder(tmp_path / "desk")
    secrets = (*CANARIES, "zhang-story", "IMG_zhang", "Fujifilm-771")
    text = f"I am {NAME} of {PLACE}, {PHONE}.\n\nWe sang.\n\n-- \nXiulan\n"
    with Sandbox() as sandbox, opened(folder, Clock(), sandbox) as desk:
        hands = Hands(desk, tmp_path)
        others = [
            mail(f"{STORY * 9} {n}", id=f"<{n}@w.example>", sender=f"B{n} <b{n}@w.example>")
            for n in range(30)
        ]
        hands.receive(*others[:15])
        token = hands.receive(letter(40, text, sender=f"{NAME} <{ADDRESS}>", subject=f"By {NAME}"))[0][
            "token"
        ]
        hands.receive(*others[15:])
        assert found(folder, "seventeen", *secrets) >= {"seventeen", "Xiulan", "zhang-story", "Fujifilm-771"}
        hands.protect(token, **IDENTITY)
        assert found(folder, "seventeen", *secrets) == {"seventeen"}
        hands.receive(letter(41, f"{text}Again", sender=ADDRESS.upper(), subject=f"Again by {NAME}"))
    assert found(folder, "seventeen", *secrets) == {"seventeen"}
