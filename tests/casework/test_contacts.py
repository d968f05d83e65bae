import pytest

from livinglab.casework.domain.contacts import (
    Contact,
    ContactMistake,
    ContactRefused,
    Way,
    masked,
    read_contact,
)
from livinglab.casework.domain.deliveries import WAITS, Obstacle, is_given_up, wait_after

PHONES = (Way.EMAIL, Way.WHATSAPP, Way.SMS)


def read(**typed: object) -> Contact | None:
    given = {"email": "", "phone": "", "by_phone": "", "consents": True, "language": "id", "ways": PHONES}
    return read_contact(**{**given, **typed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0812 3456-7890", "+6281234567890"),
        ("62 812 3456 7890", "+6281234567890"),
        ("+60 12 345 6789", "+60123456789"),
    ],
)
def test_a_number_is_kept_as_the_world_writes_it(typed: str, kept: str) -> None:
    assert read(phone=typed, by_phone="sms") == Contact("", kept, Way.SMS, "id")


@pytest.mark.parametrize(
    ("typed", "mistakes"),
    [
        ({"email": "warga"}, {"email": ContactMistake.NO_EMAIL}),
        ({"email": "a@b.id\nBcc: c@d.id"}, {"email": ContactMistake.NO_EMAIL}),
        ({"email": f"{'a' * 250}@b.id"}, {"email": ContactMistake.NO_EMAIL}),
        ({"phone": "12", "by_phone": "sms"}, {"phone": ContactMistake.NO_PHONE}),
        ({"phone": "08123456789"}, {"by_phone": ContactMistake.NO_WAY}),
        ({"phone": "08123456789", "by_phone": "email"}, {"by_phone": ContactMistake.NO_WAY}),
        (
            {"phone": "08123456789", "by_phone": "sms", "ways": (Way.EMAIL,)},
            {"by_phone": ContactMistake.NO_WAY},
        ),
        ({"email": "a@b.id", "consents": False}, {"consent": ContactMistake.NO_CONSENT}),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(
    typed: dict[str, object], mistakes: dict[str, object]
) -> None:
    with pytest.raises(ContactRefused) as refused:
        read(**typed)
    assert refused.value.mistakes == mistakes


def test_who_leaves_the_fields_empty_is_told_nowhere_and_needs_no_consent() -> None:
    assert read(consents=False) is None


def test_an_address_is_shown_masked_and_never_in_a_log() -> None:
    assert (masked("warga@uji.example"), masked("+6281234567890")) == ("w…@uji.example", "+62…890")
    assert "warga" not in repr(Contact("warga@uji.example", "+6281234567890", Way.SMS))
    assert "81234" not in repr(Contact("warga@uji.example", "+6281234567890", Way.SMS))


def test_a_message_is_tried_for_a_day_and_never_at_an_address_that_is_none() -> None:
    assert [is_given_up(tries, Obstacle.SILENT) for tries in range(1, 9)] == [False] * len(WAITS) + [
        True,
        True,
    ]
    assert is_given_up(1, Obstacle.REFUSED)
    assert 24 < sum(one.total_seconds() for one in WAITS) / 3600 < 26
    assert wait_after(99) == WAITS[-1]
