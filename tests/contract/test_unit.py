"""What services may rely on of a transaction, whatever database stands behind it."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Conflict, Damaged, RuleBroken, Unavailable
from app.domain.pieces import History, PhotoUse, Piece, Revision, Stage
from app.services.changes import Changes
from app.services.stored import AuditEntry, Setting
from app.storage.mapping import from_columns, to_columns
from app.storage.store import Store
from tests.support.stores import LARGE, AnyDesk, piece


def revision(number: int, of: Piece) -> Revision:
    return Revision(
        id=f"R{number:025d}",
        piece=of.id,
        number=number,
        at="",
        by="",
        note="",
        words=1,
        hash="",
        article="{}",
    )


def test_what_was_added_is_found_again_whole(desk: AnyDesk) -> None:
    row = replace(piece(), also_in=("news", "maps"), held=True, title="封条 “quoted” ’ \n line")
    with desk.open() as store:
        with store.write() as unit:
            unit.add(row, Setting("one", {"deep": {"list": [1, None, "é"]}}))
        with store.read() as unit:
            assert unit.get(Piece, row.id) == row
            assert unit.get(Setting, "one").value == {"deep": {"list": [1, None, "é"]}}
    with desk.open(writes=False) as store, store.read() as unit:
        assert unit.one(Piece, token=row.token) == row


def test_a_transaction_that_fails_leaves_nothing(desk: AnyDesk) -> None:
    def fail(store: Store) -> None:
        with store.write() as unit:
            unit.add(piece())
            unit.put_blob(LARGE)
            unit.index("article", "1", "1", "vanishing", "words")
            unit.audit("received", "1")
            unit.changed("piece", "1")
            unit.save(piece(2))

    with desk.open() as store:
        with pytest.raises(Conflict):
            fail(store)
        with store.read() as unit:
            assert unit.find(Piece) == [] and unit.find(AuditEntry, order="seq") == []
            assert unit.search("vanishing", 5) == []
        assert store.since(0) == Changes(0, frozenset())
    assert list(desk.blobs.iterdir()) == []


def test_rows_are_found_by_what_their_fields_equal(desk: AnyDesk) -> None:
    rows = [replace(piece(n), stage=Stage.REVIEW if n % 2 else Stage.INBOX, held=n == 3) for n in range(1, 6)]
    with desk.open() as store:
        with store.write() as unit:
            unit.add(*rows)
        with store.read() as unit:
            assert [r.id for r in unit.find(Piece, stage=Stage.REVIEW)] == [
                rows[0].id,
                rows[2].id,
                rows[4].id,
            ]
            assert unit.find(Piece, order="-id", limit=2) == [rows[4], rows[3]]
            assert unit.find(Piece, id=[rows[1].id, rows[3].id]) == [rows[1], rows[3]]
            assert unit.find(Piece, id=()) == []
            assert unit.one(Piece, held=True) == rows[2]
            assert unit.one(Piece, token="none") is None
            with pytest.raises(RuleBroken, match="missing"):
                unit.get(Piece, "none")


def test_an_empty_reference_is_found_as_empty(desk: AnyDesk) -> None:
    row = History(id="H1", piece="", at="", by="", act="note")
    with desk.open() as store, store.write() as unit:
        unit.add(row)
        assert unit.find(History, piece="") == [row]


def test_a_reference_to_nothing_is_refused(desk: AnyDesk) -> None:
    with desk.open() as store, pytest.raises(Exception, match=r"(?i)foreign key"), store.write() as unit:
        unit.add(revision(1, piece()))


def test_a_stale_save_is_a_conflict_and_changes_nothing(desk: AnyDesk) -> None:
    with desk.open() as store:
        with store.write() as unit:
            unit.add(piece(1), piece(2))
        with store.write() as unit:
            saved = unit.save(replace(piece(1), title="first"))
            assert saved.version == 2
        with pytest.raises(Conflict), store.write() as unit:
            assert unit.save(replace(piece(2), title="goes too")) != unit.save(piece(1))
        with pytest.raises(Conflict), store.write() as unit:
            unit.save_all([replace(piece(2), title="goes too"), replace(piece(1), title="third")])
        with store.write() as unit:
            unit.save_all([])
            unit.save_all([replace(saved, title="fourth"), replace(piece(2), title="fourth")])
        with store.read() as unit:
            assert [(row.title, row.version) for row in unit.find(Piece)] == [("fourth", 3), ("fourth", 2)]


def test_a_new_row_never_replaces_one(desk: AnyDesk) -> None:
    with desk.open() as store:
        with store.write() as unit:
            unit.add(piece(title="first"))
        with pytest.raises(Exception, match=r"(?i)unique"), store.write() as unit:
            unit.add(piece(title="second"))
        with store.read() as unit:
            assert unit.find(Piece)[0].title == "first"


def test_what_only_grows_is_not_removed_and_the_log_not_even_by_sql(desk: AnyDesk) -> None:
    with desk.open() as store:
        with store.write() as unit:
            unit.add(piece(), revision(1, piece()))
            unit.audit("new", "x")
        with pytest.raises(RuleBroken, match="append_only"), store.write() as unit:
            unit.remove(Revision, "1")
        for statement in ("DELETE FROM audit", "UPDATE audit SET actor = 'somebody'"):
            with pytest.raises(Exception, match="append-only"), store.write() as unit:
                unit.connection.exec_driver_sql(statement)


def test_what_was_done_is_written_anew_only_where_it_may_be(desk: AnyDesk) -> None:
    with desk.open() as store:
        with store.write() as unit:
            unit.add(piece(), revision(0, piece()))
            unit.audit("received", piece().id)
        with store.write() as unit:
            unit.rewrite(replace(revision(0, piece()), note="less"))
            assert unit.get(Revision, revision(0, piece()).id).note == "less"
        with pytest.raises(RuleBroken), store.write() as unit:
            unit.rewrite(unit.find(AuditEntry, order="seq")[0])


def test_children_follow_their_parent_and_keep_it(desk: AnyDesk) -> None:
    use = PhotoUse(id="U1", piece=piece().id, number=1, asset="", position=0)
    with desk.open() as store:
        with store.write() as unit:
            unit.add(piece(), use)
        with pytest.raises(Exception, match=r"(?i)foreign key"), store.write() as unit:
            unit.remove(Piece, piece().id)
        with store.write() as unit:
            unit.remove(PhotoUse, use.id)
            unit.remove(Piece, piece().id)
        with store.read() as unit:
            assert unit.find(PhotoUse) == [] and unit.find(Piece) == []


def test_numbers_rise_and_are_never_given_twice(desk: AnyDesk) -> None:
    with desk.open() as store:
        with store.write() as unit:
            assert unit.next_number("2026") == 1
            assert unit.next_number("2026", 10) == 2
            assert unit.next_number("2027") == 1
        with store.write() as unit:
            assert unit.next_number("2026") == 12


def test_each_commit_tells_what_changed(desk: AnyDesk) -> None:
    told: list[Changes] = []
    with desk.open() as store:
        store.listen(told.append)
        with store.write() as unit:
            unit.changed("piece", "1")
            unit.changed("piece", "1")
        with store.write() as unit:
            unit.changed("message", "2")
        with store.write() as unit:
            unit.next_number("nothing to tell")
        assert [changes.things for changes in told] == [{("piece", "1")}, {("message", "2")}]
        assert told[0].seq < told[1].seq
        assert store.since(0) == Changes(told[1].seq, told[0].things | told[1].things)
        assert store.since(told[0].seq) == told[1]
        assert store.since(told[1].seq) == Changes(told[1].seq, frozenset())


def test_writers_follow_one_another(desk: AnyDesk) -> None:
    rounds, writers = 12, 4
    with desk.open() as store:
        with store.write() as unit:
            unit.add(Setting("count", {"n": 0}))

        def add() -> None:
            for _ in range(rounds):
                with store.write() as unit:
                    row = unit.get(Setting, "count")
                    unit.save(replace(row, value={"n": row.value["n"] + 1}))
                    unit.audit("count", "x")

        threads = [threading.Thread(target=add) for _ in range(writers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with store.read() as unit:
            assert unit.get(Setting, "count").value == {"n": rounds * writers}
            assert len(unit.find(AuditEntry, order="seq")) == rounds * writers


def test_a_reader_sees_one_state_while_others_write(desk: AnyDesk) -> None:
    with desk.open() as store, store.read() as before:
        assert before.find(Piece) == []
        with store.write() as unit:
            unit.add(piece())
        assert before.find(Piece) == []
        with store.read() as after:
            assert after.find(Piece) == [piece()]


def test_a_reader_can_change_nothing(desk: AnyDesk) -> None:
    with desk.open() as store:
        with store.write() as unit:
            unit.add(piece())
        with pytest.raises(Unavailable, match=r"database\.readonly"), store.read() as unit:
            unit.remove(Piece, piece().id)
        with store.write() as unit:
            unit.add(piece(2))
    with desk.open(writes=False) as store:
        with pytest.raises(Unavailable, match=r"desk\.reading"), store.write():
            raise AssertionError
        with store.read() as unit:
            assert len(unit.find(Piece)) == 2


@pytest.mark.parametrize("data", [b"", b"small", LARGE], ids=["empty", "small", "large"])
@pytest.mark.parametrize("to_vault", [False, True], ids=["open", "sealed"])
def test_a_blob_is_what_was_put(desk: AnyDesk, data: bytes, to_vault: bool) -> None:
    with desk.open() as store:
        with store.write() as unit:
            id = unit.put_blob(data, to_vault=to_vault)
            assert unit.blob(id) == data
        with store.read() as unit:
            assert unit.blob(id) == data
            with pytest.raises(RuleBroken, match="missing"):
                unit.blob("none")


def test_a_blob_that_was_resealed_needs_the_vault(desk: AnyDesk) -> None:
    with desk.open() as store:
        with store.write() as unit:
            id = unit.put_blob(LARGE)
        with store.write() as unit:
            unit.reseal_blob(id)
            unit.reseal_blob(id)
        store._keys._keys.lock_vault()  # type: ignore[attr-defined]
        with pytest.raises(Unavailable, match=r"vault\.locked"), store.read() as unit:
            unit.blob(id)


def test_the_list_is_paged_and_of_one_stage(desk: AnyDesk) -> None:
    rows = [replace(piece(n), stage=Stage.REVIEW if n > 2 else Stage.INBOX) for n in range(1, 6)]
    rows.append(replace(piece(6), duplicate_of=rows[0].id))
    with desk.open() as store:
        with store.write() as unit:
            unit.add(*rows)
        with store.read() as unit:
            assert [row.id for row in unit.list_pieces()] == [row.id for row in rows[4::-1]]
            assert [row.id for row in unit.list_pieces(limit=2, after=rows[3].id)] == [rows[2].id, rows[1].id]
            assert [row.id for row in unit.list_pieces(stage="inbox")] == [rows[1].id, rows[0].id]


TEXTS = {
    "fr": ("La préfecture ferme une salle", "Les fidèles s'adressent au préfet."),
    "zh": ("封门之后", "一座只有三间屋子的小庙被贴上封条，负责人被带走。"),
    "ar": ("الباب الذي أُغلق", "كانت غرفة الصَّلاة في آخر الزقاق"),
    "ru": ("Суд отложил дело", "О молитве дома, ещё раз"),
    "ja": ("教会のドア", "ドアは閉められた"),
    "en": ("Church leaders", "Summoned after Easter; mail info@magazine.example or see /a/b-c, 3.14"),
}


ASKED: dict[str, list[str]] = {
    "小庙": ["zh"],
    "封条 负责": ["zh"],
    "条封": [],
    "prefecture": ["fr"],
    "PRÉFECTURE salle": ["fr"],
    "préfecture church": [],
    "الصلاة": ["ar"],
    "اغلق": ["ar"],
    "الصَّلاة": ["ar"],
    "еще": ["ru"],
    "ドア": ["ja"],
    "magazine.example": ["en"],
    "info@magazine.example": ["en"],
    "b-c": ["en"],
    "3.14": ["en"],
    '"': [],
    "": [],
    "ـ \u0301 lantern": [],
    "NOT OR AND ( * ^ : &!|<->'": [],
}


def test_texts_are_found_in_every_script(desk: AnyDesk) -> None:
    with desk.open() as store:
        with store.write() as unit:
            for ref, (title, body) in TEXTS.items():
                unit.index("article", ref, f"piece of {ref}", title, body)
        with store.read() as unit:
            found = {asked: unit.search(asked, 10) for asked in ASKED}
    assert {asked: sorted(hit.ref for hit in hits) for asked, hits in found.items()} == ASKED
    assert {(hit.where, hit.piece == f"piece of {hit.ref}") for hits in found.values() for hit in hits} == {
        ("article", True)
    }


def test_the_better_hit_comes_first_and_replaced_words_are_gone(desk: AnyDesk) -> None:
    with desk.open() as store:
        with store.write() as unit:
            unit.index("article", "a", "a", "Nothing", "long text " * 50 + "temple")
            unit.index("article", "b", "b", "Temple", "short")
            unit.index("article", "c", "c", "Former", "temple")
        with store.write() as unit:
            unit.index("article", "c", "c", "Present", "mosque")
        with store.read() as unit:
            hits = unit.search("temple", 10)
            assert [hit.ref for hit in hits] == ["b", "a"]
            assert hits[0].score >= hits[1].score
            assert [hit.ref for hit in unit.search("temple", 1)] == ["b"]
            assert [hit.ref for hit in unit.search("mosque", 10)] == ["c"]


@given(st.text(max_size=40))
def test_no_question_breaks_the_search(asked: str) -> None:
    from app.storage.search import _words, phrase

    assert phrase(asked).count('"') % 2 == 0
    assert not set(_words(asked)) & set("'\":!*\\")


@given(
    title=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    also_in=st.lists(st.text(st.characters(exclude_categories=["Cs"]))),
    held=st.booleans(),
    words=st.integers(0, 2**40),
)
def test_a_row_survives_its_columns(title: str, also_in: list[str], held: bool, words: int) -> None:
    row = replace(piece(), title=title, also_in=tuple(also_in), held=held, words=words)
    assert from_columns(Piece, list(to_columns(row).values())) == row


def test_what_no_database_holds_as_text_is_replaced(desk: AnyDesk) -> None:
    bad = "a\0b\udcff\U0001f600"
    with desk.open() as store:
        with store.write() as unit:
            unit.add(replace(piece(title=bad), also_in=(bad,)))
            unit.index("article", "1", "1", bad, bad + " lantern")
        with store.read() as unit:
            row = unit.get(Piece, piece().id)
            assert row.title == "a\ufffdb\ufffd\U0001f600"
            assert row.also_in == ("a\0b\ufffd\U0001f600",)
            assert [hit.ref for hit in unit.search("lantern", 5)] == ["1"]


def test_the_log_is_a_chain(desk: AnyDesk) -> None:
    with desk.open() as store:
        for number in range(3):
            with store.write() as unit:
                unit.audit("act", str(number), "marta", number=number)
        assert desk.keys().audit_head.sequence == 3
        with store.read() as unit:
            lines = unit.find(AuditEntry, order="seq")
    assert [(line.seq, line.subject, line.actor, line.detail) for line in lines] == [
        (n + 1, str(n), "marta", {"number": n}) for n in range(3)
    ]
    assert len({line.mac for line in lines}) == 3


def test_a_missing_or_changed_blob_is_damage(desk: AnyDesk) -> None:
    with desk.open() as store:
        with store.write() as unit:
            id = unit.put_blob(LARGE)
            unit.connection.exec_driver_sql("SELECT 1")
        with store.write() as unit:
            other = unit.put_blob(b"small")
            unit.blob(other)
            unit.connection.exec_driver_sql(f"UPDATE blob SET size = 3 WHERE id = '{other}'")
        with pytest.raises(Damaged, match=r"blob\.damaged"), store.read() as unit:
            unit.blob(other)
        with store.read() as unit:
            assert unit.blob(id) == LARGE
