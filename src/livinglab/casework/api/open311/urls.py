from django.urls import path

from livinglab.casework.api.open311 import discovery, requests, services

app_name = "open311"
urlpatterns = [
    path("discovery.<slug:kind>", discovery.discovery, name="discovery"),
    path("v2/services.<slug:kind>", services.services, name="services"),
    path("v2/services/<str:service_code>.<slug:kind>", services.definition, name="definition"),
    path("v2/requests.<slug:kind>", requests.requests, name="requests"),
    path("v2/requests/<str:request_id>.<slug:kind>", requests.single, name="request"),
    path("v2/tokens/<str:token>.<slug:kind>", requests.token, name="token"),
]
