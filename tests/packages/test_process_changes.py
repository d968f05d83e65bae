"""What differs in a process is said in sentences about steps, and nothing that differs goes unsaid."""

from django.conf import settings
from django.utils.translation import override

from livinglab.packages.domain.process import NodeKind
from livinglab.packages.queries.process_changes import Changed, changed, marks_of
from livinglab.packages.queries.process_editing import change, insert, remove
from livinglab.packages.queries.process_words import names_of
from livinglab.packages.queries.reading import read_package

PACKAGE = read_package(settings.ROOT / "packages" / "sktm")
SKTM = PACKAGE.diagram.text


def told(before: str, after: str) -> list[Changed]:
    with override("en"):
        return list(changed(before, after, names_of(PACKAGE, "en"), "en"))


def test_a_step_that_came_is_one_sentence_with_its_place_and_lane() -> None:
    said = {"name": "Survei rumah", "lane": "village", "ll:form": "check"}
    after, _step = insert(SKTM, "f3", NodeKind.USER, said)
    assert told(SKTM, after) == [
        Changed(
            "Step “Survei rumah” added between “Periksa permohonan” and “Hasil pemeriksaan”, by Village officer",
            "added",
            "survei_rumah",
        )
    ]
    assert told(after, SKTM) == [
        Changed(
            "Step “Survei rumah” taken out from between “Periksa permohonan” and “Hasil pemeriksaan”",
            "removed",
            "survei_rumah",
        )
    ]


def test_a_time_limit_is_said_with_its_calendar_once() -> None:
    after = change(SKTM, "refer", {"ll:within": "P5D", "ll:calendar": "calendar"})
    assert told(SKTM, after) == [
        Changed("Time limit of “Terima rujukan”: 3 working days → 5 days", "changed", "refer")
    ]
    without = change(SKTM, "refer", {"ll:within": "", "ll:calendar": ""})
    assert told(SKTM, without)[0].said == "Time limit of “Terima rujukan”: 3 working days → none"


def test_a_renamed_step_is_exactly_one_sentence() -> None:
    after = change(SKTM, "check", {"name": "Teliti"})
    assert [one.said for one in told(SKTM, after)] == [
        "Step “Periksa permohonan”: name changed from “Periksa permohonan” to “Teliti”"
    ]


def test_a_changed_condition_stays_a_sentence_of_its_own_beside_a_new_step() -> None:
    said = {"name": "Catat", "lane": "village", "ll:kind": "register"}
    after, _step = insert(SKTM, "is_wrong", NodeKind.SERVICE, said)
    after = change(after, "checked", {}, {"is_wrong": ("Tidak benar", "task.check.result == 'complete'")})
    assert [(one.kind, one.part) for one in told(SKTM, after)] == [
        ("changed", "is_wrong"),
        ("added", "catat"),
    ]


def test_a_time_limit_taken_out_is_said() -> None:
    assert [one.said for one in told(SKTM, remove(SKTM, "too_late"))] == ["Step “Tidak dilengkapi” taken out"]


def test_marks_say_in_a_word_what_the_colour_shows() -> None:
    after = change(SKTM, "check", {"name": "Teliti"})
    with override("en"):
        assert marks_of(told(SKTM, after)) == {"check": {"kind": "changed", "label": "changed"}}


def test_the_same_process_says_nothing() -> None:
    assert told(SKTM, SKTM) == []
