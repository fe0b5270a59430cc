"""Addresses of articles and topics."""

from django.urls import path

from articles import image_views, topic_views, views

app_name = "articles"
urlpatterns = [
    path("articles/", views.articles, name="articles"),
    path("articles/<slug:slug>/", views.article, name="article"),
    path("media/<path:name>", image_views.image, name="image"),
    path("topics/", topic_views.topics, name="topics"),
    path("topics/<slug:slug>/", topic_views.topic, name="topic"),
]
