"""What a report leads with: outcomes before the offers that they answer."""

from game.words.event_weights import settled, weightiest
from game.world.events import Event, Fact, event
from tests.tui_fake import world_of

TERMS: dict[str, Fact] = {"obligations": ("defense",), "against": "RUS"}
FULL: dict[str, Fact] = {**TERMS, "term": 6, "secret": 0, "burden": 0}


def _offered(by: str, to: str) -> Event:
    return event("treaty_offered", by, to, None, **FULL)


def test_an_offer_that_was_answered_gives_way_to_its_answer() -> None:
    signed = event("treaty_signed", "GMY", "ITA", None, **FULL, treaty=9, renews=0)
    happened = [_offered("GMY", "ITA"), _offered("GMY", "FRN"), signed]
    assert settled(happened) == {0}
    assert weightiest(happened, "GMY", world_of()) == [2, 1, 0]


def test_a_refusal_settles_the_offer_refused_and_not_the_one_that_crossed_it() -> None:
    declined = event("treaty_declined", "ITA", "GMY", None, **TERMS)
    assert settled([_offered("ITA", "GMY"), _offered("GMY", "ITA"), declined]) == {0}


def test_a_counter_settles_the_offer_and_is_told_beside_its_own_answer() -> None:
    countered = event("treaty_countered", "FRN", "GMY", None, **FULL)
    refused = event("treaty_declined", "FRN", "GMY", None, **TERMS)
    assert settled([_offered("GMY", "FRN"), countered]) == {0}
    assert settled([_offered("GMY", "FRN"), countered, refused]) == {0}


def test_what_came_before_is_no_answer() -> None:
    signed = event("treaty_signed", "GMY", "ITA", None, **FULL, treaty=9, renews=0)
    assert settled([signed, _offered("GMY", "ITA")]) == set()


def test_aid_that_was_taken_or_sent_back_is_told_by_that() -> None:
    for outcome in ("aid_given", "aid_refused"):
        happened = [
            event("aid_offered", "GMY", "ITA", amount=5),
            event(outcome, "GMY", "ITA", amount=5),
        ]
        assert settled(happened) == {0}
