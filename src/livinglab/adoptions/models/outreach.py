from django.db import models
from django.db.models import F, Q

from livinglab.adoptions.domain.outreach import ChannelKind
from livinglab.adoptions.models.adoption import Adoption
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel, TenantModel


class Outreach(TenantModel):
    """What every channel of an adoption says of the region: where people go, and whom they ask."""

    adoption = models.ForeignKey(
        Adoption, on_delete=models.PROTECT, db_constraint=False, related_name="outreach"
    )
    place = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    set_at = models.DateTimeField()
    set_by = models.UUIDField()

    personal_data = {"set_by": Personal.ACTOR, "contact": Personal.NAMED}
    impersonal = ("place",)

    class Meta:
        db_table = "adoptions_outreach"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "adoption"], name="an_adoption_is_told_of_in_one_plan"
            ),
        ]


class Channel(TenantModel):
    """A way to tell the people: which, where, who does it and when. Its short link leads to the service."""

    adoption = models.ForeignKey(
        Adoption, on_delete=models.PROTECT, db_constraint=False, related_name="channels"
    )
    kind = models.CharField(max_length=12, choices=[(one, one) for one in ChannelKind])
    name = models.CharField(max_length=120)
    who = models.CharField(max_length=120)
    starts = models.DateField()
    ends = models.DateField(null=True)
    code = models.CharField(max_length=6)  # of its short link
    planned_at = models.DateTimeField()
    planned_by = models.UUIDField()
    closed_at = models.DateTimeField(null=True)

    personal_data = {"planned_by": Personal.ACTOR, "who": Personal.NAMED, "name": Personal.FREE_TEXT}
    impersonal = ("code",)

    class Meta:
        db_table = "adoptions_channel"
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "code"], name="a_channel_has_its_own_link"),
            models.CheckConstraint(
                name="a_channel_ends_after_it_starts",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
        ]


class ShortLink(SharedModel):
    """The address on a poster: everybody who opens it is led to the service. It stays when its channel is closed."""

    code = models.CharField(max_length=6, unique=True)
    adoption_id = models.UUIDField()
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    listing = models.ForeignKey("releases.Listing", on_delete=models.PROTECT, related_name="+")

    impersonal = ("code", "adoption_id")

    class Meta:
        db_table = "adoptions_short_link"


class Reach(SharedModel):
    """How often a short link was opened on a day. Openings, not people: nothing about a reader is kept."""

    link = models.ForeignKey(ShortLink, on_delete=models.PROTECT, related_name="reach")
    day = models.DateField()  # in the region's zone
    opened = models.PositiveIntegerField()

    class Meta:
        db_table = "adoptions_reach"
        constraints = [
            models.UniqueConstraint(fields=["link", "day"], name="openings_are_counted_once_per_day"),
        ]
