from uuid import UUID

from django.db import models

from livinglab.actions.domain.cutoffs import Stage
from livinglab.actions.domain.kinds import GiftKind, Lever, PaperKind, Payer
from livinglab.actions.domain.states import ActionState, ActionStep
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class ActionPlan(TenantModel):
    """A plan that a region accepted (*rencana aksi*): where it started, where it wants to be, and by when."""

    title = models.CharField(max_length=160)
    instrument = models.CharField(max_length=40)  # code of instruments/
    origin = models.CharField(max_length=12)  # where the levels came from: planning.queries.Origin
    levels = models.JSONField()  # indicator -> level as text, at the start
    start_index = models.DecimalField(max_digits=5, decimal_places=2)
    target_index = models.DecimalField(max_digits=5, decimal_places=2)
    due_on = models.DateField()
    document = models.JSONField()  # the plan as `./livinglab plan --json` prints it, certificate and all
    asked = models.JSONField()  # what was asked for: goal, limits, wishes, edited efforts
    is_synthetic = models.BooleanField(default=False)
    accepted_at = models.DateTimeField()
    accepted_by = models.UUIDField()
    closed_at = models.DateTimeField(null=True)

    personal_data = {"accepted_by": Personal.ACTOR}
    impersonal = ("title", "instrument", "origin", "levels", "document", "asked")

    class Meta:
        db_table = "actions_plan"


class Action(TenantModel):
    """One step of a plan as work: one indicator to one level, by an agency, with its dates."""

    plan = models.ForeignKey(
        ActionPlan, on_delete=models.PROTECT, db_constraint=False, related_name="actions"
    )
    number = models.PositiveSmallIntegerField()  # within the plan, for people to talk about
    indicator = models.CharField(max_length=6)
    to_level = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200, blank=True)  # the region's own name; else that of the step
    state = models.CharField(
        max_length=10, choices=[(state, state) for state in ActionState], default=ActionState.PLANNED
    )
    agency = models.ForeignKey(
        "organizations.Agency", null=True, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    assignee_id = models.UUIDField(null=True)  # a person; users are shared
    helping_agencies = models.JSONField(default=list)  # beside the agency that leads: their ids
    helping_people = models.JSONField(default=list)  # beside the person who leads: their ids
    starts_on = models.DateField(null=True)
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    lever = models.CharField(max_length=12, choices=[(lever, lever) for lever in Lever], blank=True)
    evidence_wanted = models.TextField(blank=True)
    evidence_pieces = models.JSONField(default=list)  # of the evidence library, once produced
    sub_activity = models.CharField(max_length=40, blank=True)  # code in the national nomenclature
    planning_year = models.PositiveSmallIntegerField(null=True)
    cost = models.BigIntegerField(null=True)  # whole rupiah
    document = models.CharField(max_length=12, choices=[(one, one) for one in Stage], blank=True)
    document_number = models.CharField(max_length=80, blank=True)
    document_date = models.DateField(null=True)
    document_year = models.PositiveSmallIntegerField(null=True)  # the planning year it is of
    effort = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    blocker = models.CharField(max_length=500, blank=True)
    commitment_id = models.UUIDField(null=True)
    continues_id = models.UUIDField(null=True)  # the action of a closed plan that this one goes on with
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField(null=True)

    tenant_references = {
        "plan_id": "actions_plan",
        "agency_id": "organizations_agency",
        "continues_id": "actions_action",
    }

    personal_data = {
        "assignee_id": Personal.ACTOR,
        "helping_people": Personal.ACTOR,
        "changed_by": Personal.ACTOR,
        "title": Personal.FREE_TEXT,
        "evidence_wanted": Personal.FREE_TEXT,
        "blocker": Personal.FREE_TEXT,
    }
    impersonal = (
        "indicator",
        "evidence_pieces",
        "sub_activity",
        "commitment_id",
        "continues_id",
        "helping_agencies",
        "document_number",
    )

    class Meta:
        db_table = "actions_action"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "plan", "number"], name="an_action_has_its_own_number"
            ),
            models.UniqueConstraint(
                fields=["organization_id", "plan", "indicator", "to_level"], name="a_step_is_one_action"
            ),
            models.CheckConstraint(
                name="an_action_starts_before_it_is_due",
                condition=models.Q(starts_on__isnull=True) | models.Q(starts_on__lte=models.F("due_on")),
            ),
            models.CheckConstraint(
                name="what_is_blocked_names_its_blocker",
                condition=~models.Q(state="blocked") | ~models.Q(blocker=""),
            ),
            models.CheckConstraint(
                name="an_action_costs_nothing_or_more",
                condition=models.Q(cost__isnull=True) | models.Q(cost__gte=0),
            ),
            models.CheckConstraint(
                name="a_document_has_kind_number_day_and_year",
                condition=models.Q(
                    document="",
                    document_number="",
                    document_date__isnull=True,
                    document_year__isnull=True,
                )
                | (
                    ~models.Q(document="")
                    & ~models.Q(document_number="")
                    & models.Q(document_date__isnull=False, document_year__isnull=False)
                ),
            ),
        ]

    @property
    def agencies(self) -> frozenset[UUID]:
        """Every agency it was given to: the one that leads and those that help."""
        lead = () if self.agency_id is None else (self.agency_id,)
        return frozenset((*lead, *map(UUID, self.helping_agencies)))

    @property
    def people(self) -> frozenset[UUID]:
        """Every person it was given to: the one who leads and those who help."""
        lead = () if self.assignee_id is None else (self.assignee_id,)
        return frozenset((*lead, *map(UUID, self.helping_people)))


