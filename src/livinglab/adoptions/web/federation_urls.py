"""Addresses for offers between instances."""

from django.urls import path

from livinglab.adoptions.web import federated_offers

urlpatterns = [
    path(".well-known/livinglab-offers.json", federated_offers.index, name="offers-index"),
    path("packages/offers/<uuid:offer_id>.zip", federated_offers.archive, name="offer-archive"),
    path("regions/<str:code>/packages/offers/fetch/", federated_offers.fetch, name="offers-fetch"),
]
