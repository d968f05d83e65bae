from django.db import models
from django.db.models import Q

from livinglab.casework.domain.outside import (
    LONGEST_CODE,
    LONGEST_REFERENCE,
    CallState,
    Fault,
    OutsideKind,
)
from livinglab.casework.models.case import Case
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class OutsideCall(TenantModel):
    """A question of a case to a system outside; its id is what the other side knows a repeat by."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    kind = models.CharField(max_length=8, choices=[(one, one) for one in OutsideKind])
    place = models.PositiveIntegerField()  # of the step that asks
    nth = models.PositiveSmallIntegerField(default=0)  # asked anew after the answer ran out: 1, 2, …
    digest = models.CharField(max_length=64)  # SHA-256 of the question
    state = models.CharField(
        max_length=7, choices=[(one, one) for one in CallState], default=CallState.WAITING
    )
    fault = models.CharField(max_length=10, choices=[(one, one) for one in Fault], blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tries_at = models.DateTimeField()  # when it is tried next, or was tried last
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)  # why an official gave it up

    personal_data = {"reason": Personal.FREE_TEXT}
    impersonal = ("digest",)

    class Meta:
        db_table = "casework_outside_call"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "case", "place", "nth"], name="a_step_asks_outside_once"
            ),
            models.CheckConstraint(
                name="a_question_that_was_answered_says_when",
                condition=Q(state=CallState.DONE, answered_at__isnull=False)
                | (~Q(state=CallState.DONE) & Q(answered_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="a_question_that_failed_says_why",
                condition=~Q(state__in=[CallState.FAILED, CallState.DEAD]) | ~Q(fault=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization_id", "state", "-made_at", "id"], name="casework_outside_shown"
            ),
        ]


class Bill(TenantModel):
    """What an applicant owes in a case, and the code by which they pay it. `call` is None where nothing is owed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_constraint=False, related_name="bills")
    call = models.ForeignKey(
        OutsideCall, on_delete=models.PROTECT, db_constraint=False, related_name="bills", null=True
    )
    place = models.PositiveIntegerField()  # of the step that asks for the money
    amount = models.BigIntegerField()  # rupiah
    until = models.DateTimeField(null=True)  # how long the case waits for it; None: as long as it takes
    code = models.CharField(max_length=LONGEST_CODE, blank=True)
    code_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)  # as the payment system says
    reference = models.CharField(max_length=LONGEST_REFERENCE, blank=True)  # its number of the payment
    went_on_at = models.DateTimeField(null=True)  # when the case went on by it

    personal_data = {"code": Personal.APPLICANT, "reference": Personal.APPLICANT}

    class Meta:
        db_table = "casework_bill"
        constraints = [
            models.CheckConstraint(name="a_bill_is_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="a_case_goes_on_by_what_was_paid",
                condition=Q(went_on_at__isnull=True) | Q(paid_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organization_id", "case", "-made_at"], name="casework_bills_of_a_case"),
            models.Index(
                fields=["organization_id", "paid_at", "id"],
                condition=Q(paid_at__isnull=False, went_on_at__isnull=True),
                name="casework_bills_paid_in_vain",
            ),
        ]
