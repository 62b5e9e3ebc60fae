"""The ages of the children and young people a message is about: what families write, and what is heard."""

from __future__ import annotations

import pytest

from bot.understanding.details import find_details
from bot.understanding.text import read

# A message, and the ages heard in it: a number, or (from, to).
SAID = [
    # the plain ways
    ("he's 4", [4]),
    ("shes 4 and wont talk", [4]),
    ("my 4yo wont eat", [4]),
    ("my 4 yr old", [4]),
    ("my 4-year-old", [4]),
    ("my four year old", [4]),
    ("my four-year-old daughter", [4]),
    ("my 4 year old's speech is behind", [4]),
    ("my 4y/o son", [4]),
    ("4 y.o. boy", [4]),
    ("a boy aged 5", [5]),
    ("child age 5", [5]),
    ("hes turned 10 last week", [10]),
    ("she has just turned 3", [3]),
    ("lad of fourteen", [14]),
    ("our girl's nine now and hates school", [9]),
    ("My son, 16, has stopped going out", [16]),
    ("son 16 wont leave his room", [16]),
    ("Daughter (11) is being bullied", [11]),
    ("our Ellie is 6 and still wets the bed", [6]),
    ("Jayden, 12, was excluded on Monday", [12]),
    ("my grandson's 9", [9]),
    ("it's for the youngest, she's 7", [7]),
    ("the eldest is 14", [14]),
    ("the wee one is two", [2]),
    ("he is 8 years of age", [8]),
    ("eight years old and can't read", [8]),
    ("she's 13 going on 30", [13]),
    ("he's only 12", [12]),
    ("he's still only six", [6]),
    ("theyre both 6", [6]),
    ("a girl about 12", [12]),
    ("hes about 7 i think", [7]),
    ("child is now 10", [10]),
    # typos, dictation, text speak
    ("my 4 yr odl", [4]),
    ("my fourten year old", [14]),
    ("our eigth year old", [8]),
    ("she is a 7 yer old", [7]),
    ("right so basically hes nine and hes been like this since he could walk", [9]),
    ("hes 3 bless him", [3]),
    ("shes 15 n wont listen 2 me", [15]),
    ("my lil boy is 5 n he dont sleep", [5]),
    ("got a 6yr old n a 9yr old", [6, 9]),
    ("15yr old wont go school", [15]),
    ("13 yrs old", [13]),
    ("MY SON IS 5", [5]),
    # little English
    ("my son 3 year, he play alone", [3]),
    ("my child have 5 years", [5]),
    ("boy 3 years and girl 6 years", [3, 6]),
    ("Baby 4 month no sleep", [0.33]),
    ("my daughter 15 she not talk to me", [15]),
    ("I have son, he have 7 years", [7]),
    # months, weeks, days
    ("my 18 month old isn't walking", [1.5]),
    ("18 months old", [1.5]),
    ("an 18mth old", [1.5]),
    ("6 weeks old", [0.12]),
    ("he's six weeks old", [0.12]),
    ("five-day-old baby", [0.01]),
    ("a week old baby", [0.02]),
    ("she's 10 months and not crawling", [0.83]),
    ("14 month old boy", [1.17]),
    ("9 month baby", [0.75]),
    ("1 yr 4 mnths", [1.33]),
    ("hes 2 years and 3 months", [2.25]),
    ("a year and a half old", [1.5]),
    ("28 months now and no words", [2.33]),
    ("our twins are ten weeks", [0.19]),
    ("a year old", [1]),
    ("had her 3 weeks ago and im in bits", [0.06]),
    # halves, nearly, turning
    ("4 and a half", [4.5]),
    ("hes two and a half", [2.5]),
    ("she's 4½", [4.5]),
    ("my 3 and a half year old", [3.5]),
    ("nearly 3", [(2, 3)]),
    ("she's nearly four", [(3, 4)]),
    ("almost 12", [(11, 12)]),
    ("coming up to 5", [(4, 5)]),
    ("turning 6 next week", [5]),
    ("he'll be two next week", [1]),
    ("she is going to be 18 in the new year", [17]),
    ("he's 16 on Thursday", [15]),
    ("17 in august", [16]),
    ("about to turn 11", [10]),
    ("she turned thirteen in May", [13]),
    ("he is three and three quarters, very important he says", [3.75]),
    ("thirteen next week", [12]),
    # several
    ("my boys are 3 and 7", [3, 7]),
    ("I've got three: 3, 7 and 11", [3, 7, 11]),
    ("3, 7 and 11", [3, 7, 11]),
    ("3, 7 & 11", [3, 7, 11]),
    ("he's 4, she's 14", [4, 14]),
    ("one's 4 and the other's 11", [4, 11]),
    ("my two, 4 and 6, fight all day", [4, 6]),
    ("my three are 2, 5 and 9", [2, 5, 9]),
    ("mum of 3 (2, 4 and 6)", [2, 4, 6]),
    ("a 3 and a 5 year old", [3, 5]),
    ("my 3 and 5 year olds", [3, 5]),
    ("a 6yo, an 8yo and a baby of 5 months", [6, 8, 0.42]),
    ("two boys, nine and twelve", [9, 12]),
    ("brothers 5 and 7", [5, 7]),
    ("twins of 3", [3]),
    ("3 year old twins", [3]),
    ("the boy is 12 and the girl is 9", [12, 9]),
    ("all teenagers now, 13 15 and 19", [13, 15, 19]),
    ("they're 1, 3, 6 and 15", [1, 3, 6, 15]),
    ("kids 3, 5, 9 and one on the way", [3, 5, 9]),
    ("Child 1 is 5 yrs, child 2 is 20 months", [5, 1.67]),
    ("my 4 year old is 4 and loves it", [4]),
    # ranges and classes
    ("kids between 8 and 11", [(8, 11)]),
    ("children aged 4 to 7", [(4, 7)]),
    ("8-11 year olds", [(8, 11)]),
    ("ages 5-7", [(5, 7)]),
    ("anything for under fives", [(0, 4)]),
    ("under 5s groups", [(0, 4)]),
    ("both under three", [(0, 2)]),
    ("two lads under ten", [(0, 9)]),
    ("ten or eleven", [(10, 11)]),
    ("year 9", [(13, 14)]),
    ("hes in yr9", [(13, 14)]),
    ("y9 girl", [(13, 14)]),
    ("a Year 1 class", [(5, 6)]),
    ("year 13", [(17, 18)]),
    ("year ten", [(14, 15)]),
    ("years 5 and 6", [(9, 10), (10, 11)]),
    ("Y9 and Y10", [(13, 14), (14, 15)]),
    ("years 7 to 9", [(11, 14)]),
    ("starts reception in sept", [(4, 5)]),
    ("reception class", [(4, 5)]),
    ("in nursery class", [(3, 4)]),
    ("primary 3", [(6, 7)]),
    ("my teenager", [(13, 17)]),
    ("teenage daughter", [(13, 17)]),
    ("groups for teens", [(13, 17)]),
    ("my toddler bites", [(1, 3)]),
    ("my baby won't feed", [(0, 1)]),
    ("i have a newborn", [(0, 0.1)]),
    ("lower sixth", [(16, 17)]),
    ("she's in sixth form", [(16, 18)]),
    # the exact age is said too: the class says nothing more
    ("Pupil is 14, Year 10", [14]),
    ("my toddler is 2", [2]),
    ("teenager, 16", [16]),
    ("my baby is 7 months", [0.58]),
    ("he's 6, in year 1", [6]),
    # the young person themself
    ("im 15", [15]),
    ("I am fourteen", [14]),
    ("14f", [14]),
    ("m15 here", [15]),
    ("i turn 14 tomorrow", [13]),
    ("im only 13 and i cant tell anyone", [13]),
    ("im 16 and my mum kicked me out", [16]),
    ("im in yr 11", [(15, 16)]),
    ("care leaver, im 19", [19]),
    ("where do you go for contraception if ur 15", [15]),
    # corrections
    ("sorry he's 5 not 4", [5]),
    ("4, sorry, 5", [5]),
    ("he's 4 - no, 5", [5]),
    ("i meant 7", [7]),
    ("i said 3 but shes nearly 4", [(3, 4)]),
    ("not 6, 7", [7]),
    ("hes 8 actually", [8]),
    # a number that is all there is
    ("fifteen", [15]),
    ("18 months", [1.5]),
    ("4 and 7", [4, 7]),
    ("24 and still at home with an ehcp", [24]),
    ("no coat, seven hours ago, 15", [15]),
    ("shes restricting her food and cutting as well. 15. each service says its the other ones job", [15]),
    # beside numbers that are no age
    ("I'm 34 with a 2 year old", [2]),
    ("im a childminder of 20 years and one of mine, 3, isn't talking", [3]),
    ("waited 18 months for his assessment, he's 7 now", [7]),
    ("my son is 9 and the car is 12 years old", [9]),
    ("at 4 in the morning my 2 year old is up", [2]),
    ("my boyfriend is 24, im 15", [15]),
    ("hes 19 im 13", [13]),
    ("we adopted at 3, he's 6 now", [6]),
    ("i take the 14 bus with my 3 year old", [3]),
    ("due in six weeks and got a 2 yr old", [2]),
]

