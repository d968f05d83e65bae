"""The quality checks: a sound sheet raises none, and each fault raises its own check at its own place."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from livinglab.evaluations.domain.answers import AnswerState
from livinglab.evaluations.domain.checks import (
    BY_ID,
    CHECKS,
    Remark,
    Severity,
    blocking,
    check_answer,
    check_sheet,
)
from livinglab.evaluations.domain.evidence import EvidenceType
from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.domain.sheet import AnswerLine, Sheet
from livinglab.evaluations.domain.stages import RoundKind, Stage
from tests.evaluations.sound import (
    DAY,
    LineChange,
    moved,
    rules_of,
    sound_line,
    sound_score,
    sound_sheet,
    with_line,
    with_pieces,
    without_pieces,
)

T = EvidenceType
TOMORROW = DAY + timedelta(days=1)


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a sound sheet: `change` breaks the sheet, and the check must say `says` at `at`."""

    check: str
    change: Callable[[Sheet], Sheet]
    at: str | None
    says: dict[str, Any]
    instrument: str = "spbe-2020"
    level: int = 3


def line(
    check: str, at: str, change: LineChange, says: dict[str, Any], *, level: int = 3, on: str = "spbe-2020"
) -> Fault:
    """This function will return a fault in one answer."""
    return Fault(check, lambda sheet: with_line(sheet, at, change), at, says, on, level)


def form(check: str, says: dict[str, Any], **change: Any) -> Fault:
    """This function will return a fault in what surrounds the answers."""
    return Fault(check, lambda sheet: replace(sheet, **change), None, says)


def scored(
    check: str, says: dict[str, Any], *, at: str = "1", kind: RoundKind | None = None, **change: Any
) -> Fault:
    """This function will return a fault in one assessor's score."""

    def changed(sheet: Sheet) -> Sheet:
        score = replace(sound_score(at, 3), **change)
        return replace(sheet, scores=(score,), kind=kind or sheet.kind)

    return Fault(check, changed, at, says)


def given(**change: Any) -> LineChange:
    return lambda line: replace(line, **change)


def at_level(key: str, level: int) -> Callable[[Sheet], Sheet]:
    return lambda sheet: replace(
        sheet, answers={**sheet.answers, key: sound_line(key, level, rules_of("spbe-2020"))}
    )


def copy_facts(source: str, target: str) -> Callable[[Sheet], Sheet]:
    return lambda sheet: with_line(sheet, target, given(facts=sheet.answers[source].facts))


def last_year(key: str, level: str) -> Callable[[Sheet], Sheet]:
    return lambda sheet: replace(sheet, previous_levels={key: Decimal(level)})


def share_audit(sheet: Sheet) -> Sheet:
    report = next(item for item in sheet.answers["29"].evidence if item.type is T.AUDIT)
    return with_line(sheet, "31", lambda line: replace(line, evidence=(*line.evidence, report)))


LONG = "Ketentuan ini berlaku. " * 400  # 9,200 characters
FACTS = sound_line("21", 3, rules_of("spbe-2020")).facts

