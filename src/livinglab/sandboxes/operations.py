"""Every write of a sandbox. None is audited: nobody acts who could be named, and the row is gone after a day."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from livinglab.packages.domain.manifest import RoleKind
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.running.refusals import IllegalMove
from livinglab.packages.domain.scenarios import Act, Scenario
from livinglab.packages.queries import play
from livinglab.packages.queries.calendars import days_of
from livinglab.packages.queries.cases import AnswersRefused
from livinglab.packages.queries.registers import imitated
from livinglab.sandboxes.domain.limits import FARTHEST, LARGEST, LIFE, MOST
from livinglab.sandboxes.domain.people import invented_answers
from livinglab.sandboxes.domain.stage import Stage, Tour, stored
from livinglab.sandboxes.models import Sandbox
from livinglab.sandboxes.queries.sandboxes import SandboxGone, Trial, trial_of

#: for one more sandbox than there may be, this many old ones go at once
_ROOM: Final = 50


class TooLarge(Exception):
    """A sandbox would hold more than it may; nothing was changed."""


class TooFar(Exception):
    """The clock of a sandbox cannot be pushed any further; nothing was changed."""


@transaction.atomic
def begin(*, package: Package, scenario: str, at: datetime) -> Sandbox:
    """This function will make a sandbox of a package, ready for its citizen; with the id of a scenario, for its tour.

    Errors: KeyError for a scenario that the package does not have.
    """
    tour = Tour(scenario, 0) if scenario else None
    starts = _start_of(package.scenarios[scenario]) if scenario else at
    _make_room()
    return Sandbox.objects.create(
        address=secrets.token_urlsafe(32),
        publisher=package.manifest.publisher.code,
        package=package.manifest.id,
        version=package.manifest.version,
        state=stored(Stage(clock=starts, role=_first_role(package), tour=tour)),
        made_at=at,
        used_at=at,
        ends_at=at + LIFE,
    )


def choose_role(*, address: str, role: str, at: datetime) -> None:
    """This function will make the visitor somebody else; a role that the package does not have changes nothing."""

    def act(trial: Trial) -> Stage:
        known = {one.id for one in trial.package.manifest.roles}
        return replace(trial.stage, role=role) if role in known else trial.stage

    _change(address, at, act)


def keep_answers(*, address: str, task: str, answers: Mapping[str, object], at: datetime) -> Trial:
    """This function will keep what was typed on a page, right or wrong; `task` is "" for the citizen's form.

    Answers of other pages stay. Errors: `SandboxGone`, `TooLarge`.
    """

    def act(trial: Trial) -> Stage:
        drafts = trial.stage.drafts
        return replace(trial.stage, drafts={**drafts, task: {**drafts.get(task, {}), **answers}})

    return _change(address, at, act)


def fill_in(*, address: str, at: datetime) -> None:
    """This function will fill the citizen's form with the answers of an invented person."""

    def act(trial: Trial) -> Stage:
        answers = invented_answers(trial.package.scenarios.values())
        return replace(trial.stage, drafts={**trial.stage.drafts, "": dict(answers)})

    _change(address, at, act)


def send(*, address: str, at: datetime) -> None:
    """This function will send the citizen's form: a new case, or the answer to what the office asked.

    Errors: `AnswersRefused`, `IllegalMove`, `SandboxGone`.
    """

    def act(trial: Trial) -> Stage:
        answers, by, clock = trial.answers, trial.actor(), trial.stage.clock
        if found := trial.mistakes(answers):
            raise AnswersRefused(found)
        if trial.case is None:
            number = f"CONTOH-{clock:%Y}-{secrets.randbelow(9_000) + 1_000}"
            case = trial.runs.start(
                number=number, answers=answers, parameters=trial.parameters, by=by, at=clock
            )
        else:
            task = trial.asked_for("answer")
            case = trial.runs.answer(trial.case, task=task, answers=answers, by=by, at=clock)
        return replace(trial.stage, case=case, drafts=_without(trial.stage, ""))

    _change(address, at, act)


def complete(*, address: str, task: str, at: datetime) -> None:
    """This function will do a task with what was typed for it. Errors: as `send`."""

    def act(trial: Trial) -> Stage:
        stage = trial.stage
        if stage.case is None:
            raise IllegalMove("not_waiting", task)
        answers = stage.drafts.get(task, {})
        case = trial.runs.complete(
            stage.case, task=task, answers=answers, by=trial.actor(task), at=stage.clock
        )
        return replace(stage, case=case, drafts=_without(stage, task))

    _change(address, at, act)


