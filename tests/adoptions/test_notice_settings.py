"""Who is told of what is a person's own choice, but for what may be about safety."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from livinglab.accounts.models import User
from livinglab.adoptions.domain.notices import ALWAYS, OPTIONAL, NoticeKind
from livinglab.adoptions.models import Notice, SilencedNotice
from livinglab.adoptions.operations import notices
from livinglab.adoptions.web.notice_settings import NAMES
from livinglab.audit.operations import PLATFORM
from livinglab.audit.queries import latest_entries
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.adoptions import kit
from tests.adoptions.test_notices import newer, told_of, warned
from tests.organizations.people import make_member, signed_in
from tests.releases import kit as releases

pytestmark = pytest.mark.django_db
PAGE = "/en/me/notices/"


def clerk() -> User:
    return make_member("entri.uji", Role.DATA_ENTRY, kit.ADOPTER)


def ticked(client: Client) -> int:
    return client.get(PAGE).content.decode().count(" checked>")


def entries() -> list[dict[str, object]]:
    with tenancy(PLATFORM):
        found = [one for one in latest_entries(PLATFORM) if one.action == "adoptions.notices_chosen"]
    return [one.facts for one in reversed(found)]


def test_every_kind_has_a_name_and_is_told_until_it_is_switched_off() -> None:
    assert set(NAMES) == set(NoticeKind)
    assert {*OPTIONAL, *ALWAYS} == set(NoticeKind)
    client = signed_in(clerk())
    assert ticked(client) == len(OPTIONAL) == 10
    sent = client.post(PAGE, {"kind": [kind for kind in OPTIONAL if kind is not NoticeKind.NEWER]})
    assert (sent.status_code, sent["Location"]) == (302, PAGE)
    assert ticked(client) == 9
    assert entries() == [{"off": ["newer"]}]


def test_who_switched_a_kind_off_is_neither_shown_nor_mailed_it_and_others_are() -> None:
    kit.started()
    notices.choose(user=clerk(), off=[NoticeKind.NEWER], at=kit.AT)
    release = newer()
    assert told_of(release) == 1
    assert [one.user for one in Notice.objects.all()] == [kit.officer()]


def test_warnings_reach_who_switched_everything_off() -> None:
    release = releases.published()
    kit.started(release)
    notices.choose(user=kit.officer(), off=OPTIONAL, at=kit.AT)
    one = warned(release)
    given = {"listing_id": release.listing_id, "advisory_id": one.id}
    assert notices.tell_of_advisory(**given, is_lifted=False) == 1


@pytest.mark.parametrize("kind", sorted(ALWAYS))
def test_what_is_about_safety_cannot_be_switched_off(kind: NoticeKind) -> None:
    user = clerk()
    with pytest.raises(Refused, match="always_told"):
        notices.choose(user=user, off=[NoticeKind.NEWER, kind], at=kit.AT)
    assert not SilencedNotice.objects.exists()
    assert entries() == []
    with pytest.raises(IntegrityError, match="warnings_are_never_switched_off"), transaction.atomic():
        SilencedNotice.objects.create(user=user, kind=kind)


def test_the_same_choice_again_leaves_no_trace_and_a_kind_can_be_switched_on_again() -> None:
    user = clerk()
    for _again in range(2):
        notices.choose(user=user, off=[NoticeKind.AGREED, NoticeKind.NEWER], at=kit.AT)
    assert entries() == [{"off": ["agreed", "newer"]}]
    notices.choose(user=user, off=[], at=kit.AT)
    assert entries() == [{"off": ["agreed", "newer"]}, {"off": []}]
    assert not SilencedNotice.objects.exists()


def test_the_page_says_in_both_languages_what_is_always_told() -> None:
    client = signed_in(clerk())
    assert "a service that runs may be unsafe" in client.get(PAGE).content.decode()
    shown = client.get("/me/notices/").content.decode()
    assert "Peringatan dan versi yang ditarik selalu diberitahukan" in shown
