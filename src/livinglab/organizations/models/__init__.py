from livinglab.organizations.models.agency import Agency
from livinglab.organizations.models.area import Area
from livinglab.organizations.models.membership import Membership
from livinglab.organizations.models.organization import Organization
from livinglab.organizations.models.university import University

__all__ = ["Agency", "Area", "Membership", "Organization", "University"]
