"""What a Word file says about itself, and what stands around its text."""

from __future__ import annotations

from app.formats.docx_changes import LAYOUT
from app.formats.docx_names import Element, child, is_prompt, name, text_of, value
from app.formats.docx_package import Package, Relationship
from app.formats.docx_words import words_in
from app.formats.imported import Report, excerpt

_CORE = {
    "title": "title",
    "subject": "subject",
    "creator": "author",
    "keywords": "keywords",
    "description": "description",
    "lastModifiedBy": "last_modified_by",
    "created": "created",
    "modified": "modified",
    "lastPrinted": "last_printed",
    "revision": "revision",
    "category": "category",
    "contentStatus": "status",
}
_APP = {
    "Company": "company",
    "Manager": "manager",
    "Application": "application",
    "AppVersion": "application_version",
    "Template": "template",
    "TotalTime": "minutes_of_editing",
}
_PLACES = {"header": "Header text", "footer": "Footer text"}


def metadata(package: Package) -> dict[str, str]:
    """The properties that are set (ISO/IEC 29500-2, 8), by plain names; a user's own begin with ``custom: ``."""
    parts = {entry.type: entry.target for entry in package.relationships("").values() if not entry.external}
    core = package.tree(parts.get("core-properties", "docProps/core.xml"))
    app = package.tree(parts.get("extended-properties", "docProps/app.xml"))
    custom = package.tree(parts.get("custom-properties", "docProps/custom.xml"))
    found = _named(core, _CORE) | _named(app, _APP)
    for entry in custom if custom is not None else ():
        found[f"custom: {entry.get('name', '')}"] = text_of(entry).strip()
    return {key: text for key, text in found.items() if text}


def _named(root: Element | None, names: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in root if root is not None else ():
        key = names.get(entry.tag.rpartition("}")[2])
        if key:
            found.setdefault(key, (entry.text or "").strip())
    return found


def tell_surroundings(package: Package, relationships: dict[str, Relationship], report: Report) -> None:
    """Report the words of headers and footers, macros, and what points outside the file."""
    for kind, label in _PLACES.items():
        for relationship in relationships.values():
            root = package.tree(relationship.target) if relationship.type == kind else None
            text = "" if root is None else excerpt(words_in(root))
            if text:
                report.say(f"{label}: {text}")
    if any(part.lower().endswith("vbaproject.bin") for part in package.names()):
        report.say("The document holds macros; they were left out")
    if b".template." in (package.data("[Content_Types].xml") or b""):
        report.say("The file is a template; it was read like a document")
    settings = _settings(package, relationships)
    outside = [
        entry
        for entry in [*relationships.values(), *settings[1].values()]
        if entry.external and entry.type not in ("hyperlink", "image")
    ]
    report.count(
        "1 reference to a file outside the document was not followed",
        "{n} references to files outside the document were not followed",
        len(outside),
    )
    if child(settings[0], "w:documentProtection") is not None:
        report.say("The document is protected against editing in Word")


def _settings(
    package: Package, relationships: dict[str, Relationship]
) -> tuple[Element | None, dict[str, Relationship]]:
    for relationship in relationships.values():
        if relationship.type == "settings" and not relationship.external:
            return package.tree(relationship.target), package.relationships(relationship.target)
    return None, {}


def tell_left_out(body: Element, report: Report) -> None:
    """Report what of the body the walk passes over."""
    if next(body.iter(*LAYOUT), None) is not None:
        report.say("Tracked changes of layout were accepted")
    prompts = [text_of(control) for control in body.iter(name("w:sdt")) if is_prompt(control)]
    report.count("1 empty form field was left out", "{n} empty form fields were left out", len(prompts))
    if asked := excerpt(
        "; ".join(" ".join(prompt.split()) for prompt in dict.fromkeys(prompts) if prompt.strip())
    ):
        report.say(f"Empty form fields ask: {asked}")
    report.count(
        "1 drawing in ink or control was left out",
        "{n} drawings in ink or controls were left out",
        len(list(body.iter(name("w:contentPart"), name("w14:contentPart"), name("w:control")))),
    )
    dates = [f"w:{part}{length}" for part in ("day", "month", "year") for length in ("Short", "Long")]
    if next(body.iter(*(name(date) for date in dates)), None) is not None:
        report.say("Automatic dates were left out")
    for document in body.iter(name("w:subDoc")):
        report.say(f"A document that belongs into the text is not in the file ({value(document, 'r:id')})")
