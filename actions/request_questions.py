"""Asking the open question of the early help request, in the council's and the domain's fixed words."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.request import Request
from actions.request_answers import BACK
from actions.turn import Said, say, words
from directory.packs import pack
from handover.consent import consent_words, pack_audience
from handover.delivery import destination
from handover.form import SKIP, Step, changeable_lines
from handover.story import HEADINGS, Story, numbered_lines


class ActionAskRequest(Action):
    """Asks whatever the request needs next."""

    def name(self) -> str:
        """Name of the action; Rasa looks it up by the form's and the slot's names."""
        return "action_ask_early_help_form_request_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """One question; with the story or the read-back before it where it is about them."""
        request = Request.of(tracker)
        if request.editing:
            _ask_edit(dispatcher, request)
        elif step := request.step:
            _ask(dispatcher, request, step)
        return []


def _ask(dispatcher: CollectingDispatcher, request: Request, step: Step) -> None:
    values: dict[str, Any] = {}
    if step.key == "consent":
        _say_what_happens(dispatcher, request.audience)
        values["consent"] = consent_words(pack(), request.audience).words
    elif step.key == "story":
        _say_story(dispatcher, request.story)
    elif step.key == "read_back":
        _read_back(dispatcher, request)
    say(dispatcher, f"utter_ask_request_{step.key}", choices=_choices(request, step), **values)


def _say_what_happens(dispatcher: CollectingDispatcher, audience: str) -> None:
    here, to = pack(), destination(pack())
    key = pack_audience(audience)
    say(dispatcher, "utter_request_safety")
    say(
        dispatcher,
        "utter_request_next",
        what_happens_next=here.handover.what_happens_next.get(key) or "",
        response_time=here.response_times.get("practitioner" if key == "practitioner" else "family") or "",
        keep=_days(to.keep_days if to else 0),
    )


def _say_story(dispatcher: CollectingDispatcher, story: Story) -> None:
    for heading in HEADINGS:
        if lines := story.under(heading):
            say(
                dispatcher,
                "utter_story_part",
                heading=words("labels")["headings"][heading],
                lines=" · ".join(lines),
            )


def _read_back(dispatcher: CollectingDispatcher, request: Request) -> None:
    labels = words("labels")
    _say_story(dispatcher, request.story)
    for line in changeable_lines(request.given):
        given = line.words or labels["choices"].get(line.key, {}).get(line.value) or labels["lines"]["skipped"]
        say(dispatcher, "utter_read_back_line", line=labels["lines"][line.key], words=given)


def _choices(request: Request, step: Step) -> Said:
    labels = words("labels")
    choices = [_choice(labels["choices"][step.key][name], name) for name in step.choices]
    if step.key == "story" and not numbered_lines(request.story):
        choices = [_choice(labels["choices"]["story"]["change"], "change"), _choice(labels["skip"], "right")]
    if step.optional:
        choices.append(_choice(labels["skip"], SKIP))
    return choices


def _ask_edit(dispatcher: CollectingDispatcher, request: Request) -> None:
    labels = words("labels")
    back = _choice(labels["back"], BACK)
    if request.editing == "change":
        say(dispatcher, "utter_ask_story_change", choices=[back])
    elif request.editing == "take_out":
        lines = [_choice(line, f"{heading}-{number}") for heading, number, line in numbered_lines(request.story)]
        say(dispatcher, "utter_ask_story_take_out", choices=[*lines, back])
    else:
        given = [_choice(labels["lines"][line.key], line.key) for line in changeable_lines(request.given)]
        story = _choice(labels["lines"]["story"], "story")
        say(dispatcher, "utter_ask_change_line", choices=[story, *given, back])


def _choice(title: str, value: str) -> dict[str, str]:
    return {"title": title, "payload": f'/answer{{"value": "{value}"}}'}


def _days(days: int) -> str:
    return "one year" if days == 365 else f"{days} days"
