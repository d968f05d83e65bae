from django.db import models
from django.db.models import F, Q

from livinglab.adoptions.domain.states import OfferState
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel


class Agreement(SharedModel):
    """One page that adopter and publisher both sign off before a package is taken over."""

    adopter = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    publisher = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    listing = models.ForeignKey("releases.Listing", on_delete=models.PROTECT, related_name="+")
    shared = models.CharField(max_length=1000)  # what is shared: package, documents, training
    support = models.CharField(max_length=1000)  # who helps, how, how long
    cost = models.CharField(max_length=1000)  # who pays what
    law = models.CharField(max_length=1000)  # on which legal ground
    proposed_at = models.DateTimeField()
    proposed_by = models.UUIDField()
    adopter_signed_at = models.DateTimeField(null=True)
    adopter_signed_by = models.UUIDField(null=True)
    publisher_signed_at = models.DateTimeField(null=True)
    publisher_signed_by = models.UUIDField(null=True)
    is_synthetic = models.BooleanField(default=False)

    personal_data = {
        "proposed_by": Personal.ACTOR,
        "adopter_signed_by": Personal.ACTOR,
        "publisher_signed_by": Personal.ACTOR,
        "shared": Personal.FREE_TEXT,
        "support": Personal.FREE_TEXT,
        "cost": Personal.FREE_TEXT,
        "law": Personal.FREE_TEXT,
    }

    class Meta:
        db_table = "adoptions_agreement"
        constraints = [
            models.CheckConstraint(
                name="nobody_agrees_with_itself", condition=~Q(adopter_id=F("publisher_id"))
            ),
            models.UniqueConstraint(
                fields=["adopter", "listing"],
                condition=Q(adopter_signed_at__isnull=True) | Q(publisher_signed_at__isnull=True),
                name="one_open_agreement_per_package",
            ),
        ]

    @property
    def is_agreed(self) -> bool:
        """Whether both sides signed off."""
        return self.adopter_signed_at is not None and self.publisher_signed_at is not None


class Offer(SharedModel):
    """A change that an adopter offers back to the origin: the adopter's content beside the release it stands on."""

    adopter = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    listing = models.ForeignKey("releases.Listing", on_delete=models.PROTECT, related_name="+")
    base = models.ForeignKey("releases.Release", on_delete=models.PROTECT, related_name="+")
    content = models.BinaryField()  # the canonical zip
    digest = models.CharField(max_length=71)
    title = models.CharField(max_length=160)
    why = models.CharField(max_length=2000)
    state = models.CharField(
        max_length=9, choices=[(one, one) for one in OfferState], default=OfferState.OFFERED
    )
    taken_in = models.ForeignKey("releases.Release", null=True, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    offered_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=1000, blank=True)
    fetched_from = models.URLField(max_length=300, blank=True)  # another instance
    is_synthetic = models.BooleanField(default=False)

    personal_data = {
        "offered_by": Personal.ACTOR,
        "decided_by": Personal.ACTOR,
        "title": Personal.FREE_TEXT,
        "why": Personal.FREE_TEXT,
        "reason": Personal.FREE_TEXT,
    }
    impersonal = ("content", "digest", "fetched_from")

    class Meta:
        db_table = "adoptions_offer"
        constraints = [
            models.CheckConstraint(
                name="a_declined_offer_says_why", condition=~Q(state=OfferState.DECLINED) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="a_taken_offer_names_its_release",
                condition=~Q(state=OfferState.TAKEN) | Q(taken_in__isnull=False),
            ),
        ]


class FaultReport(SharedModel):
    """A fault that an adopter found in a release. Its publisher is told when several adopters report the same one."""

    adopter = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey("releases.Release", on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=200, blank=True)  # the element, as a comparison names it
    text = models.CharField(max_length=2000)
    reported_at = models.DateTimeField()
    reported_by = models.UUIDField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answer = models.CharField(max_length=2000, blank=True)
    fixed_in = models.CharField(max_length=40, blank=True)
    is_synthetic = models.BooleanField(default=False)

    personal_data = {
        "reported_by": Personal.ACTOR,
        "answered_by": Personal.ACTOR,
        "text": Personal.FREE_TEXT,
        "answer": Personal.FREE_TEXT,
    }
    impersonal = ("path", "fixed_in")

    class Meta:
        db_table = "adoptions_fault_report"
        constraints = [
            models.UniqueConstraint(
                fields=["adopter", "release", "path"],
                condition=Q(answered_at__isnull=True),
                name="a_fault_is_open_once_per_adopter",
            ),
            models.CheckConstraint(
                name="an_answered_fault_has_its_answer", condition=Q(answered_at__isnull=True) | ~Q(answer="")
            ),
        ]
