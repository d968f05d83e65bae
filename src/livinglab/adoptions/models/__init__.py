from livinglab.adoptions.models.adoption import Adoption, Answered, DraftFile, Edition, HandedDown, Value
from livinglab.adoptions.models.between import Agreement, FaultReport, Offer
from livinglab.adoptions.models.figure import AdoptionFigure
from livinglab.adoptions.models.notice import Notice, SilencedNotice
from livinglab.adoptions.models.outreach import Channel, Outreach, Reach, ShortLink
from livinglab.adoptions.models.use import VersionUse

__all__ = [
    "Adoption",
    "AdoptionFigure",
    "Agreement",
    "Answered",
    "Channel",
    "DraftFile",
    "Edition",
    "FaultReport",
    "HandedDown",
    "Notice",
    "Offer",
    "Outreach",
    "Reach",
    "ShortLink",
    "SilencedNotice",
    "Value",
    "VersionUse",
]
