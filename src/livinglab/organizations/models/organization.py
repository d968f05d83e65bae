from django.db import models

from livinglab.kernel.tenancy import SharedModel
from livinglab.organizations.domain.kinds import Kind


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def regional(self) -> "OrganizationQuerySet":
        """Regencies and cities: 514, of which 508 are autonomous."""
        return self.filter(kind__in=[Kind.REGENCY, Kind.CITY])

    def real(self) -> "OrganizationQuerySet":
        """Without fictitious regions (codes 99.xx)."""
        return self.filter(is_synthetic=False)


class Organization(SharedModel):
    """A tenant: a province, regency, city or central institution."""

    code = models.CharField(max_length=64, unique=True)  # Kemendagri code, or a slug for central institutions
    name = models.CharField(max_length=160)  # "Kabupaten Sumedang"
    short_name = models.CharField(max_length=160)  # "Sumedang"
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in Kind])
    province = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="regions")
    is_autonomous = models.BooleanField(default=True)  # Jakarta's six are not: never assessed apart
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)  # degrees, WGS 84
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    area_km2 = models.DecimalField(max_digits=10, decimal_places=3, null=True)
    population = models.PositiveIntegerField(null=True)
    zone = models.CharField(max_length=4, choices=[(z, z) for z in ("WIB", "WITA", "WIT")], default="WIB")
    is_synthetic = models.BooleanField(default=False)

    objects = OrganizationQuerySet.as_manager()

    impersonal = ("code", "name", "short_name")

    class Meta:
        db_table = "organizations_organization"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="a_regency_or_city_has_its_province",
                condition=~models.Q(kind__in=["regency", "city"]) | models.Q(province__isnull=False),
            ),
            models.CheckConstraint(
                name="fictitious_regions_have_codes_99",
                condition=models.Q(is_synthetic=False) | models.Q(code__startswith="99"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_regional(self) -> bool:
        """Whether this is a regency or a city."""
        return self.kind in (Kind.REGENCY, Kind.CITY)
