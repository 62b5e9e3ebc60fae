import pytest
from invented_services import at, bring_in, service
from samples import read_sample

from directory.database import session
from directory.importer import import_reading
from directory.open_referral import api
from directory.open_referral.identifiers import made_uuid, service_id, taxonomy_id, term_id
from directory.open_referral.query import PARAMETERS, BadQuery, ListQuery
from directory.open_referral.schema import profile
from directory.packs import pack
from directory.service import ServicePlace
from directory.sources.csv_template import read_csv_template

SERVICES = (
    service("bumps", "Bump Club", needs=("early_years.pregnancy",), audience=("parents",), kind="drop_in", areas=("Central",),
            places=at("Castle Fields", "Tue 13:00-15:00")),
    service("teens", "Teen Space", description="Pool and 100% pizza.", min_age=13.0, max_age=17.0, needs=("mind.child",),
            areas=("North",), places=at("Aldmoor", "Mon 18:00-20:00", "Fri 16:00-18:00")),
    service("play", "Play", organisation="Pizza Hubs", min_age=0.0, max_age=5.0, needs=("early_years.play_and_learning",),
            areas=("all",), places=(*at("Aldmoor", "Mon 09:30-11:30"), *at("Saltby", "by arrangement"))),
    service("gone", status="retired"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def directory():
    bring_in(*SERVICES)
    import_reading(read_sample("scout-x-bucks/services.json", "bucks"), "bucks", "bucks")


def ask(what=api.services, **args):
    with session() as opened:
        return what(opened, "westmere", ListQuery.from_args({name: str(value) for name, value in args.items()}))


def names(page):
    return sorted({item.get("name") or item["service"]["name"] for item in page["contents"]})


ALL = ["Bump Club", "Play", "Teen Space"]


def test_the_parameters_are_those_of_the_profile():
    asked = {
        parameter["$ref"].rpartition("/")[2]
        for path in profile()["paths"].values()
        for parameter in path["get"].get("parameters", [])
    }
    assert set(PARAMETERS) == asked


def test_what_the_council_shows_is_listed_and_nothing_retired_or_of_another_council():
    assert names(ask()) == ALL and ask()["total_items"] == 3


@pytest.mark.parametrize(
    ("args", "found"),
    [
        ({"search": "PIZZA"}, ["Play", "Teen Space"]),
        ({"search": "pizza pool"}, ["Teen Space"]),
        ({"search": "100%"}, ["Teen Space"]),
        ({"search": "_"}, []),
        ({"search": "'; DROP TABLE service; --"}, []),
        ({"minimum_age": 1}, ["Teen Space"]),
        ({"maximum_age": 5}, ["Play"]),
        ({"day": "MO"}, ["Play", "Teen Space"]),
        ({"day": "monday", "start_time": "17:00"}, ["Teen Space"]),
        ({"day": "Fri", "start_time": "17:00"}, []),
        ({"end_time": "15:00"}, ["Bump Club", "Play"]),
        ({"taxonomy_term_id": term_id("needs", "mind.child")}, ["Teen Space"]),
        ({"taxonomy_term_id": term_id("needs", "early_years")}, ["Bump Club", "Play"]),
        ({"taxonomy_term_id": term_id("audience", "parents")}, ["Bump Club"]),
        ({"taxonomy_term_id": term_id("kind", "drop_in")}, ["Bump Club"]),
        ({"taxonomy_term_id": "ac148810-d857-441c-9679-408f346de14b"}, []),
        ({"taxonomy_id": taxonomy_id("needs")}, ALL),
        ({"taxonomy_id": taxonomy_id("audience")}, ["Bump Club"]),
        ({"taxonomy_id": taxonomy_id("kind")}, ["Bump Club"]),
        ({"day": "", "search": " "}, ALL),
        ({"unheard_of": "x"}, ALL),
    ],
)
@pytest.mark.parametrize("what", [api.services, api.service_at_locations])
def test_every_filter_filters(what, args, found):
    assert names(ask(what, **args)) == found


def test_a_time_is_asked_of_the_place_and_not_of_the_service():
    assert [item["location"]["name"] for item in ask(api.service_at_locations, day="MO", search="play")["contents"]] == [
        "Aldmoor Hall"
    ]


def test_a_feed_s_own_terms_can_be_asked_for():
    with session() as opened:
        club = api.services(opened, "bucks", ListQuery(taxonomy_term_id=made_uuid("taxonomy_term", "bucks", 2)))
        full = api.service(opened, "bucks", club["contents"][0]["id"])
    assert "12th Aylesbury Brownies" in names(club) and club["total_items"] < 20
    assert made_uuid("taxonomy_term", "bucks", 2) in [link["taxonomy_term"]["id"] for link in full["attributes"]]


def test_a_worker_s_word_on_a_need_counts():
    from directory.corrections import correct

    with session() as opened:
        correct(opened, "westmere/teens", "ann@westmere.example.org", needs=("mind.self_harm",))
    assert names(ask(taxonomy_term_id=term_id("needs", "mind.child"))) == []
    assert names(ask(taxonomy_term_id=term_id("needs", "mind.self_harm"))) == ["Teen Space"]


def test_near_a_postcode_the_nearest_come_first_and_the_far_ones_not_at_all():
    bring_in(
        service("near", "Near", places=(ServicePlace(location="Near Hall", postcode="HP21 7JF"),)),
        service("far", "Far", places=(ServicePlace(location="Far Hall", latitude=51.9, longitude=-0.8),)),
        service("nowhere", "Nowhere", places=(ServicePlace(location="Some Hall"),)),
    )
    found = ask(api.service_at_locations, postcode="HP21", proximity="1000")
    assert names(found) == ["Near"]
    by_distance = [item["service"]["name"] for item in ask(api.service_at_locations, postcode="HP21 7JF")["contents"]]
    assert by_distance == ["Near", "Far", "Nowhere"]


def test_a_postcode_alone_leaves_those_that_serve_it():
    import_reading(read_csv_template(pack("westmere").services_csv, "westmere", "westmere"), "westmere", "westmere")
    everything, there = (ask(api.service_at_locations, **args)["total_items"] for args in ({}, {"postcode": "WM4"}))
    assert 0 < there < everything


def test_the_pages_together_are_the_whole_and_each_says_where_it_stands():
    pages = [ask(page=n, per_page=2) for n in (1, 2, 3)]
    assert [(p["size"], p["first_page"], p["last_page"], p["empty"]) for p in pages] == [
        (2, True, False, False), (1, False, True, False), (0, False, True, True)
    ]  # fmt: skip
    assert all((p["total_items"], p["total_pages"]) == (3, 2) for p in pages)
    assert len({item["id"] for p in pages for item in p["contents"]}) == 3


@pytest.mark.parametrize(
    "args",
    [{"page": "0"}, {"page": "-1"}, {"page": "x"}, {"page": "9" * 30}, {"page": "²"}, {"per_page": "0"}, {"minimum_age": "-5"},
     {"maximum_age": "nan"}, {"day": "moonday"}, {"day": "someday"}, {"start_time": "25:00"}, {"end_time": "9"},
     {"taxonomy_term_id": "money.food"}, {"search": "x" * 5000}, {"postcode": "90210-1234"}, {"postcode": "ZZ9 9ZZ"},
     {"proximity": "50"}, {"postcode": "HP21", "proximity": "-1"}],
)  # fmt: skip
def test_what_cannot_be_asked_is_said_so(args):
    with pytest.raises(BadQuery):
        ask(api.service_at_locations, **args)


def test_a_page_is_never_larger_than_a_hundred():
    assert ListQuery.from_args({"per_page": "100000"}).per_page == 100


def test_one_service_is_found_by_its_published_id_only_where_it_is_shown():
    with session() as opened:
        assert api.service(opened, "westmere", service_id("westmere", "play"))["name"] == "Play"
        for id_ in (service_id("westmere", "gone"), service_id("bucks", "1"), "play", "x", ""):
            assert api.service(opened, "westmere", id_) is None
    bring_in(*SERVICES[:2])
    with session() as opened:
        assert api.service(opened, "westmere", service_id("westmere", "play")) is None


def test_one_service_at_one_place_is_found_by_the_id_that_the_list_gives():
    for listed in ask(api.service_at_locations)["contents"]:
        with session() as opened:
            full = api.service_at_location(opened, "westmere", listed["id"])
        assert full["location"]["name"] == listed["location"]["name"] and full["service"]["id"] == listed["service"]["id"]


def test_every_list_s_ids_lead_to_the_whole_of_it():
    for term in api.taxonomy_terms(ListQuery(per_page=100))["contents"]:
        assert api.taxonomy_term(term["id"]) == term
    for one in api.taxonomy_list(ListQuery())["contents"]:
        terms = api.taxonomy(one["id"])["taxonomy_terms"]
        assert terms and all(term["taxonomy_id"] == one["id"] for term in terms)
    assert api.taxonomy("x") is None and api.taxonomy_term("x") is None
