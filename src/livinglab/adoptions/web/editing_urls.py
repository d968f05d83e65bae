from django.urls import path

from livinglab.adoptions.web import (
    editing,
    editing_fields,
    editing_forms,
    editing_new,
    editing_service,
    editing_tables,
    scenario_parts,
)
from livinglab.adoptions.web import editing_process as processes
from livinglab.adoptions.web import editing_scenarios as scenarios
from livinglab.adoptions.web import editing_texts as texts
from livinglab.adoptions.web import process_ways as ways

_FORM = "forms/<slug:form>/"
_FIELD = f"{_FORM}fields/<slug:field>/"

#: the editors of an adaptation, below its `edit/`; the process has pages of its own
urlpatterns = [
    path("", editing.start, name="edit"),
    path(_FORM, editing_forms.form, name="edit_form"),
    path(f"{_FORM}add/", editing_fields.add, name="add_field"),
    path(_FIELD, editing_fields.field, name="edit_field"),
    path(f"{_FIELD}columns/", editing_fields.add, name="add_column"),
    path(f"{_FIELD}columns/<slug:column>/", editing_fields.field, name="edit_column"),
    path("rules/<slug:rule>/", editing_tables.table, name="edit_rule"),
    path("texts/<slug:kind>/<slug:text>/", texts.text, name="edit_text"),
    path("new/scenarios/", scenario_parts.new, name="edit_new_scenario"),
    path("new/<slug:kind>/", editing_new.new, name="edit_new"),
    path("scenarios/<slug:scenario>/", scenarios.scenario, name="edit_scenario"),
    path("scenarios/<slug:scenario>/<int:step>/", scenarios.answers, name="edit_answers"),
    path("process/", processes.process, name="edit_process"),
    path("process/steps/<str:step>/", processes.step, name="edit_step"),
    path("process/steps/<str:step>/more/", ways.add, name="edit_step_more"),
    path("process/decision/", ways.decide, name="edit_decision"),
    path("service/<slug:part>/", editing_service.service, name="edit_service"),
]
