"""The answer to the question about early help that was asked, where it was surely heard: bot/domain/answers.yml has them."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.people import people_for
from actions.turn import audience, intent, say, understood
from directory.packs import CONSENTS, pack

ANSWERED_BY = {
    "social_services": ("utter_social_services", "utter_social_services_honest"),
    "cost": ("utter_cost",),
    "chat_private": ("utter_privacy",),
    "what_it_is": ("utter_early_help", "utter_early_help_after"),
}
"""Topics that texts beside bot/domain/answers.yml answer; every other has its `utter_answer_<topic>`."""
ASKS = frozenset({"ask_early_help", "ask_details"})
"""Intents to which any topic is the answer: the second only where no service was shown that could be meant (details.py)."""
_FEARED = frozenset({"record", "court", "told", "partner", "immigration", "young_alone"})
ANSWERED_FOR = {
    "ask_social_services": _FEARED | {"judged", "voluntary"},
    "is_this_private": _FEARED | {"social_services"},
    "ask_cost": frozenset({"cost"}),
}
"""What is added to the fixed answer to these intents; a topic that is none of them was most likely misheard."""


class ActionAnswerAsked(Action):
    """Answers the fear or the worry that a question named, beside the fixed answer that the rule gives."""

    def name(self) -> str:
        """Name of the action."""
        return "action_answer_asked"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Nothing where it named none."""
        answer_asked(dispatcher, tracker)
        return []


def answer_asked(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Answer the topic that was asked about, if it fits what the message is for; False where there is none."""
    topic, meant = understood(tracker).get("asked"), intent(tracker)
    if not topic or (meant not in ASKS and topic not in ANSWERED_FOR.get(meant, ())):
        return False
    asker = audience(tracker)
    if own := _councils_own(topic, asker):
        say(dispatcher, f"utter_answer_{topic}_here", words=own)
        return True
    people = people_for(asker) if topic == "young_alone" and asker == "young_person" else ()
    for response in ANSWERED_BY.get(topic, (f"utter_answer_{topic}",)):
        say(dispatcher, response, contacts=people, early_help_team=pack().early_help.name)
    return True


def _councils_own(topic: str, asker: str) -> str | None:
    """The council's own words on it for this audience; None where it has given none."""
    here = pack()
    if topic == "how_soon":
        return here.response_times.get("practitioner" if asker == "practitioner" else "family")
    if topic == "after_asking" and here.handover.staffed:
        return here.handover.what_happens_next.get(asker if asker in CONSENTS else "family")
    return None
