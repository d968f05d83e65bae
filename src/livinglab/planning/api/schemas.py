"""What the API says of a plan: the document of the command `plan`, with where it begins."""

from __future__ import annotations

from typing import Annotated

from ninja import Schema
from pydantic import Field

IndicatorKey = Annotated[int | str, Field(examples=[12])]
Exact = Annotated[str, Field(examples=["863/240"])]
Rounded = Annotated[str, Field(examples=["3.60"])]


class PlanStep(Schema):
    """Raising one indicator by one level; `gain_exact` in index points, `year` only with a yearly capacity."""

    indicator: IndicatorKey
    from_: int = Field(alias="from", serialization_alias="from")
    to: int
    effort: Exact
    gain_exact: Exact
    cost: Exact | None = None
    year: int | None = None


class PlanWay(Schema):
    """A plan: its steps in the order to take them, what they take together, the index they lead to."""

    index: Rounded
    index_exact: Exact
    effort: Exact
    cost: Exact | None = None
    steps: list[PlanStep]


class PlanLimit(Schema):
    """A limit that alone could be dropped, and what that would change."""

    limit: str = Field(examples=["precedence"])
    indicator: IndicatorKey | None = None
    to: int | None = None
    before: IndicatorKey | None = None
    effort_without: Exact | None = None
    index_without_exact: Exact | None = None
    budget_without: Exact | None = None


class PlanCertificate(Schema):
    """What was proven, and how."""

    method: str
    solver: str
    bound: Exact
    index_below_exact: Exact | None
    exact: bool
    checked: bool


class PlanStart(Schema):
    """The levels at the start; `published` ones, or `synthetic` ones that give the published result."""

    year: int
    origin: str = Field(examples=["synthetic"])
    is_synthetic: bool
    levels: dict[str, str]


class PlanAnswer(PlanWay):
    """The best plan for what is asked, proven, with the three next best and the limits that bind."""

    region: str = Field(examples=["14.08"])
    start: PlanStart
    query: str
    instrument: str
    effort_from: str
    status: str = Field(examples=["optimal"])
    target: Exact | None
    budget: Exact | None = None
    present: Rounded
    present_exact: Exact
    binding: list[PlanLimit]
    alternatives: list[PlanWay]
    highest_reachable: Rounded
    highest_reachable_exact: Exact
    certificate: PlanCertificate
