"""The exported encoder gives the numbers of the model it was made from."""

import json
import sys
import time

import numpy as np
import pytest

from directory.encoder import Encoder, export_current, load_encoder
from directory.encoder_files import EncoderError, adapter_folder, identity, model_folder

TEXTS = [
    "hi",
    "my 4 year old hits everyone at nursery and im at my wits end, we're in Aldmoor",
    "",
    "Moja córka nie chce chodzić do szkoły 😢",
    "a very long story, " * 200,
]


def test_a_model_that_is_not_there_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("SIGNPOST_ENCODER", str(tmp_path))
    with pytest.raises(EncoderError, match="SIGNPOST_ENCODER.*Correct or unset"):
        model_folder()


def test_an_adapter_that_is_not_there_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("SIGNPOST_ADAPTER", str(tmp_path))
    with pytest.raises(EncoderError, match="SIGNPOST_ADAPTER.*Correct or unset"):
        adapter_folder()


def test_an_adapter_makes_it_another_encoder(tmp_path):
    (tmp_path / "adapter_model.safetensors").write_bytes(b"weights")
    assert identity(model_folder(), tmp_path) != identity(model_folder(), None)


def test_an_export_of_other_weights_is_not_current(house):
    assert not export_current()
    (house / "encoder").mkdir()
    (house / "encoder" / "encoder.json").write_text(json.dumps({"identity": "another"}))
    assert not export_current()


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Encoder:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIGNPOST_VAR", str(tmp_path_factory.mktemp("var")))
        loaded = load_encoder()
        assert export_current()
    return loaded


@pytest.mark.slow
def test_it_gives_what_sentence_transformers_gives_also_in_one_batch_of_all_lengths(exported):
    ours = exported.encode(TEXTS)
    if sys.modules.get("torch", ...) is None:
        pytest.skip("torch is kept out of this process")
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(model_folder()), device="cpu")
    plain = model.encode(TEXTS, normalize_embeddings=True)
    model.load_adapter(str(adapter_folder()))
    reference = model.encode(TEXTS, normalize_embeddings=True)
    assert np.abs(reference - plain).max() > 0.05, "the adapter was loaded as nothing"
    assert ours.shape == (5, 384) and ours.dtype == np.float32
    np.testing.assert_allclose(ours, reference, atol=1e-4)
    np.testing.assert_allclose(np.stack([exported.encode_uncached([text])[0] for text in TEXTS]), ours, atol=1e-5)


@pytest.mark.slow
def test_a_text_is_encoded_once(exported):
    exported.encode(["said before"])
    took = []
    for _ in range(5):
        began = time.perf_counter()
        exported.encode(["said before"] * 50)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.002
    assert exported.encode([]).shape == (0, 384)


@pytest.mark.slow
def test_no_text_is_left_in_memory_once_it_is_to_be_forgotten():
    encoder = load_encoder()
    before = encoder.encode(["my name is Jay"])
    assert "my name is Jay" in encoder._cache
    encoder.forget()
    assert not encoder._cache
    np.testing.assert_array_equal(encoder.encode(["my name is Jay"]), before)
