from datetime import UTC, date, datetime

import pytest
from invented_services import at, bring_in, searching, service

from directory.query import Query, QueryError

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TEXT = "he hits and bites"


def names(search, **asked) -> list[str]:
    answer = search.search(Query.from_json({"text": TEXT, "top": 10} | asked), NOW)
    return [card["id"] for card in answer["services"]]


def group(id_: str, **said):
    """A service about hitting and biting."""
    return service(id_, description="For children who hit and bite.", **said)


CHILD = {"ages": [{"min": 4, "max": 4}], "audience": "parent"}


def test_a_need_that_was_heard_weighs_more_than_likeness_of_words(encoder):
    search = searching(encoder, group("words"), service("meaning", needs=("family.behaviour",)))
    assert names(search, parts=[{"need": "family.behaviour", "words": TEXT}])[0] == "meaning"


def test_a_service_chiefly_about_a_need_comes_before_one_that_also_helps(encoder):
    search = searching(
        encoder, group("also", needs=("money.food", "family.behaviour")), group("chiefly", needs=("family.behaviour",))
    )
    assert names(search, parts=[{"need": "family.behaviour", "words": TEXT}]) == ["chiefly", "also"]


@pytest.mark.parametrize(
    ("audience", "shown_to"),
    [
        (("older_people",), {"practitioner"}),
        (("professionals",), {"practitioner"}),
        (("adults",), set()),
        (("adults", "parents"), {"parent", "practitioner", "young_person", None}),
        (("families",), {"parent", "practitioner", "young_person", None}),
        ((), {"parent", "practitioner", "young_person", None}),
    ],
)
def test_what_is_for_others_is_not_shown_about_a_child(encoder, audience, shown_to):
    search = searching(encoder, group("a", audience=audience))
    found = {who for who in ("parent", "practitioner", "young_person", None) if names(search, **CHILD | {"audience": who})}
    expected = shown_to - {"practitioner"} if audience == ("older_people",) else shown_to
    assert found == expected


def test_a_parent_s_own_need_may_be_met_by_a_service_for_adults(encoder):
    search = searching(encoder, group("a", audience=("adults",), needs=("mind.parent",)))
    assert names(search, **CHILD, parts=[{"need": "mind.parent", "words": "I cannot cope"}]) == ["a"]


def test_a_young_person_sees_their_own_services_first_and_nothing_for_parents_alone(encoder):
    search = searching(
        encoder,
        group("parents", audience=("parents",)),
        group("grown-ups", audience=("adults", "parents")),
        group("all", audience=("families",)),
        group("ours", audience=("young_people",)),
    )
    assert names(search, audience="young_person") == ["ours", "all", "grown-ups"]


def test_a_young_person_who_is_a_parent_sees_what_is_for_parents(encoder):
    search = searching(encoder, group("parents", audience=("parents",), needs=("early_years.new_baby",)))
    assert names(search, audience="young_person", parts=[{"need": "early_years.new_baby", "words": TEXT}]) == ["parents"]


@pytest.mark.parametrize(
    ("low", "high", "asked", "fits"),
    [
        (0, 3, 4, False),
        (0, 4, 4.5, True),
        (5, 11, 4, False),
        (4, 4, 4, True),
        (None, None, 4, True),
        (None, 3, 4, False),
        (3, None, 4, True),
        (0, 1.5, 1.75, False),
    ],
)
def test_the_impossible_age_is_left_out_and_the_unknown_stays(encoder, low, high, asked, fits):
    search = searching(encoder, group("a", min_age=low, max_age=high))
    assert bool(names(search, ages=[{"min": asked, "max": asked}])) is fits


def test_of_two_children_it_is_enough_to_fit_one(encoder):
    search = searching(encoder, group("teens", min_age=13.0, max_age=17.0))
    assert names(search, ages=[{"min": 4, "max": 4}, {"min": 14, "max": 14}]) == ["teens"]


def test_the_nearer_of_two_comes_first_and_by_phone_is_never_far(encoder):
    search = searching(
        encoder, group("far", places=at("Thornbeck")), group("near", places=at("Aldmoor")), group("phone", delivery=("phone",))
    )
    assert names(search, place="Aldmoor")[2] == "far"
    assert set(names(search, place="Aldmoor", within_km=5)) == {"near", "phone"}


def test_a_place_nobody_knows_is_no_filter(encoder):
    search = searching(encoder, group("a", places=at("Thornbeck")))
    assert names(search, place="zzyzx", within_km=1) == ["a"]


def test_free_and_online_are_kept_to(encoder):
    search = searching(encoder, group("free", cost="Free"), group("online", delivery=("online",)), group("neither", cost="£2"))
    assert names(search, free=True) == ["free"] and names(search, online=True) == ["online"]


