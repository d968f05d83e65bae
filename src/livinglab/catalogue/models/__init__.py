from livinglab.catalogue.models.own_service import OwnService
from livinglab.catalogue.models.service import Origin, Service

__all__ = ["Origin", "OwnService", "Service"]