# Numbers, and none of them the age of a child the message is about.
NOT_AGES = [
    "my car is 12 years old", "the boiler's 20 years old", "a 10 year old laptop", "i've been sober three months",
    "a childminder for 20 years", "married 12 years", "we've been waiting 18 months", "a 2 year wait", "it costs £4",
    "5 quid a session", "is it open at 4", "half 3", "9 to 5", "he comes home at 10", "from 3 till 5", "12th of May",
    "my number is 07700 900123", "we live at number 14", "flat 9", "bus 14", "24/7", "I'm 34", "i am 41 and on my own",
    "my husband is 38", "my mum is 62", "his dad's 40", "since 2019", "4 of us in one room", "2 kids", "3 nights a week",
    "mum of three", "dad of 2", "family of five", "my two fight all day", "32 weeks pregnant", "im 16 weeks and havent seen a midwife",
    "due in march", "she's 34 weeks and the baby isn't moving", "20 week scan", "for 6 weeks", "three weeks ago", "in 2 weeks",
    "his 2 year check", "the 8 week jabs", "first time in 5 years", "one of them", "she's one of a kind", "one year on and it still hurts",
    "the last year has been hard", "primary school age", "at nursery", "the GP receptionist", "A&E reception", "level 3 childcare",
    "section 21", "hes lost 2 stone", "she's 5 foot 3", "he's 3 weeks behind", "hes on 81% attendance", "it happened when i was 9",
    "i was abused from age six", "she started at 3", "got in at 2am", "i ring 5 times a day", "he did 4 years inside", "my ex got 18 months",
    "six weeks. SIX.", "a team of 12", "100 miles away", "day 9 of it", "been in the hotel 4 months", "parent and toddler group",
    "baby group on a Wednesday", "toddler classes", "is there a baby bank", "we want to try for a baby", "before baby comes", "teen mums",
    "he's twelve minutes late", "3 bed house", "my son is 26", "she is 30", "18 hours", "1 to 1 support", "top 5", "when they're 18",
    "when i was a teenager", "thats two lies", "he has 3 friends", "hes had 2 exclusions", "they ring about 11 most days", "room 7", "year on year",
]  # fmt: skip


