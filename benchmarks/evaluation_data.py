"""A database of its own for the benchmarks of evaluations: the country in one round, made up and always the same.

Every region has 47 answers; all but one in twenty have scores of three stages (self, document, interview) as well,
each with words of its own; each has twenty pieces of evidence, behind which lie files in the country of 514 regions
(`evidence_files`). Levels come from a seeded generator by COPY, texts are made of them inside PostgreSQL. The database
is named after a hash of all migrations and of this file, and is kept until one of them changes. It needs the owner
role, as every benchmark run has.
"""

import hashlib
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import connections

from benchmarks.evidence_files import document, evidence_folder
from benchmarks.own_database import insert_selected, own_database
from livinglab.assessments.queries import get_instrument, score
from livinglab.evaluations.models import (
    Answer,
    AnswerVersion,
    Evaluation,
    EvidenceUse,
    Participation,
    Round,
    Score,
)
from livinglab.evidence.domain.types import EvidenceType
from livinglab.evidence.models import Piece
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.organizations.models import Organization

YEAR: Final = 2025
INSTRUMENT: Final = "spbe-2020"
COUNTRY: Final = 514
EVIDENCE_PER_REGION: Final = 20
#: its own people work on this one; it is in the self-assessment
WORKING: Final = "32.11"
#: this one is in the interview stage: the ministry scores it
ASSESSED: Final = "14.08"
_STAGES: Final = ("self", "document", "interview")
_TEXTS: Final = 400
_WORDS: Final = (
    *("layanan", "data", "kebijakan", "daerah", "aplikasi", "peta", "arsitektur", "reviu"),
    *("dokumen", "penerapan", "perangkat", "bukti", "keputusan", "bupati", "dinas", "kominfo"),
    *("pelaksanaan", "monitoring", "hasil", "rencana", "kerja", "tim", "koordinasi", "sistem"),
    *("elektronik", "tindak", "lanjut", "audit", "keamanan", "informasi", "pusat", "jaringan"),
    *("penghubung", "pegawai", "kompetensi", "layanan", "publik", "internal"),
)
_PREFIX: Final = "livinglab_bench"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A filled database: its name, how many regions, the id of the round."""

    name: str
    regions: int
    round_id: str


@contextmanager
def evaluation_database(regions: int) -> Iterator[Loaded]:
    """This function will run a block against the database with this many regions, made first when it is not there.

    Errors: RuntimeError without the owner role.
    """
    with (
        own_database(f"{_PREFIX}_{regions}", Path(__file__), lambda: _fill(regions)) as name,
        evidence_folder(name) if regions == COUNTRY else nullcontext(),
    ):
        yield Loaded(name, regions, str(Round.objects.get().id))


def _fill(regions: int) -> None:
    organizations = _organizations(regions)
    levels = _levels(len(organizations))
    row = _round()
    participations = _participations(row, organizations, levels)
    with connections["owner"].cursor() as cursor:
        _load_levels(cursor, participations, levels)
        _load_files(cursor, participations, {one.id: one.code for one in organizations})
        _load_work(cursor)
        cursor.execute("ANALYZE")


def _organizations(regions: int) -> list[Organization]:
    """The 514 regencies and cities; beyond them made-up regions, spread over the provinces."""
    real = list(Organization.objects.regional().filter(is_synthetic=False).order_by("code"))
    provinces = list(Organization.objects.filter(kind="province", is_synthetic=False).order_by("code"))
    invented = [
        Organization(
            code=f"99.{number:05}",
            name=f"Kabupaten Uji {number}",
            short_name=f"Uji {number}",
            kind="regency",
            province_id=provinces[number % len(provinces)].id,
            is_synthetic=True,
        )
        for number in range(max(0, regions - len(real)))
    ]
    Organization.objects.using("owner").bulk_create(invented, batch_size=1_000)
    return [*real, *invented][:regions]


def _levels(count: int) -> list[list[tuple[int, ...]]]:
    """For each region the levels of the 47 indicators at the three stages; assessors are seldom kinder."""
    seeded = random.Random(20_25)
    found = []
    for _ in range(count):
        strength = seeded.choice((2, 2, 3, 3, 4))
        own = [min(5, max(1, strength + seeded.choice((-1, 0, 0, 1)))) for _ in range(47)]
        document = [max(1, level - seeded.choice((0, 0, 0, 1))) for level in own]
        interview = [min(5, max(1, level + seeded.choice((0, 0, 0, 0, 1, -1)))) for level in document]
        found.append([tuple(own), tuple(document), tuple(interview)])
    return found


def _round() -> Round:
    today = clock.today()
    return Round.objects.using("owner").create(
        instrument=INSTRUMENT,
        year=YEAR,
        kind="evaluation",
        title="Evaluasi SPBE (uji beban)",
        opened_by=Organization.objects.using("owner").get(code="kementerian-panrb"),
        opened_at=clock.now(),
        self_until=today - timedelta(days=20),
        document_until=today - timedelta(days=1),
        interview_until=today + timedelta(days=20),
        ends_on=today + timedelta(days=40),
        is_synthetic=True,
    )


def _participations(
    row: Round, organizations: list[Organization], levels: list[list[tuple[int, ...]]]
) -> list[Participation]:
    instrument = get_instrument(INSTRUMENT)
    keys = [indicator.key for indicator in instrument.indicators()]
    made, evaluations = [], []
    start = datetime(2025, 6, 2, 3, 0, tzinfo=UTC)
    for number, (one, (own, _document, interview)) in enumerate(zip(organizations, levels, strict=True)):
        is_working = one.code == WORKING or (number % 20 == 0 and one.code != ASSESSED)
        index = _index(instrument, keys, own)
        made.append(
            Participation(
                id=new_id(),
                round_id=row.id,
                organization_id=one.id,
                year=YEAR,
                state="self" if is_working else "interview",
                indicators=47,
                answered=47,
                handed_in=0 if is_working else 47,
                accepted=0 if is_working else 47,
                validated=0 if is_working else 47,
                scored=0 if is_working else 47,
                self_index=index,
                standing_index=index if is_working else _index(instrument, keys, interview),
                changed_at=clock.now() - timedelta(hours=number % 900),
                sent_at=None if is_working else start,
            )
        )
        signed = {} if is_working else {"minutes_number": "BA/1", "minutes_date": start.date()}
        evaluations.append(
            Evaluation(
                id=made[-1].id,
                organization_id=one.id,
                state=made[-1].state,
                started_at=start,
                sent_at=made[-1].sent_at,
                **signed,
            )
        )
    Participation.objects.using("owner").bulk_create(made, batch_size=1_000)
    Evaluation.objects.using("owner").bulk_create(evaluations, batch_size=1_000)
    return made


def _index(instrument: Any, keys: list[str], levels: tuple[int, ...]) -> Decimal:
    return Decimal(score(instrument, dict(zip(keys, levels, strict=True)), YEAR).index)


def _load_levels(
    cursor: Any, participations: list[Participation], levels: list[list[tuple[int, ...]]]
) -> None:
    """Two temporary tables: every level of every region, and texts of about 600 characters."""
    seeded = random.Random(600)
    cursor.execute(
        "CREATE TEMP TABLE given (evaluation_id uuid, organization_id uuid, state text, indicator int, "
        "self int, document int, interview int)"
    )
    with cursor.copy("COPY given FROM STDIN") as copy:
        for one, stages in zip(participations, levels, strict=True):
            for indicator, row in enumerate(zip(*stages, strict=True), start=1):
                copy.write_row((one.id, one.organization_id, one.state, indicator, *row))
    cursor.execute("CREATE TEMP TABLE texts (number int PRIMARY KEY, body text)")
    with cursor.copy("COPY texts FROM STDIN") as copy:
        for number in range(_TEXTS):
            copy.write_row((number, " ".join(seeded.choices(_WORDS, k=80))[:600]))


def _load_files(cursor: Any, participations: list[Participation], codes: Mapping[UUID, str]) -> None:
    """A temporary table: the hash and the length of each file that `evidence_files` will lay down."""
    cursor.execute(
        "CREATE TEMP TABLE files (evaluation_id uuid, indicator int, name text, sha256 text, size int)"
    )
    with cursor.copy("COPY files FROM STDIN") as copy:
        for one in participations:
            for indicator in range(1, EVIDENCE_PER_REGION + 1):
                name = f"{indicator}.a.dokumen.pdf"
                content = document(codes[one.organization_id], name)
                copy.write_row((one.id, indicator, name, hashlib.sha256(content).hexdigest(), len(content)))


_TEXT: Final = "(SELECT body FROM texts WHERE number = (hashtext({salt} || {of}::text) & 1023) %% 400)"


def _texts(stage: str) -> tuple[str, str, str]:
    """Facts, analysis and justification of a stage, as expressions; the region's own stage justifies nothing."""
    given = [
        _TEXT.format(salt=f"'{kind} {stage}'", of="g.evaluation_id || g.indicator").replace("%%", "%")
        for kind in ("facts", "analysis", "justification")
    ]
    return given[0], given[1], "''" if stage == "self" else given[2]


