"""Finding the desk that is meant and opening it."""

from __future__ import annotations

import argparse
import os
from contextlib import AbstractContextManager

from app.bootstrap import places, unlocking
from app.bootstrap.opened import OpenDesk
from app.bootstrap.places import Address, Place
from app.cli import passphrases
from app.domain.errors import Unavailable, Usage
from app.domain.magazine import Magazine

DESK = "TRANSOM_DESK"
PERSON = "TRANSOM_PERSON"


def desk_place(arguments: argparse.Namespace) -> Place | Address:
    """Where the desk is, folder or database: ``--desk``, else TRANSOM_DESK.

    Raises:
        Usage: ``desk.none``.
        Unavailable: ``desk.missing``.
    """
    named = arguments.desk or os.environ.get(DESK)
    if not named:
        raise Usage("desk.none")
    place = places.place_of(named)
    if isinstance(place, Place) and not place.keys.exists() and not place.database.exists():
        raise Unavailable("desk.missing", folder=named)
    return place


def open_desk(arguments: argparse.Namespace, *, writes: bool) -> AbstractContextManager[OpenDesk]:
    """The desk that ``arguments`` mean, open.

    Raises:
        Unavailable: ``key.needed``, ``key.wrong``, and as ``OpenDesk``.
    """
    place = desk_place(arguments)
    said = passphrases.given(arguments.passphrase_file)
    keys = unlocking.keys_by_passphrase(place, said) if said is not None else unlocking.keys_by_keyring(place)
    if keys is None:
        keys = unlocking.keys_by_passphrase(place, passphrases.asked())
    return OpenDesk(place, keys, writes=writes)


def actor(arguments: argparse.Namespace, magazine: Magazine) -> str:
    """Who acts: ``--by``, else TRANSOM_PERSON, else the desk's only editor-in-chief.

    Raises:
        Usage: ``person.needed``.
    """
    who = viewer(arguments, magazine)
    if not who:
        raise Usage("person.needed")
    return who


def viewer(arguments: argparse.Namespace, magazine: Magazine) -> str:
    """Who looks, as ``actor`` tells it; ``""`` where it does not tell."""
    named = getattr(arguments, "by", None) or os.environ.get(PERSON)
    if named:
        return str(named)
    chiefs = [who.key for who in magazine.people if "editor-in-chief" in who.roles]
    return chiefs[0] if len(chiefs) == 1 else ""
