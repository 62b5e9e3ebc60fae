"""The graph component that hears a message: it hands Rasa what bot/understanding understood, encoded once."""

from __future__ import annotations

import logging
import os
from typing import Any, Dict, List, Tuple

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, METADATA, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.earlier import take_earlier
from bot.understanding.broken import heard_when_broken
from bot.understanding.heard import heard_in
from bot.understanding.understand import Encoder, Understander
from directory.client import DirectoryClient
from directory.encoder import load_encoder
from directory.spelling import put_right

logger = logging.getLogger(__name__)

UNDERSTANDING = "understanding"
"""Key of the parse data under which the actions find what was understood."""

_TRAINING_BATCH = 64


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=False)
class Hearing(Featurizer, GraphComponent):
    """Gives each message its sentence vector as dense features, and its needs, danger and details."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Every key the component knows; Rasa accepts unknown ones in silence, so they are checked here."""
        return {"alias": "hearing"}

    def __init__(self, config: Dict[str, Any], name: str) -> None:
        """See GraphComponent; ValueError for a key that is not known."""
        unknown = set(config) - set(self.get_default_config())
        if unknown:
            raise ValueError(f"config.yml gives Hearing keys it does not know: {sorted(unknown)}.")
        super().__init__(name, config)
        self._encoder: Encoder | None = None
        self._understander: Understander | None = None

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> Hearing:
        """See GraphComponent."""
        return cls(config, execution_context.node_name)

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Nothing beyond what the constructor checks."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Give every example its features, many to a batch."""
        examples = [example for example in training_data.training_examples if example.get(TEXT)]
        for start in range(0, len(examples), _TRAINING_BATCH):
            batch = examples[start : start + _TRAINING_BATCH]
            for example, vector in zip(batch, self._encode([example.get(TEXT) for example in batch]), strict=True):
                self._add_vector(example, vector)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Understand each message, after those before it (earlier.py); its patterns and details need no encoder."""
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            heard, vector = self._heard(text, take_earlier(message.get(METADATA)))
            message.set(UNDERSTANDING, heard, add_to_output=True)
            self._add_vector(message, vector if vector is not None else np.zeros(384, "float32"))
        return messages

    def _heard(self, text: str, earlier: List[str]) -> Tuple[Dict[str, Any], np.ndarray | None]:
        """What is heard, and the message's vector; one broken part does not silence the danger in it."""
        if self._understander is None:
            self._understander = Understander(self._ask())
        try:
            understood = self._understander.understand(text, earlier)
            return heard_in(understood, self._understander), understood.vector
        except Exception as failure:
            # The kind of the failure only: its words may hold what the family wrote.
            logger.error("A message was not understood whole: %s", type(failure).__name__)
            return heard_when_broken(text, earlier, self._ask()), None

    def _ask(self) -> Encoder:
        """The directory server's encoder while serving, one of our own while training or testing."""
        if self._encoder is None:
            serving = os.environ.get("SIGNPOST_SERVING") == "1"
            self._encoder = DirectoryClient() if serving else load_encoder()
        return self._encoder

    def _encode(self, texts: List[str]) -> np.ndarray:
        return self._ask().encode([put_right(text) for text in texts])

    def _add_vector(self, message: Message, vector: np.ndarray) -> None:
        row = vector[np.newaxis, :]
        for kind in (FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE):
            message.add_features(Features(row, kind, TEXT, self._identifier))
