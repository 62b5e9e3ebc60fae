import pytest

from directory.names import Names, in_full


def named(text: str, name: str, organisation: str = "") -> bool:
    names = Names()
    names.add(7, name, organisation)
    return names.in_message(text) == {7}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("does home-start cover us", "Home-Start Harnfield"),
        ("homestart near me", "Home-Start"),
        ("how long is the camhs list", "Child and Adolescent Mental Health Services"),
        ("is the rowan room open", "The Rowan Room"),
        ("somebody said Mind can help", "Harnfield Mind"),
        ("can I ring Beat", "Beat"),
    ],
)
def test_a_service_is_found_by_the_name_it_is_called_by(text, name):
    assert named(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [("i dont mind who helps", "Harnfield Mind"), ("they beat him up", "Beat"), ("send help", "SEND Local Offer"), ("", "Beat")],
)
def test_a_plain_word_is_no_name(text, name):
    assert not named(text, name)


def test_acronyms_are_put_in_full_beside_the_message():
    assert in_full("ehcp refused") == "ehcp refused (education, health and care plan for special educational needs)"
    assert in_full("please send help") == "please send help"
    assert "special educational needs" in in_full("SEND team")
