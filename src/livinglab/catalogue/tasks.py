"""What the catalogue does when something happened: the public rows follow the regions' entries."""

from livinglab.catalogue import operations
from livinglab.catalogue.events import (
    OwnServiceRecorded,
    OwnServiceWithdrawn,
    PracticePublished,
    PracticeWithdrawn,
)
from livinglab.kernel.events import subscribe
from livinglab.releases.events import ReleaseMoved


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


@subscribe(PracticePublished, name="catalogue.show_practice")
def show_practice(event: PracticePublished) -> None:
    """This function will bring what a region published before the public."""
    _project_practice(event)


@subscribe(PracticeWithdrawn, name="catalogue.hide_practice")
def hide_practice(event: PracticeWithdrawn) -> None:
    """This function will take a practice from the public pages."""
    _project_practice(event)


def _project_practice(event: PracticePublished | PracticeWithdrawn) -> None:
    if event.organization_id is None:
        raise ValueError("a practice belongs to a region")
    operations.project_practice(organization_id=event.organization_id, practice_id=event.practice_id)


@subscribe(ReleaseMoved, name="catalogue.show_package")
def show_package(event: ReleaseMoved) -> None:
    """This function will bring a package before the public while a version of it is offered."""
    operations.project_package(listing_id=event.listing_id)
