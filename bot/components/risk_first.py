"""The graph component that puts danger first: whatever else a message asks, a risk decides its intent."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.hearing import UNDERSTANDING

INTENT_OF_RESPONSE = {"crisis": "danger", "check": "danger_check"}
"""Intents no classifier predicts: they are only ever set here."""


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class RiskFirst(GraphComponent):
    """Stands last in the pipeline and replaces the intent of a message in which danger was heard."""

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> RiskFirst:
        """See GraphComponent."""
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing to learn."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Give a message with a risk the intent `danger` or `danger_check`, with the risk's own confidence."""
        for message in messages:
            risk = (message.get(UNDERSTANDING) or {}).get("risk")
            if message.get(TEXT) and risk:
                intent = {
                    INTENT_NAME_KEY: INTENT_OF_RESPONSE[risk["response"]],
                    PREDICTED_CONFIDENCE_KEY: risk["confidence"],
                }
                message.set(INTENT, intent, add_to_output=True)
        return messages
