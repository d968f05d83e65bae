"""A round for Siak with everybody it takes, for the tests of evaluations. Everything in it is made up."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

from livinglab.accounts.models import User
from livinglab.assessments.queries import get_instrument
from livinglab.evaluations.access import actor_before
from livinglab.evaluations.domain.answers import AnswerState, AnswerStep, Draft
from livinglab.evaluations.domain.stages import RoundKind
from livinglab.evaluations.domain.team_seats import SEATS
from livinglab.evaluations.models import (
    Answer,
    AssessorProfile,
    Assignment,
    Evaluation,
    EvidenceUse,
    Participation,
    TeamSeat,
)
from livinglab.evaluations.operations import answer_steps, answers, process, rounds
from livinglab.evaluations.operations.projection import project
from livinglab.evaluations.queries.participations import find_participation
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.records import find_answer, keys_of
from livinglab.evidence.models import Piece
from livinglab.evidence.queries import Classification, EvidenceType, Kind, ReviewState
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Agency, Organization
from livinglab.organizations.operations import add_agency, grant_membership
from livinglab.organizations.queries import AgencyKind, Role
from tests.organizations.people import make_member, make_person, organization

AT = datetime(2025, 6, 2, 3, 0, tzinfo=UTC)
SIAK = "14.08"
MINISTRY = "kementerian-panrb"
SPBE = rounds.Wanted(
    instrument="spbe-2020",
    year=2025,
    kind=RoundKind.EVALUATION,
    title="Evaluasi SPBE 2025",
    self_until=date(2025, 7, 31),
    document_until=date(2025, 9, 30),
    interview_until=date(2025, 10, 31),
    ends_on=date(2025, 12, 31),
)


@dataclass(frozen=True, slots=True)
class Region:
    """A region in a round, and its people: one for each part of the work."""

    organization: Organization
    participation: Participation
    agency: Agency
    coordinator: User
    responsible: User
    entry: User
    internal: User
    officer: User
    external: User
    ministry: User

    def as_(self, user: User) -> Place:
        """This function will return the place as this person stands before it, freshly read."""
        participation = find_participation(self.organization.id, self.participation.year)
        assert participation is not None
        actor = actor_before(user, self.organization.id, participation.id)
        return Place(self.organization, participation, get_instrument(participation.round.instrument), actor)


def open_round(wanted: rounds.Wanted = SPBE, code: str = SIAK) -> Region:
    """This function will open a round for one region and give every part of the work to somebody."""
    region = organization(code)
    ministry = make_member(f"kementerian.{code}", Role.MINISTRY, MINISTRY)
    rounds.open_round(
        wanted=wanted, opened_by=organization(MINISTRY), participants=[region.id], by=ministry, at=AT
    )
    participation = find_participation(region.id, wanted.year)
    assert participation is not None
    agency = add_agency(
        organization_id=region.id, name="Dinas Kominfo (uji)", kind=AgencyKind.DEPARTMENT, by=None, at=AT
    )
    officer = make_person(f"opd.{code}")
    grant_membership(
        user=officer, organization=region, role=Role.AGENCY_OFFICER, agency_id=agency.id, by=None, at=AT
    )
    external = make_member(f"asesor.luar.{code}", Role.EXTERNAL_ASSESSOR, MINISTRY)
    at_home(external)
    Assignment.objects.create(
        participation=participation, assessor=external, assigned_at=AT, assigned_by=ministry.id
    )
    return Region(
        organization=region,
        participation=participation,
        agency=agency,
        coordinator=make_member(f"sekda.{code}", Role.COORDINATOR, code),
        responsible=make_member(f"pj.{code}", Role.RESPONSIBLE_OFFICER, code),
        entry=make_member(f"entri.{code}", Role.DATA_ENTRY, code),
        internal=make_member(f"asesor.{code}", Role.INTERNAL_ASSESSOR, code),
        officer=officer,
        external=external,
        ministry=ministry,
    )


def at_home(person: User, code: str = "61.71") -> None:
    """This function will have it known where an assessor is at home: without it nobody is assigned."""
    AssessorProfile.objects.update_or_create(assessor=person, defaults={"home": organization(code)})


def draft(level: int | str, facts: str = "Fakta uji.", analysis: str = "Analisis uji.") -> Draft:
    """This function will return an answer with everything ticked that its level needs."""
    number = Decimal(level)
    return Draft(number, frozenset(range(1, int(number) + 1)), facts, analysis)


def answer(region: Region, indicator: str, level: int | str, *, by: User | None = None) -> None:
    """This function will answer an indicator as the data entry officer, up to the handing in."""
    place = region.as_(by or region.entry)
    version = _version(place, indicator)
    answers.save(place=place, indicator=indicator, draft=draft(level), base_version=version, at=AT)
    answer_steps.take_step(place=place, indicator=indicator, step=AnswerStep.HAND_IN, at=AT)


def accept_and_validate(region: Region, indicator: str) -> None:
    """This function will take a handed-in answer through both checks inside the region."""
    answer_steps.take_step(
        place=region.as_(region.internal), indicator=indicator, step=AnswerStep.ACCEPT, at=AT
    )
    answer_steps.take_step(
        place=region.as_(region.responsible), indicator=indicator, step=AnswerStep.VALIDATE, at=AT
    )


def answer_everything(region: Region, level: int = 3, *, skip: Collection[str] = (), **levels: int) -> None:
    """This function will answer and validate every indicator, with evidence that no check finds fault with.

    `levels` as i21=4 differ from `level`; `skip` are left alone. The rows are written at once, past the operations:
    what moves an answer on is tested by itself.
    """
    place = region.as_(region.entry)
    here, evaluation_id = region.organization.id, region.participation.id
    with tenancy(here):
        Evaluation.objects.update_or_create(
            id=evaluation_id,
            organization_id=here,
            defaults={"decree_number": "SK 100/2025", "decree_date": date(2025, 1, 10)},
            create_defaults={
                "started_at": AT,
                "decree_number": "SK 100/2025",
                "decree_date": date(2025, 1, 10),
            },
        )
        TeamSeat.objects.bulk_create(
            TeamSeat(
                organization_id=here, evaluation_id=evaluation_id, function=one, holder=f"Anggota {one} (uji)"
            )
            for one in SEATS
        )
        for key in keys_of(place.instrument):
            if key in skip:
                continue
            _answered_with_evidence(region, key, levels.get(f"i{key}", level))
        project(
            evaluation=Evaluation.objects.get(id=evaluation_id),
            instrument=place.instrument,
            year=region.participation.year,
            at=AT,
        )


#: what proves each level: a rule, what is done with it, a review of it, the answer to the review
_PROOF = {
    2: (EvidenceType.POLICY, date(2024, 2, 1)),
    3: (EvidenceType.REPORT, date(2024, 6, 1)),
    4: (EvidenceType.REVIEW, date(2024, 9, 1)),
    5: (EvidenceType.DERIVED_POLICY, date(2025, 3, 1)),
}
_AUDITED = ("29", "30", "31")
_SERVICES = tuple(str(number) for number in range(32, 48))


def _answered_with_evidence(region: Region, key: str, level: int) -> None:
    here, evaluation_id = region.organization.id, region.participation.id
    shown = [(one, _piece(region, key, f"tingkat {one}", *_proof(key, one))) for one in range(2, level + 1)]
    if key == "12" and level > 3:  # plans and budgets of three years
        shown += [
            (4, _piece(region, key, f"anggaran {year}", EvidenceType.BUDGET, date(year, 1, 2)))
            for year in (2023, 2024, 2025)
        ]
    Piece.objects.bulk_create(piece for _level, piece in shown)
    EvidenceUse.objects.bulk_create(
        EvidenceUse(
            organization_id=here,
            evaluation_id=evaluation_id,
            indicator=key,
            level=number,
            letter=letter,
            piece_id=piece.id,
            reference="pasal 2 halaman 3",
            added_at=AT,
            added_by=region.entry.id,
        )
        for letter, (number, piece) in zip("abcdefgh", shown, strict=False)
    )
    values = {
        "state": AnswerState.VALIDATED,
        "level": Decimal(level),
        "met": list(range(1, level + 1)),
        "facts": f"Bukti {key}.a menunjukkan penerapan indikator {key} di seluruh perangkat daerah.",
        "analysis": f"Berdasarkan bukti itu kriteria tingkat {level} untuk indikator {key} terpenuhi.",
        "agency_id": region.agency.id,
        "due_on": date(2025, 7, 1),
        "changed_at": AT,
        "changed_by": region.entry.id,
    }
    Answer.objects.update_or_create(
        organization_id=here, evaluation_id=evaluation_id, indicator=key, defaults=values
    )


def _proof(key: str, level: int) -> tuple[EvidenceType, date]:
    if level == 2 and key in _AUDITED:
        return EvidenceType.AUDIT, date(2025, 1, 15)
    if level == 2 and key in _SERVICES:
        return EvidenceType.SCREENSHOT, date(2025, 1, 15)
    return _PROOF[level]


def _piece(region: Region, key: str, title: str, type_: EvidenceType, issued: date) -> Piece:
    row_id = new_id()
    return Piece(
        id=row_id,
        organization_id=region.organization.id,
        title=f"Bukti {key}, {title} (uji)",
        kind=Kind.LINK,
        type=type_,
        document_number=f"{key}/{issued:%m}/{issued.year}",
        issued_on=issued,
        url=f"https://contoh.example/{key}/{title.replace(' ', '-')}",
        classification=Classification.OPEN,
        series_id=row_id,
        review_state=ReviewState.UNREVIEWED,
        added_by=region.entry.id,
        added_at=AT,
    )


def send(region: Region) -> None:
    """This function will approve, sign and send a self-assessment whose answers are validated."""
    process.approve(place=region.as_(region.responsible), at=AT)
    coordinator = region.as_(region.coordinator)
    process.sign(
        place=coordinator,
        minutes_number="BA/1/2025",
        minutes_date=date(2025, 6, 1),
        has_consent=True,
        at=AT,
    )
    process.send(place=region.as_(region.coordinator), at=AT)


def _version(place: Place, indicator: str) -> int:
    with tenancy(place.organization.id):
        row = find_answer(place.organization.id, place.participation.id, indicator)
    return row.version if row else 0


def of_year(wanted: rounds.Wanted, year: int) -> rounds.Wanted:
    """This function will return the same round for another year."""
    shift = year - wanted.year
    days = {
        name: day.replace(year=day.year + shift)
        for name in ("self_until", "document_until", "interview_until", "ends_on")
        if (day := getattr(wanted, name)) is not None
    }
    return replace(wanted, year=year, **days)
