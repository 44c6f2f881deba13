"""Addresses of the gate, taken up by `gongkai.review.urls`."""

from django.urls import path

from gongkai.review import views_gate

gate_urls = [
    path("", views_gate.ReviewListView.as_view(), name="list"),
    path("gate/<str:kind>/<str:key>/", views_gate.gate, name="gate"),
    path("gate/<str:kind>/<str:key>/ask/", views_gate.ask, name="gate_ask"),
    path("gate/<str:kind>/<str:key>/mask/", views_gate.mask, name="gate_mask"),
    path("gate/<str:kind>/<str:key>/<uuid:uid>/<str:answer>/", views_gate.decide, name="gate_decide"),
    path("words/", views_gate.WordListView.as_view(), name="words"),
    path("words/new/", views_gate.word_new, name="word_new"),
    path("words/<uuid:uid>/remove/", views_gate.word_remove, name="word_remove"),
]
