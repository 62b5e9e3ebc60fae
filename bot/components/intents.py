"""The graph component that names a message's intent; bot/understanding/intents.py does the work."""

from __future__ import annotations

from typing import Any, Dict, List

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.hearing import UNDERSTANDING
from bot.understanding.one_of import OneOf, fit_one_of
from bot.understanding.plainly import intent_of

RANKING = 5
_FILE = "intents.npz"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class Intents(IntentClassifier, GraphComponent):
    """Learns the intents from nlu_data/nlu over their words and the vectors that Hearing gave each example."""

    def __init__(self, model_storage: ModelStorage, resource: Resource, head: OneOf | None = None) -> None:
        """`head` is None until it was trained or loaded."""
        self._model_storage, self._resource, self._head = model_storage, resource, head

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> Intents:
        """See GraphComponent."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Intents:
        """See GraphComponent."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, OneOf.load(folder / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the head and keep it in the model."""
        examples = [it for it in training_data.intent_examples if it.get(TEXT)]
        vectors = np.stack([_vector(example) for example in examples])
        self._head = fit_one_of(
            [example.get(TEXT) for example in examples], vectors, [str(example.get(INTENT)) for example in examples]
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._head.save(folder / _FILE)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Name the intent of each message; a choice, which carries its own, has no vector and is left alone."""
        for message in messages:
            if self._head is None or not message.get(TEXT) or not message.features:
                continue
            ranked = self._head.ranked(message.get(TEXT), _vector(message))
            message.set(INTENT, _as_rasa(*intent_of(ranked, message.get(UNDERSTANDING))), add_to_output=True)
            message.set(INTENT_RANKING_KEY, [_as_rasa(*it) for it in ranked[:RANKING]], add_to_output=True)
        return messages


def _as_rasa(name: str, share: float) -> Dict[str, Any]:
    return {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: share}


def _vector(message: Message) -> np.ndarray:
    _, sentence = message.get_dense_features(TEXT)
    vector: np.ndarray = sentence.features[0]
    return vector
