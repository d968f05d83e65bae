"""A process in words says who does what, by when and where it leads: enough without the drawing."""

import pytest
from django.conf import settings
from django.utils.translation import override

from livinglab.packages.queries.condition_words import condition_words, values_of
from livinglab.packages.queries.process_words import Step, names_of, told, within
from livinglab.packages.queries.reading import read_package

PACKAGES = settings.ROOT / "packages"


def steps_of(package: str, language: str = "en") -> dict[str, Step]:
    found = read_package(PACKAGES / package)
    with override(language):
        (main,) = told(found.diagram, names_of(found, language))
    return {one.id: one for one in main.steps}


def line(step: Step) -> str:
    return " | ".join(part for part in (step.name, step.kind, step.role, step.deadline, *step.facts) if part)


@pytest.mark.parametrize(
    ("package", "steps", "step", "said"),
    [
        (
            "sktm",
            32,
            "approve",
            "Setujui dan tanda tangani | Task of a person | Head of village | 2 working days | "
            "Fills in “Approve and sign”. | Not by the person who did “Periksa permohonan” (four eyes).",
        ),
        (
            "informasi-publik",
            26,
            "issue_reply",
            "Terbitkan jawaban | Issue a document | Superior of the information officer | "
            "The document: “Reply to a request for information”.",
        ),
        (
            "reklame",
            41,
            "wait_payment",
            "Menunggu pembayaran | Wait for the payment | Applicant",
        ),
    ],
)
def test_each_of_our_packages_is_told_step_by_step(package: str, steps: int, step: str, said: str) -> None:
    found = steps_of(package)
    assert len(found) == steps
    assert line(found[step]) == said


def test_a_decision_says_when_it_leads_where() -> None:
    ways = steps_of("sktm")["checked"].ways
    assert [(one.name, one.when, one.is_otherwise, one.target) for one in ways] == [
        ("Kurang", "“This application is” is “To be completed by the applicant”", False, "tell_incomplete"),
        ("Tidak benar", "“This application is” is “Not true”", False, "tell_refused"),
        ("Lengkap", "", True, "decide_eligibility"),
    ]


def test_a_step_that_the_next_one_simply_follows_says_no_way() -> None:
    found = steps_of("sktm")
    assert found["start"].ways == ()
    assert [one.target for one in found["complete"].ways] == ["check"]


def test_a_time_limit_is_told_with_the_step_it_stands_at() -> None:
    (limit,) = steps_of("sktm")["complete"].limits
    assert line(limit) == (
        "Tidak dilengkapi | Time limit at a step | Applicant | "
        "as many days as “Days to complete an application” says | The step is broken off then."
    )
    assert [one.target for one in limit.ways] == ["tell_lapsed"]


def test_indonesian_readers_get_indonesian_words() -> None:
    assert line(steps_of("sktm", "id")["refer"]) == (
        "Terima rujukan | Tugas seseorang | Dinas sosial | 3 hari kerja | Mengisi “Terima rujukan”."
    )


@pytest.mark.parametrize(
    ("duration", "calendar", "said"),
    [
        ("P1D", "", "1 working day"),
        ("P2D", "working", "2 working days"),
        ("P2D", "calendar", "2 days"),
        ("PT4H30M", "", "4 hours 30 minutes"),
        ("PT4H", "working", "4 office hours"),
        ("P1DT1H", "calendar", "1 day 1 hour"),
        ("", "", ""),
        ("=param.lapse_days", "working", "as many working days as “Days to complete an application” says"),
    ],
)
def test_a_time_limit_is_said_by_its_calendar(duration: str, calendar: str, said: str) -> None:
    with override("en"):
        assert within(duration, calendar, names_of(read_package(PACKAGES / "sktm"), "en")) == said


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("form.referral", "“Pass on to the social agency for assistance”: yes"),
        ("not form.referral", "“Pass on to the social agency for assistance”: no"),
        ("form.referral == false", "“Pass on to the social agency for assistance”: no"),
        ("form.income <= 500", "“Family income a month” is at most 500"),
        (
            "task.check.result in ['wrong', 'incomplete']",
            "“This application is” is one of: Not true, To be completed by the applicant",
        ),
        (
            "form.referral and form.income > 5",
            "“Pass on to the social agency for assistance”: yes and “Family income a month” is more than 5",
        ),
        ("form.referral and (form.income > 5 or form.income < 2)", ""),
        ("len(form.purpose) > 3", ""),
        ("form.nothing == 3", ""),
        ("form.income <", ""),
    ],
)
def test_a_condition_is_said_in_words_or_left_as_it_is(expression: str, said: str) -> None:
    with override("en"):
        assert condition_words(expression, values_of(read_package(PACKAGES / "sktm"), "en")) == said
