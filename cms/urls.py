"""The addresses of the site: its own pages, and those of the apps."""

from django.contrib import admin
from django.urls import include, path

from cms import feeds, health, search_page, sitemaps, views

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("corrections/", views.corrections, name="corrections"),
    path("report/", views.report, name="report"),
    path("report/thanks/", views.thanks, name="thanks"),
    path("search/", search_page.search, name="search"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    *feeds.urlpatterns,
    *sitemaps.urlpatterns,
    path("", include("actors.urls")),
    path("", include("articles.urls")),
    path("", include("assertions.urls")),
]

handler400 = "cms.views.bad_request"
handler403 = "cms.views.forbidden"
handler404 = "cms.views.not_found"
handler500 = "cms.views.server_error"
