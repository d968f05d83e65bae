"""A region with an accepted plan and its people, for the tests of actions. Everything in it is made up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction

from livinglab.accounts.models import User
from livinglab.actions.access import actor_before
from livinglab.actions.domain.states import ActionState, ActionStep
from livinglab.actions.models import Action, ActionPlan
from livinglab.actions.operations import moves, plans
from livinglab.actions.queries.places import Place
from livinglab.assessments.queries import get_instrument
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Agency, Organization
from livinglab.organizations.operations import add_agency, grant_membership
from livinglab.organizations.queries import AgencyKind, Role
from livinglab.planning.queries import Goal, Wishes, document, likely_efforts, problem_of, solve
from livinglab.planning.queries.starts import Origin, Start
from tests.organizations.people import make_member, make_person, organization

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
SIAK = "14.08"
DUE = date(2027, 12, 31)


@dataclass(frozen=True, slots=True)
class Region:
    """A region with a plan in force, and one person for each part of the work."""

    organization: Organization
    plan: ActionPlan
    agency: Agency
    head: User
    coordinator: User
    responsible: User
    planner: User
    officer: User  # of `agency`
    assessor: User  # reads, but keeps nothing

    def as_(self, user: User) -> Place:
        """This function will return the place as this person stands before it."""
        return Place(self.organization, actor_before(user, self.organization.id))

    def actions(self) -> list[Action]:
        """This function will return the actions of the plan by number, freshly read."""
        with tenancy(self.organization.id):
            found = Action.objects.filter(organization_id=self.organization.id, plan_id=self.plan.id)
            return list(found.select_related("plan", "agency").order_by("number"))

    def action(self, number: int = 1) -> Action:
        """This function will return one action of the plan, freshly read."""
        return next(one for one in self.actions() if one.number == number)


def start(level: int = 2, *, is_synthetic: bool = False, **levels: int) -> Start:
    """This function will return a region that stands at `level` throughout spbe-2020, but for `i21=3`."""
    instrument = get_instrument("spbe-2020")
    held = {each.key: levels.get(f"i{each.key}", level) for each in instrument.indicators()}
    return Start(instrument, 2026, held, Origin.OWN, is_synthetic=is_synthetic)


def plan_document(begin: Start, target: str = "2.20", *, capacity: tuple[int, ...] = ()) -> dict[str, object]:
    """This function will return the cheapest plan from a start to a target index, as the pages hand it over."""
    found = problem_of(
        begin.instrument, begin.levels, likely_efforts(begin.instrument, begin.levels), wishes=Wishes()
    )
    goal = Goal(target=Fraction(target), capacity=tuple(map(Fraction, capacity)))
    return document(begin.instrument, found, goal, solve(found, goal))


def accept(
    place: Place, begin: Start | None = None, *, target: str = "2.20", due_on: date = DUE, at: datetime = AT
) -> ActionPlan:
    """This function will accept a plan from a start to a target index."""
    begin = begin or start()
    return plans.accept(
        place=place,
        start=begin,
        document=plan_document(begin, target),
        asked={"target": target},
        title="Rencana aksi uji",
        due_on=due_on,
        at=at,
    )


def accepted_region(code: str = SIAK, *, begin: Start | None = None, target: str = "2.20") -> Region:
    """This function will make a region whose coordinator accepted a plan; action 1 is its agency's."""
    region = organization(code)
    agency = add_agency(
        organization_id=region.id, name="Dinas Kominfo (uji)", kind=AgencyKind.DEPARTMENT, by=None, at=AT
    )
    officer = make_person(f"opd.{code}")
    grant_membership(
        user=officer, organization=region, role=Role.AGENCY_OFFICER, agency_id=agency.id, by=None, at=AT
    )
    coordinator = make_member(f"sekda.{code}", Role.COORDINATOR, code)
    plan = accept(Place(region, actor_before(coordinator, region.id)), begin, target=target)
    with tenancy(region.id):
        Action.objects.filter(organization_id=region.id, plan_id=plan.id, number=1).update(
            agency_id=agency.id
        )
    return Region(
        organization=region,
        plan=plan,
        agency=agency,
        head=make_member(f"bupati.{code}", Role.HEAD_OF_REGION, code),
        coordinator=coordinator,
        responsible=make_member(f"pj.{code}", Role.RESPONSIBLE_OFFICER, code),
        planner=make_member(f"bappeda.{code}", Role.PLANNING_AGENCY, code),
        officer=officer,
        assessor=make_member(f"asesor.{code}", Role.INTERNAL_ASSESSOR, code),
    )


_TO_STATE: Mapping[ActionState, tuple[ActionStep, ...]] = {
    ActionState.PLANNED: (),
    ActionState.STARTED: (ActionStep.START,),
    ActionState.BLOCKED: (ActionStep.START, ActionStep.BLOCK),
    ActionState.DONE: (ActionStep.START, ActionStep.FINISH),
    ActionState.DROPPED: (ActionStep.DROP,),
}


def bring(region: Region, number: int, state: ActionState, *, at: datetime = AT) -> Action:
    """This function will bring a planned action to a state that people can bring it to, as the coordinator."""
    action = region.action(number)
    for step in _TO_STATE[state]:
        action = moves.take(
            place=region.as_(region.coordinator), action_id=action.id, step=step, reason="Alasan uji.", at=at
        )
    return action
