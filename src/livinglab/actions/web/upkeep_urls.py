"""The pages that keep a plan on its way: forecast, budget year, calendar, reminders, scorecard, workbook."""

from django.urls import path

from livinglab.actions.web import budget, calendar, forecast, reminders, scorecard, workbook

_HERE = "regions/<str:code>/actions/"
_PLAN = f"{_HERE}<uuid:plan_id>/"

urlpatterns = [
    path(f"{_HERE}calendar/", calendar.calendar, name="calendar"),
    path(f"{_HERE}calendar.ics", calendar.calendar_file, name="calendar-file"),
    path(f"{_HERE}calendar/<str:token>.ics", calendar.calendar_feed, name="calendar-feed"),
    path(f"{_HERE}reminders/", reminders.reminders, name="reminders"),
    path(f"{_HERE}scorecard/", scorecard.scorecard, name="scorecard"),
    path(f"{_HERE}scorecard.<str:file_format>", scorecard.scorecard_file, name="scorecard-file"),
    path(f"{_PLAN}forecast/", forecast.forecast, name="forecast"),
    path(f"{_PLAN}forecast.<str:file_format>", forecast.forecast_file, name="forecast-file"),
    path(f"{_PLAN}budget/", budget.budget, name="budget"),
    path(f"{_PLAN}workbook/", workbook.workbook, name="workbook"),
    path(f"{_PLAN}workbook/actions.xlsx", workbook.workbook_file, name="workbook-file"),
    path(f"{_PLAN}workbook/<uuid:workbook_id>/", workbook.workbook_preview, name="workbook-preview"),
]
