"""Addresses of actors."""

from django.urls import path

from actors import views

app_name = "actors"
urlpatterns = [
    path("actors/", views.actors, name="actors"),
    path("actors/<slug:slug>/", views.actor, name="actor"),
]