FAULTS = (
    Fault(
        "A001",
        lambda sheet: replace(sheet, answers={**sheet.answers, "48": AnswerLine("48")}),
        "48",
        {"key": "48"},
    ),
    line("A002", "21", given(level=Decimal(6)), {"level": 6, "low": 1, "high": 5}),
    line("A003", "21", given(level=Decimal("2.5")), {"level": Decimal("2.5"), "decimals": 0}),
    line("A003", "5", given(level=Decimal("2.505")), {"level": Decimal("2.505"), "decimals": 2}, on="pemdi-2026"),
    line("A004", "21", given(met=frozenset({3})), {"level": 3, "allowed": 1}),
    line("A005", "21", given(level=None), {"lowest": 1}),
    line("A006", "21", given(state=AnswerState.ACCEPTED), {}),
    line("A007", "21", given(met=frozenset({2, 3, 5})), {"ticked": 5, "missing": 4}),
    line("A008", "21", given(met=frozenset({2, 3, 4})), {"level": 3, "allowed": 4}),
    Fault("A009", last_year("21", "4"), "21", {"before": 4, "level": 3}),
    Fault("A010", last_year("21", "2"), "21", {"before": 2, "level": 5}, level=5),
    line("A011", "21", given(evidence=()), {"level": 3}),
    line("A012", "21", without_pieces(T.REVIEW), {"level": 4, "after": date(2023, 8, 16)}, level=4),
    line("A012", "3", without_pieces(T.REVIEW), {"level": 5, "months": 24}, level=5),
    line("A012", "32", without_pieces(T.REVIEW), {"level": 5, "months": 24}, level=5),
    line("A013", "1", without_pieces(T.DERIVED_POLICY), {"level": 5, "months": 12}, level=5),
    line("A014", "29", without_pieces(T.AUDIT), {"level": 2, "months": 24}, level=2),
    line(
        "A015",
        "30",
        with_pieces(moved(date(2021, 12, 14)), of=T.AUDIT, first=True),
        {"months": 24, "earlier": date(2021, 12, 14)},
    ),
    line("A016", "31", with_pieces(moved(DAY), of=T.AUDIT), {"months": 24}),
    line("A017", "12", without_pieces(T.BUDGET), {"years": 3, "shown": "–"}, level=4),
    line("A018", "21", with_pieces(moved(TOMORROW), first=True), {"letter": "a", "issued_on": TOMORROW}),
    line(
        "A019",
        "21",
        with_pieces(lambda item: replace(item, issued_on=None), of=T.REVIEW, first=True),
        {"title": "review 21 nomor 9"},
        level=4,
    ),
    line(
        "A020",
        "21",
        with_pieces(lambda item: replace(item, expires_on=DAY - timedelta(days=1)), first=True),
        {"letter": "a", "expires_on": date(2025, 8, 14)},
    ),
    line("A021", "21", with_pieces(lambda item: replace(item, is_accepted=False), first=True), {"letter": "a"}),
    line(
        "A022",
        "21",
        with_pieces(lambda item: replace(item, is_accepted=None), first=True),
        {"count": 1, "letters": "a"},
    ),
    line("A023", "3", with_pieces(lambda item: replace(item, is_exempt=True)), {"count": 5}),
    line("A024", "32", with_pieces(lambda item: replace(item, level=3)), {"levels": "2"}),
    line(
        "A025",
        "21",
        with_pieces(lambda item: replace(item, level=5), first=True),
        {"letter": "a", "of": 5, "level": 3},
    ),
    line("A026", "21", without_pieces(T.AGREEMENT), {"level": 3, "count": 1}),
    line("A027", "21", without_pieces(T.PLAN), {"levels": "2"}),
    line(
        "A028",
        "21",
        lambda line: replace(line, evidence=(*line.evidence, replace(line.evidence[0], id="x", letter="z"))),
        {"letters": "a, z"},
    ),
    line(
        "A029",
        "21",
        with_pieces(lambda item: replace(item, also_under=("1", "2", "3", "4", "5")), first=True),
        {"letter": "a", "count": 5, "others": "1, 2, 3, 4, 5"},
    ),
    line(
        "A030",
        "21",
        with_pieces(lambda item: replace(item, file_name="20.a.Reviu.pdf"), first=True),
        {"name": "20.a.Reviu.pdf", "wanted": "21.a."},
    ),
    line(
        "A031",
        "32",
        with_pieces(
            lambda item: replace(item, is_link=True, url="http://layanan.example", file_name=""), first=True
        ),
        {"letter": "a", "url": "http://layanan.example"},
    ),
    line(
        "A032",
        "1",
        with_pieces(lambda item: replace(item, level=2), of=T.DRAFT),
        {"title": "draft 1 nomor 0", "level": 2},
    ),
    line(
        "A033",
        "1",
        with_pieces(lambda item: replace(item, document_number=""), of=T.POLICY, first=True),
        {"title": "policy 1 nomor 3"},
    ),
    line(
        "A034",
        "1",
        with_pieces(lambda item: replace(item, reference=" "), of=T.POLICY, first=True),
        {"title": "policy 1 nomor 3"},
    ),
    line(
        "A035",
        "21",
        with_pieces(lambda item: replace(item, reference="", pages=21), first=True),
        {"letter": "a", "pages": 21},
    ),
    line("A036", "32", with_pieces(lambda item: replace(item, type=T.REPORT)), {"level": 2}, level=2),
    line("A037", "32", given(facts=FACTS.replace("aplikasi", "cara")), {"level": 3}),
    line("A038", "32", without_pieces(T.INTEGRATION, T.ARCHITECTURE), {"level": 4}, level=4),
    line(
        "A039",
        "32",
        with_pieces(
            lambda item: replace(
                item, is_link=True, url="https://a.example", type=T.LIVE_SERVICE, reference="", file_name=""
            ),
            first=True,
        ),
        {"letter": "a"},
    ),
    line("A040", "18", given(facts="21.a"), {"level": 4}, level=4),
    line("A041", "17", given(facts="21.a"), {}, level=5),
    line("A042", "23", given(facts="21.a"), {}, level=5),
    line("A043", "21", given(facts=" \n"), {"level": 3}),
    line("A044", "21", given(facts="Lihat 21.a halaman 12."), {"count": 22, "least": 80}),
    line("A045", "21", given(analysis=""), {"level": 3}),
    line("A046", "21", given(analysis="Terpenuhi."), {"count": 10, "least": 60}),
    line("A047", "21", given(facts=FACTS.replace("21.a", "berkas")), {"example": "21.a"}),
    line("A048", "21", lambda line: replace(line, analysis=line.facts.upper()), {}),
    Fault("A049", copy_facts("21", "22"), "22", {"field": "Fakta", "others": "21"}),
    line("A050", "21", given(facts=LONG * 3), {"field": "Fakta", "count": 27600, "most": 20000}),
    line("A051", "21", given(analysis=LONG), {"field": "Analisis", "count": 9200, "most": 8000}),
    line(
        "A052",
        "21",
        lambda line: replace(line, facts=line.facts + " <<nama berkas>> <<isi>>"),
        {"field": "Fakta", "place": "<<nama berkas>>", "count": 2},
    ),
    line("A053", "21", lambda line: replace(line, analysis=line.analysis + " ..... "), {"field": "Analisis"}),
    line("A054", "1", given(facts=FACTS.replace("pasal", "bagian")), {}),
    Fault("A055", at_level("11", 4), "11", {"level": 4, "policy": "1", "rule": 3}),
    Fault("A055", at_level("30", 4), "30", {"level": 4, "policy": "9", "rule": 3}),
    Fault("A056", at_level("2", 4), "2", {"level": 4, "practice": "12", "done": 3}),
    Fault("A057", copy_facts("45", "47"), "47", {"other": "45"}),
    Fault("A058", share_audit, "31", {"other": "29"}),
    form("A060", {}, decree_number=" "),
    form("A060", {}, decree_date=None),
    form("A061", {"date": TOMORROW}, decree_date=TOMORROW),
    form("A062", {"count": 15}, team=()),
    form("A063", {}, minutes_date=None),
    form("A064", {"date": TOMORROW}, minutes_date=TOMORROW),
    form("A064", {"date": date(2024, 12, 31), "year": 2025}, minutes_date=date(2024, 12, 31)),
    form("A065", {"minutes": date(2025, 2, 2)}, minutes_date=date(2025, 2, 2)),
    form("A066", {}, has_consent=False),
    line("A067", "21", given(state=AnswerState.OPEN, agency=""), {}),
    line("A068", "21", given(state=AnswerState.OPEN, due_on=None), {}),
    line("A069", "21", given(state=AnswerState.RETURNED), {"due_on": date(2025, 6, 30)}),
    line("A070", "21", given(state=AnswerState.RETURNED), {}),
    line("A071", "7", given(external_source=" "), {"index": "EPSS"}, on="pemdi-2026"),
    line("A072", "7", given(external_source="BPS"), {"index": "EPSS"}, on="pemdi-2026"),
    line("A073", "1", given(level=Decimal("2.5")), {"level": Decimal("2.5")}, on="pemdi-2026"),
    scored("A074", {"stage": "document", "level": 3}, justification=" "),
    scored("A075", {"stage": "document", "level": 2}, level=Decimal(2), facts=""),
    scored("A076", {"own": 3, "level": 1}, level=Decimal(1)),
    scored("A077", {"level": 4, "shown": "3"}, level=Decimal(4)),
    scored("A078", {"level": Decimal("2.5"), "decimals": 0}, level=Decimal("2.5")),
    scored("A079", {"key": "99"}, at="99"),
    scored("A080", {"stage": "interview"}, stage=Stage.INTERVIEW, kind=RoundKind.MONITORING),
    scored("A081", {"stage": "document", "level": 3}, is_valid=False),
    scored("A082", {"stage": "document"}, at="21", facts=FACTS),
    scored("A083", {"level": 2}, stage=Stage.CONSOLIDATED, level=Decimal(2)),
    Fault("A084", lambda sheet: replace(sheet, scores=(*sheet.scores, sheet.scores[0])), "1", {"stage": "document"}),
)  # fmt: skip


