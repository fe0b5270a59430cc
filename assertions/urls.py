"""Addresses of assertions and relationships."""

from django.urls import path

from assertions import relationship_views, views

app_name = "assertions"
urlpatterns = [
    path("assertions/", views.assertions, name="assertions"),
    path("assertions/<slug:identifier>/", views.assertion, name="assertion"),
    path("relationships/", relationship_views.relationships, name="relationships"),
    path("relationships/<slug:one>/<slug:other>/", relationship_views.relationship, name="relationship"),
]