def _load_work(cursor: Any) -> None:
    facts, analysis, _justification = _texts("self")
    at, nobody = "timestamptz '2025-06-02 03:00Z'", "uuid '00000000-0000-7000-8000-000000000009'"
    own = {"organization_id": "g.organization_id", "evaluation_id": "g.evaluation_id"}
    answer_id = "md5('answer' || g.evaluation_id || g.indicator)::uuid"
    met = "(SELECT jsonb_agg(n) FROM generate_series(1, g.self) n)"
    typed = {"level": "g.self", "met": met, "facts": facts, "analysis": analysis}
    insert_selected(
        cursor,
        Answer,
        "given g",
        {
            **own,
            **typed,
            "id": answer_id,
            "indicator": "g.indicator::text",
            "state": "CASE g.state WHEN 'self' THEN 'open' ELSE 'validated' END",
            "version": "1",
            "changed_at": at,
            "changed_by": nobody,
        },
    )
    insert_selected(
        cursor,
        AnswerVersion,
        "given g",
        {
            **typed,
            "organization_id": "g.organization_id",
            "id": "md5('version' || g.evaluation_id || g.indicator)::uuid",
            "answer_id": answer_id,
            "number": "1",
            "at": at,
            "by": nobody,
        },
    )
    cursor.execute("ALTER TABLE evaluations_score DISABLE TRIGGER USER")
    for stage in _STAGES:
        insert_selected(
            cursor,
            Score,
            "given g",
            {
                **own,
                "id": f"md5('{stage}' || g.evaluation_id || g.indicator)::uuid",
                "stage": f"'{stage}'",
                "indicator": "g.indicator::text",
                "level": f"g.{stage}",
                **dict(zip(("facts", "analysis", "justification"), _texts(stage), strict=True)),
                "scored_at": at,
                "scored_by": nobody,
            },
            where="g.state <> 'self'",
        )
    cursor.execute("ALTER TABLE evaluations_score ENABLE TRIGGER USER")
    _load_evidence(cursor, own, at, nobody)