def remarks_of(check: str, sheet: Sheet) -> list[Remark]:
    return [one for one in check_sheet(sheet, rules_of(sheet.instrument)) if one.check.id == check]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.check}-{fault.at or 'sheet'}")
def test_a_fault_is_named_where_it_lies_and_a_sound_sheet_is_not_accused(fault: Fault) -> None:
    sheet = sound_sheet(fault.instrument, fault.level)
    assert remarks_of(fault.check, sheet) == []
    found = [one for one in remarks_of(fault.check, fault.change(sheet)) if one.indicator == fault.at]
    assert len(found) == 1
    assert {key: found[0].params[key] for key in fault.says} == fault.says


def test_every_check_has_a_fault_that_raises_it() -> None:
    assert {check.id for check in CHECKS} - {fault.check for fault in FAULTS} == {"A059"}


def test_a_draft_instrument_is_said_to_be_one_and_no_other() -> None:
    assert [one.indicator for one in remarks_of("A059", sound_sheet("pemdi-2026"))] == [None]
    assert remarks_of("A059", sound_sheet("spbe-2020")) == []


@pytest.mark.parametrize(
    ("code", "level"),
    [
        *(("spbe-2018", level) for level in range(6)),
        *(("spbe-2020", level) for level in range(1, 6)),
        *(("pemdi-2026", level) for level in range(1, 6)),
    ],
)
def test_a_sheet_that_shows_everything_gets_no_remark_at_any_level(code: str, level: int) -> None:
    found = {one.check.id for one in check_sheet(sound_sheet(code, level), rules_of(code))}
    assert found == ({"A059"} if code == "pemdi-2026" else set())


