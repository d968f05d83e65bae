"""What the catalogue does when something happened: the public rows follow the regions' entries."""

from livinglab.catalogue import operations
from livinglab.catalogue.events import OwnServiceRecorded, OwnServiceWithdrawn
from livinglab.kernel.events import subscribe


@subscribe(OwnServiceRecorded, name="catalogue.show_own_service")
def show_own_service(event: OwnServiceRecorded) -> None:
    """This function will bring the entry before the public."""
    _project(event)


@subscribe(OwnServiceWithdrawn, name="catalogue.hide_own_service")
def hide_own_service(event: OwnServiceWithdrawn) -> None:
    """This function will take the entry from the public pages."""
    _project(event)


def _project(event: OwnServiceRecorded | OwnServiceWithdrawn) -> None:
    if event.organization_id is None:
        raise ValueError("an own service belongs to a region")
    operations.project_own_service(organization_id=event.organization_id, entry_id=event.entry_id)
