"""What a sandbox keeps: the case, what was typed but not sent, who the visitor is now, and the tour."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from livinglab.packages.domain.running.state import Case
from livinglab.packages.domain.running.storing import from_json, to_json


@dataclass(frozen=True, slots=True)
class Tour:
    """A scenario that is played step by step: its id and how many steps were taken."""

    scenario: str
    taken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """How a sandbox stands. `clock` is its own; `drafts` are answers not yet sent, by task ("": the citizen's)."""

    clock: datetime
    role: str
    case: Case | None = None
    drafts: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    tour: Tour | None = None


def stored(stage: Stage) -> dict[str, object]:
    """This function will return a stage as what JSON can hold."""
    return {
        "clock": stage.clock.isoformat(),
        "role": stage.role,
        "case": to_json(stage.case) if stage.case else None,
        "drafts": {task: dict(answers) for task, answers in stage.drafts.items()},
        "tour": [stage.tour.scenario, stage.tour.taken] if stage.tour else None,
    }


def restored(state: Mapping[str, object]) -> Stage:
    """This function will return the stage that was stored. Errors: `StoredOtherwise`."""
    tour = cast("list[object] | None", state["tour"])
    case = cast("Mapping[str, object] | None", state["case"])
    return Stage(
        clock=datetime.fromisoformat(cast("str", state["clock"])),
        role=cast("str", state["role"]),
        case=from_json(case) if case else None,
        drafts=cast("Mapping[str, Mapping[str, object]]", state["drafts"]),
        tour=Tour(cast("str", tour[0]), cast("int", tour[1])) if tour else None,
    )
