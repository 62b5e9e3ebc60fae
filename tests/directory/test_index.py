from dataclasses import replace

from invented_services import bring_in, service

from directory.database import session
from directory.index import build_index, current_index, texts_of
from directory.search import Search

PLAY = service("play", description="Songs and toys for babies. Tea for the grown-ups.")
FOOD = service("food", description="A bag of food when money runs out.")


def test_only_changed_texts_are_encoded_again(encoder):
    bring_in(PLAY, FOOD)
    with session() as opened:
        assert build_index(opened, encoder).encoded > 0
        encoder.encoded.clear()
        assert build_index(opened, encoder).encoded == 0
    bring_in(PLAY, replace(FOOD, description="A bag of food when money runs out. Nappies too, and soap."))
    with session() as opened:
        build_index(opened, encoder)
    assert sorted(encoder.encoded) == [
        "Food. A bag of food when money runs out. Nappies too, and soap.",
        "Nappies too, and soap.",
    ]


def test_a_search_takes_up_a_new_index_without_a_restart(encoder):
    bring_in(PLAY)
    search = Search(encoder)
    search.refresh()
    bring_in(PLAY, FOOD)
    Search(encoder).refresh()  # another process
    assert search.services == 1
    assert search.follow() and search.services == 2
    assert not search.follow()


def test_nothing_is_built_while_nothing_changed(encoder):
    bring_in(PLAY)
    search = Search(encoder)
    assert search.refresh() is not None and search.refresh() is None


def test_another_encoder_s_vectors_are_never_used(encoder):
    bring_in(PLAY)
    Search(encoder).refresh()
    encoder.identity = "another"
    encoder.encoded.clear()
    assert Search(encoder).refresh() is not None and encoder.encoded


def test_a_damaged_index_is_built_again(encoder):
    bring_in(PLAY)
    Search(encoder).refresh()
    (current_index().folder / "whole.faiss").write_bytes(b"half")
    search = Search(encoder)
    search.refresh()
    assert search.services == 1


def test_old_indexes_are_cleared_away(encoder, house):
    for name in ("One", "Two", "Three"):
        bring_in(replace(PLAY, name=name))
        Search(encoder).refresh()
    assert len([path for path in (house / "index").iterdir() if path.is_dir()]) == 1


def test_a_directory_without_services_has_an_index_too(encoder):
    search = Search(encoder)
    search.refresh()
    assert search.services == 0


def test_what_is_said_at_length_is_read_by_the_sentence():
    whole, sentences = texts_of("Play", "A group.", "Songs and toys for babies. Free. " + "More and more words. " * 30)
    assert whole.startswith("Play. A group. Songs") and sentences[:2] == ["Play", "Songs and toys for babies."]
    assert "Free." not in sentences and len(sentences) == 12
