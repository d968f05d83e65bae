from livinglab.casework.models.attachment import Attachment
from livinglab.casework.models.booking import Booking
from livinglab.casework.models.bundle import Bundle
from livinglab.casework.models.case import Case, Draft, Ring, Step, Task
from livinglab.casework.models.delivery import Delivery
from livinglab.casework.models.digest import EscalationDigest
from livinglab.casework.models.disposition import Disposition
from livinglab.casework.models.erasure import Erasure
from livinglab.casework.models.farewell import Farewell
from livinglab.casework.models.figure import CaseFact, ServiceMonth
from livinglab.casework.models.offered import OfferedService
from livinglab.casework.models.outside import Bill, OutsideCall
from livinglab.casework.models.own import OwnCase
from livinglab.casework.models.paper import Counter, Message, Paper
from livinglab.casework.models.publication import Publication
from livinglab.casework.models.published_text import PublishedText
from livinglab.casework.models.reopening import Reopening
from livinglab.casework.models.seat import Seat
from livinglab.casework.models.service import Service, ServicePlace, ServiceVersion

__all__ = [
    "Attachment",
    "Bill",
    "Booking",
    "Bundle",
    "Case",
    "CaseFact",
    "Counter",
    "Delivery",
    "Disposition",
    "Draft",
    "Erasure",
    "EscalationDigest",
    "Farewell",
    "Message",
    "OfferedService",
    "OutsideCall",
    "OwnCase",
    "Paper",
    "Publication",
    "PublishedText",
    "Reopening",
    "Ring",
    "Seat",
    "Service",
    "ServiceMonth",
    "ServicePlace",
    "ServiceVersion",
    "Step",
    "Task",
]
