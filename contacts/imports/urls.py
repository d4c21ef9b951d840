"""The addresses of the import of contacts; their names are those of the room."""

from django.urls import path

from contacts.views import imports

urlpatterns = [
    path("", imports.upload, name="import"),
    path("<int:pk>/", imports.detail, name="import_detail"),
    path("<int:pk>/layout/", imports.layout, name="import_layout"),
    path("<int:pk>/check/", imports.check, name="import_check"),
    path("<int:pk>/reopen/", imports.reopen, name="import_reopen"),
    path("<int:pk>/confirm/", imports.confirm, name="import_confirm"),
    path("<int:pk>/cancel/", imports.cancel, name="import_cancel"),
    path("<int:pk>/refused.<str:kind>", imports.refused, name="import_refused"),
]
