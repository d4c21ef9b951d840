from django.urls import include, path

from contacts.views import (
    consent,
    contact,
    duplicate,
    filter_language,
    group,
    history,
    imports,
    privacy,
    profile,
)

app_name = "contacts"
urlpatterns = [
    path("", contact.ContactListView.as_view(), name="list"),
    path("create/", contact.create, name="create"),
    path("pick/", contact.pick, name="pick"),
    path("import/", include("contacts.imports.urls")),
    path("export/", include("contacts.exports.urls")),
    path("groups/", group.GroupListView.as_view(), name="group_list"),
    path("groups/<slug:kind>/create/", group.create, name="group_create"),
    path("groups/<slug:kind>/<int:pk>/", group.MemberListView.as_view(), name="group_detail"),
    path("groups/<slug:kind>/<int:pk>/edit/", group.update, name="group_update"),
    path("groups/<slug:kind>/<int:pk>/delete/", group.delete, name="group_delete"),
    path("groups/<slug:kind>/<int:pk>/suggest/", group.suggest, name="group_suggest"),
    path("groups/<slug:kind>/<int:pk>/add/", group.add, name="group_add"),
    path("groups/<slug:kind>/<int:pk>/remove/", group.remove, name="group_remove"),
    path("profiles/", profile.QuestionnaireListView.as_view(), name="profile_list"),
    path("profiles/<int:pk>/", profile.QuestionnaireView.as_view(), name="profile_detail"),
    path("profiles/answers/<int:pk>/", profile.AnswerView.as_view(), name="profile_answer"),
    path(
        "filter-language/", filter_language.FilterLanguageView.as_view(), name="filter_language"
    ),
    path("duplicates/", duplicate.DuplicateListView.as_view(), name="duplicates"),
    path("duplicates/find/", duplicate.find, name="find_duplicates"),
    path("duplicates/similar/", duplicate.similar, name="similar"),
    path("duplicates/<int:pk>/dismiss/", duplicate.dismiss, name="dismiss_duplicate"),
    path("merge/<str:first>/<str:second>/", duplicate.merge, name="merge"),
    path("<str:number>/", contact.ContactDetailView.as_view(), name="detail"),
    path("<str:number>/changes/", history.ContactHistoryView.as_view(), name="history"),
    path("<str:number>/privacy/", privacy.show, name="privacy"),
    path("<str:number>/privacy/everything.json", privacy.as_json, name="privacy_json"),
    path("<str:number>/privacy/everything.docx", privacy.as_document, name="privacy_document"),
    path("<str:number>/privacy/erase/", privacy.erase, name="erase"),
    path("<str:number>/edit/", contact.update, name="update"),
    path("<str:number>/groups/", group.update_groups, name="update_groups"),
    path("<str:number>/profile/", profile.update_profile, name="update_profile"),
    path("<str:number>/consents/<str:channel>/", consent.record, name="record_consent"),
    path("<str:number>/delete/", contact.delete, name="delete"),
]