@pytest.mark.parametrize(
    ("check", "key", "level", "kind", "last_good", "first_bad"),
    [
        ("A012", "21", 4, T.REVIEW, date(2023, 8, 16), date(2023, 8, 15)),  # "<2 tahun": two years to the day fail
        ("A012", "21", 4, T.REVIEW, DAY, TOMORROW),
        ("A012", "40", 5, T.REVIEW, date(2023, 8, 16), date(2023, 8, 15)),
        ("A014", "30", 3, T.AUDIT, date(2023, 8, 16), date(2023, 8, 15)),
        ("A013", "5", 5, T.DERIVED_POLICY, date(2025, 12, 15), date(2025, 12, 16)),  # the review is of 15 Dec 2024
        ("A013", "5", 5, T.DERIVED_POLICY, date(2024, 12, 15), date(2024, 12, 14)),
        ("A018", "21", 3, T.DRAFT, DAY, TOMORROW),
    ],
)  # fmt: skip
def test_an_age_rule_changes_its_mind_from_one_day_to_the_next(
    check: str, key: str, level: int, kind: T, last_good: date, first_bad: date
) -> None:
    sheet = sound_sheet(level=level)
    good = with_line(sheet, key, with_pieces(moved(last_good), of=kind))
    bad = with_line(sheet, key, with_pieces(moved(first_bad), of=kind))
    assert remarks_of(check, good) == []
    assert [one.indicator for one in remarks_of(check, bad)] == [key]


