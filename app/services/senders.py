"""Who wrote the letters of a batch: known contributors, new ones, and protected people at whatever address."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.people import Address, Contributor, Protection
from app.services.filing import Filing
from app.services.ids import contact_code
from app.services.taking_in import ReadMessage


class Senders:
    """Finds and makes contributors inside the transaction of one batch."""

    def __init__(self, filing: Filing) -> None:
        self._filing = filing
        self._known: dict[str, Contributor] = {}
        self._marks: dict[str, str] = {}

    def look_up(self, letters: Iterable[ReadMessage]) -> None:
        """Find who is known among the senders of these letters."""
        lookups = {self._mark(author(letter)["address"]) for letter in letters}
        unit = self._filing.unit
        addresses = unit.find(Address, lookup=list(lookups))
        people = {row.id: row for row in unit.find(Contributor, id=[row.contributor for row in addresses])}
        self._known = {row.lookup: people[row.contributor] for row in addresses}

    def of(self, letter: ReadMessage, *, create: bool) -> Contributor | None:
        """Who wrote ``letter``; with ``create`` a new contributor where nobody is known."""
        who = author(letter)
        if not who["address"]:
            return None
        lookup = self._mark(who["address"])
        found = self._known.get(lookup) or self._protected(letter)
        if found is not None or not create:
            return found
        filing = self._filing
        said = f"{who['name']} <{who['address']}>"
        # Perhaps a protected person at another address: nobody's name, until a person knows.
        hidden = filing.telling.among_namesakes(who["name"]).names(said)
        made = Contributor(
            id=filing.ids.new(),
            code=contact_code(filing.number("contact")),
            byline="" if hidden else who["name"],
            protection=Protection.PROTECTED if hidden else Protection.OPEN,
            created_at=filing.at,
            language=letter.language,
        )
        value, name = ("", "") if hidden else (who["address"], who["name"])
        self._known[lookup] = filing.put(made)
        filing.put(Address(filing.ids.new(), made.id, lookup, value, name))
        return made

    def _protected(self, letter: ReadMessage) -> Contributor | None:
        """The protected person whose mailbox a letter comes from, however its address is written."""
        boxes = [box for name in ("from", "sender", "reply_to") for box in letter.headers.get(name) or ()]
        owners = (self._filing.telling.owner(str(box["address"] or "")) for box in boxes)
        owner = next(filter(None, owners), "")
        return self._filing.unit.get(Contributor, owner) if owner else None

    def _mark(self, address: str) -> str:
        """The lookup of an address; making it costs more than all else that is asked of a sender."""
        mark = self._marks.get(address)
        if mark is None:
            mark = self._marks[address] = self._filing.keys.lookup(address)
        return mark


def author(letter: ReadMessage) -> dict[str, str]:
    """The first mailbox of the From field; two empty strings where there is none."""
    authors: list[dict[str, str]] = letter.headers.get("from") or [{"name": "", "address": ""}]
    return authors[0]
