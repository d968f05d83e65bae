from django.urls import path

from livinglab.sandboxes.web import forms, hub, papers, start, tasks

app_name = "sandboxes"

_SANDBOX = "try/s/<str:address>/"

urlpatterns = [
    path("try/", start.packages, name="list"),
    path(_SANDBOX, hub.hub, name="hub"),
    path(f"{_SANDBOX}role/", hub.role, name="role"),
    path(f"{_SANDBOX}clock/", hub.push, name="clock"),
    path(f"{_SANDBOX}next/", hub.next_step, name="next"),
    path(f"{_SANDBOX}reset/", hub.reset, name="reset"),
    path(f"{_SANDBOX}withdraw/", hub.withdraw, name="withdraw"),
    path(f"{_SANDBOX}pay/", hub.pay, name="pay"),
    path(f"{_SANDBOX}fill/", forms.fill, name="fill"),
    path(f"{_SANDBOX}form/", forms.first_page, name="form"),
    path(f"{_SANDBOX}form/check/", forms.check, name="check"),
    path(f"{_SANDBOX}form/receipt/", forms.receipt, name="receipt"),
    path(f"{_SANDBOX}form/<slug:page>/", forms.page, name="page"),
    path(f"{_SANDBOX}tasks/<str:task>/", tasks.task, name="task"),
    path(f"{_SANDBOX}messages/", papers.messages, name="messages"),
    path(f"{_SANDBOX}documents/<int:nth>/", papers.document, name="document"),
    path(f"{_SANDBOX}documents/<int:nth>/pdf/", papers.document_as_pdf, name="document-pdf"),
    path("try/<str:code>/<slug:package_id>/", start.package, name="package"),
    path("try/<str:code>/<slug:package_id>/<str:version>/", start.package, name="open"),
]