@pytest.mark.parametrize(("expires_on", "found"), [(DAY, 0), (DAY - timedelta(days=1), 1)])
def test_evidence_counts_on_its_last_day(expires_on: date, found: int) -> None:
    change = with_pieces(lambda item: replace(item, expires_on=expires_on), first=True)
    assert len(remarks_of("A020", with_line(sound_sheet(), "21", change))) == found


@pytest.mark.parametrize(
    ("key", "levels_that_ask"),
    [("1", [4, 5]), ("3", [5]), ("21", [4, 5]), ("31", [4, 5]), ("32", [5]), ("47", [5])],
)
def test_the_review_is_asked_at_the_levels_of_the_guide_and_at_those_above(
    key: str, levels_that_ask: list[int]
) -> None:
    asking = []
    for level in range(1, 6):
        sheet = with_line(sound_sheet(level=level), key, lambda one: replace(one, evidence=()))
        if any(one.indicator == key for one in remarks_of("A012", sheet)):
            asking.append(level)
    assert asking == levels_that_ask


@pytest.mark.parametrize(
    ("titles", "found"),
    [
        (("DPA 2023", "DPA 2024", "DPA 2025"), 0),
        (("DPA 2022", "DPA 2023", "DPA 2024"), 0),  # that of the running year is not adopted yet
        (("DPA 2022", "DPA 2023", "DPA 2025"), 1),
        (("DPA 2021", "DPA 2022", "DPA 2023"), 1),
        (("DPA 2024", "DPA 2025"), 1),  # their number and day are of 2023: that is not the year they are for
    ],
)
def test_the_roadmap_shows_the_budgets_of_the_last_three_years(titles: tuple[str, ...], found: int) -> None:
    sheet = sound_sheet(level=4)
    first = next(item for item in sheet.answers["12"].evidence if item.type is T.BUDGET)
    others = tuple(item for item in sheet.answers["12"].evidence if item.type is not T.BUDGET)
    budgets = tuple(replace(first, id=title, title=title, document_number="7/2023") for title in titles)
    changed = with_line(sheet, "12", lambda one: replace(one, evidence=(*others, *budgets)))
    assert len(remarks_of("A017", changed)) == found


@pytest.mark.parametrize(
    ("code", "key", "source", "found"),
    [
        ("pemdi-2026", "7", "BPS, EPSS 2025", 0),  # the index gives the value: no checklist carries it
        ("pemdi-2026", "7", " ", 1),
        ("pemdi-2026", "1", "BPS, EPSS 2025", 1),  # rests on no index, whatever was typed
        ("spbe-2020", "21", "BPS, EPSS 2025", 1),
    ],
)
def test_only_a_value_from_another_agencys_index_needs_no_checklist(
    code: str, key: str, source: str, found: int
) -> None:
    sheet = with_line(sound_sheet(code), key, given(met=frozenset(), external_source=source))
    assert len(remarks_of("A004", sheet)) == found


@pytest.mark.parametrize("analysis", ["Turun karena reviu lewat dua tahun.", "Pada 2024 masih ada forum."])
def test_a_fall_that_is_explained_is_not_remarked(analysis: str) -> None:
    sheet = with_line(last_year("21", "4")(sound_sheet()), "21", given(analysis=analysis))
    assert remarks_of("A009", sheet) == []


def test_a_rule_that_derives_from_another_is_no_word_for_a_fall() -> None:
    sheet = with_line(last_year("21", "4")(sound_sheet()), "21", given(analysis="Aturan turunan sudah ada."))
    assert len(remarks_of("A009", sheet)) == 1


def test_a_score_that_was_not_valid_is_settled_by_a_later_stage() -> None:
    refused = replace(sound_score("1", 3), is_valid=False)
    again = sound_score("1", 3, Stage.INTERVIEW)
    assert len(remarks_of("A081", replace(sound_sheet(), scores=(refused,)))) == 1
    assert remarks_of("A081", replace(sound_sheet(), scores=(refused, again))) == []