@pytest.mark.parametrize(("message", "ages"), SAID, ids=[message for message, _ in SAID])
def test_ages_are_heard_as_said(message: str, ages: list[float | tuple[float, float]]) -> None:
    heard = [(age.min, age.max) for age in find_details(read(message)).ages]
    assert heard == [age if isinstance(age, tuple) else (age, age) for age in ages]


@pytest.mark.parametrize("message", NOT_AGES)
def test_other_numbers_are_no_ages(message: str) -> None:
    assert find_details(read(message)).ages == []


def test_ages_are_tied_to_whom_they_are_said_of() -> None:
    people = find_details(read("my son is 4 and my daughter's 14, her brother keeps hitting her")).people
    assert people[:2] == [
        {"who": "son", "age": {"min": 4, "max": 4}},
        {"who": "daughter", "age": {"min": 14, "max": 14}},
    ]


def test_a_pronoun_is_tied_to_the_child_it_means() -> None:
    assert find_details(read("my son wont sleep. hes 3")).people == [{"who": "son", "age": {"min": 3, "max": 3}}]


def test_a_child_without_an_age_is_still_somebody_it_is_about() -> None:
    assert find_details(read("my daughter isnt eating")).people == [{"who": "daughter", "age": None}]


def test_the_writer_is_a_person_only_where_they_are_young() -> None:
    assert find_details(read("im 15 and i feel low")).people == [{"who": "me", "age": {"min": 15, "max": 15}}]
    assert find_details(read("im 45 and i feel low")).people == []


def test_details_have_the_keys_of_the_contract() -> None:
    assert list(find_details(read("he's 4")).as_dict()) == ["ages", "people", "place", "audience"]
    assert find_details(read("he's 4")).as_dict()["ages"] == [{"min": 4, "max": 4}]
