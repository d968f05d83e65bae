"""What time does to a case: standards, timers, pauses, silence; and who may do what."""

from datetime import datetime, timedelta

import pytest

from livinglab.packages.adapters.kits import PackageKit
from livinglab.packages.domain.process import NodeKind, Outcome, Silence
from livinglab.packages.domain.running.machine import Actor, Machine
from livinglab.packages.domain.running.refusals import BrokenPackage, IllegalMove
from livinglab.packages.domain.running.state import Case, Happened
from tests.packages.running.small import MONDAY, PLAIN, node, package, process

DESK, ME, HEAD = Actor("desk", "Petugas Contoh"), Actor("me", "Warga Contoh"), Actor("head", "Pejabat Contoh")
START = node("start", NodeKind.START)
END = node("end", NodeKind.END, outcome="granted")
TASK = node("check", NodeKind.USER, within="P1D")


def machine(*args: object, **more: object) -> Machine:
    built = package(*args, **more)  # type: ignore[arg-type]
    return Machine(built, PackageKit(built), PLAIN)


def begun(runs: Machine) -> Case:
    return runs.start(number="1", answers={}, parameters={"days": 3}, by=ME, at=MONDAY)


def waits(case: Case) -> list[str]:
    return sorted(token.node for token in case.tokens)


def day(number: int, hour: int = 0) -> datetime:
    """Return a moment of November 2026."""
    return MONDAY.replace(day=number, hour=hour)


ONE_TASK = process([START, TASK, END], "start > check\ncheck > end")


def test_a_step_is_breached_from_the_end_of_its_last_day_and_stays_so() -> None:
    runs = machine(ONE_TASK)
    case = begun(runs)
    assert case.tokens[0].due == day(4)
    assert runs.advance(case, to=day(4)).breached == frozenset()
    late = runs.advance(case, to=day(4) + timedelta(microseconds=1))
    assert late.breached == {"check"}
    ended = runs.complete(late, task="check", answers={}, by=DESK, at=late.now)
    assert (ended.breached, ended.is_late) == ({"check"}, False)
    assert runs.advance(ended, to=day(30)).is_late is False, "the clock of a case that is over stands still"


@pytest.mark.parametrize(
    ("calendar", "due"), [("working", day(3, 12)), ("calendar", day(2, 20)), ("", day(2, 20))]
)
def test_a_standard_in_hours_counts_office_hours_where_its_calendar_says_so(
    calendar: str, due: datetime
) -> None:
    said = {"within": "PT12H"} | ({"calendar": calendar} if calendar else {})
    runs = machine(process([START, node("check", NodeKind.USER, **said), END], "start > check\ncheck > end"))
    assert begun(runs).tokens[0].due == due


def test_the_whole_request_is_late_after_its_standard() -> None:
    runs = machine(ONE_TASK)
    case = begun(runs)
    assert case.due == day(10), "five working days from Monday"
    assert runs.advance(case, to=day(10)).is_late is False
    assert runs.advance(case, to=day(10, 1)).is_late is True


BOUNDARY = [
    START,
    TASK,
    node("slow", NodeKind.BOUNDARY, timer="P2D", attached_to="check", interrupts=False),
    node("look", NodeKind.USER),
    node("over", NodeKind.BOUNDARY, timer="=param.days", attached_to="check", calendar="calendar"),
    END,
    node("lapsed", NodeKind.END, outcome="lapsed"),
]
BOUNDARY_FLOWS = "start > check\ncheck > end\nslow > look\nlook > end\nover > lapsed"


def test_a_timer_that_does_not_interrupt_adds_work_and_rings_once() -> None:
    runs = machine(
        process(
            [one for one in BOUNDARY if one.id not in {"over", "lapsed"}],
            BOUNDARY_FLOWS.replace("over > lapsed", ""),
        )
    )
    case = runs.advance(begun(runs), to=day(20))
    assert waits(case) == ["check", "look"]


def test_a_timer_that_interrupts_takes_the_task_away_and_remembers_that_it_was_late() -> None:
    runs = machine(process(BOUNDARY, BOUNDARY_FLOWS))
    case = begun(runs)
    before = runs.advance(case, to=day(5))
    assert waits(before) == ["check", "look"]
    after = runs.advance(before, to=day(6))
    assert (waits(after), after.is_over, after.breached) == (["look"], False, {"check"})
    ended = runs.complete(after, task="look", answers={}, by=DESK, at=after.now)
    assert ended.outcome is Outcome.GRANTED


def test_timers_ring_in_their_order_however_far_the_clock_is_pushed() -> None:
    runs = machine(process(BOUNDARY, BOUNDARY_FLOWS))
    at_once = runs.advance(begun(runs), to=day(30))
    by_hours = begun(runs)
    while by_hours.now < day(30):
        by_hours = runs.advance(by_hours, to=min(by_hours.now + timedelta(hours=7), day(30)))
    assert at_once == by_hours


def test_a_timer_between_two_tasks_waits_by_the_clock() -> None:
    runs = machine(
        process(
            [START, node("rest", NodeKind.TIMER, timer="PT4H"), TASK, END],
            "start > rest\nrest > check\ncheck > end",
        )
    )
    case = begun(runs)
    assert waits(runs.advance(case, to=day(2, 11))) == ["rest"]
    rung = runs.advance(case, to=day(2, 15))
    assert waits(rung) == ["check"]
    assert rung.tokens[0].since == day(2, 12)


