"""The addresses of the export of contacts; their names are those of the room."""

from django.urls import path

from contacts.views import exports

urlpatterns = [path("", exports.export, name="export")]
