from django.urls import path

from livinglab.signatures.web import certificates, verification

app_name = "signatures"

urlpatterns = [
    path("regions/<str:code>/certificates/", certificates.listed, name="certificates"),
    path("regions/<str:code>/certificates/issue/", certificates.issue, name="issue_certificate"),
    path("regions/<str:code>/certificates/enter/", certificates.enter, name="enter_certificate"),
    path(
        "regions/<str:code>/certificates/<uuid:certificate_id>/revoke/",
        certificates.revoke,
        name="revoke_certificate",
    ),
    path("verify/", verification.verify, name="verify"),
    path("verify/<str:code>/", verification.document, name="document"),
]