def test_what_the_region_sent_is_not_judged_as_an_assessors_score() -> None:
    sent = replace(sound_score("1", 3, Stage.SELF), facts="", analysis="", justification="")
    assert check_sheet(replace(sound_sheet(), scores=(sent,)), rules_of("spbe-2020")) == ()


def test_an_alternative_stands_in_for_the_improvements_but_not_for_the_review() -> None:
    sheet = with_line(sound_sheet(level=5), "11", without_pieces(T.PLAN))
    assert remarks_of("A026", sheet)[0].params["count"] == 2
    line_11 = sheet.answers["11"]
    stand_in = replace(line_11.evidence[0], id="new", type=T.GUIDELINE, level=5)
    # indicator 11 names no alternative; 12 does
    assert len(remarks_of("A026", with_line(sheet, "11", given(evidence=(*line_11.evidence, stand_in))))) == 1
    twelve = with_line(sound_sheet(level=5), "12", without_pieces(T.PLAN, T.GUIDELINE))
    twelve = with_line(twelve, "12", lambda one: replace(one, evidence=(*one.evidence, stand_in)))
    assert remarks_of("A026", twelve) == []
    without_review = with_line(twelve, "12", without_pieces(T.REVIEW))
    assert remarks_of("A026", without_review)[0].params["count"] == 1


def test_what_one_answer_shows_is_what_the_whole_sheet_says_of_it() -> None:
    sheet = with_line(sound_sheet(), "21", given(facts="", met=frozenset()))
    rules = rules_of("spbe-2020")
    live = check_answer(sheet, rules, "21")
    assert [one.check.id for one in live] == ["A004", "A043"]
    assert list(live) == [one for one in check_sheet(sheet, rules) if one.indicator == "21"]
    assert check_answer(sheet, rules, "48") == ()


def test_remarks_come_by_indicator_and_the_gravest_first() -> None:
    sheet = replace(sound_sheet(), has_consent=False, team=())
    sheet = with_line(sheet, "22", given(facts=""))
    sheet = with_line(sheet, "3", given(met=frozenset({2, 3, 4}), analysis="", evidence=()))
    found = [(one.indicator, one.check.id) for one in check_sheet(sheet, rules_of("spbe-2020"))]
    assert found == [
        (None, "A066"),
        (None, "A062"),
        ("3", "A011"),
        ("3", "A045"),
        ("3", "A008"),
        ("22", "A043"),
    ]


def test_only_errors_that_are_due_stop_a_step() -> None:
    sheet = replace(sound_sheet(), has_consent=False, team=())
    sheet = with_line(sheet, "22", given(facts=""))
    sheet = replace(sheet, scores=(replace(sound_score("1", 3), justification="", is_valid=False),))
    remarks = check_sheet(sheet, rules_of("spbe-2020"))
    stopped = {step: [one.check.id for one in blocking(remarks, step)] for step in Step}
    assert stopped == {
        Step.APPROVE: ["A043"],
        Step.REOPEN: [],
        Step.SIGN: ["A043"],
        Step.SEND: ["A066", "A043"],
        Step.INTERVIEW: [],
        Step.VISIT: [],
        Step.CONSOLIDATE: ["A074"],
        Step.DECIDE: ["A074", "A081"],
    }


def test_ids_are_stable_unique_and_in_order() -> None:
    ids = [check.id for check in CHECKS]
    assert ids == [f"A{number:03}" for number in range(1, len(ids) + 1)]
    assert len(BY_ID) == len(ids) == 84
    assert BY_ID["A012"].title == "Review missing or too old"


def test_each_check_looks_at_one_thing_and_can_be_settled() -> None:
    for check in CHECKS:
        looks = [one for one in (check.answer, check.sheet, check.score) if one is not None]
        assert len(looks) == 1, check.id
        assert check.by in {Step.APPROVE, Step.SEND, Step.CONSOLIDATE, Step.DECIDE}, check.id
        assert check.source, check.id


def test_the_gravity_of_each_check_is_counted() -> None:
    counted = {severity: sum(check.severity is severity for check in CHECKS) for severity in Severity}
    assert counted == {Severity.ERROR: 33, Severity.WARNING: 41, Severity.INFO: 10}