def pay(*, address: str, at: datetime) -> None:
    """This function will pay what is asked. Errors: `IllegalMove`, `SandboxGone`."""

    def act(trial: Trial) -> Stage:
        stage = trial.stage
        if stage.case is None:
            raise IllegalMove("not_waiting")
        case = trial.runs.pay(stage.case, task=trial.asked_for("payment"), by=trial.actor(), at=stage.clock)
        return replace(stage, case=case)

    _change(address, at, act)


def withdraw(*, address: str, at: datetime) -> None:
    """This function will withdraw the application. Errors: `IllegalMove`, `SandboxGone`."""

    def act(trial: Trial) -> Stage:
        stage = trial.stage
        if stage.case is None:
            raise IllegalMove("not_waiting")
        return replace(stage, case=trial.runs.withdraw(stage.case, by=trial.actor(), at=stage.clock))

    _change(address, at, act)


def push_clock(*, address: str, by: timedelta | None, at: datetime) -> None:
    """This function will push the clock of a sandbox forward: by a time, or with None just past the next deadline.

    Errors: `TooFar` more than 400 days after the sandbox was made, or where there is no deadline; `SandboxGone`.
    """

    def act(trial: Trial) -> Stage:
        stage = trial.stage
        to = stage.clock + by if by is not None else trial.next_deadline
        if to is None or to - trial.sandbox.made_at > FARTHEST:
            raise TooFar
        case = trial.runs.advance(stage.case, to=to) if stage.case else None
        return replace(stage, clock=to, case=case)

    _change(address, at, act)


def next_step(*, address: str, at: datetime) -> None:
    """This function will take the next step of the tour; after the last nothing changes. Errors: `SandboxGone`."""

    def act(trial: Trial) -> Stage:
        stage = trial.stage
        if stage.tour is None or stage.tour.scenario not in trial.package.scenarios:
            return stage
        scenario = trial.package.scenarios[stage.tour.scenario]
        if stage.tour.taken >= len(scenario.steps):
            return stage
        step = scenario.steps[stage.tour.taken]
        after, _ = play.take(trial.runs, scenario, play.Stage(stage.case, stage.clock), step)
        role = step.role if isinstance(step, Act) and step.role else stage.role
        tour = Tour(scenario.id, stage.tour.taken + 1)
        return replace(stage, case=after.case, clock=after.now, role=role, tour=tour)

    _change(address, at, act, imitates=False)  # the scenario says what registers answer


def reset(*, address: str, at: datetime) -> None:
    """This function will begin again: no case, nothing typed, a tour at its first step. Errors: `SandboxGone`."""

    def act(trial: Trial) -> Stage:
        tour = trial.stage.tour
        scenario = trial.package.scenarios.get(tour.scenario) if tour else None
        return Stage(
            clock=_start_of(scenario) if scenario else at,
            role=_first_role(trial.package),
            tour=Tour(scenario.id, 0) if scenario else None,
        )

    _change(address, at, act)


def delete_ended(*, at: datetime) -> int:
    """This function will delete the sandboxes whose day is over, and return how many."""
    return Sandbox.objects.filter(ends_at__lte=at).delete()[0]


@transaction.atomic
def _change(address: str, at: datetime, act: Callable[[Trial], Stage], *, imitates: bool = True) -> Trial:
    """This function will let one act at a time change a sandbox. Errors: those of the act; nothing is kept then.

    `imitates`: what the act asks of registers is answered by the stand-in.
    """
    sandbox = Sandbox.objects.select_for_update().filter(address=address, ends_at__gt=at).first()
    if sandbox is None:
        raise SandboxGone
    before = trial_of(sandbox)
    after = act(before)
    if imitates and after.case is not None:
        after = replace(after, case=imitated(before.runs, after.case, at=after.clock))
    state = stored(after)
    if len(json.dumps(state)) > LARGEST:
        raise TooLarge
    sandbox.state, sandbox.used_at = state, at
    sandbox.save(update_fields=["state", "used_at"])
    return trial_of(sandbox)


def _make_room() -> None:
    if Sandbox.objects.count() >= MOST:
        oldest = Sandbox.objects.order_by("used_at").values_list("id", flat=True)[:_ROOM]
        Sandbox.objects.filter(id__in=list(oldest)).delete()


def _first_role(package: Package) -> str:
    roles = package.manifest.roles
    return next((one for one in roles if one.kind is RoleKind.CITIZEN), roles[0]).id


def _start_of(scenario: Scenario) -> datetime:
    return scenario.starts.replace(tzinfo=days_of().zone)


def _without(stage: Stage, task: str) -> dict[str, Mapping[str, object]]:
    return {key: answers for key, answers in stage.drafts.items() if key != task}
