"""A secret in every corner of a file where one has been found, or could be.

``LEAKS`` names each corner; ``ALONE`` says which look or coding of the unpacking is the only one that sees it.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import quopri
import struct
import tarfile
import zipfile
import zlib

from app.domain.leaks import Term
from tests.support.planted_files import (
    core,
    docx,
    exif,
    iim,
    jpeg,
    pdf,
    png,
    resource,
    runs,
    stream,
    tiff,
    webp,
    word,
    xmp,
    zipped,
)

NAME, HAN, SHORT, PHONE, MAIL = (
    "Zhao Mingyu",
    "赵明宇",
    "Xu",
    "+86 139 1234 5678",
    "mingyu.zhao83@post.example",
)
RUSSIAN, ARABIC, BURMESE = "Дмитрий Жаворонков", "فاطمة المنصوري", "အောင်မြင့်ထွန်း"
TERMS = tuple(
    Term(text, kind, "01ARZ3NDEKTSV4RRFFQ69G5FAV")
    for text, kind in (
        (NAME, "name"), (HAN, "name"), (SHORT, "name"), (PHONE, "phone"), (MAIL, "address"), (RUSSIAN, "name"),
        (ARABIC, "name"), (BURMESE, "name"), ("Min Thu Zar", "name"),
    )
)  # fmt: skip

File = tuple[str, str, bytes]
"""Name, media type, bytes."""

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_CREATOR = "<dc:creator>Xu</dc:creator>"
_HAN_BASE64 = base64.b64encode(HAN.encode("gb18030")).decode()
_RAW_PROFILE = b"Raw profile type exif\0\nexif\n     30\n" + tiff([(0x013B, 2, b"Xu\0")]).hex().encode()
_DELETED = "<w:del><w:delText>xx</w:delText></w:del>"
_AROUND_A_DELETION = f"<w:p><w:r><w:t>Zhao Min</w:t></w:r>{_DELETED}<w:r><w:t>gyu</w:t></w:r></w:p>"
_SPLIT = "<p>Zh<b>ao Ming</b>yu</p>"


def _docx(data: bytes) -> File:
    return "the-valley.docx", DOCX, data


def _jpg(data: bytes) -> File:
    return "the-valley-01.jpg", "image/jpeg", data


def _png(data: bytes) -> File:
    return "the-valley-01.png", "image/png", data


def _pdf(data: bytes) -> File:
    return "the-valley.pdf", "application/pdf", data


def _html(text: str) -> File:
    return "the-valley.html", "text/html", f"<!doctype html><html><body>{text}</body></html>".encode()


def _txt(text: str | bytes) -> File:
    return "the-valley.txt", "text/plain", text.encode() if isinstance(text, str) else text


def _mail(text: str) -> File:
    return "letter.eml", "message/rfc822", text.replace("\n", "\r\n").encode()


def _rels(target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="t" Target="{target}"/></Relationships>'
    )


def _member(comment: bytes = b"", extra: bytes = b"", name: str = "a.txt") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.comment, info.extra = comment, extra
        archive.writestr(info, "A quiet valley.")
    return out.getvalue()


def _with_gap() -> bytes:
    return zipped({"a.txt": "A quiet valley."}) + b"deleted: Xu"


def _tar(name: str = "a.txt", owner: str = "", data: bytes = b"A quiet valley.") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo(name)
        info.uname, info.size = owner, len(data)
        archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def _gzip(name: str = "", text: str = "A quiet valley.") -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(name, "wb", fileobj=out, mtime=0) as file:
        file.write(text.encode())
    return out.getvalue()


def _coded_page() -> bytes:
    """A page whose letters have numbers of the font's own."""
    letters = sorted(set(NAME))
    names = b" ".join(b"/space" if letter == " " else b"/" + letter.encode() for letter in letters)
    codes = bytes(letters.index(letter) + 1 for letter in NAME).hex().encode()
    font = b"/Encoding << /Type /Encoding /Differences [1 " + names + b"] >>"
    return pdf(b"BT /F1 12 Tf 20 40 Td <" + codes + b"> Tj ET", font=font)


