"""The guards of the pattern layer, each by its name."""

import pytest

from bot.understanding.risk import patterns
from bot.understanding.risk.guards import guards

HELD_BACK = {
    "negation": ["I'm not suicidal", "he has never hit me", "no thoughts of hurting myself", "nobody is hurting my child"],
    "idiom": ["the traffic was murder, it nearly killed me", "the kids are killing each other over the remote"],
    "media": ["in the film the dad strangled her and then ran away", "in minecraft my brother stabbed me with a sword"],
    "past and resolved": [
        "my ex beat me, that was ten years ago, I am happy now",
        "I was suicidal when I was 17, I am well now and want to volunteer",
    ],
    "training and leaflets": [
        "have you got a leaflet about domestic abuse for our waiting room",
        "we need training on FGM for midwives",
    ],
    "bereaved": ["we lost my brother to suicide and I would like to raise money"],
    "asking how things work": ["do schools teach about self harm in year 9"],
    "told about the news": ["a boy was stabbed in leeds, it was on the news, how do i talk to my kids about it"],
    "asking about the law or an age": [
        "what age can a child be home alone all night by law",
        "how do the police decide what counts as a racist attack",
    ],
    "play and small accidents": [
        "i pushed my brother in the paddling pool and he pushed me in after",
        "blood everywhere, wobbly tooth came out at last",
    ],
    "dealt with and thanks": [
        "my son got blackmailed online, police sorted it, he is fine",
        "thank you for your help, my neighbour who was threatening us has gone",
    ],
}  # fmt: skip
STILL_SEEN = [
    "I watched a film about suicide and I want to die too",
    "we had training on self harm and a girl in my class told me she is cutting herself",
    "ten years ago my ex beat me and now he is outside my house again",
    "no, my husband hits me",
    "I'm not joking, I want to kill myself",
    "dont tell my mum but i want to die",
    "there was a poster about abuse at school and my dad hits me",
    "my brother was stabbed, it was on the news",
    "he plays call of duty all night and when I turn it off he punches me",
    "what age can you leave home, my stepdad hits me",
    "we were in the paddling pool and he held my head under, i am scared of him",
    "thank you for your help last year but he is hitting me again",
    "police dealt with him but he is out now and he says he will kill me",
    "i was raped when i was 8, i have never told anyone, i am 40 now",
    "i used to cut, years clean, and now i cut myself again",
]


@pytest.mark.parametrize(("guard", "text"), [(name, text) for name, texts in HELD_BACK.items() for text in texts])
def test_a_guard_holds_back_what_is_no_danger(guard, text):
    assert patterns.look(text) is None


@pytest.mark.parametrize("text", STILL_SEEN)
def test_a_guard_does_not_hide_danger_told_in_the_same_breath(text):
    assert patterns.look(text) is not None


def test_a_joking_tone_makes_it_unsure_and_no_more():
    risk = patterns.look("i wanna die lol")
    assert risk is not None
    assert risk.response == "check"
    assert patterns.look("i wanna die lol not joking").response == "crisis"


def test_every_guard_has_its_examples():
    assert set(guards()) == {*HELD_BACK, "joking"}