@pytest.mark.parametrize(("opens", "ends", "fits"), [(24, 30, False), (23, 23, True), (1, 22, False), (None, 30, True)])
def test_a_seasonal_service_is_shown_from_its_booking_to_its_last_day(encoder, opens, ends, fits):
    search = searching(encoder, group("haf", booking_opens=opens and date(2026, 11, opens), ends=date(2026, 11, ends)))
    assert bool(names(search)) is fits


def test_a_retired_service_is_never_shown_not_even_by_an_older_index(encoder):
    search = searching(encoder, group("a"), group("b"))
    bring_in(group("a"))
    assert names(search) == ["a"]


def test_a_service_that_was_shown_before_is_not_lost_when_the_memory_of_records_is_full(encoder, monkeypatch):
    monkeypatch.setattr("directory.search.RECORDS", 1)
    search = searching(encoder, *(service(f"club-{n}", f"Club {n}", description=f"Chess {'and go ' * n}.") for n in range(6)))
    few = search.search(Query("chess", top=3))["services"]
    assert len(few) == 3 and len(search.search(Query("chess", top=6))["services"]) == 6


def test_what_a_worker_edits_while_no_server_runs_is_found_after_the_next_start(encoder):
    from directory.editing import change, editable

    searching(encoder, service("play", description="Songs."), service("chess", description="Chess club."))
    before = editable("westmere/play", "westmere")
    cells = before.cells | {"description": "Falconry with owls."}
    change("westmere/play", cells, before.places, before.version, "ed@westmere.example.org", "westmere")
    again = searching(type(encoder)())
    assert [it["id"] for it in again.search(Query("falconry with owls"))["services"]][0] == "play"
    assert again.refresh() is None


def test_what_was_checked_lately_comes_first(encoder):
    search = searching(encoder, group("stale", assured_date=date(2026, 1, 1)), group("fresh", assured_date=date(2026, 10, 1)))
    assert names(search) == ["fresh", "stale"]


def test_a_service_asked_for_by_name_comes_first(encoder):
    search = searching(encoder, group("hits"), service("rest", name="The Rowan Room"), service("beat", name="Beat"))
    assert names(search, text="does the rowan room help when he hits and bites")[0] == "rest"
    assert names(search, text="he hits and bites and will beat anyone")[0] == "hits"


def test_near_copies_of_one_organisation_are_one_card(encoder):
    copies = [group(f"copy-{n}", name=f"Calm {n}", organisation="Hubs") for n in (1, 2, 3)]
    search = searching(encoder, *copies, group("other", name="Calm 1", organisation="Others"))
    assert len(names(search)) == 2


def test_another_council_s_services_are_not_ours(encoder):
    bring_in(group("theirs"), council="elsewhere")
    search = searching(encoder)
    assert names(search) == [] and search.services == 0


def test_each_need_has_its_group_and_no_card_comes_twice(encoder):
    both = group("both", needs=("family.behaviour", "home.housing"))
    search = searching(encoder, both, group("one", needs=("family.behaviour",)), service("rent", needs=("home.housing",)))
    parts = [{"need": "family.behaviour", "words": "he hits"}, {"need": "home.housing", "words": "behind on the rent"}]
    answer = search.search(Query.from_json({"text": TEXT, "parts": parts, "top": 2}), NOW)
    assert [g["need"] for g in answer["groups"]] == ["family.behaviour", "home.housing"]
    shown = [card["id"] for g in answer["groups"] for card in g["services"]]
    assert len(shown) == len(set(shown)) == 3
    assert len(answer["services"]) == 2 and answer["services"][1] == answer["groups"][1]["services"][0]


def test_what_was_shown_already_can_be_left_out(encoder):
    search = searching(encoder, group("a"), group("b"))
    assert names(search, exclude=["a"]) == names(search, exclude=["westmere/a"]) == ["b"]


@pytest.mark.parametrize("text", ["", "   ", "😀", "' OR 1=1 --", "x" * 5000, 'name:"a" NEAR b*', "\x00\u200b"])
def test_any_words_get_a_sane_answer(encoder, text):
    search = searching(encoder, group("a"))
    answer = search.search(Query.from_json({"text": text}), NOW)
    assert len(answer["groups"]) == 1 and answer["groups"][0]["need"] is None


@pytest.mark.parametrize(
    "query",
    [
        None,
        [],
        {"text": 5},
        {"parts": "x"},
        {"parts": [1]},
        {"ages": [4]},
        {"top": "5"},
        {"top": True},
        {"free": 1},
        {"audience": "cat"},
    ],
)
def test_a_query_of_another_shape_is_refused(query):
    with pytest.raises(QueryError):
        Query.from_json(query)


def test_an_unknown_need_is_taken_as_none():
    assert Query.from_json({"parts": [{"need": "money.gold", "words": "x"}]}).parts[0].need is None