def attached(data: bytes) -> bytes:
    """A PDF with ``data`` as its attachment."""
    files = b"/Names << /EmbeddedFiles << /Names [(a.zip) 7 0 R] >> >>"
    spec = b"<< /Type /Filespec /F (a.zip) /EF << /F 8 0 R >> >>"
    return pdf(catalog=files, more=(spec, stream(data, b"/Type /EmbeddedFile")))


def _sheet() -> bytes:
    return zipped({"xl/sharedStrings.xml": "<sst><si><r><t>Zhao Min</t></r><r><t>gyu</t></r></si></sst>"})


def _compound() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + HAN.encode("utf-16-le") + bytes(506)


_FACES = [
    ("author", core("<dc:creator>Xu</dc:creator>")),
    ("last modified by", core("<cp:lastModifiedBy>Xu</cp:lastModifiedBy>")),
    ("title of the document", core(f"<dc:title>{NAME}</dc:title>")),
]

LEAKS: dict[str, File] = {
    **{f"Word {what}": _docx(docx({"docProps/core.xml": text})) for what, text in _FACES},
    "Word company": _docx(docx({"docProps/app.xml": "<Properties><Company>Xu</Company></Properties>"})),
    "Word custom property": _docx(docx({"docProps/custom.xml": f"<Properties><lpwstr>{NAME}</lpwstr></Properties>"})),
    "Word comment author": _docx(docx({"word/comments.xml": word('<w:comment w:author="Xu"/>')})),
    "Word comment initials": _docx(docx({"word/comments.xml": word('<w:comment w:initials="Xu"/>')})),
    "Word comment text": _docx(docx({"word/comments.xml": word(runs(NAME))})),
    "Word people": _docx(docx({"word/people.xml": word('<w:person w:author="Xu"/>')})),
    "Word revision number": _docx(docx(body='<w:p w:rsidR="ZhaoMingyu"/>')),
    "Word insertion": _docx(docx(body=f'<w:p><w:ins w:author="Xu">{runs("a")}</w:ins></w:p>')),
    "Word deletion": _docx(docx(body=f"<w:p><w:del><w:r><w:delText>{NAME}</w:delText></w:r></w:del></w:p>")),
    "Word name around a deletion": _docx(docx(body=_AROUND_A_DELETION)),
    "Word hidden text": _docx(docx(body=f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{NAME}</w:t></w:r></w:p>")),
    "Word header": _docx(docx({"word/header1.xml": word(runs(NAME))})),
    "Word footer": _docx(docx({"word/footer1.xml": word(runs(NAME))})),
    "Word footnote": _docx(docx({"word/footnotes.xml": word(runs(NAME))})),
    "Word endnote": _docx(docx({"word/endnotes.xml": word(runs(NAME))})),
    "Word alternative text": _docx(docx(body='<w:p><wp:docPr id="1" name="Picture 1" descr="Xu"/></w:p>')),
    "Word bookmark": _docx(docx(body='<w:p><w:bookmarkStart w:id="0" w:name="Xu"/></w:p>')),
    "Word field code": _docx(docx(body=f"<w:p><w:r><w:instrText>AUTHOR {NAME}</w:instrText></w:r></w:p>")),
    "Word path of a picture": _docx(docx({"word/_rels/document.xml.rels": _rels("file:///C:/Users/Xu/a.png")})),
    "Word template": _docx(docx({"word/_rels/settings.xml.rels": _rels("file:///D:/ZhaoMingyu/n.dotx")})),
    "Word thumbnail": _docx(docx({"docProps/thumbnail.jpeg": jpeg((0xFE, b"Xu"))})),
    "Word embedded sheet": _docx(docx({"word/embeddings/s.xlsx": _sheet()})),
    "Word embedded object": _docx(docx({"word/embeddings/o.bin": _compound()})),
    "Word runs of one letter": _docx(docx(body=runs(*NAME))),
    "Word runs of one letter, Chinese": _docx(docx(body=runs(*HAN))),
    "Word name of a part": _docx(docx({"word/Xu.xml": "<a/>"})),
    "Word soft hyphens": _docx(docx(body=runs("Zhao Ming\u00adyu"))),
    "Word in a text that is not Unicode": _docx(docx({"docProps/a.txt": HAN.encode("gb18030")})),
    "zip comment": _docx(docx(comment=b"Xu")),
    "zip comment of a member": ("a.zip", "application/zip", _member(comment=b"Xu")),
    "zip extra field": ("a.zip", "application/zip", _member(extra=struct.pack("<HH", 0x7075, 11) + NAME.encode())),
    "zip gap": ("a.zip", "application/zip", _with_gap()),
    "zip in a zip in a zip": ("a.zip", "", zipped({"b": zipped({"c": zipped({"d.txt": NAME})})})),
    "gzip name": ("a.gz", "application/gzip", _gzip(name="Xu")),
    "gzip content": ("a.gz", "application/gzip", _gzip(text=NAME)),
    "tar owner": ("a.tar", "application/x-tar", _tar(owner="Xu")),
    "tar name": ("a.tar", "application/x-tar", _tar(name="Xu.txt")),
    "tar content": ("a.tar", "application/x-tar", _tar(data=_SPLIT.encode())),
    "EXIF artist": _jpg(jpeg(exif((0x013B, 2, b"Xu\0")))),
    "EXIF copyright": _jpg(jpeg(exif((0x8298, 2, NAME.encode() + b"\0")))),
    "EXIF author of Windows": _jpg(jpeg(exif((0x9C9D, 1, HAN.encode("utf-16-le"))))),
    "EXIF user comment": _jpg(jpeg(exif((0x9286, 7, b"UNICODE\0" + HAN.encode("utf-16-be")), within=0x8769))),
    "EXIF owner of the camera": _jpg(jpeg(exif((0xA430, 2, b"Xu\0"), within=0x8769))),
    "EXIF serial number": _jpg(jpeg(exif((0xA431, 2, b"0422511\0"), within=0x8769))),
    "EXIF maker note": _jpg(jpeg(exif((0x927C, 7, b"\1\2\3\4\5\6\7"), within=0x8769))),
    "EXIF coordinates": _jpg(jpeg(exif((2, 4, bytes(12)), within=0x8825))),
    "EXIF name of a place": _jpg(jpeg(exif((28, 7, b"ASCII\0\0\0" + NAME.encode()), within=0x8825))),
    "EXIF thumbnail": _jpg(jpeg(exif((0x0112, 3, b"\1\0"), thumbnail=jpeg((0xFE, b"Xu"))))),
    "IPTC by-line": _jpg(jpeg(resource(0x0404, iim((80, b"Xu"))))),
    "IPTC by-line in an old encoding": _jpg(jpeg(resource(0x0404, iim((80, HAN.encode("gb18030")))))),
    "Photoshop thumbnail": _jpg(jpeg(resource(0x040C, bytes(28) + jpeg((0xFE, b"Xu"))))),
    "XMP creator": _jpg(jpeg((0xE1, _XMP + xmp("<dc:creator>Xu</dc:creator>")))),
    "XMP attribute": _jpg(jpeg((0xE1, _XMP + xmp("", f'p:Credit="{NAME}"')))),
    "JPEG comment": _jpg(jpeg((0xFE, b"Xu"))),
    "JPEG comment that is a picture": _jpg(jpeg((0xFE, png((b"zTXt", b"Comment\0\0" + zlib.compress(NAME.encode())))))),
    "JPEG that is an archive too": _jpg(jpeg((0xFE, b"\1\2" + zipped({"a.txt": NAME})))),
    "JPEG unknown segment": _jpg(jpeg((0xE7, b"\1\2" + HAN.encode("utf-16-le") + b"\xff\xfe\xfd"))),
    "JPEG after the end": _jpg(jpeg(after=b"Xu was here")),
    "JPEG after the end, a zip": _jpg(jpeg(after=zipped({"a.txt": NAME}))),
    "JPEG among the pixels": _jpg(jpeg(scan=NAME.encode())),
    "colour profile": _jpg(jpeg((0xE2, b"ICC_PROFILE\0\1\1" + bytes(128) + b"\xfe\xff\x80" + HAN.encode("utf-16-be")))),
    "PNG text": _png(png((b"tEXt", b"Author\0Xu"))),
    "PNG compressed text": _png(png((b"zTXt", b"Comment\0\0" + zlib.compress(NAME.encode())))),
    "PNG international text": _png(png((b"iTXt", b"Author\0\0\0zh\0\0" + HAN.encode()))),
    "PNG EXIF": _png(png((b"eXIf", tiff([(0x013B, 2, b"Xu\0")], order=">")))),
    "PNG private chunk": _png(png((b"prVt", b"\1\2\3"))),
    "PNG after the end": _png(png(after=NAME.encode())),
    "PNG raw profile": _png(png((b"tEXt", _RAW_PROFILE))),
    "WebP XMP": ("a.webp", "image/webp", webp((b"XMP ", xmp("<dc:creator>Xu</dc:creator>")))),
    "WebP EXIF": ("a.webp", "image/webp", webp((b"EXIF", tiff([(0x013B, 2, b"Xu\0")])))),
    "TIFF IPTC": ("a.tif", "image/tiff", tiff([(0x83BB, 7, iim((80, b"Xu")))])),
    "PDF author": _pdf(pdf(info=b"/Author (Xu)")),
    "PDF author in UTF-16": _pdf(pdf(info=b"/Author <FEFF" + HAN.encode("utf-16-be").hex().encode() + b">")),
    "PDF XMP": _pdf(pdf(catalog=b"/Metadata 7 0 R", more=(stream(xmp(_CREATOR), b"/Type /Metadata"),))),
    "PDF page": _pdf(_coded_page()),
    "PDF attachment": _pdf(attached(_SPLIT.encode())),
    "PDF earlier revision": _pdf(pdf(orphan=stream(b"BT [(Zhao Mi) -20 (ngyu)] TJ ET"))),
    "file name": ("zhao-mingyu.html", "text/html", b"<p>A quiet valley.</p>"),
    "short file name": ("xu.html", "text/html", b"<p>A quiet valley.</p>"),
    "file name with a photograph": ("photo_ZhaoMingyu_2.jpg", "image/jpeg", jpeg()),
    "HTML split by tags": _html(_SPLIT),
    "HTML alternative text": _html('<img src="a.jpg" alt="Xu">'),
    "HTML comment": _html("<!-- Xu -->"),
    "HTML author": _html('<meta name="author" content="Xu">'),
    "HTML data attribute": _html(f'<p data-who="{NAME}">a</p>'),
    "HTML name of an element": _html("<zhao-mingyu></zhao-mingyu>"),
    "HTML entities": _html("<p>Zh&#97;o Ming&shy;yu</p>"),
    "HTML page in a page": _html(f'<iframe srcdoc="{_SPLIT.replace("<", "&lt;")}"></iframe>'),
    "JSON-LD author": _html('<script type="application/ld+json">{"author": {"name": "Xu"}}</script>'),
    "JSON-LD escapes": _html('<script type="application/ld+json">{"headline": "\\u8d75\\u660e\\u5b87"}</script>'),
    "style sheet": _html("<style>p::after { content: '\\8d75\\660e\\5b87' }</style>"),
    "address of a link": _html('<a href="https://example.org/?who=Zhao%20Mingyu">a</a>'),
    "JSON author": ("a.json", "application/json", json.dumps({"author": "Xu"}).encode()),
    "front matter": ("a.md", "text/markdown", b"---\ntitle: A quiet valley\nauthor: Xu\n---\nText.\n"),
    "CSV cell": ("a.csv", "text/csv", b"1,\"Zhao, Mingyu\",2\n"),
    "mail from": _mail("From: Xu <a@example.org>\nSubject: a\n\nText\n"),
    "mail encoded subject": _mail(f"Subject: =?gb18030?B?{_HAN_BASE64}?=\nFrom: a@b\n\nText\n"),
    "mail name of an attachment": _mail(
        "From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n"
        "Content-Disposition: attachment; filename*=utf-8''%58%75.txt\n\nText\n--x--\n"
    ),
    "mail part": _mail(f"From: a@b\nContent-Type: text/plain; charset=hz\n\n{HAN.encode('hz').decode()}\n"),
    "mail part with a page": _mail(
        "From: a@b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
        + _SPLIT.replace("<", "=3C")
    ),
    "encoded words": _txt("=?utf-8?B?Wmhhbw==?= =?utf-8?B?IE1pbmd5dQ==?="),
    "unknown kind": ("a.bin", "", b"\0\1\2\3\x99\xfe\x80Xu\0"),
    "plain text": _txt(NAME),
    "UTF-16": _txt(NAME.encode("utf-16")),
    "UTF-16 without a mark": _txt(NAME.encode("utf-16-be")),
    "UTF-32": _txt(NAME.encode("utf-32")),
    "GB 18030": _txt(f"我叫{HAN}。".encode("gb18030")),
    "KOI8-R": _txt(RUSSIAN.encode("koi8-r")),
    "base64": _txt("x " + base64.b64encode(NAME.encode()).decode()),
    "base64 after other letters": _txt("ab/" + base64.b64encode(NAME.encode()).decode()),
    "base64 twice": _txt(base64.b64encode(base64.b64encode(f"... {NAME} ...".encode())).decode()),
    "base64 in lines": _txt(base64.encodebytes(b"x" * 70 + b" " + NAME.encode() + b" " + b"y" * 20).decode()),
    "base64 of a zip": _txt(base64.b64encode(zipped({"a.txt": NAME})).decode()),
    "hexadecimal": _txt(NAME.encode().hex(" ")),
    "hexadecimal as programs write it": _txt(", ".join(f"0x{byte:02x}" for byte in NAME.encode())),
    "quoted-printable": _txt(quopri.encodestring(HAN.encode()).decode()),
    "data address": _html("<img src='data:text/html,Zh%3Cb%3Eao%20Ming%3C/b%3Eyu'>"),
    "SVG title": ("a.svg", "image/svg+xml", f"<svg xmlns='http://www.w3.org/2000/svg'><title>{NAME}</title></svg>".encode()),
    "EPUB chapter": ("a.epub", "application/epub+zip", zipped({"c1.xhtml": f"<html xmlns='http://www.w3.org/1999/xhtml'><body>{_SPLIT}</body></html>"})),
    "OpenDocument author": ("a.odt", "", zipped({"meta.xml": "<m xmlns:d='x'><d:creator>Xu</d:creator></m>"})),
}  # fmt: skip

ALONE: dict[str, str] = {
    "bytes": "JPEG among the pixels",
    "zip members": "Word title of the document",
    "zip names": "Word name of a part",
    "zip notes": "zip comment",
    "zip gaps": "zip gap",
    "gzip content": "gzip content",
    "gzip notes": "gzip name",
    "tar members": "tar content",
    "tar notes": "tar owner",
    "pdf text": "PDF page",
    "pdf attachments": "PDF attachment",
    "pdf objects": "PDF author",
    "pdf remains": "PDF earlier revision",
    "jpeg": "JPEG comment",
    "png": "PNG text",
    "webp": "WebP XMP",
    "tiff": "EXIF artist",
    "resources": "IPTC by-line",
    "iim": "TIFF IPTC",
    "profile": "colour profile",
    "compound": "Word embedded object",
    "unknown": "unknown kind",
    "text": "plain text",
    "source": "HTML name of an element",
    "front matter": "front matter",
    "json": "JSON author",
    "encoded words": "encoded words",
    "mail headers": "mail from",
    "mail parts": "mail part",
    "xml text": "Word runs of one letter",
    "xml attributes": "Word comment author",
    "html text": "HTML split by tags",
    "html attributes": "HTML alternative text",
    "scripts": "JSON-LD author",
    "base64": "base64",
    "hexadecimal": "hexadecimal",
    "quoted-printable": "quoted-printable",
    "data addresses": "data address",
}
