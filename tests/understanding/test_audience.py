"""Who is writing, heard from what they say: few say it outright."""

from __future__ import annotations

import pytest

from bot.understanding.details import find_details
from bot.understanding.text import read

PARENT = [
    "my 4 year old wont eat", "my son is being bullied", "our lad's been arrested", "the kids havent eaten", "my daughter 15 she not talk to me",
    "im a single mum and skint", "dad here, need help with contact", "as a mum of twins im knackered", "foster carer here", "I foster two teenagers",
    "mum of 3 looking for groups", "my two fight all day", "is there a baby group for my little one", "im 24 weeks pregnant", "missus is due in march",
    "we adopted our son six years ago", "nan raising two grandsons, need a break", "my grandson lives with us, do we get anything",
    "we've got special guardianship of our granddaughter", "my nephew came to us at 2 and i still dont get a penny", "hes 5 and still in nappies",
    "she wont sleep, im on my knees", "he hits me every day and hes only 6", "my teenager told me to f off", "our eldest starts school in september",
    "school keep sending him home", "he was excluded again today", "her dad doesnt turn up for contact", "my ex wont let me see the children",
    "my husband hits me in front of the kids", "how do i get help with childcare", "baby cry all night, my milk not come", "i have 3 kids in one room",
    "the youngest won't go in to nursery", "got a toddler and a newborn and no sleep", "my lass is cutting herself", "our kids need new shoes",
    "do i qualify for free school meals", "my mum minds him while i work but she's had a stroke", "my son has stopped eating. my mum says leave him",
    "I am mother, my daughter 15 she ask me about pill", "stepson is out of control", "im a kinship carer", "single dad, two girls, no money",
    "EHCP refused, what now", "first time mum and crying all day", "i smacked him and i feel sick", "my wheelchair user daughter has no activities",
    "my stepdaughter hates me", "little man is up every hour", "where can i take a 2 year old in the rain", "she's glued to roblox",
    "found weed in my son's room", "im a working dad, any saturday groups", "My child wants to be called a different name at school",
    "i'm autistic and so is my boy", "my own mum was the same, i shout at my kids", "our son's school say he needs a plan", "is breastfeeding group on",
    "my partner and i are splitting up, how do we tell the kids",
]  # fmt: skip

YOUNG_PERSON = [
    "im 14 and i hate my life", "my mum hits me", "my dad drinks every night", "mum locks me in my room", "im in year 10 and getting bullied",
    "my teacher said to message here", "everyone at my school hates me", "i think im gay and cant tell my parents", "my step dad comes in my room",
    "im 17 and got kicked out", "can i talk without my parents knowing", "my boyfriend wants pics, im 15", "i live with my nan, im 13",
    "i do my brothers tea cos mum is in bed", "i cut myself", "a boy in my class keeps touching me", "my bestie is cutting herself",
    "idk what to do my mum and dad are splitting up", "me and my sis hide when dad is angry", "what happens if i tell a teacher",
    "my gcses are in may and i cant cope", "im a young carer for my mum", "i care for my dad, i miss a lot of lessons", "14f need help",
    "hi im 9 and i wish i wasnt alive", "where can i get condoms if ur 15", "mums boyfriend hit her again and i saw it", "i got excluded and mum dont know",
    "im in foster care and i want to see my brother", "they want me to marry my cousin", "my mate says hes gonna jump", "my nan fell down im 14",
    "the olders make me hold stuff", "everyone in my year has seen my nudes", "dad made mum sleep in the car", "my parents wont let me see my bf",
    "how do i become a care leaver adviser im 16", "im in yr 11 with no plan", "im scared of my dad", "my mum works nights and im on my own, im 10",
    "home alone. im 6", "my brother wants to join isis", "i hate school everyone laughs at me and my mum doesnt get it", "im 15 and pregnant",
    "as a care leaver can i get help with a laptop", "my head of year says i need counselling",
]  # fmt: skip

