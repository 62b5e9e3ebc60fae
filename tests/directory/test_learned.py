import numpy as np
import pytest
from invented_services import bring_in, searching, service

from directory import learned as module
from directory.evaluation import blind, judged_listings, judged_messages, measure, ndcg
from directory.learned import Learned, learned
from directory.lexical import BITS, LexicalHead
from directory.linear import LinearHead
from directory.needs import needs
from directory.needs_head import NeedsHead
from directory.neighbours import Neighbours
from directory.views import Views

CODES = list(needs())
HOUSING = CODES.index("home.housing")


@pytest.fixture
def taught(encoder, tmp_path, monkeypatch):
    """Heads that hear housing in "rent", of messages and of services alike."""
    rent = encoder.encode_uncached(["rent"])[0]
    weights = np.zeros((len(CODES), encoder.dimension), np.float32)
    weights[HOUSING] = 20 * rent
    bias = np.full(len(CODES), -5, np.float32)
    head = LinearHead(weights, bias)
    said = encoder.encode_uncached(["bailiff"])
    made = Learned(encoder.identity, tuple(CODES), head, said, np.array([0], np.int32), encoder.encode_uncached(["debt"]))
    monkeypatch.setattr("directory.wanted.needs_head", lambda identity: needs_head_of(encoder, head))
    file = tmp_path / "learned.npz"
    made.save(file)
    monkeypatch.setattr(module, "FILE", file)
    for name in ("directory.index", "directory.wanted"):
        monkeypatch.setattr(f"{name}.learned", lambda identity: learned(identity, file))
    return made


def needs_head_of(encoder, linear: LinearHead) -> NeedsHead:
    """A head that hears with `linear` alone."""
    labels = len(CODES) + 1
    axes, books = np.eye(encoder.dimension, 1, dtype=np.float16), np.zeros((1, 256, 1), np.float16)
    neighbours = Neighbours(axes, books, np.zeros((30, 1), np.uint8), np.zeros((30, labels), bool))
    of_vector = LinearHead(np.vstack([linear.weights, linear.weights[:1] * 0]), np.append(linear.bias, -5).astype(np.float32))
    nothing = LexicalHead.of(np.zeros(1 << BITS, np.float32), np.zeros((labels, 1 << BITS), np.float32), np.zeros(labels))
    views = Views(of_vector, neighbours, nothing, nothing)
    return NeedsHead(encoder.identity, tuple(CODES), views, np.array([1, 0, 0, 0, 0], np.float32), 0.4, 0.5)


def test_what_was_learned_is_kept_and_is_of_one_encoder(taught, tmp_path):
    again = learned("words", tmp_path / "learned.npz")
    assert np.allclose(again.of_services.weights, taught.of_services.weights, atol=1e-2)
    assert learned("another", tmp_path / "learned.npz") is None


def test_a_service_without_codes_is_given_its_needs_by_its_words(taught, encoder):
    search = searching(encoder, service("a", description="Rent rent rent."), service("b", description="Songs."))
    cards = {card["id"]: card for card in search.search(_query("rent"))["services"]}
    assert cards["a"]["needs"] == ["home.housing"] and not cards["b"]["needs"]


def test_what_its_source_says_is_not_second_guessed(taught, encoder):
    search = searching(encoder, service("a", description="Rent rent rent.", needs=("money.food",)))
    assert search.search(_query("rent"))["services"][0]["needs"] == ["money.food"]


def test_what_answered_such_messages_comes_first(taught, encoder):
    search = searching(encoder, service("debt", description="Debt debt."), service("songs", description="Songs."))
    assert search.search(_query("bailiff"))["services"][0]["id"] == "debt"


def test_the_words_needs_are_not_exported_as_the_source_s(taught, encoder):
    from directory.database import session
    from directory.store import read_source

    searching(encoder, service("a", description="Rent rent rent."))
    with session() as opened:
        assert read_source(opened, "westmere")[0].needs == ()
    assert not bring_in(service("a", description="Rent rent rent.")).changed


def test_the_judged_set_is_whole():
    messages, keys = judged_messages(), {record.key for record in judged_listings()}
    assert len(messages) >= 150 and {message.half for message in messages} == {"dev", "test"}
    for message in messages:
        assert message.grades and set(message.grades.values()) <= {1, 2, 3}
        assert all(key in keys or key.split("/")[0] in ("westmere", "national") for key in message.grades)


def test_ndcg_is_one_for_the_best_order_and_less_for_another():
    assert ndcg([3, 2, 0, 0, 0], [2, 3]) == 1
    assert ndcg([0, 3, 2], [2, 3]) < ndcg([2, 3], [2, 3]) < 1


def test_only_what_is_searched_is_measured():
    message = judged_messages()[0]
    some = max(message.grades, key=lambda key: message.grades[key])
    found = measure(lambda text: [some], [message], frozenset({some}))
    assert found.ndcg[0] == found.success[0] == 1 and found.messages == 1


def test_a_blind_record_says_only_its_words():
    seen = blind(service("a", description="x", needs=("money.food",), audience=("parents",), min_age=3.0))
    assert (seen.needs, seen.audience, seen.min_age, seen.description) == ((), (), None, "x")


def _query(text: str):
    from directory.query import Query

    return Query(text)
