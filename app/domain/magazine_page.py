"""The words around a piece on its page: captions, labels, footer, appeals, as the profile has them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Captions:
    """How a caption ends in its credit.

    ``lead`` and ``inline`` hold ``{caption}`` and, behind it, ``{credit}``; ``courtesy`` holds ``{name}``.
    ``linked`` are the words that carry the link when the credit of the lead has an address, ``{credit}``
    or others; ``withheld`` stands for a photographer whose name is not told.
    """

    lead: str = "{caption} {credit}."
    inline: str = "{caption} Source: {credit}."
    linked: str = "{credit}"
    courtesy: str = "Courtesy of {name}"
    withheld: str = "Courtesy of the author"


@dataclass(frozen=True, slots=True)
class Link:
    """Words and the address they lead to."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Appeal:
    """An invitation around the page: to support, to subscribe, to submit."""

    title: str
    text: str
    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """The page's own words, in the magazine's language."""

    home: str = "Home"
    skip_to_content: str = "Skip to content"
    skip_to_footer: str = "Skip to footer"
    navigation: str = "Sections"
    breadcrumb: str = "You are here"
    by: str = "by"
    translated_by: str = "Translated by"
    updated_on: str = "Updated on"
    correction: str = "Correction"
    notes: str = "Notes"
    back_to_text: str = "Back to the text"
    tagged_with: str = "Tagged With"
    about_the_author: str = "About the author"
    original: str = "Original"
    translation: str = "Translation"
    related: str = "Related articles"
    keep_reading: str = "Keep reading"
    draft: str = "Draft, not for publication"
    masthead: str = "Masthead"
    contact: str = "Contact"


@dataclass(frozen=True, slots=True)
class Page:
    """What stands around a piece on its page: switches, counts and words.

    ``related`` and ``keep_reading`` are how many teasers, 0 for none; ``copyright`` holds ``{year}``.
    """

    related: int = 4
    keep_reading: int = 4
    author_box: bool = True
    tags: bool = True
    breadcrumb: bool = True
    copyright: str = ""
    footer: tuple[Link, ...] = ()
    social: tuple[Link, ...] = ()
    partners: tuple[Link, ...] = ()
    support: Appeal | None = None
    newsletter: Appeal | None = None
    submit: Appeal | None = None
    labels: Labels = field(default_factory=Labels)
