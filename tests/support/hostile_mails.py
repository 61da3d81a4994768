"""Mails and mailboxes that are damaged, or made to break a reader; the same ones each time."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator
from email.message import EmailMessage

HEAD = (
    b"From: Ana <ana@sender.example>\nTo: desk@magazine.example\nSubject: A hall was closed\n"
    b"Date: Mon, 23 Nov 2026 09:00:00 +0000\nMIME-Version: 1.0\n"
)
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=edge\n\n"
WORDS = "They came on Monday with a list of names, and the hall was closed before noon. "
_CHARSETS = (
    "us-ascii utf-8 utf-16 utf-32 utf-7 iso-8859-1 iso-8859-6 iso-8859-8-i windows-1251 koi8-r gb18030 gb2312 big5"
    " euc-kr iso-2022-jp iso-2022-kr shift_jis hz punycode idna rot13 base64 hex zip bz2 unicode_escape"
    " raw_unicode_escape undefined mbcs charmap x-unknown ../../etc/passwd"
)
_TEXTS = (
    WORDS,
    "Grüße und Küsse",
    "Привет, мир",
    "你好，世界，這是一個測試",
    "שלום עולם",
    "مرحبا بالعالم",
    "こんにちは",
)
ODD_NAMES = (
    "../../../escaped.txt",
    "..\\..\\escaped.txt",
    "/tmp/escaped.txt",
    "C:\\Windows\\x.txt",
    "con",
    "nul.txt",
    "aux.jpg",
    ".",
    "..",
    "...",
    "",
    " ",
    "a\nb.txt",
    "a\r\nX-Bad: 1.txt",
    "nul\0byte.txt",
    "\u202egpj.exe",
    "zero\u200bwidth\u200d.txt",
    "a/b/c.txt",
    "~root",
    "-rf",
    "$(touch x)",
    "`id`",
    "%00.txt",
    "%2e%2e%2fescaped",
    "a" * 4000 + ".txt",
    "名" * 1000 + ".docx",
    "\ud83d.txt",
    "\U0001f4a9.txt",
    "<script>alert(1)</script>.html",
    "name;with=semi\"quote'.txt",
    "=?utf-8?q?again?=.txt",
)


def seed_mail(number: int) -> bytes:
    """A sound mail of text, HTML and two files, to be wounded."""
    mail = EmailMessage()
    mail["From"] = f"Ana {number} <ana{number}@sender.example>"
    mail["To"] = "desk@magazine.example"
    mail["Subject"] = f"Письмо {number}: {WORDS[:30]}"
    mail["Message-ID"] = f"<seed-{number}@sender.example>"
    mail["Date"] = "Mon, 23 Nov 2026 09:00:00 +0000"
    mail.set_content(
        f"{WORDS * 3}\n\nOn Mon, 2 Nov 2026 at 10:00, Bo <bo@x.example> wrote:\n> {WORDS}\n-- \nAna\n"
    )
    mail.add_alternative(f"<p>{WORDS * 3}</p><blockquote type=cite>{WORDS}</blockquote>", subtype="html")
    mail.add_attachment("名字,值\n1,2\n", filename="имя.csv", subtype="csv")
    mail.add_attachment(
        b"\x89PNG\r\n\x1a\n" + bytes(range(64)), maintype="image", subtype="png", filename="a.png"
    )
    return mail.as_bytes()


def wounded(data: bytes, dice: random.Random) -> bytes:
    """``data`` with one wound: bits turned, a piece lost, doubled, moved, an early end, bytes put in."""
    start = dice.randrange(len(data))
    end = min(len(data), start + dice.randrange(1, 200))
    put = dice.choice(
        [b"\0" * 9, b"\r", b"\n\n", b"\xff\xfe", b"--", b"=?utf-8?b?", b"From ", b": ", b"\x1b$B", b"{}<>"]
    )
    match dice.randrange(7):
        case 0:
            return data[:start]
        case 1:
            return data[:start] + data[end:]
        case 2:
            return data[:end] + data[start:]
        case 3:
            return data[:start] + put + data[start:]
        case 4:
            return data[:start] + data[start:end][::-1] + data[end:]
        case 5:
            return data[start:]
        case _:
            flipped = bytearray(data)
            for _ in range(dice.randrange(1, 30)):
                flipped[dice.randrange(len(flipped))] ^= 1 << dice.randrange(8)
            return bytes(flipped)


def mutants(number: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """Wounded mails."""
    dice = random.Random(seed)
    for each in range(number):
        data = seed_mail(each % 7)
        for _ in range(dice.randrange(1, 4)):
            data = wounded(data, dice) or b"x"
        yield f"mutant-{seed}-{each:04}.eml", data


def charsets() -> Iterator[tuple[str, bytes]]:
    """Texts of seven scripts under labels that are not theirs."""
    for number, charset in enumerate(_CHARSETS.split()):
        text = _TEXTS[number % len(_TEXTS)].encode("utf-8" if number % 3 else "utf-16")
        head = HEAD.replace(
            b"A hall", f"=?{charset}?b?{base64.b64encode(text).decode()}?= raw ".encode() + text[:9]
        )
        kind = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n".encode()
        yield f"charset-{number:02}.eml", head + kind + text
        part = f"--edge\nContent-Type: text/plain; charset={charset}; name=a.txt\nContent-Disposition: attachment\n\n"
        yield f"charset-file-{number:02}.eml", MIXED + part.encode() + text + b"\n--edge--\n"


def named_files() -> Iterator[tuple[str, bytes]]:
    """Attachments whose names want to leave the desk, in each way that a name can be written."""
    for number, name in enumerate(ODD_NAMES):
        raw = name.encode("utf-8", "surrogatepass")
        encoded = base64.b64encode(raw)
        percent = "".join(f"%{byte:02X}" for byte in raw).encode()
        fields = (
            b'Content-Disposition: attachment; filename="' + raw + b'"',
            b"Content-Disposition: attachment; filename==?utf-8?b?" + encoded + b"?=",
            b"Content-Disposition: attachment; filename*=utf-8''" + percent,
            b"Content-Type: text/plain; name*0*=utf-8''" + percent[:6] + b"; name*1*=" + percent[6:],
        )
        parts = b"".join(b"--edge\n" + field + b"\n\nfile %d\n" % number for field in fields)
        yield f"names-{number:02}.eml", MIXED + b"--edge\n\nSee the files.\n" + parts + b"--edge--\n"


def _report(field: bytes) -> bytes:
    return (
        HEAD + b"Content-Type: multipart/report; report-type=delivery-status; boundary=edge\n\n"
        b"--edge\n\nIt failed.\n--edge\nContent-Type: message/delivery-status\n\n" + field + b"\n--edge--\n"
    )


def _bodies(big: int) -> dict[str, bytes]:
    """What a text, plain or HTML, may repeat without end."""
    return {
        "quotes": b"> " * big,
        "quote-lines": b">" * 300 + b"\n",
        "wrote": b"On Mon, 2 Nov 2026 at 10:00, Bo <bo@x.example> wrote:\n" * (big // 20),
        "on-on": b"On " * big,
        "on-dates": b"On 1.1.2020 10:00 " * (big // 4),
        "colons": b"a:" * big,
        "spaces": b" " * big * 5,
        "spaced": (b" " * 1000 + b"x\n") * (big // 400),
        "tabs": b"\t" * big * 5,
        "blank-lines": b"\n" * big * 5,
        "dots": b"." * big * 5,
        "dotted": b"a.b" * big,
        "dashes": b"-" * big * 5,
        "signatures": b"-- \nAna\n" * (big // 8),
        "ats": b"@" * big,
        "addresses": b"a@b.c," * big,
        "slashes": b"/" * big,
        "digits": b"1" * big * 5,
        "numbers": b"12.34,56/" * big,
        "phones": b"+1 (23) " * big,
        "one-word": b"a" * big * 20,
        "accents": "é".encode() * big * 5,
        "marks": "\u0301".encode() * big,
        "bidi": "\u202e\u2066\u200f".encode() * big,
        "han": "不要发表".encode() * (big // 4),
        "not-names": b"Please do not publish my name " * (big // 20),
        "dont": b"please do not " * (big // 5),
        "embargo": b"embargo until 1 " * (big // 5),
        "open-quotes": '"“«「'.encode() * (big // 2),
        "questions": b"?!" * big,
        "labels": b"From: a\nSent: b\nTo: c\nSubject: d\n" * (big // 16),
        "forwards": b"---------- Forwarded message ---------\n" * (big // 20),
        "uuencode": b"begin 644 x\n" * (big // 4) + b"end\n",
        "nuls": b"a\0" * big,
        "controls": bytes(range(32)) * (big // 32),
        "bad-utf8": bytes(range(128, 256)) * (big // 64),
        "returns": b"a\r" * big,
    }


def _heads(big: int) -> dict[str, bytes]:
    """Header fields."""
    return {
        "subject-long": b"Subject: " + b"a" * big * 20,
        "subject-spaces": b"Subject: " + b" " * big + b"x",
        "subject-folded": b"Subject: a" + b"\n b" * big,
        "subject-words": b"Subject: " + b"=?utf-8?q?=61?= " * (big // 4),
        "subject-re": b"Subject: " + b"Re: " * big,
        "subject-token": b"Subject: ED-2026-0001 ED-9999-" + b"9" * big,
        "subject-nul": b"Subject: a\0b\x1b[31m\x07",
        "from-long": b"From: " + b"a" * big + b" <a@" + b"b" * big + b".example>",
        "from-brackets": b"From: " + b"<" * big,
        "from-quotes": b'From: "' * (big // 10),
        "from-group": b'From: a:b:c:;;;, <>, @, @@, <@>, ""@x, a@b@c',
        "from-parens": b"From: " + b"(" * big,
        "from-none": b"X: y",
        "to-many": b"To: " + b"a@b.example, " * (big // 4),
        "references": b"References: " + b"<a@b.example> " * (big // 4),
        "references-odd": b"In-Reply-To: <a b\n c@d>\nReferences: a, <b>, <<c>>, <\0>, " + b"<x" * (big // 8),
        "id-spaces": b"Message-ID: <a b c @ d e>\nMessage-ID: <again@x>",
        "id-empty": b"Message-ID: <>",
        "id-long": b"Message-ID: <" + b"i" * big + b"@x>",
        "id-nul": b"Message-ID: <a\0b@c>",
        "date-far": b"Date: Mon, 99 Foo 99999 99:99:99 +9999",
        "date-long": b"Date: " + b"1" * big,
        "date-minus": b"Date: Fri, 31 Dec 9999 23:59:59 -2359",
        "date-first": b"Date: Mon, 1 Jan 0001 00:00:00 +2359",
        "type-params": b"Content-Type: text/plain" + b"; a=b" * big,
        "type-charset": b"Content-Type: text/plain; charset=" + b"x" * big,
        "type-stars": b"Content-Type: text/plain; " + b"".join(b"name*%d*=%%;" % n for n in range(big // 20)),
        "type-slashes": b"Content-Type: ////;;;===",
        "encoding": b"Content-Transfer-Encoding: base64, gzip, " + b"q" * big,
        "many": b"X: y\n" * big + b"X: y",
        "nameless": b": nothing\n:\n: :",
        "auto": b"Auto-Submitted: auto-replied; " + b"x=" * big,
        "list": b"List-Unsubscribe: <" + b"https://a/" * big + b">",
    }


def strange(big: int = 20_000) -> Iterator[tuple[str, bytes]]:
    """Mails of one extreme each; ``big`` is how often it is repeated."""
    yield from _shapes(big)
    text = HEAD + b"\n"
    html = HEAD + b"Content-Type: text/html; charset=utf-8\n\n"
    for name, body in _bodies(big).items():
        yield f"body-{name}.eml", text + body
        yield f"html-{name}.eml", html + b"<p>" + body + b"</p>"
    for name, head in _heads(big).items():
        body = b"\n\n" + WORDS.encode() + b"\n"
        yield (
            f"head-{name}.eml",
            b"Received: from x\n" + head + b"\n" + HEAD.partition(b"\n")[2].rstrip() + body,
        )


def _shapes(big: int) -> Iterator[tuple[str, bytes]]:
    """Trees of parts, reports and kinds that nobody reads."""
    yield "deep-parts.eml", _deep(300)
    yield "deep-messages.eml", (HEAD + b"Content-Type: message/rfc822\n\n") * 200 + b"inside"
    yield "many-parts.eml", MIXED + b"--edge\n\nx\n" * (big // 4)
    yield "many-files.eml", MIXED + b"--edge\nContent-Disposition: attachment\n\nx\n" * 150 + b"--edge--"
    yield "empty-parts.eml", MIXED + b"--edge\n\n--edge\n--edge\n\n\n--edge--\n"
    yield (
        "same-file-twice.eml",
        MIXED + b"--edge\nContent-Disposition: attachment; filename=a\n\nx\n" * 2 + b"--edge--",
    )
    yield "report-empty.eml", _report(b"")
    yield "report-odd.eml", _report(b"Final-Recipient: rfc822\nStatus: x.y.z\nAction: \0\n\n\n: \n" * 50)
    yield "report-long.eml", _report(b"Diagnostic-Code: " + b"5.5.5 " * big)
    yield "calendar.eml", HEAD + b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 500
    yield (
        "signed.eml",
        HEAD + b"Content-Type: multipart/signed; boundary=edge\n\n--edge\n\nx\n--edge\n\n--edge--",
    )
    yield (
        "encrypted.eml",
        HEAD + b"Content-Type: multipart/encrypted; boundary=edge\n\n--edge\n\nVersion: 1\n",
    )
    yield "partial.eml", HEAD + b"Content-Type: message/partial; id=x; number=1; total=9\n\nhalf"
    yield (
        "external.eml",
        HEAD + b"Content-Type: message/external-body; access-type=local-file; name=/etc/passwd\n\n\n",
    )
    yield (
        "tnef.eml",
        HEAD + b"Content-Type: application/ms-tnef; name=winmail.dat\n\n\x78\x9f\x3e\x22" + b"\xff" * 99,
    )
    yield (
        "appledouble.eml",
        HEAD + b"Content-Type: multipart/appledouble; boundary=edge\n\n--edge\n\nx\n--edge--",
    )


def _deep(count: int) -> bytes:
    opening = (b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(count))
    return (
        HEAD
        + b"".join(opening)
        + b"\ninnermost\n"
        + b"".join(b"--b%d--\n" % n for n in range(count - 1, -1, -1))
    )


def mailboxes() -> Iterator[tuple[str, bytes]]:
    """Mbox files of each dialect, and broken ones."""
    line = b"From ana@sender.example Mon Nov 23 09:00:00 2026\n"
    one, two = seed_mail(100), seed_mail(101)
    body = HEAD + b"\nFrom here on I walked.\n\nFrom the hall they came.\n>From me\n>>From him\n\n"
    yield "mboxo.mbox", line + one + b"\n" + line + body + line + two
    yield (
        "mboxrd.mbox",
        line + one.replace(b"\nFrom ", b"\n>From ") + b"\n" + line + body.replace(b"\n>F", b"\n>>F"),
    )
    sized = [HEAD + b"Content-Length: %d\n\n" % len(body) + body for _ in range(2)]
    yield "mboxcl.mbox", line + sized[0] + b"\n" + line + sized[1].replace(b"Length: ", b"Length: 99999")
    yield "mbox-crlf.mbox", (line + one + b"\n" + line + two).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    yield "mbox-cr.mbox", (line + one + b"\n" + line + two).replace(b"\n", b"\r")
    yield "mbox-no-blank.mbox", line + one + line + two
    yield "mbox-only-line.mbox", line
    yield "mbox-lines.mbox", line * 50
    yield "mbox-lines-blank.mbox", (line + b"\n") * 50
    yield "mbox-same.mbox", (line + one + b"\n") * 5
    yield "mbox-empty-mails.mbox", (line + b"\n\n") * 5
    yield "mbox-marked", b"\xef\xbb\xbf" + line + one + b"\n" + line + two
    yield "mbox-preamble.mbox", b"Some words above.\n\n" + line + one
    yield "mbox-cut.mbox", line + one + b"\n" + line[:-9]
    yield "mbox-nul.mbox", line + one + b"\0" * 5000 + b"\n" + line + two
    yield "empty.mbox", b""
    yield "empty.eml", b""
    yield "blank.eml", b"\n\n\n"
    yield "only-head.eml", HEAD
    yield "nul.eml", b"\0" * 4096
    yield "concatenated.eml", one + two
    yield "utf16.eml", one.decode("utf-8", "replace").encode("utf-16")
    yield "cr.eml", one.replace(b"\n", b"\r")
    yield "crlf.eml", one.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    yield "zip-inside-mail.eml", HEAD + b"\n" + b"PK\x03\x04" + bytes(range(256)) * 9


def naughty(strings: list[str]) -> Iterator[tuple[str, bytes]]:
    """Each string as subject, name of the sender, name of a file and body at once."""
    for number, text in enumerate(strings):
        words = [base64.b64encode(text.encode("utf-8", "surrogatepass")).decode()]
        said = f"=?utf-8?b?{words[0]}?="
        head = (
            f"From: {said} <n{number}@sender.example>\nTo: desk@magazine.example\nSubject: {said}\n"
            f"Message-ID: <naughty-{number}@sender.example>\nContent-Type: multipart/mixed; boundary=edge\n\n"
            f"--edge\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{words[0]}\n"
            f'--edge\nContent-Type: text/plain; charset=utf-8\nContent-Disposition: attachment; filename="{said}"\n'
            f"Content-Transfer-Encoding: base64\n\n{words[0]}\n--edge--\n"
        )
        yield f"naughty-{number:03}.eml", head.encode("utf-8", "surrogatepass")