def _load_evidence(cursor: Any, own: Mapping[str, str], at: str, nobody: str) -> None:
    piece_id = "md5('piece' || g.evaluation_id || g.indicator)::uuid"
    insert_selected(
        cursor,
        Piece,
        "given g JOIN files USING (evaluation_id, indicator)",
        {
            "organization_id": "g.organization_id",
            "id": piece_id,
            "series_id": piece_id,
            "title": "'Dokumen ' || g.indicator",
            "kind": "'file'",
            "type": f"'{next(iter(EvidenceType))}'",
            "sha256": "files.sha256",
            "size": "files.size",
            "content_type": "'application/pdf'",
            "file_name": "files.name",
            "pages": "1",
            "scan_state": "'not_scanned'",
            "classification": "'open'",
            "added_by": nobody,
            "added_at": at,
        },
    )
    insert_selected(
        cursor,
        EvidenceUse,
        "given g",
        {
            **own,
            "id": "md5('use' || g.evaluation_id || g.indicator)::uuid",
            "indicator": "g.indicator::text",
            "level": "LEAST(g.self, 5)",
            "letter": "'a'",
            "piece_id": piece_id,
            "added_at": at,
            "added_by": nobody,
        },
        where=f"g.indicator <= {EVIDENCE_PER_REGION}",
    )
