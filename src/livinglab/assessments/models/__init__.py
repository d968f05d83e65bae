from livinglab.assessments.models.published import PublishedAverage, PublishedResult
from livinglab.assessments.models.source import Source

__all__ = ["PublishedAverage", "PublishedResult", "Source"]
