"""The directory as a list: what a family's own filters leave, in which order, a page at a time."""

from datetime import UTC, date, datetime

import pytest
from invented_services import at, searching, service

from directory.listing import Page, list_services
from directory.query import Query, QueryError

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def listing(search, page=1, size=10, **asked):
    return list_services(search, Query.from_json(asked), Page(page, size), NOW)


def ids(search, **asked) -> list[str]:
    return [card["id"] for card in listing(search, **asked)["services"]]


@pytest.fixture
def search(encoder):
    return searching(
        encoder,
        service("sat", description="Swimming.", places=at("Thornbeck", "Sat 09:00-10:00")),
        service("mon", description="Swimming.", places=at("Aldmoor", "Mon 09:00-10:00 term"), languages=("English", "Polish")),
        service("always", description="A helpline.", places=at("Aldmoor", "24/7"), accessibility=("step-free hall",)),
        service("words", description="Swimming.", places=at("Saltby", "when it is dry"), languages=("Urdu by interpreter",)),
        service("send", send=True, cost="Free", accessibility=("step-free", "hearing loop")),
        service("need", needs=("send.support", "money.food")),
    )


def test_without_words_everything_is_listed_by_name(search):
    assert ids(search) == ["always", "mon", "need", "sat", "send", "words"]


def test_with_a_place_the_nearest_comes_first(search):
    assert ids(search, place="Thornbeck")[0] == "sat"
    assert listing(search, place="Thornbeck", within_km=2)["total"] == 1


def test_with_words_the_best_come_first(search):
    assert set(ids(search, text="swimming")[:3]) == {"sat", "mon", "words"}


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({"day": 5}, {"sat", "always"}),
        ({"day": 0}, {"mon", "always"}),
        ({"language": "polish"}, {"mon"}),
        ({"language": "Urdu"}, {"words"}),
        ({"language": "Pol"}, set()),
        ({"accessibility": ["step-free"]}, {"always", "send"}),
        ({"accessibility": ["step-free", "hearing loop"]}, {"send"}),
        ({"send": True}, {"send", "need"}),
        ({"free": True}, {"send"}),
        ({"answers": ["money.food"]}, {"need"}),
        ({"answers": ["money.food"], "send": True, "free": True}, set()),
    ],
)
@pytest.mark.parametrize("words", ["", "swimming"])
def test_a_filter_leaves_only_what_says_so(search, asked, left, words):
    assert set(ids(search, text=words, **asked)) == left


def test_what_a_filter_hides_does_not_take_the_place_of_what_it_leaves(encoder):
    """The filter comes before the candidates: with many better matches hidden, the one that passes is still found."""
    many = [service(f"near-{n}", description=f"Swimming lesson {n}.") for n in range(400)]
    assert ids(searching(encoder, *many, service("far", description="Chess.", send=True)), text="swimming", send=True) == ["far"]


def test_the_pages_are_the_whole_list_once(search):
    pages = [listing(search, page=number, size=4) for number in (1, 2, 3)]
    assert [len(page["services"]) for page in pages] == [4, 2, 0] and {page["total"] for page in pages} == {6}
    assert len({card["id"] for page in pages for card in page["services"]}) == 6


def test_it_says_what_there_is_to_choose_from(search):
    assert listing(search)["choices"] == {
        "languages": ["Polish"],
        "accessibility": ["step-free hall", "step-free", "hearing loop"],
    }


def test_what_cannot_be_booked_yet_is_told_as_next(encoder):
    season = {"needs": ("money.holiday_activities",), "booking_opens": date(2026, 12, 1), "starts": date(2026, 12, 21)}
    search = searching(encoder, service("haf", **season, ends=date(2026, 12, 24)), service("other"))
    assert ids(search) == ["other"]
    coming = listing(search, answers=["money.holiday_activities"])["coming"]
    assert [it["when"] for it in coming] == ["Next: 21 to 24 December 2026, booking opens 1 December 2026"]
    assert listing(search)["coming"] == [] and listing(search, answers=["money.food"])["coming"] == []


def test_words_that_find_what_is_like_it_tell_what_cannot_be_booked_yet_too(encoder):
    camp = service("camp", "Holiday camp", needs=("money.holiday_activities",), description="Games and lunch in the holidays.")
    season = {"booking_opens": date(2026, 12, 1), "starts": date(2026, 12, 21), "ends": date(2026, 12, 24)}
    haf = service("haf", "Christmas club", needs=("money.holiday_activities",), **season)
    side = service("carols", "Carols", needs=("community.things_to_do", "money.holiday_activities"), **season)
    search = searching(encoder, camp, haf, side)
    assert [it["name"] for it in listing(search, text="lunch in the holidays")["coming"]] == ["Christmas club"]


def test_what_was_retired_a_moment_ago_is_not_listed_although_the_index_still_has_it(search):
    from directory.editing import retire

    assert "mon" in ids(search)
    retire("westmere/mon", "ed@westmere.example.org", "westmere")
    assert "mon" not in ids(search)


@pytest.mark.parametrize("page", [{"page": 0}, {"page": -1}, {"page": "1"}, {"per_page": 1000}, {"page": True}, {"page": 1.5}])
def test_a_page_that_cannot_be_is_refused(page):
    with pytest.raises(QueryError):
        Page.from_json(page)


def test_an_edit_that_is_taken_up_changes_the_filters_too(encoder, search):
    from invented_services import bring_in

    bring_in(service("mon", description="Swimming.", languages=("Somali",)))
    search.refresh()
    assert ids(search, language="Somali") == ["mon"] and ids(search, language="Polish") == []
