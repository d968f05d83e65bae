"""Behind a secret and behind a seat the API does what its document says: with real applications, steps and files.

Whatever is sent, each example finds the same: one form, and one case that is open, that waits for its applicant, and
that ended with a document.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

from livinglab.casework.domain.secrets import fingerprint
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Attachment, Case, Draft, Task
from livinglab.casework.operations import cases
from livinglab.kernel.tenancy import tenancy
from livinglab.portal.api.v1 import api
from tests.api.fuzzed import NOT_PROMISED, PLAIN, asked_of, examples, taken_back
from tests.casework.attached import photo, upload
from tests.casework.kit import AT, REGION, begun, done, home, running, seated
from tests.organizations.people import signed_in

TASK, FILE = UUID(int=1), UUID(int=2)
SECRETS: Final = {one: one.ljust(43, "x") for one in ("form", "open", "asked", "ended")}
REAL: Final = {"code": REGION, "task_id": str(TASK), "file_id": str(FILE), "nth": 1, "language": "id"}
pytestmark = pytest.mark.django_db
schema = asked_of(api.get_openapi_schema(), REAL)


@pytest.fixture
def ground(settings: Settings, tmp_path: Path) -> Iterator[Client]:
    """Four applications under known secrets, and the session of who has a seat where two of them wait."""
    settings.EVIDENCE_DIR, settings.EVIDENCE_BUCKET, settings.CLAMAV_ADDRESS = tmp_path, None, ""
    service = running()
    operator, signer = seated("operator", SeatKind.VILLAGE), seated("kades", SeatKind.SIGNER)
    for name, secret in SECRETS.items():
        token = begun(service)
        if name in ("open", "form"):
            _attached(token)
        if name != "form":
            case = cases.submit(organization=home(), token=token, by=None, at=AT)
            if name == "asked":
                done(case.id, "check", operator, result="incomplete", reason="Foto KTP tidak terbaca")
            if name == "ended":
                done(case.id, "check", operator, result="complete", key="1")
                done(case.id, "approve", signer, approved=True, key="2")
        with tenancy(home().id):
            for table in (Draft, Case):
                table.objects.filter(secret=fingerprint(token)).update(secret=fingerprint(secret))
    with tenancy(home().id):
        waiting = Case.objects.get(secret=fingerprint(SECRETS["open"]))
        assert Task.objects.filter(case_id=waiting.id).update(id=TASK) == 1
        assert Attachment.objects.filter(case_id=waiting.id).update(id=FILE) == 1
    return signed_in(operator)


def _attached(token: str) -> None:
    sent = Client().post(
        f"/api/v1/regions/{REGION}/application/files",
        {"question": "family_card", "file": upload(photo())},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert sent.status_code == 200, sent.content


@schema.include(tag="applications").parametrize()
@examples(8)
def test_an_application_answers_as_its_document_says_at_every_stage(ground: Client, case: Any) -> None:
    for secret in SECRETS.values():
        with taken_back():
            case.call_and_validate(
                headers={**PLAIN, "Authorization": f"Bearer {secret}"}, excluded_checks=NOT_PROMISED
            )


@schema.include(tag="desk").parametrize()
@examples(20)
def test_a_desk_answers_as_its_document_says_to_who_has_a_seat(ground: Client, case: Any) -> None:
    with taken_back():
        case.call_and_validate(
            headers=PLAIN,
            cookies={name: one.value for name, one in ground.cookies.items()},
            excluded_checks=NOT_PROMISED,
        )


def test_what_is_asked_is_there(ground: Client) -> None:
    here = f"/api/v1/regions/{REGION}"
    for name, secret in SECRETS.items():
        answer = Client().get(f"{here}/application", headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == 200
        case = answer.json()["case"]
        found = (case and case["is_asked"], case and case["outcome"])
        assert found == {
            "form": (None, None), "open": (False, None), "asked": (True, None), "ended": (False, "granted")
        }[name]  # fmt: skip
    ended = {"Authorization": f"Bearer {SECRETS['ended']}"}
    assert Client().get(f"{here}/application/papers/1", headers=ended).status_code == 200
    assert Client().get(f"{here}/application/papers/1/id.pdf", headers=ended).status_code == 409
    opened = {"Authorization": f"Bearer {SECRETS['open']}"}
    assert Client().get(f"{here}/application/files/{FILE}", headers=opened).status_code == 200
    for part in ("", "/files", f"/files/{FILE}"):
        assert ground.get(f"{here}/desk/{TASK}{part}").status_code == 200
