"""Addresses of articles and topics."""

from django.urls import path

from articles import image_views, preview_views, topic_views, version_views, views
from articles.former import leads_on, leads_to_kept

app_name = "articles"
urlpatterns = [
    path("articles/", views.articles, name="articles"),
    path("articles/<slug:slug>/", leads_on(views.article), name="article"),
    path("articles/<slug:slug>/versions/", leads_on(version_views.listing), name="versions"),
    path("articles/<slug:slug>/versions/<int:number>/", leads_on(version_views.version), name="version"),
    path(
        "articles/<slug:slug>/versions/<int:number>/changes/",
        leads_on(version_views.comparison),
        name="changes",
    ),
    path("articles/<slug:slug>/timemap/", leads_on(version_views.timemap), name="timemap"),
    path("media/<path:name>", image_views.image, name="image"),
    path("preview/<str:token>/", preview_views.preview, name="preview"),
    path("topics/", topic_views.topics, name="topics"),
    path("topics/<slug:slug>/", leads_to_kept(topic_views.topic), name="topic"),
]
