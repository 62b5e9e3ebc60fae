from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.sources import values

OCTOBER = date(2026, 10, 2)


@pytest.mark.parametrize(
    "given",
    ["2026-10-02", "2026-10-02T09:30:00", "2026-10-02T09:30:00.000Z", "02/10/2026", "2/10/26", "02-10-2026", "02.10.2026",
     "2 October 2026", "2nd October 2026", "2 Oct 2026", "October 2, 2026", "2026/10/02", 1790935200000, "1790935200000",
     "Fri, 02 Oct 2026 09:00:00 GMT"],
)  # fmt: skip
def test_a_date_is_read_in_every_form_that_feeds_use(given):
    assert values.day(given) == OCTOBER


@pytest.mark.parametrize(
    ("reader", "given"),
    [
        (values.day, "soon"), (values.day, "0001-01-01"), (values.day, "31/02/2026"), (values.day, ""), (values.day, "2026"), (values.day, 7),
        (values.email, "help@council.gcsx.gov.uk"),
        (values.age, -1), (values.age, 999), (values.age, "nan"), (values.age, True), (values.age, None),
        (values.email, "nobody@noemail.invalid"), (values.email, "email@example.com"), (values.email, "Ann, a@b.uk"),
        (values.url, "http://www.example.com"), (values.url, "javascript:alert(1)"), (values.url, "none"),
        (values.url, "https://" + "x" * 3000 + ".uk"), (values.url, "example/counselling"),
        (values.phone, "tbc"), (values.phone, "00000000000"), (values.phone, "12"),
        (values.identifier, ""), (values.identifier, None), (values.identifier, "x" * 300), (values.identifier, {"id": 1}),
        (values.degrees(90), 91), (values.degrees(90), "inf"), (values.yes_no, "perhaps"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_not_taken(reader, given):
    with pytest.raises(ValueError):
        reader(given)


@pytest.mark.parametrize(
    ("reader", "given", "is_read"),
    [
        (values.url, "www.thomley.org.uk/days", "http://www.thomley.org.uk/days"),
        (values.url, " https://westmere.example.org/a ", "https://westmere.example.org/a"),
        (values.email, "mailto:hub@westmere.example.org", "hub@westmere.example.org"),
        (values.phone, '"+44 1234 234567"', "+44 1234 234567"),
        (values.phone, "0203 289 6420 Ext 303", "0203 289 6420 Ext 303"),
        (values.phone, "Please ring us on 01632 960123 any weekday morning and ask for the duty worker", "01632 960123"),
        (values.identifier, 1, "1"),
        (values.identifier, "a b/ü", "a%20b/%C3%BC"),
        (values.age, "1.5", 1.5),
    ],
)
def test_what_is_nearly_right_is_put_right(reader, given, is_read):
    assert reader(given) == is_read


@given(st.text(max_size=40) | st.integers() | st.floats() | st.none() | st.booleans())
def test_nothing_whatever_breaks_a_reader(given):
    for reader in (values.day, values.age, values.identifier, values.yes_no, values.degrees(180)):
        try:
            reader(given)
        except ValueError:
            continue
