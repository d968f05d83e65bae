from livinglab.catalogue.models.own_practice import OwnPractice
from livinglab.catalogue.models.own_service import OwnService
from livinglab.catalogue.models.practice import Practice
from livinglab.catalogue.models.service import Origin, Service
from livinglab.catalogue.models.shelf import ShelfRow, ShelfWord

__all__ = ["Origin", "OwnPractice", "OwnService", "Practice", "Service", "ShelfRow", "ShelfWord"]
