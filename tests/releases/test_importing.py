"""A package that is published already is compared first; each part is decided, and nothing is half-imported."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.packages.domain.faults import PackageRefused
from livinglab.packages.queries.choosing import Choice, differing
from livinglab.packages.queries.reading import digest_of, read_zip
from livinglab.packages.queries.repositories import package_zip
from livinglab.releases.models import Listing, ReceivedPackage, Release
from livinglab.releases.operations import importing
from livinglab.releases.operations.publishing import NotPublishable
from tests.organizations.people import organization, signed_in, trail
from tests.releases import kit

pytestmark = pytest.mark.django_db
RULE, MESSAGE = "rules/eligibility.json", "messages/received.id.md"


def imported() -> dict[str, bytes]:
    """Two parts of the published package changed, as if another office had worked on a copy."""
    files = kit.files_of("sktm", organization("32.11"))
    files[RULE] = files[RULE].replace(b"form.members <= param", b"form.members < param")
    files[MESSAGE] += b"\nSimpan nomor ini.\n"
    return files


def received() -> ReceivedPackage:
    return importing.receive(
        organization=organization("32.11"), content=kit.zipped(imported()), by=kit.coordinator(), at=kit.AT
    )


def published(row: ReceivedPackage, choices: dict[str, Choice], log: str = "- Dari kantor lain.") -> Release:
    return importing.publish_choices(
        organization=organization("32.11"),
        received_id=row.id,
        choices=choices,
        log=log,
        by=kit.coordinator(),
        at=kit.AT,
    )


def refused(call: Callable[[], object]) -> str:
    before = Release.objects.count()
    with pytest.raises(Refused) as error:
        call()
    assert Release.objects.count() == before
    return error.value.refusal.code


def uploads() -> int:
    with tenancy(organization("32.11").id):
        return ReceivedPackage.objects.count()


def test_the_parts_that_differ_are_named_with_what_differs_in_them() -> None:
    before = {path: text.decode() for path, text in kit.files_of("sktm", organization("32.11")).items()}
    after = {path: text.decode() for path, text in imported().items()}
    parts = differing(before, after)
    assert [(one.path, one.choices) for one in parts] == [
        (MESSAGE, (Choice.EXISTING, Choice.REPLACE, Choice.BOTH)),
        (RULE, (Choice.EXISTING, Choice.REPLACE, Choice.BOTH)),
    ]
    assert all(one.differences for one in parts)


def test_what_is_chosen_is_the_next_version_and_the_rest_stays() -> None:
    first = kit.published()
    row = received()
    assert received().id == row.id
    release = published(row, {RULE: Choice.REPLACE, MESSAGE: Choice.EXISTING})
    old, new = read_zip(bytes(first.content)), read_zip(bytes(release.content))
    assert (release.version, release.requires, release.changes) == ("1.1.0", "minor", "- Dari kantor lain.")
    assert (new[RULE], new[MESSAGE]) == (imported()[RULE], old[MESSAGE])
    assert uploads() == 0
    assert [one.action for one in trail()[:2]] == ["releases.submitted", "releases.import_received"]


def test_a_message_kept_twice_stands_under_a_new_id() -> None:
    kit.published()
    release = published(received(), {MESSAGE: Choice.BOTH})
    files = read_zip(bytes(release.content))
    assert files["messages/received-2.id.md"] == imported()[MESSAGE]
    assert files[MESSAGE] != imported()[MESSAGE]


def test_the_whole_import_can_stand_beside_as_a_package_of_its_own() -> None:
    first = kit.published()
    beside: Callable[[str], Release] = lambda package_id: importing.publish_beside(  # noqa: E731  asked of two ids
        organization=organization("32.11"),
        received_id=row.id,
        package_id=package_id,
        by=kit.coordinator(),
        at=kit.AT,
    )
    row = received()
    assert refused(lambda: beside("sktm")) == "id_taken"
    with pytest.raises(PackageRefused):
        beside("../x")
    release = beside("sktm-baru")
    assert (release.listing.package_id, release.version, uploads()) == ("sktm-baru", first.version, 0)
    assert Listing.objects.count() == 2


def test_what_cannot_be_imported_is_refused_and_nothing_is_kept() -> None:
    assert refused(received) == "nothing_to_compare"
    kit.published()
    given = {"organization": organization("32.11"), "by": kit.coordinator(), "at": kit.AT}
    same = kit.zipped(kit.files_of("sktm", organization("32.11")))
    assert refused(lambda: importing.receive(content=same, **given)) == "here_already"
    other = kit.zipped(kit.files_of("sktm", organization("14.08")))
    assert refused(lambda: importing.receive(content=other, **given)) == "other_publisher"
    row = received()
    assert refused(lambda: published(row, {})) == "nothing_chosen"
    assert refused(lambda: published(row, {"process.bpmn": Choice.BOTH})) == "choice_unknown"
    assert refused(lambda: published(row, {RULE: Choice.REPLACE}, log="## 9.9.9")) == "log_missing"
    assert uploads() == 1


def test_choices_that_do_not_fit_together_are_refused_whole() -> None:
    kit.published()
    files = imported()
    files["form.schema.json"] = files["form.schema.json"].replace(b'"income"', b'"wage"')
    files[RULE] = files[RULE].replace(b"form.income", b"form.wage")
    row = importing.receive(
        organization=organization("32.11"),
        content=kit.zipped(files),
        by=kit.coordinator(),
        at=kit.AT + timedelta(days=1),
    )
    with pytest.raises(NotPublishable):
        published(row, {RULE: Choice.REPLACE})
    assert (Release.objects.count(), uploads()) == (1, 1)


def test_an_upload_is_forgotten_on_the_page_and_after_a_week() -> None:
    kit.published()
    row, client = received(), signed_in(kit.coordinator())
    address = f"/en/regions/32.11/packages/imports/{row.id}/"
    page = client.get(address).content.decode()
    assert "sktm differs from version 1.0.0 in 2 parts." in page
    assert client.post(address, {"step": "forget"}).status_code == 302
    assert client.get(address).status_code == 404
    received()
    importing.receive(
        organization=organization("32.11"),
        content=kit.zipped({**imported(), MESSAGE: b"# Lain\n\nLain.\n"}),
        by=kit.coordinator(),
        at=kit.AT + timedelta(days=8),
    )
    assert uploads() == 1


def test_a_package_leaves_as_a_git_repository_and_comes_back_the_same() -> None:
    first = kit.published()
    second = kit.published(files=kit.raised(kit.files_of("sktm", organization("32.11")), "1.0.1"))
    answer = Client().get("/packages/32.11/sktm.git.zip")
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert {"HEAD", "refs/tags/v1.0.0", "refs/tags/v1.0.1"} <= set(names)
    assert digest_of(read_zip(package_zip(answer.content))) == second.digest != first.digest
    upload = SimpleUploadedFile("sktm.git.zip", answer.content)
    page = signed_in(kit.coordinator()).post(
        "/en/regions/32.11/packages/", {"package": upload, "step": "compare"}
    )
    assert (page.status_code, "This is version 1.0.1, byte for byte." in page.content.decode()) == (422, True)
    assert Client().get("/packages/32.11/lain.git.zip").status_code == 404


def test_a_zipped_repository_that_lies_is_refused() -> None:
    def zipped(**parts: bytes) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return made.getvalue()

    bomb = zipped(**{"HEAD": b"ref: refs/heads/main\n", f"objects/00/{'0' * 38}": b"\0" * (33 * 1024 * 1024)})
    escape = zipped(**{"HEAD": b"ref: refs/heads/../../x\n", "objects/../../evil": b"x", "objects/info": b""})
    empty = zipped(HEAD=b"ref: refs/heads/main\n", **{"objects/info": b""})
    for content in (bomb, escape, empty):
        with pytest.raises(PackageRefused) as error:
            package_zip(content)
        assert {one.code for one in error.value.faults} == {"P045"}
    assert package_zip(b"no zip") == b"no zip"


@pytest.mark.parametrize("is_repository", [False, True])
@pytest.mark.parametrize("damage", ["half", "tail", "inside", "table"])
def test_a_damaged_zip_is_refused_as_such_and_says_what_to_do(damage: str, is_repository: bool) -> None:
    kit.published()
    repository = Client().get("/packages/32.11/sktm.git.zip").content
    whole = repository if is_repository else kit.zipped(imported())
    changed = whole.replace(b"ref: refs", b"ref: rEfs", 1).replace(b"CC-BY-4.0", b"CC-BY-3.0", 1)
    table = bytearray(whole)
    table[table.rindex(b"PK\x01\x02") + 2] = 9
    content = {
        "half": whole[: len(whole) // 2],
        "tail": whole[:-10],
        "inside": changed,
        "table": bytes(table),
    }[damage]
    upload = SimpleUploadedFile("sktm.zip", content)
    answer = signed_in(kit.coordinator()).post(
        "/regions/32.11/packages/", {"package": upload, "step": "publish"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Buat ulang zip itu dan kirim sampai utuh." in page
    assert "repositori" not in page.split("<form", 1)[0].lower()
    assert "P045" not in page
    assert uploads() == 0
    assert Release.objects.count() == 1
