"""Where each room's pages begin."""

from django.contrib import admin
from django.contrib.auth import urls as auth_urls
from django.urls import URLPattern, URLResolver, include, path

from contacts.views.user import set_language
from segments_app.views.start import StartView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", StartView.as_view(), name="start"),
    path("contacts/", include("contacts.urls")),
    path("segments/", include("segments_app.urls")),
    path("interactions/", include("interactions.urls")),
    path("accounts/language/", set_language, name="set_language"),
    path("accounts/", include(auth_urls)),
    path("admin/", admin.site.urls),
]
