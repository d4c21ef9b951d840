"""Pages of saved criteria. They belong to `segments_app.urls`."""

from django.urls import path

from segments_app.views import saved_criteria

urlpatterns = [
    path("criteria/", saved_criteria.SavedCriteriaListView.as_view(), name="saved_criteria_list"),
    path("create-criteria/", saved_criteria.create, name="saved_criteria_create"),
    path("criteria/<str:code>/", saved_criteria.detail, name="saved_criteria_detail"),
    path("criteria/<str:code>/update/", saved_criteria.update, name="saved_criteria_update"),
    path(
        "criteria/<str:code>/duplicate/", saved_criteria.duplicate, name="saved_criteria_duplicate"
    ),
    path(
        "criteria/<str:code>/change-steps/",
        saved_criteria.change_steps,
        name="saved_criteria_steps",
    ),
    path(
        "criteria/<str:code>/change-steps/step/",
        saved_criteria.change_step,
        name="saved_criteria_step",
    ),
    path("criteria/<str:code>/delete/", saved_criteria.delete, name="saved_criteria_delete"),
]
