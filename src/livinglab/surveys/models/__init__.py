from livinglab.surveys.models.answer import Comment, Invitation, Response
from livinglab.surveys.models.figure import SatisfactionFigure, SurveyedService

__all__ = ["Comment", "Invitation", "Response", "SatisfactionFigure", "SurveyedService"]
