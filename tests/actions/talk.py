"""A whole conversation without Rasa: heard by the shipped understanding, led by the rules, answered by the real actions."""

import json
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Action

import actions.changed
import actions.cost
import actions.danger
import actions.details
import actions.fallback
import actions.find_help
import actions.greeting
import actions.questions
import actions.request_sending
import actions.yes_no  # noqa: F401  (each brings its actions)
from actions.memory import Memory
from bot.understanding.heard import heard_in
from bot.understanding.one_of import OneOf
from bot.understanding.plainly import intent_of
from bot.understanding.risk.conversation import LAST
from bot.understanding.understand import Understander
from tests.actions.conftest import Turn

ROOT = Path(__file__).parents[2]
CORE = yaml.safe_load((ROOT / "bot" / "domain" / "core.yml").read_text())
RESPONSES: dict[str, list[dict]] = {}
RULES: list[dict] = []
for file in (ROOT / "bot" / "domain").glob("*.yml"):
    RESPONSES |= yaml.safe_load(file.read_text()).get("responses") or {}
for file in (ROOT / "nlu_data" / "rules").glob("*.yml"):
    RULES += yaml.safe_load(file.read_text())["rules"]
NOT_UNDERSTOOD = CORE["slots"]["misses"]["mappings"][0]["not_intent"]
DANGER = {"crisis": "danger", "check": "danger_check"}


class Talk(Turn):
    """Says and chooses as a family does; outside the early help request."""

    def __init__(self, understander: Understander, intents: OneOf, audience: str | None = None) -> None:
        super().__init__({"audience": audience})
        self.understander, self.intents = understander, intents
        self.meant = ""
        self.form = False
        self.written: list[str] = []

    def say(self, text: str) -> "Talk":
        understood = self.understander.understand(text, self.written[-LAST:])
        self.written.append(text)
        heard = heard_in(understood, self.understander)
        meant, sure = intent_of(self.intents.ranked(understood.text, understood.vector), heard)
        if understood.risk:
            meant = DANGER[understood.risk.response]
        return self._turn(text, meant, sure, heard, {})

    def choose(self, label: str) -> "Talk":
        payload = self.choices[label]
        meant, brace, carried = payload.lstrip("/").partition("{")
        return self._turn(payload, meant, 1.0, None, json.loads(brace + carried) if brace else {})

    def _turn(self, text: str, meant: str, sure: float, heard: dict | None, carried: dict[str, str]) -> "Talk":
        self.meant = meant
        if meant not in NOT_UNDERSTOOD:
            self.slots["misses"] = 0
        said: list[dict[str, Any]] = []
        for name in _led_to(meant, self.slots.get("offered")):
            if name.startswith("utter_"):
                said.append({"response": name, "buttons": [], "custom": {"contacts": [], "services": [], "urgent": False}})
            elif name in ACTIONS:
                said += self.run(ACTIONS[name](), text=text, intent=meant, sure=sure, heard=heard, **carried).said
            else:
                self.form = True
        self.said = said
        return self

    @property
    def choices(self) -> dict[str, str]:
        """What may be chosen now, label → payload: the actions' choices and the responses' own."""
        fixed = [button for m in self.said for button in self._variant(m["response"]).get("buttons") or []]
        offered = [*(button for m in self.said for button in m["buttons"]), *fixed]
        return {it["title"]: it["payload"].replace("{{", "{").replace("}}", "}") for it in offered}

    @property
    def memory(self) -> Memory:
        """What is remembered now."""
        held = {name: tuple(v) if isinstance(v, list) else v for name, v in self.slots.items() if v}
        return Memory(**{name: value for name, value in held.items() if name in Memory.__dataclass_fields__})

    @property
    def text(self) -> str:
        """All that is read, with what stands for the braces."""
        return "\n".join(_filled(self._variant(m["response"])["text"], m) for m in self.said)

    def _variant(self, response: str) -> dict:
        """The variant that Rasa would choose: the one whose conditions the slots meet, else the one without any."""
        for variant in RESPONSES[response]:
            conditions = variant.get("condition") or []
            if conditions and all(self.slots.get(it["name"]) == it["value"] for it in conditions):
                return variant
        return RESPONSES[response][-1]


def _led_to(meant: str, offered: str | None) -> list[str]:
    """The actions of the rule for this intent, where the conversation stands."""
    for rule in RULES:
        wanted = {k: v for it in rule.get("condition") or () for k, v in it.items()}
        if rule["steps"][0].get("intent") != meant or wanted.get("active_loop"):
            continue
        slots = {k: v for it in wanted.get("slot_was_set") or () for k, v in it.items()}
        if all(value == offered for value in slots.values()):
            return [step["action"] for step in rule["steps"] if step.get("action")]
    raise LookupError(f"No rule says what follows {meant} after {offered}.")


def _filled(text: str, values: dict[str, Any]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def _all(of: type[Action]) -> list[type[Action]]:
    return [it for below in of.__subclasses__() for it in (below, *_all(below))]


ACTIONS = {action().name(): action for action in _all(Action) if action.__module__.startswith("actions.")}
