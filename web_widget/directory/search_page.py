"""/directory: services searched by words, need, age, place and more, each with why it fits."""

from __future__ import annotations

import re
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from directory.client import DirectoryUnavailable
from directory.needs import needs
from directory.words import miles_in_words
from web_widget.configuration import configured
from web_widget.danger import danger_seen
from web_widget.directory.asking import Asking, find_unknown_place, read, understand_age
from web_widget.directory.blueprint import directory_pages, per_address
from web_widget.directory.service_page import records
from web_widget.directory.state import State, state_of_request
from web_widget.directory.words import words
from web_widget.directory.wrapper import wrapped
from web_widget.pages import key_of_page
from web_widget.problems import Problem

NEAR_PAGES = 2  # page numbers shown on either side of this one


@directory_pages.get("")
@per_address
def search_page() -> ResponseReturnValue:
    """The form, and below it what it found; before anything was asked, all there is."""
    asking, state = read(request.args), state_of_request()
    asking.faults.pop("page", None)  # a page that cannot be is the first one
    asking.per_page = 10
    understand_age(asking)
    find_unknown_place(asking)
    if asking.within_km and not asking.near:
        asking.faults["far_from"] = ""
    found = None if asking.faults else _found(asking)
    page = render_template(
        "directory/search.html",
        asking=asking,
        given=request.args,
        faults=asking.fault_words(),
        state=state,
        words=words(),
        needs=needs(),
        choices=(found or _offered())["choices"],
        found=found and wrapped(found["services"], found["total"], asking.page, asking.per_page),
        texts=_texts(found["services"]) if found else {},
        coming=found["coming"] if found else [],
        chosen=_chosen(asking, state),
        pages=_pages(found["total"], asking, state) if found else None,
        danger=danger_seen(asking.q) if asking.q else None,
    )
    return page, 422 if asking.faults else 200


def _found(asking: Asking) -> dict[str, Any]:
    try:
        return configured().directory.list_services(asking.query())
    except DirectoryUnavailable:
        raise Problem("directory-unavailable") from None


def _texts(services: list[dict[str, Any]]) -> dict[str, str]:
    """The number to text, by the page of each service that has no number to ring: the card has no place for it."""
    by_key = {key_of_page(service["page"]): service["page"] for service in services if not service["phone"]}
    return {by_key[key]: record.text for key, record in records(list(by_key)).items() if record.text}


def _offered() -> dict[str, Any]:
    """What the form offers while something in it has to be put right first."""
    return _found(Asking(per_page=1))


def _chosen(asking: Asking, state: State) -> list[tuple[str, str]]:
    """What was taken into account, each in words and with the address of the search without it."""
    said: list[tuple[str, str, str | None]] = [("q", f"“{asking.q}”", None)] if asking.q else []
    said += [("need", needs()[code].label, code) for code in asking.needs]
    if asking.ages:
        said.append(("age", _age(dict(state.search).get("age", "")), None))
    if asking.near:
        said.append(("near", f"Near {asking.near}", None))
    if asking.within_km:
        far = words()["distances"].get(dict(state.search).get("within_km")) or miles_in_words(asking.within_km)
        said.append(("within_km", f"Within {far}", None))
    if asking.audience:
        said.append(("audience", words()["audiences"].get(asking.audience, "Someone else"), None))
    said += [("free", "Free", None)] if asking.free else []
    said += [("day", f"On {words()['days'][asking.day]}", None)] if asking.day else []
    said += [("language", f"In {asking.language}", None)] if asking.language else []
    said += [("accessibility", what, what) for what in asking.accessibility]
    said += [("send", "Special needs welcome", None)] if asking.send else []
    return [(label, _left_without(state, name, value)) for name, label, value in said]


def _age(given: str) -> str:
    """ "Age 4", "Age 4-7"; "Age: 18 months" of what was said in words."""
    return f"Age {given}" if re.fullmatch(r"[\d.,–\- to]+", given) else f"Age: {given}"


def _left_without(state: State, name: str, value: str | None) -> str:
    left = state.without(name, value)
    return (left.without("within_km") if name == "near" else left).results(anchor="results")


def _pages(total: int, asking: Asking, state: State) -> dict[str, Any] | None:
    """What govukPagination is given; None where one page holds all."""
    last = -(-total // asking.per_page)
    if last < 2 or asking.page > last:
        return None
    shown = sorted({1, last, *range(max(1, asking.page - NEAR_PAGES), min(last, asking.page + NEAR_PAGES) + 1)})
    items: list[dict[str, Any]] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            items.append({"ellipsis": True})
        items.append({"number": number, "href": state.results(number, "results"), "current": number == asking.page})
    made: dict[str, Any] = {"items": items, "landmarkLabel": "Pages of services"}
    if asking.page > 1:
        made["previous"] = {"href": state.results(asking.page - 1, "results")}
    if asking.page < last:
        made["next"] = {"href": state.results(asking.page + 1, "results")}
    return made