PRACTITIONER = [
    "I'm a health visitor", "Health visitor here, need a group for a mum", "SENCO at a primary. Y3 boy at risk of exclusion", "midwife - client 36 weeks, sofa surfing",
    "I'm his teacher", "a family I work with has no food", "one of my pupils is a young carer", "who do I refer a 9 year old to", "GP, need parenting support for a patient",
    "youth worker looking for detached work", "School nurse wanting a referral form", "I have a family on my caseload", "form tutor, year 10",
    "I'm a family support worker", "Teaching assistant here", "Early years worker. A child told us something", "nursery manager here, several of our three year olds",
    "I work with young people at the youth centre", "a pupil disclosed to me today", "what is the threshold for early help", "im a childminder and one of mine isnt talking",
    "key worker for a care leaver", "asking on behalf of a family i support", "Year 8 girl, arrives after ten most days, mum says she's at a loss",
    "I run a reception class, what language programmes are there", "pastoral lead at a secondary", "can I refer directly to young carers",
    "social worker in training, on placement with the family team", "Housing officer. Tenant has a learning disability", "Please list bereavement services for families I support",
    "headteacher, we lost a pupil over half term", "HV enquiry: 2y4m, no pointing", "i'm a ta in year 2", "as a practitioner how do i make a referral",
    "hi i'm a form tutor for year 10", "safeguarding lead at a junior school", "I'm supporting a mum with postnatal depression as her midwife",
    "boy of five in my class is always hungry", "student social worker, need a directory of services", "speech therapist asking for a family",
]  # fmt: skip

OTHER = [
    "I'm a neighbour and I'm worried", "the kids next door are always hungry", "asking for my friend", "my friend's daughter is 6 and isn't talking",
    "my neighbour has three kids and no food", "im her auntie", "grandma here, worried about my grandson", "my grandson is cutting himself",
    "not for me, for a friend", "i coach a lad who flinches", "my sister's kids are left alone", "my niece is being sent abroad",
    "football coach, one of the lads has bruises", "the woman upstairs leaves a 4 year old on her own", "i heard a child crying next door",
    "my daughter in law isn't feeding the baby", "my granddaughter is nine, is there a club near us", "volunteer at the food bank, a family has no cot",
    "I'm the lodger and they make her stand in the hall", "my brother's girls look scared of him", "im a taxi driver and saw a girl with no shoes",
    "there's a little boy across the road in just a nappy", "my mate's kids havent been fed", "a family friend, I'm worried about the baby next door",
    "vicar's wife here", "it's for my neighbour's family really",
]  # fmt: skip

NOTHING_TELLS = ["yes", "ok thanks", "no", "the second one", "aldmoor", "18 months", "wm4", "start again"]

# What looks like one and is another.
NOT_WHAT_IT_LOOKS = [
    ("Health visitor says I should get out more", "parent"),
    ("the teacher said he's behind, my son", "parent"),
    ("Social worker said it'd be good for the children", "parent"),
    ("I'm both, I'm a teacher and I'm a parent, today it's parent", "parent"),
    ("my mum says I spoil him but he's only 2", "parent"),
    ("my dad died and my son wont talk about it", "parent"),
    ("my sister says be stricter with my two", "parent"),
    ("Teacher at my sixth form messages me at night", "young_person"),
    ("a boy in my class keeps asking for pics", "young_person"),
    ("my son's friend told him to", "parent"),
    ("im 34 and my little girl is 4", "parent"),
    ("nobody comes to my parents evening", "young_person"),
    ("my social worker is off and im in care", "young_person"),
    ("can a grown up get in trouble for hitting u. asking for a friend", "young_person"),
    ("little lad in my reception class has a bruise", "practitioner"),
]


@pytest.mark.parametrize(
    ("message", "audience"),
    [
        *((message, "parent") for message in PARENT),
        *((message, "young_person") for message in YOUNG_PERSON),
        *((message, "practitioner") for message in PRACTITIONER),
        *((message, "other") for message in OTHER),
        *((message, None) for message in NOTHING_TELLS),
        *NOT_WHAT_IT_LOOKS,
    ],
)
def test_who_writes_is_heard_from_what_is_said(message: str, audience: str | None) -> None:
    assert find_details(read(message)).audience == audience
