"""An adaptation becomes a package of the region's own, and the family tree shows where it came from."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from livinglab.adoptions.models import Adoption
from livinglab.adoptions.operations import editions
from livinglab.adoptions.operations.deriving import derive
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from livinglab.releases.models import Listing, Release
from livinglab.releases.queries.pages import family_of
from tests.adoptions import kit
from tests.organizations.people import make_member, signed_in
from tests.releases import kit as releases

pytestmark = pytest.mark.django_db
LETTER = "documents/letter.html"
OWN = {"package_id": "sktm-sungai", "name": "SKTM desa sungai", "why": "Desa terpencil tanpa jaringan."}


def code_of(error: pytest.ExceptionInfo[Refused]) -> str:
    return error.value.refusal.code


def by_whom() -> dict[str, object]:
    return {"organization": kit.home(), "by": kit.officer(), "at": kit.AT}


def adapted() -> Adoption:
    row = kit.started()
    kit.edited(row, LETTER, "Surat Keterangan Tidak Mampu", "Surat Keterangan Kurang Mampu")
    editions.publish_draft(adoption_id=row.id, note="", **by_whom())
    with tenancy(row.organization_id):
        row.refresh_from_db()
    return row


def test_a_derived_package_waits_for_review_and_names_its_origin() -> None:
    row = adapted()
    release = derive(adoption_id=row.id, **OWN, **by_whom())
    assert (release.version, release.state, release.derived_from_id) == ("1.0.0", "in_review", row.base_id)
    listing = release.listing
    assert (listing.publisher.code, listing.package_id, listing.derived_from_id) == (
        "14.08",
        "sktm-sungai",
        row.base_id,
    )
    assert "32.11/sktm 1.0.0" in release.changes


def test_it_needs_a_fit_id_of_its_own_a_name_a_reason_and_a_change() -> None:
    row = adapted()
    for wrong, code in (
        ({"package_id": "SKTM"}, "id_unfit"),
        ({"name": " "}, "name_missing"),
        ({"why": ""}, "why_missing"),
    ):
        with pytest.raises(Refused) as error:
            derive(adoption_id=row.id, **{**OWN, **wrong}, **by_whom())
        assert code_of(error) == code
    clerk = make_member("entri.uji", Role.DATA_ENTRY, kit.ADOPTER)
    with pytest.raises(Refused) as error:
        derive(adoption_id=row.id, **OWN, **{**by_whom(), "by": clerk})
    assert code_of(error) == "may_not_decide"
    derive(adoption_id=row.id, **OWN, **by_whom())
    with pytest.raises(Refused) as error:
        derive(adoption_id=row.id, **OWN, **by_whom())
    assert code_of(error) == "id_taken"
    editions.go_back(adoption_id=row.id, number=1, **by_whom())
    with pytest.raises(Refused) as error:
        derive(adoption_id=row.id, **{**OWN, "package_id": "sktm-lain"}, **by_whom())
    assert code_of(error) == "nothing_changed"
    assert Release.objects.count() == 2


def test_the_family_never_loops() -> None:
    row = adapted()
    child = releases.listed(derive(adoption_id=row.id, **OWN, **by_whom()))
    parent = Listing.objects.get(package_id="sktm")
    with pytest.raises(DatabaseError, match="origin of a package never changes"), transaction.atomic():
        Listing.objects.filter(id=parent.id).update(derived_from=child)
    for listing in (parent, child.listing):
        assert [(one.listing.package_id, one.depth) for one in family_of(listing)] == [
            ("sktm", 0),
            ("sktm-sungai", 1),
        ]


def test_the_family_tree_is_a_page_for_everybody(client: Client) -> None:
    row = adapted()
    alone = client.get("/en/packages/32.11/sktm/family/").content.decode()
    assert "stands alone" in alone
    releases.listed(derive(adoption_id=row.id, **OWN, **by_whom()))
    page = client.get("/en/packages/14.08/sktm-sungai/family/").content.decode()
    assert "2 packages are of the family of SKTM desa sungai." in page
    assert "from version 1.0.0" in page
    assert "Kabupaten Siak: version 1.0.0, adapted (ATM)" in page
    assert client.get("/en/packages/32.11/none/family/").status_code == 404


def test_the_page_publishes_under_the_regions_own_name() -> None:
    row = adapted()
    browser, path = signed_in(kit.officer()), f"/en/regions/14.08/adoptions/{row.id}/derive/"
    assert "Publish what you run as your own package" in browser.get(path).content.decode()
    refused = browser.post(path, {"id": "SKTM", "name": "Nama", "why": "Beda."})
    assert refused.status_code == 422
    assert 'value="SKTM"' in refused.content.decode()
    answer = browser.post(path, {"id": OWN["package_id"], "name": OWN["name"], "why": OWN["why"]})
    assert answer.headers["Location"] == "/en/regions/14.08/packages/"