class Milestone(TenantModel):
    """A point on the way of an action."""

    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, db_constraint=False, related_name="milestones"
    )
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    tenant_references = {"action_id": "actions_action"}
    personal_data = {"title": Personal.FREE_TEXT}

    class Meta:
        db_table = "actions_milestone"


class Contribution(TenantModel):
    """What somebody gives to an action. It counts with the number and day of its paper; before it is a promise."""

    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, db_constraint=False, related_name="contributions"
    )
    payer = models.CharField(max_length=12, choices=[(payer, payer) for payer in Payer])
    giver = models.CharField(max_length=160)  # the institution
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in GiftKind])
    rupiah = models.BigIntegerField()
    what = models.CharField(max_length=300, blank=True)  # of what is given in kind
    paper = models.CharField(max_length=10, choices=[(paper, paper) for paper in PaperKind], blank=True)
    paper_number = models.CharField(max_length=80, blank=True)
    paper_date = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField()

    tenant_references = {"action_id": "actions_action"}
    personal_data = {
        "entered_by": Personal.ACTOR,
        "giver": Personal.NAMED,
        "what": Personal.FREE_TEXT,
        "withdrawn_reason": Personal.FREE_TEXT,
    }
    impersonal = ("paper_number",)

    class Meta:
        db_table = "actions_contribution"
        constraints = [
            models.CheckConstraint(
                name="a_contribution_is_worth_something", condition=models.Q(rupiah__gt=0)
            ),
            models.CheckConstraint(
                name="a_paper_has_kind_number_and_day",
                condition=models.Q(paper="", paper_number="", paper_date__isnull=True)
                | (~models.Q(paper="") & ~models.Q(paper_number="") & models.Q(paper_date__isnull=False)),
            ),
            models.CheckConstraint(
                name="what_is_given_in_kind_is_named",
                condition=~models.Q(kind="in_kind") | ~models.Q(what=""),
            ),
        ]


class ActionComment(TenantModel):
    """What somebody says about an action. Append-only."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, db_constraint=False, related_name="comments")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField()

    tenant_references = {"action_id": "actions_action"}
    personal_data = {"by": Personal.ACTOR, "text": Personal.FREE_TEXT}

    class Meta:
        db_table = "actions_comment"


class ActionMove(TenantModel):
    """A step that an action took: started, blocked with a reason, done, … Append-only."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, db_constraint=False, related_name="moves")
    step = models.CharField(max_length=10, choices=[(step, step) for step in ActionStep])
    state = models.CharField(max_length=10, choices=[(state, state) for state in ActionState])
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)  # none: the platform, on a decided evaluation

    tenant_references = {"action_id": "actions_action"}
    personal_data = {"by": Personal.ACTOR, "reason": Personal.FREE_TEXT}

    class Meta:
        db_table = "actions_move"
