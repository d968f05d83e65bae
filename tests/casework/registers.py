"""Cases that ask registers: help with a business number, and the letter of hardship with a look at welfare data."""

import json
from datetime import datetime
from typing import Final

from livinglab.casework.domain.states import Channel
from livinglab.casework.models import Case, OutsideCall, Service, Step
from livinglab.casework.operations import cases, drafts, services
from livinglab.kernel.tenancy import tenancy
from tests.casework.kit import ANSWERS as LETTER
from tests.casework.kit import AT, PARAMETERS, VILLAGE, home
from tests.releases.kit import files_of, zipped

TOKEN: Final = "tanda-uji-bayar"
NIK: Final = "9999010101900001"
NIB_PARAMETERS: Final = {
    "office_name": "Kantor Desa Contoh",
    "agency_name": "Dinas Contoh",
    "opening_hours": "08.00–14.00",
    "letterhead": {"lines": ["Pemerintah Desa Contoh"]},
    "lapse_days": 14,
}
NIB_ANSWERS: Final = {
    "full_name": "Warga Contoh",
    "nik": NIK,
    "phone": "080000000000",
    "village": VILLAGE,
    "address": "Jalan Contoh 1",
    "business_name": "Keripik Contoh",
    "trade": "food",
    "activity": "Keripik singkong, dijual di warung.",
    "at_home": True,
    "owner": "person",
    "capital": 5000000,
    "workers": 2,
    "own_account": True,
    "truth": True,
}
#: the register of welfare before the table, and a flow that its answer decides; a check that waits a day at most
_ASKS: Final = (
    (
        "<flowNodeRef>check</flowNodeRef>",
        "<flowNodeRef>check</flowNodeRef><flowNodeRef>welfare</flowNodeRef>",
    ),
    (
        '<userTask id="check"',
        '<serviceTask id="welfare" name="Desil" ll:kind="check_welfare"/><userTask id="check"',
    ),
    (
        'sourceRef="checked" targetRef="decide_eligibility"/>',
        'sourceRef="checked" targetRef="welfare"/>'
        '<sequenceFlow id="f90" sourceRef="welfare" targetRef="decide_eligibility"/>',
    ),
    (
        ">rule.eligibility.eligible<",
        ">rule.eligibility.eligible and (welfare.answered != true or welfare.decile &lt;= 4)<",
    ),
)
#: the same, but a timer of two hours goes on without the register
TIMED: Final = (
    (
        "<flowNodeRef>check</flowNodeRef>",
        "<flowNodeRef>check</flowNodeRef><flowNodeRef>soon</flowNodeRef>",
    ),
    (
        '<userTask id="check"',
        '<boundaryEvent id="soon" name="Dua jam" attachedToRef="welfare" cancelActivity="true">'
        '<timerEventDefinition id="soon_timer"><timeDuration>PT2H</timeDuration></timerEventDefinition>'
        '</boundaryEvent><userTask id="check"',
    ),
    (
        '<sequenceFlow id="f90"',
        '<sequenceFlow id="f91" sourceRef="soon" targetRef="decide_eligibility"/><sequenceFlow id="f90"',
    ),
)
#: the register is asked at two steps side by side
TWICE: Final = (
    (
        "<flowNodeRef>check</flowNodeRef>",
        "<flowNodeRef>check</flowNodeRef><flowNodeRef>again</flowNodeRef>"
        "<flowNodeRef>split</flowNodeRef><flowNodeRef>join</flowNodeRef>",
    ),
    (
        '<userTask id="check"',
        '<serviceTask id="again" name="Lagi" ll:kind="check_welfare"/><parallelGateway id="split"/>'
        '<parallelGateway id="join"/><userTask id="check"',
    ),
    ('sourceRef="checked" targetRef="welfare"/>', 'sourceRef="checked" targetRef="split"/>'),
    (
        '<sequenceFlow id="f90" sourceRef="welfare" targetRef="decide_eligibility"/>',
        '<sequenceFlow id="f90" sourceRef="split" targetRef="welfare"/>'
        '<sequenceFlow id="f91" sourceRef="split" targetRef="again"/>'
        '<sequenceFlow id="f92" sourceRef="welfare" targetRef="join"/>'
        '<sequenceFlow id="f93" sourceRef="again" targetRef="join"/>'
        '<sequenceFlow id="f24" sourceRef="join" targetRef="decide_eligibility"/>',
    ),
)


def nib() -> Service:
    """Return the help with a business number, as the region runs it."""
    return services.put_to_work(
        organization=home(),
        content=zipped(files_of("nib-desa", home())),
        parameters=NIB_PARAMETERS,
        places={VILLAGE: {}},
        by=None,
        at=AT,
    )


def letters(*more: tuple[str, str]) -> Service:
    """Return the letter of hardship whose decision reads the welfare data."""
    text = files_of("sktm", home())["process.bpmn"].decode()
    for old, new in (*_ASKS, *more):
        assert old in text, old
        text = text.replace(old, new, 1)
    return services.put_to_work(
        organization=home(),
        content=zipped(files_of("sktm", home(), **{"process.bpmn": text})),
        parameters=PARAMETERS,
        places={VILLAGE: {}},
        by=None,
        at=AT,
    )


def applied(service: Service, *, at: datetime = AT, **answers: object) -> tuple[Case, str]:
    """Return a case that has just arrived, and its secret address."""
    _draft, token = drafts.begin(
        organization=home(),
        service_id=service.id,
        channel=Channel.SELF,
        applicant=None,
        helped_by=None,
        at=at,
    )
    base = NIB_ANSWERS if service.package == "nib-desa" else LETTER
    drafts.save(organization=home(), token=token, answers={**base, **answers}, at=at)
    return cases.submit(organization=home(), token=token, by=None, at=at), token


def calls(case: Case) -> list[OutsideCall]:
    """Return what the case asked registers, in order."""
    with tenancy(home().id):
        return list(OutsideCall.objects.filter(case_id=case.id).order_by("made_at", "place"))


def waits_at(case: Case) -> list[str]:
    """Return the steps at which the case waits."""
    with tenancy(home().id):
        return [one["node"] for one in Case.objects.get(id=case.id).state["tokens"]]


def said(case: Case, register: str) -> dict[str, object]:
    """Return what is kept of a register's answer."""
    with tenancy(home().id):
        found = Case.objects.get(id=case.id).state["checks"].get(register)
    assert found is not None, register
    return dict(found)


def steps(case: Case) -> list[str]:
    """Return what happened to the case, in order."""
    with tenancy(home().id):
        return list(Step.objects.filter(case_id=case.id).order_by("place").values_list("what", flat=True))


def answer(key: str, asked: dict[str, object]) -> bytes:
    """This function will return what a register of the test answers, with more than it was asked for."""
    more = {"nama_ibu": "Ibu Contoh", "alamat": "Jalan Rahasia 1"}
    if "name" in asked:
        found: dict[str, object] = {"found": True, "active": True, "name_matches": True, **more}
    else:
        found = {"registered": True, "decile": 2, "as_of": "2026-10-01", **more}
    return json.dumps(found).encode()
