from django.db import models
from django.db.models import Q

from livinglab.adoptions.domain.requirements import Requirement
from livinglab.adoptions.domain.states import AdoptionState
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class Adoption(TenantModel):
    """A region's copy of a package: the release it stands on, and where it stands.

    What runs is its current edition; what is being edited are its draft files. `base` moves only by an upgrade.
    """

    listing = models.ForeignKey("releases.Listing", on_delete=models.PROTECT, related_name="+")
    base = models.ForeignKey("releases.Release", on_delete=models.PROTECT, related_name="+")
    agreement_id = models.UUIDField(null=True)  # of the table between both parties
    state = models.CharField(
        max_length=9, choices=[(one, one) for one in AdoptionState], default=AdoptionState.PREPARING
    )
    edition_id = models.UUIDField(null=True)  # the one that runs
    live_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField()
    started_by = models.UUIDField()
    changed_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)  # why paused or ended
    is_synthetic = models.BooleanField(default=False)

    personal_data = {"started_by": Personal.ACTOR, "reason": Personal.FREE_TEXT}
    impersonal = ("agreement_id", "edition_id")

    class Meta:
        db_table = "adoptions_adoption"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "listing"],
                condition=~Q(state=AdoptionState.ENDED),
                name="a_package_is_adopted_once_at_a_time",
            ),
            models.CheckConstraint(
                name="what_is_live_has_an_edition_and_a_day",
                condition=Q(state__in=[AdoptionState.PREPARING, AdoptionState.ENDED])
                | Q(edition_id__isnull=False, live_at__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_paused_says_why", condition=~Q(state=AdoptionState.PAUSED) | ~Q(reason="")
            ),
        ]


class Value(TenantModel):
    """What the adopter, or one of its districts or villages (`unit_code`), set for a parameter."""

    adoption = models.ForeignKey(
        Adoption, on_delete=models.PROTECT, db_constraint=False, related_name="values"
    )
    unit_code = models.CharField(max_length=16, blank=True)  # empty: the adopter itself
    parameter = models.CharField(max_length=40)
    value = models.JSONField()
    set_at = models.DateTimeField()
    set_by = models.UUIDField()

    #: an official's name and number may stand in a value: they sign for their office
    personal_data = {"set_by": Personal.ACTOR, "value": Personal.NAMED}
    impersonal = ("unit_code", "parameter")

    class Meta:
        db_table = "adoptions_value"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "adoption", "unit_code", "parameter"],
                name="a_unit_sets_a_parameter_once",
            ),
        ]


class HandedDown(TenantModel):
    """A district or village to which the adopter hands the service down.

    A village that governs itself takes part from the day of its own decision or agreement; the others at once.
    """

    adoption = models.ForeignKey(
        Adoption, on_delete=models.PROTECT, db_constraint=False, related_name="units"
    )
    unit_code = models.CharField(max_length=16)
    is_autonomous = models.BooleanField(default=False)  # a desa: organizations.queries.governs_itself
    number = models.CharField(max_length=120, blank=True)  # of its decision or agreement
    on = models.DateField(null=True)
    since = models.DateTimeField()
    by = models.UUIDField()

    personal_data = {"by": Personal.ACTOR, "number": Personal.NAMED}
    impersonal = ("unit_code",)

    class Meta:
        db_table = "adoptions_handed_down"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "adoption", "unit_code"], name="a_unit_has_a_service_once"
            ),
            models.CheckConstraint(
                name="a_decision_of_a_unit_has_number_and_day",
                condition=Q(number="", on__isnull=True) | (~Q(number="") & Q(on__isnull=False)),
            ),
        ]


class Answered(TenantModel):
    """A requirement of going live: met on a day, or waived by somebody with a reason."""

    adoption = models.ForeignKey(
        Adoption, on_delete=models.PROTECT, db_constraint=False, related_name="answers"
    )
    requirement = models.CharField(max_length=15, choices=[(one, one) for one in Requirement])
    is_waived = models.BooleanField(default=False)
    number = models.CharField(max_length=120, blank=True)  # of the document, code or registration
    on = models.DateField()
    reason = models.CharField(max_length=500, blank=True)
    answered_by = models.UUIDField()
    answered_at = models.DateTimeField()

    personal_data = {"answered_by": Personal.ACTOR, "number": Personal.NAMED, "reason": Personal.FREE_TEXT}

    class Meta:
        db_table = "adoptions_answered"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "adoption", "requirement"], name="a_requirement_is_answered_once"
            ),
            models.CheckConstraint(
                name="who_waives_a_requirement_says_why", condition=Q(is_waived=False) | ~Q(reason="")
            ),
        ]


class DraftFile(TenantModel):
    """A file that the adopter is editing; only those that differ from the base. `is_removed`: taken out."""

    adoption = models.ForeignKey(
        Adoption, on_delete=models.PROTECT, db_constraint=False, related_name="drafts"
    )
    path = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    is_removed = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    saved_by = models.UUIDField()

    personal_data = {"saved_by": Personal.ACTOR}
    impersonal = ("path", "text")

    class Meta:
        db_table = "adoptions_draft_file"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "adoption", "path"], name="a_path_is_drafted_once"
            ),
        ]


class Edition(TenantModel):
    """What an adopter made of a release: it never changes, so that one click goes back to it."""

    adoption = models.ForeignKey(
        Adoption, on_delete=models.PROTECT, db_constraint=False, related_name="editions"
    )
    number = models.PositiveIntegerField()
    base = models.ForeignKey("releases.Release", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=71)
    content = models.BinaryField()  # the canonical zip
    changed = models.PositiveIntegerField()  # elements that differ from the base
    elements = models.PositiveIntegerField()  # elements of the base
    note = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    personal_data = {"made_by": Personal.ACTOR, "note": Personal.FREE_TEXT}
    impersonal = ("digest", "content")

    class Meta:
        db_table = "adoptions_edition"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "adoption", "number"], name="editions_are_numbered_once"
            ),
        ]
