"""What the portal does when others have news: it renews the search index.

Jobs of one event run in the order of their subscriptions' names, so the catalogue has shown or hidden a
region's own service before `portal.…` looks.
"""

from livinglab.catalogue.events import OwnServiceRecorded, OwnServiceWithdrawn
from livinglab.kernel import clock
from livinglab.kernel.events import Event, subscribe
from livinglab.organizations.events import OrganizationsLoaded
from livinglab.portal import operations


@subscribe(OrganizationsLoaded, name="portal.find_organizations")
def find_organizations(event: OrganizationsLoaded) -> None:
    """This function will make new organisations findable."""
    _rebuild(event)


@subscribe(OwnServiceRecorded, name="portal.find_own_service")
def find_own_service(event: OwnServiceRecorded) -> None:
    """This function will make a region's own service findable."""
    _rebuild(event)


@subscribe(OwnServiceWithdrawn, name="portal.forget_own_service")
def forget_own_service(event: OwnServiceWithdrawn) -> None:
    """This function will no longer find what a region took back."""
    _rebuild(event)


def _rebuild(event: Event) -> None:
    operations.rebuild_search(by=None, at=clock.now())
