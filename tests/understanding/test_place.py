"""The place a family gives: what they write, and the words taken as the place, exactly as typed."""

from __future__ import annotations

import pytest

from bot.understanding.details import find_details
from bot.understanding.text import read

# A message, and the place heard in it, in the message's own letters.
PLACES = [
    # postcodes and districts
    ("WM4 1AB", "WM4 1AB"),
    ("postcode is wm7 3qt", "wm7 3qt"),
    ("WM121DD", "WM121DD"),
    ("my postcode: WN7 4XY, any toddler groups?", "WN7 4XY"),
    ("we're in wn7", "wn7"),
    ("im WN7 2", "WN7 2"),
    ("wm10", "wm10"),
    ("The practice is in WM6", "WM6"),
    ("anything in CA11 for teens", "CA11"),
    ("try wm8", "wm8"),
    ("family live in m15", "m15"),
    ("I live in L8 and need a food bank", "L8"),
    ("sorry wrong one, its WM11", "WM11"),
    ("wm9 please", "wm9"),
    # places of the pack, however typed
    ("aldmoor", "aldmoor"),
    ("Harrowmere", "Harrowmere"),
    ("castle fields", "castle fields"),
    ("any baby groups in aldmoor", "aldmoor"),
    ("young parents group thornbeck", "thornbeck"),
    ("pantry in harrowmere which days is it open", "harrowmere"),
    ("we live in Upper Fold, the last house before the moor", "Upper Fold"),
    ("im in ashfold", "ashfold"),
    ("were in saltby at my mums", "saltby"),
    ("just outside Inglewick", "Inglewick"),
    ("round Aldmoor way", "Aldmoor"),
    ("up in coldbrook theres nothing", "coldbrook"),
    ("The family lives in the Brackenside area", "Brackenside"),
    ("my house is Ferrygate", "Ferrygate"),
    ("i stay in Pennythorpe", "Pennythorpe"),
    ("its the quarry end estate", "quarry end"),
    ("in the countryside past Wrenbury", "Wrenbury"),
    ("north of the county, inglewick direction", "inglewick"),
    ("somewhere near harrowmere pls", "harrowmere"),
    ("i am living in hotel in Harrowmere", "Harrowmere"),
    ("he lives with his nan in Pennythorpe", "Pennythorpe"),
    ("my 4 year old, we are near saltby harbour", "saltby harbour"),
    ("I'm in Nether Stonegate but can get to Stonegate", "Nether Stonegate"),
    ("Marram Bay, by the front", "Marram Bay"),
    ("were nr marram bay and he is 6", "marram bay"),
    ("anything on in Millfold at half term", "Millfold"),
    ("mum of 2 from sandholme looking for groups", "sandholme"),
    ("family in colliers row need a food parcel", "colliers row"),
    ("need a childminder who'll pick up from the primary in pennythorpe", "pennythorpe"),
    # a pack's names that are ordinary words: with a cue, or as an answer
    ("the mills", "mills"),
    ("near the market", "market"),
    ("the harbour", "harbour"),
    ("up at the Top End", "Top End"),
    ("Harrow, near the bus station", "Harrow"),
    ("we live on the quarry", "quarry"),
    # typos
    ("aldmor", "aldmor"),
    ("we live in thornbek", "thornbek"),
    ("any groups in harowmere", "harowmere"),
    ("im in inglewik with 2 kids", "inglewik"),
    ("near stonegat", "stonegat"),
    ("were in brakenside", "brakenside"),
    # towns elsewhere
    ("near Leigh", "Leigh"),
    ("we live in leigh", "leigh"),
    ("any groups near Leigh for a 2 year old", "Leigh"),
    ("We're in Wigan and my son is 4", "Wigan"),
    ("toddler groups wigan", "wigan"),
    ("Warrington - any dads groups?", "Warrington"),
    ("im in worcester", "worcester"),
    ("support for autism in Kendal please", "Kendal"),
    ("live in barrow in furness", "barrow in furness"),
    ("We live in Ashton-in-Makerfield", "Ashton-in-Makerfield"),
    ("my family is in St Helens", "St Helens"),
    ("near atherton", "atherton"),
    ("we are based in Tyldesley", "Tyldesley"),
    ("hi from Carlisle, need housing help", "Carlisle"),
    ("hi im from wigan", "wigan"),
    ("over in Workington", "Workington"),
    ("stuck in a b&b in Bolton", "Bolton"),
    ("any youth clubs round Golborne way?", "Golborne"),
    ("i live in London", "London"),
    ("We live in Cumbria", "Cumbria"),
    ("we stay in reading", "reading"),
    ("we live near Bath", "Bath"),
    ("I'm in Sale with a newborn", "Sale"),
    ("near Rugby", "Rugby"),
    ("Leigh", "Leigh"),
    ("bury", "bury"),
    # names nobody has listed, after words that leave no doubt
    ("we live in Bickerstaffe", "Bickerstaffe"),
    ("near Little Bollington", "Little Bollington"),
    ("i live in oakengates", "oakengates"),
    # moved: where to, not where from
    ("moved to dunmere last month", "dunmere"),
    ("we moved from Leeds to Aldmoor in May", "Aldmoor"),
    ("just moved here from Leeds, now in Saltby", "Saltby"),
    ("used to live in Bolton, now we're in Wigan", "Wigan"),
    ("moved from Aldmoor to Saltby", "Saltby"),
    # more than one: theirs
    ("school is in Millfold but we live in Stonegate", "Stonegate"),
    ("his dad lives in Leeds, we're in Saltby", "Saltby"),
    ("She's in Worcester with him, I'm in Leeds", "Leeds"),
    ("I work in Preston but live in Chorley", "Chorley"),
    # corrections
    ("no i meant thornbeck", "thornbeck"),
    ("not Millfold, Marram", "Marram"),
    ("not saltby sands i mean saltby harbour", "saltby harbour"),
    ("change it to Coldbrook", "Coldbrook"),
    ("Aldmoor, sorry, Saltby", "Saltby"),
    ("Leigh - no, Wigan", "Wigan"),
]  # fmt: skip

