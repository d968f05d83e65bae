from livinglab.comparisons.models.standing import Standing
from livinglab.comparisons.models.year_summary import YearSummary

__all__ = ["Standing", "YearSummary"]
