"""Working sheets that show everything their instrument's guide asks for; tests break them in one place each."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count
from string import ascii_lowercase

from livinglab.assessments.queries import get_instrument
from livinglab.evaluations.domain.ages import add_months
from livinglab.evaluations.domain.answers import AnswerState
from livinglab.evaluations.domain.evidence import EvidenceType
from livinglab.evaluations.domain.rulebook import IndicatorRules, Rulebook, Subject
from livinglab.evaluations.domain.sheet import AnswerLine, EvidenceItem, Sheet, StageScore, TeamMember
from livinglab.evaluations.domain.stages import RoundKind, Stage
from livinglab.evaluations.domain.team import TeamFunction
from livinglab.evaluations.rulebooks import rulebook_of

DAY = date(2025, 8, 15)
YEAR = 2025
#: how many months before DAY the documents of a type were issued
MONTHS_BEFORE = {EvidenceType.REVIEW: 8, EvidenceType.DERIVED_POLICY: 2, EvidenceType.AUDIT: 5}

LineChange = Callable[[AnswerLine], AnswerLine]


def rules_of(code: str) -> Rulebook:
    """This function will return the rulebook of an instrument."""
    return rulebook_of(get_instrument(code))


def piece(key: str, number: int, kind: EvidenceType, level: int) -> EvidenceItem:
    """This function will return an accepted, dated, referenced and well-named piece of evidence."""
    letter = ascii_lowercase[number % 26] * (1 + number // 26)
    is_link = kind is EvidenceType.LIVE_SERVICE
    return EvidenceItem(
        id=f"{key}-{number}",
        title=f"{kind.value} {key} nomor {number}",
        type=kind,
        level=level,
        letter=letter,
        reference="pasal 5, halaman 12",
        document_number=f"{number}/2023",
        issued_on=add_months(DAY, -MONTHS_BEFORE.get(kind, 30)),
        is_link=is_link,
        url=f"https://layanan.example/{key}/{number}" if is_link else "",
        file_name="" if is_link else f"{key}.{letter}.Bukti-{number}.pdf",
        sha256="" if is_link else f"{key}-{number}-digest",
        is_accepted=True,
    )


def _kinds(rules: IndicatorRules, level: int) -> Iterator[EvidenceType]:
    for item in rules.level(level).items:
        if item.types and not item.is_optional:
            yield min(item.types)
    if not rules.level(level).items:
        yield EvidenceType.POLICY if rules.subject is Subject.POLICY else EvidenceType.REPORT
    if rules.subject is Subject.SERVICE:
        yield EvidenceType.SCREENSHOT
        yield EvidenceType.INTEGRATION


def evidence_for(rules: IndicatorRules, book: Rulebook, level: int) -> tuple[EvidenceItem, ...]:
    """This function will return evidence for each level up to one, as the guide asks; audits and budgets recur."""
    numbers = count()
    made = [
        piece(rules.key, next(numbers), kind, each)
        for each in range(book.lowest, level + 1)
        for kind in _kinds(rules, each)
    ]
    if any(item.type is EvidenceType.AUDIT for item in made):
        earlier = piece(rules.key, next(numbers), EvidenceType.AUDIT, level)
        made.append(replace(earlier, issued_on=add_months(DAY, -20)))
    if any(each.covers for each in rules.up_to(level)):
        for year in (YEAR - 2, YEAR - 1, YEAR):
            budget = piece(rules.key, next(numbers), EvidenceType.BUDGET, level)
            made.append(replace(budget, title=f"DPA {year}"))
    return tuple(made)


def sound_line(key: str, level: int, book: Rulebook) -> AnswerLine:
    """This function will return a validated answer with everything it needs."""
    rules = replace(book.indicators[key], key=key)
    evidence = evidence_for(rules, book, level)
    facts = (
        f"Hal indikator {key} diatur pasal 5 dan dijalankan dengan aplikasi layanan {key}, yang tersambung ke SPLP "
        f"nasional, jaringan intra pemerintah, dan Satu Data Indonesia, sebagaimana tampak pada {key}.a halaman 12."
    )
    analysis = (
        f"Isi bukti indikator {key} mencakup seluruh kriteria, dari tingkat terendah sampai tingkat {level}."
    )
    return AnswerLine(
        indicator=key,
        state=AnswerState.VALIDATED,
        level=Decimal(level),
        met=frozenset(range(book.lowest + 1, level + 1)),
        facts=facts,
        analysis=analysis,
        agency="Dinas Komunikasi dan Informatika (uji)",
        due_on=date(2025, 6, 30),
        external_source="BPS, 2025" if rules.external_index else "",
        evidence=evidence,
    )


def sound_score(key: str, level: int, stage: Stage = Stage.DOCUMENT) -> StageScore:
    """This function will return an explained score that agrees with the region."""
    return StageScore(
        stage=stage,
        indicator=key,
        level=Decimal(level),
        facts=f"Berkas {key}.a memuat ketentuan yang disebut.",
        analysis="Ketentuan itu memenuhi kriteria.",
        justification=f"Tingkat {level} terbukti.",
        assessor="Asesor Uji",
    )


def sound_sheet(code: str = "spbe-2020", level: int = 3) -> Sheet:
    """This function will return a whole sheet, each answer at one level, team and minutes on file."""
    book = rules_of(code)
    return Sheet(
        region_code="14.08",
        region_name="Kabupaten Siak",
        instrument=code,
        year=YEAR,
        kind=RoundKind.EVALUATION,
        day=DAY,
        answers={key: sound_line(key, level, book) for key in book.indicators},
        scores=(sound_score("1", level), sound_score("2", level, Stage.CONSOLIDATED)),
        decree_number="100/KPTS/2025",
        decree_date=date(2025, 2, 3),
        team=tuple(TeamMember(function.value, "Anggota Uji") for function in TeamFunction),
        minutes_number="700/BA/2025",
        minutes_date=date(2025, 8, 1),
        has_consent=True,
        is_synthetic=True,
    )


def with_line(sheet: Sheet, key: str, change: LineChange) -> Sheet:
    """This function will return the sheet with one answer changed."""
    return replace(sheet, answers={**sheet.answers, key: change(sheet.answers[key])})


def with_pieces(
    change: Callable[[EvidenceItem], EvidenceItem], *, of: EvidenceType | None = None, first: bool = False
) -> LineChange:
    """This function will return a change of the evidence of a type (or of any), of the first such piece or of all."""

    def changed(line: AnswerLine) -> AnswerLine:
        matching = [item.id for item in line.evidence if of is None or item.type is of]
        chosen = set(matching[:1] if first else matching)
        assert chosen, f"no {of} under {line.indicator}"
        evidence = tuple(change(item) if item.id in chosen else item for item in line.evidence)
        return replace(line, evidence=evidence)

    return changed


def without_pieces(*kinds: EvidenceType) -> LineChange:
    """This function will return a change that takes away the evidence of some types."""

    def changed(line: AnswerLine) -> AnswerLine:
        return replace(line, evidence=tuple(item for item in line.evidence if item.type not in kinds))

    return changed


def moved(day: date) -> Callable[[EvidenceItem], EvidenceItem]:
    """This function will return a change of the day of a piece."""
    return lambda item: replace(item, issued_on=day)
