"""Addresses of assertions and relationships."""

from django.urls import path

from assertions import figure_views, network_views, question_views, relationship_views, timeline_views, views

app_name = "assertions"
urlpatterns = [
    path("assertions/", views.assertions, name="assertions"),
    path("assertions/<slug:identifier>/", views.assertion, name="assertion"),
    path("figures/", figure_views.figures, name="figures"),
    path("figures/<slug:slug>/", figure_views.figure, name="figure"),
    path("network/", network_views.network, name="network"),
    path("questions/", question_views.questions, name="questions"),
    path("questions/<slug:slug>/", question_views.question, name="question"),
    path("relationships/", relationship_views.relationships, name="relationships"),
    path("relationships/<slug:one>/<slug:other>/", relationship_views.relationship, name="relationship"),
    path("timeline/", timeline_views.timeline_page, name="timeline"),
]