def test_a_loop_of_timers_is_stopped() -> None:
    runs = machine(
        process(
            [START, node("tick", NodeKind.TIMER, timer="PT1M"), node("x", NodeKind.EXCLUSIVE)],
            "start > tick\ntick > x\nx > tick",
        )
    )
    with pytest.raises(BrokenPackage) as broken:
        runs.advance(begun(runs), to=day(30))
    assert broken.value.code == "endless"


ASKING = process(
    [START, node("ask", NodeKind.RECEIVE, waits_for="answer"), TASK, END],
    "start > ask\nask > check\ncheck > end",
)


def test_the_standard_stands_still_while_the_applicant_is_asked() -> None:
    runs = machine(ASKING)
    asked = runs.advance(begun(runs), to=day(30))
    assert (asked.is_late, asked.breached) == (False, frozenset())
    answered = runs.answer(asked, task="ask", answers={"a": 1}, by=ME, at=asked.now)
    # the standard was due at the end of the 9th; twenty working days passed since the 2nd
    assert answered.due == MONDAY.replace(month=12, day=8, hour=0)
    assert (answered.asked, answered.answers) == (None, {"a": 1})


def test_a_standard_that_was_passed_before_the_question_stays_passed() -> None:
    runs = machine(
        process(
            [START, TASK, node("ask", NodeKind.RECEIVE, waits_for="answer"), END],
            "start > check\ncheck > ask\nask > end",
        )
    )
    late = runs.advance(begun(runs), to=day(16))
    asked = runs.complete(late, task="check", answers={}, by=DESK, at=day(16))
    ended = runs.answer(asked, task="ask", answers={}, by=ME, at=day(20))
    assert (ended.is_late, ended.breached, ended.due) == (True, {"check"}, day(10))


def test_silence_decides_at_the_end_of_the_standard_and_not_while_the_applicant_is_asked() -> None:
    runs = machine(
        process([START, TASK, END], "start > check\ncheck > end", silence=Silence(Outcome.GRANTED))
    )
    case = begun(runs)
    assert runs.advance(case, to=day(9, 23)).is_over is False
    silent = runs.advance(case, to=day(20))
    assert (silent.outcome, silent.ended, silent.breached) == (Outcome.GRANTED, day(10), {"check"})
    assert [entry.what for entry in silent.history][-2:] == [Happened.SILENT, Happened.ENDED]
    asking = machine(
        process(
            list(ASKING.nodes.values()),
            "start > ask\nask > check\ncheck > end",
            silence=Silence(Outcome.GRANTED),
        )
    )
    assert asking.advance(begun(asking), to=day(30)).is_over is False


def test_four_eyes_refuse_the_same_person_and_take_another() -> None:
    runs = machine(
        process(
            [START, TASK, node("again", NodeKind.USER, not_by="check"), END],
            "start > check\ncheck > again\nagain > end",
        )
    )
    case = runs.complete(begun(runs), task="check", answers={}, by=DESK, at=MONDAY)
    with pytest.raises(IllegalMove) as refused:
        runs.complete(case, task="again", answers={}, by=DESK, at=MONDAY)
    assert (refused.value.code, refused.value.on) == ("four_eyes", "again")
    other = Actor("desk", "Petugas Contoh Dua")
    assert runs.complete(case, task="again", answers={}, by=other, at=MONDAY).outcome is Outcome.GRANTED


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda runs, case: runs.complete(case, task="check", answers={}, by=ME, at=MONDAY), "wrong_role"),
        (lambda runs, case: runs.complete(case, task="end", answers={}, by=DESK, at=MONDAY), "not_waiting"),
        (lambda runs, case: runs.answer(case, task="check", answers={}, by=ME, at=MONDAY), "not_waiting"),
        (lambda runs, case: runs.pay(case, task="check", by=ME, at=MONDAY), "not_waiting"),
        (lambda runs, case: runs.withdraw(case, by=HEAD, at=MONDAY), "wrong_role"),
        (lambda runs, case: runs.advance(case, to=MONDAY - timedelta(seconds=1)), "clock"),
        (lambda runs, case: runs.withdraw(runs.withdraw(case, by=ME, at=MONDAY), by=ME, at=MONDAY), "over"),
        (
            lambda runs, case: runs.complete(
                runs.withdraw(case, by=ME, at=MONDAY), task="check", answers={}, by=DESK, at=MONDAY
            ),
            "over",
        ),
    ],
)
def test_what_may_not_be_done_now_is_refused_with_a_reason(act: object, code: str) -> None:
    runs = machine(ONE_TASK)
    case = begun(runs)
    with pytest.raises(IllegalMove) as refused:
        act(runs, case)  # type: ignore[operator]
    assert refused.value.code == code
    assert code in IllegalMove.CODES


def test_nobody_signs_an_application_for_a_citizen_but_the_counter_may() -> None:
    runs = machine(ONE_TASK)
    with pytest.raises(IllegalMove):
        runs.start(number="1", answers={}, parameters={}, by=HEAD, at=MONDAY)
    assert runs.start(number="1", answers={}, parameters={}, by=DESK, at=MONDAY).history[0].role == "desk"


def test_withdrawing_ends_the_case_at_once() -> None:
    ended = machine(ONE_TASK).withdraw(begun(machine(ONE_TASK)), by=ME, at=day(3))
    assert (ended.outcome, ended.tokens, ended.ended) == (Outcome.WITHDRAWN, (), day(3))


def test_a_payment_is_waited_for() -> None:
    runs = machine(
        process([START, node("fee", NodeKind.RECEIVE, waits_for="payment"), END], "start > fee\nfee > end")
    )
    case = begun(runs)
    assert case.asked is None, "the office does not wait for an answer"
    assert runs.pay(case, task="fee", by=ME, at=MONDAY).outcome is Outcome.GRANTED
