"""Where each room's pages begin."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import URLPattern, URLResolver, include, path

from contacts.views.user import set_language
from segments_app.views.start import StartView

admin.site.site_header = admin.site.site_title = "Målgruppe"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", StartView.as_view(), name="start"),
    path("contacts/", include("contacts.urls")),
    path("segments/", include("segments_app.urls")),
    path("interactions/", include("interactions.urls")),
    path("accounts/language/", set_language, name="set_language"),
    # No "forgot your password": an administrator gives a new one, and no page is open to strangers.
    path("accounts/login/", auth.LoginView.as_view(), name="login"),
    path("accounts/logout/", auth.LogoutView.as_view(), name="logout"),
    path("accounts/password_change/", auth.PasswordChangeView.as_view(), name="password_change"),
    path(
        "accounts/password_change/done/",
        auth.PasswordChangeDoneView.as_view(),
        name="password_change_done",
    ),
    path("admin/", admin.site.urls),
]
