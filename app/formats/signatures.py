"""What the first bytes of a file say about its type."""

from __future__ import annotations

_PREFIXES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"8BPS\0", "image/vnd.adobe.photoshop"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "image/jxl"),
    (b"\xff\x0a", "image/jxl"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "image/jp2"),
    (b"\0\0\1\0", "image/vnd.microsoft.icon"),
    (b"\xd7\xcd\xc6\x9a", "image/wmf"),
    (b"\1\0\t\0\0\3", "image/wmf"),
    (b"%!PS", "application/postscript"),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\7", "application/vnd.rar"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh91AY&SY", "application/x-bzip2"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"ID3\2", "audio/mpeg"),
    (b"ID3\3", "audio/mpeg"),
    (b"ID3\4", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"\xff\xf9", "audio/aac"),
    (b"OggS\0", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b"MThd\0", "audio/midi"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"\0\0\1\xba", "video/mpeg"),
    (b"\0\0\1\xb3", "video/mpeg"),
    (b"FLV\1", "video/x-flv"),
    (b"0&\xb2u\x8ef\xcf\x11\xa6\xd9\0\xaa\0b\xcel", "video/x-ms-asf"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"\x7fELF", "application/x-executable"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"OTTO\0", "font/otf"),
    (b"\0\1\0\0\0", "font/ttf"),
    (b"age-encryption.org/", "application/age"),
    (b"-----BEGIN PGP MESSAGE", "application/pgp-encrypted"),
    (b"-----BEGIN AGE ENCRYPTED FILE", "application/age"),
)
"""First bytes and media type; longer beginnings stand before shorter ones of the same letters."""

_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/vnd.wave", b"AVI ": "video/x-msvideo"}

_BRANDS = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"heim": "image/heic",
    b"heis": "image/heic",
    b"mif1": "image/heif",
    b"msf1": "image/heif",
    b"hevc": "image/heic-sequence",
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
}
"""Major brands of ISO/IEC 14496-12 files; another brand is a video."""


def signature(data: bytes) -> str:
    """The media type that the first bytes of ``data`` tell, or ``""``; a zip archive says only that it is one."""
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        if brand in (b"mif1", b"msf1") and b"avif" in data[16:64]:
            return "image/avif"
        return _BRANDS.get(brand, "video/3gpp" if brand.startswith(b"3gp") else "video/mp4")
    if data[4:8] in (b"moov", b"mdat", b"wide"):
        return "video/quicktime"
    if data[:4] == b"RIFF" and data[8:12] in _RIFF:
        return _RIFF[data[8:12]]
    if data[:4] in (b"PK\3\4", b"PK\5\6", b"PK\7\x08"):
        return "application/zip"
    if data[:1] == b"\1" and data[40:44] == b" EMF":
        return "image/emf"
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0" and len(data) > 26:
        return "image/bmp"
    if data[257:262] == b"ustar":
        return "application/x-tar"
    if data.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and b"startxref" in data[-2048:]):
        return "application/pdf"
    if data[:2] == b"MZ" and b"\0" in data[:64]:
        return "application/vnd.microsoft.portable-executable"
    return next((media_type for prefix, media_type in _PREFIXES if data.startswith(prefix)), "")
