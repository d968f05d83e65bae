"""What is wrong with a row of an uploaded file, in the reader's language, by the rule that it breaks."""

from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.planning.adapters.row_files import RowProblem

_RULES: Final = MappingProxyType(
    {
        "header": gettext_lazy(
            "the first line must be indicator,to_level,effort or indicator,to_level,effort,rupiah"
        ),
        "csv": gettext_lazy("this is not CSV"),
        "columns": gettext_lazy("the row needs as many columns as the first line"),
        "cost-is-whole-rupiah": gettext_lazy("the cost must be whole rupiah from 0, without points"),
        "size": gettext_lazy("the file is larger than one megabyte"),
        "utf-8": gettext_lazy("the file is not UTF-8; save it as CSV in UTF-8"),
        "known-indicators": gettext_lazy("the instrument has no such indicator that a plan could raise"),
        "levels-in-scale": gettext_lazy("no step leads to this level"),
        "effort-not-negative": gettext_lazy("an effort is not below 0"),
        "effort-is-a-number": gettext_lazy(
            "the effort must be a number from 0 with a point and at most six places"
        ),
        "one-row-per-step": gettext_lazy("this step has a row further up already"),
    }
)


def row_in_words(problem: RowProblem) -> str:
    """Return a problem with its line; one of a rule without words stands as the reader of files wrote it."""
    said = _RULES.get(problem.rule, problem.message)
    return _("Line %(line)s: %(problem)s.") % {"line": problem.line, "problem": said}
