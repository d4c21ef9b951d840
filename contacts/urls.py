from django.urls import path

from contacts.views import contact, history, imports

app_name = "contacts"
urlpatterns = [
    path("", contact.ContactListView.as_view(), name="list"),
    path("create/", contact.create, name="create"),
    path("pick/", contact.pick, name="pick"),
    path("import/", imports.upload, name="import"),
    path("import/confirm/", imports.confirm, name="import_confirm"),
    path("<str:number>/", contact.ContactDetailView.as_view(), name="detail"),
    path("<str:number>/changes/", history.ContactHistoryView.as_view(), name="history"),
    path("<str:number>/edit/", contact.update, name="update"),
    path("<str:number>/delete/", contact.delete, name="delete"),
]
