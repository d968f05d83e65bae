"""Registers in a trial: a stand-in answers by the NIK that was typed; in a tour they say what its story says."""

import pytest
from django.test import Client

from livinglab.kernel import clock
from livinglab.sandboxes import operations
from livinglab.sandboxes.domain.stage import Stage, restored
from livinglab.sandboxes.models import Sandbox

pytestmark = pytest.mark.django_db
NIB = "/try/99.01/nib-desa/"


def begun(client: Client, scenario: str = "") -> str:
    return str(client.post(NIB, {"scenario": scenario})["Location"])


def stage(at: str) -> Stage:
    return restored(Sandbox.objects.get(address=at.rstrip("/").rsplit("/", 1)[-1]).state)


def sent(client: Client, nik: str) -> str:
    """Begin a trial and send the invented person's application with another NIK."""
    at = begun(client)
    address = at.rstrip("/").rsplit("/", 1)[-1]
    operations.fill_in(address=address, at=clock.now())
    operations.keep_answers(address=address, task="", answers={"nik": nik}, at=clock.now())
    operations.send(address=address, at=clock.now())
    return at


@pytest.mark.parametrize(
    ("digit", "said"),
    [
        ("1", "ditemukan dan berlaku"),
        ("7", "tidak sesuai"),
        ("9", "Tidak dapat dicocokkan."),
        ("0", "tidak ditemukan"),
    ],
)
def test_the_visitor_chooses_by_the_last_digit_what_the_register_says(
    client: Client, digit: str, said: str
) -> None:
    at = sent(client, f"999901010190000{digit}")
    case = stage(at).case
    assert case is not None
    assert [one.node for one in case.tokens] == ["prepare"]
    page = client.get(at).content.decode()
    assert said in page
    assert ("pengganti, bukan sistem nasional" in page) is (digit != "9")
    client.post(f"{at}role/", {"role": "village"})
    task = client.get(f"{at}tasks/prepare/").content.decode()
    assert said in task
    assert ("KTP asli" in task) is (digit != "1")


def test_a_tour_waits_for_the_answer_that_its_story_gives(client: Client) -> None:
    at = begun(client, "identity-silent")
    seen: list[list[str]] = []
    pages: list[str] = []
    for _ in range(4):
        client.post(f"{at}next/")
        case = stage(at).case
        assert case is not None
        seen.append([one.node for one in case.tokens])
        pages.append(client.get(at).content.decode())
    assert seen == [["identity"], ["identity"], ["prepare"], ["prepare"]]
    assert "Data nasional tidak menjawab" in pages[1]
    assert "Tidak dapat dicocokkan." in pages[2]
