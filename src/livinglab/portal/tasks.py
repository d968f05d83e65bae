"""What the portal does when others have news: it renews the search index."""

from livinglab.kernel import clock
from livinglab.kernel.events import subscribe
from livinglab.organizations.events import OrganizationsLoaded
from livinglab.portal import operations


@subscribe(OrganizationsLoaded, name="portal.find_organizations")
def find_organizations(event: OrganizationsLoaded) -> None:
    """This function will make new organisations findable."""
    operations.rebuild_search(by=None, at=clock.now())
