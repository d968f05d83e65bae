"""A head of village's step in a real case: numbered, drawn as PDF, signed as B-LTA and kept, beside a million cases."""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final
from uuid import UUID

from benchmarks.casework_data import VILLAGE, Loaded, arrived, casework_database
from benchmarks.rows import Row, Target
from livinglab.accounts.models import User
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Seat, Task
from livinglab.casework.operations import cases, papers
from livinglab.casework.operations.papers import Signature
from livinglab.casework.queries.running import runner_of, state_of
from livinglab.casework.queries.signing import agreed, foreseen
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.operations import grant_membership
from livinglab.organizations.queries import Role
from livinglab.signatures.operations import certificates

_CASES: Final = 1_000_000
_HUNDREDTH: Final = 100
_WARMING: Final = 2
_PASSPHRASE: Final = "kata kunci contoh"


def sign(*, runs: int, number: int) -> Row:
    """This function will time the operation by which a signer's step is done and its letter issued and signed.

    With the lock, what is foreseen once more, the number of the register, the PDF, the signature with its time stamps,
    the file and everything that is stored; limits: 400 ms (median) and 700 ms (95th percentile).
    """
    with casework_database(number) as loaded:
        signer = _signer(loaded)
        waiting = [_checked(loaded) for _run in range(_WARMING + runs)]
        taken = [_sign(loaded, signer, one) for one in waiting][_WARMING:]
    return Row(
        name="case-sign",
        size=f"a letter of a case with its register, {number} cases",
        p50_ms=round(statistics.median(taken), 1),
        p95_ms=round(statistics.quantiles(taken, n=20)[-1], 1),
        target=Target(p50_ms=400, p95_ms=700),
    )


def _signer(loaded: Loaded) -> User:
    """This function will return somebody new who signs in the village: a certificate is issued to a person once."""
    user, at = (
        User.objects.create_user(email=f"{new_id()}@uji.example", name="Kepala Desa Contoh"),
        clock.now(),
    )
    with tenancy(None):
        grant_membership(
            user=user, organization=loaded.organization, role=Role.VILLAGE_OPERATOR, by=None, at=at
        )
    with tenancy(loaded.organization.id):
        Seat.objects.create(
            organization_id=loaded.organization.id,
            user_id=user.id,
            kind=SeatKind.SIGNER,
            unit_code=VILLAGE,
            given_at=at,
            given_by=loaded.coordinator.id,
        )
    certificates.issue(
        organization=loaded.organization,
        user_id=user.id,
        name="Pejabat Contoh",
        position="Kepala Desa Contoh",
        passphrase=_PASSPHRASE,
        by=loaded.coordinator,
        at=at,
    )
    return user


def _checked(loaded: Loaded) -> UUID:
    """This function will return the step of a new case at which its letter waits for the signature."""
    case, _token = arrived(loaded.service, at=clock.now())
    cases.complete(
        organization=loaded.organization,
        case_id=case.id,
        task="check",
        answers={"result": "complete"},
        key="bench",
        by=loaded.officer,
        at=clock.now(),
    )
    with tenancy(loaded.organization.id):
        return Task.objects.get(case_id=case.id).id


def _sign(loaded: Loaded, signer: User, task_id: UUID) -> float:
    at = clock.now()
    with tenancy(loaded.organization.id):
        task = Task.objects.select_related("case__version").get(id=task_id)
        runs = runner_of(task.case.version, zone=loaded.organization.zone)
        answers = agreed(runs, state_of(task.case), task.node)
        seal = foreseen(loaded.organization, task, answers, by=signer.id, at=at).seal
    before = time.perf_counter()
    (outcome,) = papers.sign_each(
        organization=loaded.organization,
        steps={task_id: seal},
        papers=(),
        signature=Signature("https://layanan.example.go.id", _PASSPHRASE),
        by=signer,
        at=at,
    )
    taken = (time.perf_counter() - before) * 1_000
    if outcome.refusal is not None:
        raise RuntimeError(f"the letter was not signed: {outcome.refusal.code}")
    return taken


def _named(number: int, ending: str, runs: int) -> Row:
    row = sign(runs=runs, number=number)
    return replace(row, name=f"{row.name}{ending}")


BENCHMARKS: Final[dict[str, Callable[[int], Row]]] = {
    "case-sign": partial(_named, _CASES, ""),
    "case-sign-hundredth": partial(_named, _CASES // _HUNDREDTH, "-hundredth"),
}
