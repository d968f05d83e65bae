from django.db import models
from django.db.models import Q

from livinglab.casework.domain.contacts import Way
from livinglab.casework.domain.states import Channel, SeatKind
from livinglab.casework.models.service import Service, ServiceVersion
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel, TenantModel


class Draft(TenantModel):
    """A form that somebody is filling in, under the version that it was begun with. Found by its secret alone."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    version = models.ForeignKey(
        ServiceVersion, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    unit_code = models.CharField(max_length=16, blank=True)
    secret = models.CharField(max_length=64)  # SHA-256 of the address
    channel = models.CharField(max_length=7, choices=[(one, one) for one in Channel])
    answers = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    applicant = models.UUIDField(null=True)  # who is signed in
    helped_by = models.UUIDField(null=True)  # the officer who fills it in with the applicant
    case_id = models.UUIDField(null=True)  # what became of it

    personal_data = {
        "answers": Personal.APPLICANT,
        "applicant": Personal.APPLICANT,
        "helped_by": Personal.ACTOR,
    }
    impersonal = ("unit_code", "secret", "case_id")

    class Meta:
        db_table = "casework_draft"
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "secret"], name="a_draft_has_its_own_secret"),
        ]
        indexes = [
            models.Index(
                fields=["organization_id", "applicant"],
                condition=Q(applicant__isnull=False, case_id__isnull=True),
                name="casework_drafts_of_applicant",
            ),
            models.Index(
                fields=["organization_id", "helped_by"],
                condition=Q(helped_by__isnull=False, case_id__isnull=True),
                name="casework_drafts_of_helper",
            ),
        ]


class Case(TenantModel):
    """An application from its arrival to its end. `state` is the runtime's; the columns beside it are read from it."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, db_constraint=False, related_name="cases")
    version = models.ForeignKey(
        ServiceVersion, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    number = models.CharField(max_length=80)
    unit_code = models.CharField(max_length=16, blank=True)
    secret = models.CharField(max_length=64)
    key = models.CharField(max_length=64)  # of the submission: a repeat is recognised
    channel = models.CharField(max_length=7, choices=[(one, one) for one in Channel])
    applicant = models.UUIDField(null=True)
    helped_by = models.UUIDField(null=True)
    email = models.CharField(max_length=254, blank=True)  # where the applicant agreed to be told
    phone = models.CharField(max_length=16, blank=True)
    by_phone = models.CharField(max_length=8, choices=[(one, one) for one in Way], blank=True)
    told_in = models.CharField(max_length=2, choices=[("id", "id"), ("en", "en")], default="id")
    consented_at = models.DateTimeField(null=True)
    state = models.JSONField()
    outcome = models.CharField(max_length=11, blank=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    within_days = models.PositiveSmallIntegerField(null=True)  # of its standard there; None: the package's
    asked_at = models.DateTimeField(null=True)  # since when the applicant is asked and the clock stands still
    ended_at = models.DateTimeField(null=True)
    rings_at = models.DateTimeField(null=True)  # when time moves it next
    is_late = models.BooleanField(default=False)
    agencies = models.JSONField(default=dict)  # by lane: to which agency its office handed its part over
    steps = models.PositiveIntegerField()  # how many are kept of it
    forgotten_at = models.DateTimeField(null=True)  # when the data of its applicant was deleted
    is_synthetic = models.BooleanField(default=False)

    personal_data = {
        "email": Personal.APPLICANT,
        "phone": Personal.APPLICANT,
        "state": Personal.APPLICANT,
        "applicant": Personal.APPLICANT,
        "helped_by": Personal.ACTOR,
    }
    impersonal = ("number", "unit_code", "secret", "key", "outcome", "agencies")

    class Meta:
        db_table = "casework_case"
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "number"], name="a_case_number_is_given_once"),
            models.UniqueConstraint(fields=["organization_id", "secret"], name="a_case_has_its_own_secret"),
            models.UniqueConstraint(fields=["organization_id", "key"], name="a_submission_is_taken_once"),
            models.CheckConstraint(
                name="a_case_that_ended_has_an_outcome",
                condition=Q(ended_at__isnull=True, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="who_is_told_has_agreed",
                condition=Q(email="", phone="") | Q(consented_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_phone_is_reached_by_a_way",
                condition=Q(phone="", by_phone="") | (~Q(phone="") & ~Q(by_phone="")),
            ),
            models.CheckConstraint(
                name="who_is_forgotten_is_not_told",
                condition=Q(forgotten_at__isnull=True)
                | Q(email="", phone="", applicant__isnull=True, ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization_id", "service", "-started_at"],
                condition=Q(state__answers__publish=True),
                name="casework_public_complaints",
            ),
            models.Index(
                fields=["organization_id", "version", "ended_at"],
                condition=Q(forgotten_at__isnull=True, ended_at__isnull=False),
                name="casework_cases_to_forget",
            ),
            models.Index(
                fields=["organization_id", "version", "started_at", "id"],
                condition=Q(ended_at__isnull=True),
                name="casework_cases_open",
            ),
            models.Index(
                fields=["organization_id", "helped_by", "-started_at", "-id"],
                condition=Q(helped_by__isnull=False),
                name="casework_cases_of_helper",
            ),
            models.Index(
                fields=["organization_id", "asked_at"],
                condition=Q(asked_at__isnull=False, ended_at__isnull=True),
                name="casework_cases_asked",
            ),
        ]


class Step(TenantModel):
    """Something that happened to a case, in its order; never changed. `key` makes a repeated act recognisable."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_constraint=False, related_name="history")
    place = models.PositiveIntegerField()
    what = models.CharField(max_length=12)
    at = models.DateTimeField()
    on = models.CharField(max_length=80, blank=True)  # the node, document or message it is about
    role = models.CharField(max_length=60, blank=True)
    by = models.CharField(max_length=64, blank=True)  # the person in the case; "" for the process itself
    key = models.CharField(max_length=64, blank=True)

    personal_data = {"by": Personal.ACTOR}
    impersonal = ("what", "on", "role", "key")

    class Meta:
        db_table = "casework_step"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "case", "place"], name="steps_of_a_case_are_in_order"
            ),
            models.UniqueConstraint(
                fields=["organization_id", "key"], condition=~Q(key=""), name="an_act_is_done_once"
            ),
        ]


class Task(TenantModel):
    """Something that waits for an office: the projection of a waiting token, for the inbox. Gone when it is done."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_constraint=False, related_name="tasks")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    token = models.PositiveIntegerField()
    node = models.CharField(max_length=80)
    lane = models.CharField(max_length=60)
    kind = models.CharField(max_length=9, choices=[(one, one) for one in SeatKind])
    unit_code = models.CharField(max_length=16, blank=True)
    place = models.CharField(
        max_length=16, blank=True
    )  # the case's village or district, whoever has the task
    since = models.DateTimeField()
    due = models.DateTimeField()  # its own standard, else that of the case
    agency_id = models.UUIDField(null=True)  # who of the lane has it; None: whoever has a seat there
    assignee = models.UUIDField(null=True)
    taken_from = models.UUIDField(null=True)  # from whom somebody else took it, until it is given back
    escalated_at = models.DateTimeField(null=True)  # when its superior was told that it is late

    personal_data = {"assignee": Personal.ACTOR, "taken_from": Personal.ACTOR}
    impersonal = ("node", "lane", "unit_code", "place", "agency_id")

    class Meta:
        db_table = "casework_task"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "case", "token"], name="a_token_waits_as_one_task"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization_id", "kind", "unit_code", "due", "id"], name="casework_task_inbox"
            ),
            models.Index(fields=["organization_id", "due", "id"], name="casework_task_by_due"),
            models.Index(fields=["organization_id", "place", "due", "id"], name="casework_task_by_place"),
            models.Index(
                fields=["organization_id", "service", "node", "due", "id"], name="casework_task_by_step"
            ),
            models.Index(
                fields=["organization_id", "assignee", "due", "id"],
                condition=Q(assignee__isnull=False),
                name="casework_task_by_person",
            ),
            models.Index(  # of the region's offices an agency's own seat has a few
                fields=["organization_id", "agency_id", "due", "id"],
                condition=Q(agency_id__isnull=False),
                name="casework_task_by_agency",
            ),
            models.Index(
                fields=["organization_id", "due", "id"],
                condition=Q(escalated_at__isnull=True),
                name="casework_task_to_escalate",
            ),
            models.Index(
                fields=["organization_id", "escalated_at", "id"],
                condition=Q(escalated_at__isnull=False),
                name="casework_task_escalated",
            ),
        ]


class Ring(SharedModel):
    """When time moves a case next: what the clock of the whole country looks at, without looking into any region."""

    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    case_id = models.UUIDField(unique=True)
    at = models.DateTimeField()

    impersonal = ("case_id",)

    class Meta:
        db_table = "casework_ring"
        indexes = [models.Index(fields=["at"], name="casework_rings_by_moment")]
