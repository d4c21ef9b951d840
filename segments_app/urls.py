"""Pages of the worksheet. The same word in the URL, the button and the operation."""

from django.urls import path

from segments_app.views import (
    contact,
    documents,
    history,
    letters,
    line,
    logging,
    paragraphs,
    picking,
    preview,
    reusing,
    segment,
    selecting,
    start,
)

app_name = "segments"
urlpatterns = [
    path("", segment.SegmentListView.as_view(), name="list"),
    path("create/", segment.create, name="create"),
    path("find/", start.find, name="find"),
    path("contact/<str:number>/", contact.for_contact, name="for_contact"),
    path("follow-up/<str:number>/", reusing.follow_up, name="follow_up"),
    path("criteria/", reusing.SavedCriteriaListView.as_view(), name="saved_criteria_list"),
    path(
        "criteria/<str:code>/",
        reusing.SavedCriteriaDetailView.as_view(),
        name="saved_criteria_detail",
    ),
    path("criteria/<str:code>/delete/", reusing.delete_criteria, name="saved_criteria_delete"),
    path("<str:number>/", segment.detail, name="detail"),
    path("<str:number>/facts/", segment.facts, name="facts"),
    path("<str:number>/problems/", segment.problems, name="problems"),
    path("<str:number>/update/", segment.update, name="update"),
    path("<str:number>/delete/", segment.delete, name="delete"),
    path("<str:number>/add/", selecting.select, {"action": "add"}, name="add"),
    path("<str:number>/reduce/", selecting.select, {"action": "reduce"}, name="reduce"),
    path("<str:number>/refine/", selecting.select, {"action": "refine"}, name="refine"),
    path("<str:number>/suggest/", picking.suggest, name="suggest"),
    path("<str:number>/add-by-hand/", picking.add_by_hand, name="add_by_hand"),
    path("<str:number>/remove-by-hand/", picking.remove_by_hand, name="remove_by_hand"),
    path(
        "<str:number>/reuse-logged-segment/",
        reusing.reuse_logged_segment,
        name="reuse_logged_segment",
    ),
    path("<str:number>/reuse-criteria/", reusing.reuse_criteria, name="reuse_criteria"),
    path("<str:number>/save-criteria/", reusing.save_criteria, name="save_criteria"),
    path("<str:number>/go-back/", history.go_back, name="go_back"),
    path("<str:number>/go-forward/", history.go_forward, name="go_forward"),
    path("<str:number>/reset/", history.reset, name="reset"),
    path("<str:number>/letters/", letters.letters, name="letters"),
    path("<str:number>/letters/made/", letters.jobs, name="letter_jobs"),
    path("<str:number>/letters/<int:pk>/", letters.fetch_letters, name="fetch_letters"),
    path("<str:number>/letters/<int:pk>/cancel/", letters.cancel, name="cancel_letters"),
    path("<str:number>/letters/<int:pk>/retry/", letters.retry, name="retry_letters"),
    path("<str:number>/letters/<int:pk>/again/", letters.again, name="letters_again"),
    path("<str:number>/letters/problems/", preview.letter_problems, name="letter_problems"),
    path("<str:number>/documents/", documents.documents, name="documents"),
    path("<str:number>/documents/<int:pk>/", documents.document, name="document"),
    path("<str:number>/documents/<int:pk>/put/", documents.put_document, name="put_document"),
    path(
        "<str:number>/documents/<int:pk>/remove/", documents.remove_document, name="remove_document"
    ),
    path("<str:number>/preview/", preview.preview, name="preview"),
    path("<str:number>/log/", logging.log, name="log"),
    path("<str:number>/lines/<int:pk>/", line.line, name="line"),
    path("<str:number>/lines/<int:pk>/inherit/", line.inherit_line, name="inherit_line"),
    path("<str:number>/lines/<int:pk>/letter/", line.letter, name="letter"),
    path("<str:number>/lines/<int:pk>/preview/", preview.preview_line, name="preview_line"),
    path(
        "<str:number>/lines/<int:pk>/preview-letter/", preview.preview_letter, name="preview_letter"
    ),
    path("<str:number>/lines/<int:pk>/preview-pdf/", preview.preview_pdf, name="preview_pdf"),
    path("<str:number>/preview/pdf/<int:pk>/", preview.previewed_pdf, name="previewed_pdf"),
    path("<str:number>/preview/pdf/<int:pk>/open/", preview.open_pdf, name="open_pdf"),
    path(
        "<str:number>/lines/<int:pk>/choose-paragraphs/",
        paragraphs.choose,
        name="choose_paragraphs",
    ),
    path("<str:number>/lines/<int:pk>/put-letter/", line.put_letter, name="put_letter"),
    path("<str:number>/lines/<int:pk>/keep-letter/", line.keep_letter, name="keep_letter"),
    path("<str:number>/lines/<int:pk>/remove-letter/", line.remove_letter, name="remove_letter"),
]
