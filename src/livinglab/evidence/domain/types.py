"""What a piece of evidence is. Evaluations speak the same words."""

from enum import StrEnum


class EvidenceType(StrEnum):
    """The kinds of evidence that the guides name (Pedoman MenPANRB 3/2024, typical evidence by level)."""

    DRAFT = "draft"  # rancangan
    POLICY = "policy"  # stipulated regulation, decree, circular
    DERIVED_POLICY = "derived_policy"  # SK, SE or SOP that answers a review
    PLAN = "plan"  # architecture, roadmap, action plan
    GUIDELINE = "guideline"  # pedoman, SOP in use
    MINUTES = "minutes"  # notulen, catatan
    INVITATION = "invitation"
    REVIEW = "review"  # reviu: its day is `issued_on`
    AUDIT = "audit"
    REPORT = "report"  # laporan pelaksanaan
    BUDGET = "budget"  # RKA, DPA
    SCREENSHOT = "screenshot"
    MANUAL = "manual"
    VIDEO = "video"
    LIVE_SERVICE = "live_service"  # address, with a trial account in the reference
    ARCHITECTURE = "architecture"  # of the application
    INTEGRATION = "integration"
    SURVEY = "survey"
    AGREEMENT = "agreement"  # MoU, PKS
    CERTIFICATE = "certificate"
    OTHER = "other"