# No place of the family's is said.
NO_PLACE = [
    "we moved here from Leeds", "Just moved here from Leeds with a 14 month old", "moved up from Kent", "we fled from Bradford",
    "I'm from Poland", "we come from ukraine in 2022", "we used to live in Bolton", "her brothers have come up from Bradford",
    "he's at nursery", "at school he's fine", "she's behind in reading", "Is reading together any use?", "he loves rugby", "he hates the bath",
    "bath and bed is a battle", "a sandwich for his tea", "due in march", "in March", "they said by March", "I tried in March and again in May",
    "hook a duck at the fair", "the sale of the house", "I hope so", "we need to deal with it", "he was in the street", "in the market for a pram",
    "she works at the market", "it's on the road", "we live in fear", "we live in a flat", "living in temporary accommodation",
    "living in hotel", "we live in poverty", "i live in a refuge", "when does Aldmoor Family Hub open", "he goes to Aldmoor Primary",
    "Thornbeck library story time", "the Wigan Road surgery", "he was caught on the London train", "mum got a new boyfriend in telford",
    "his dad lives in Leeds", "my sister in Preston", "he's in prison in Manchester", "a party in manchester", "seen in Blackpool with older ones",
    "she got a job in London", "a trip to Blackpool", "off to Scotland on holiday", "born in Bolton", "he supports Everton", "my friend leigh said",
    "my friend Chester", "Preston is 4 and won't sleep", "near the bus stop", "near me", "round here", "in town", "up in the night", "up in his room",
    "near breaking point", "in bits", "in Polish please", "in Year 9", "in PE", "in A&E", "in English", "he's under CAMHS", "based on what",
    "around 7", "east side", "anywhere in the south", "my 4 yr old", "im 15", "m15 here", "14f", "level b1 english", "ks2", "year 9", "y9", "wd40",
    "we live in the middle of nowhere", "outside school", "outside in the rain", "near to giving up", "living with mum", "I'm in tears",
    "we are at home all day", "im at college", "its in the post", "i'm at my mums", "close to the edge", "we're in debt", "stay and play",
]  # fmt: skip


@pytest.mark.parametrize(("message", "place"), PLACES, ids=[message for message, _ in PLACES])
def test_the_place_is_heard_as_typed(message: str, place: str) -> None:
    assert find_details(read(message)).place == place


@pytest.mark.parametrize("message", NO_PLACE)
def test_other_words_are_no_place(message: str) -> None:
    assert find_details(read(message)).place is None
