from django.urls import path

from .views import (
    bounce,
    campaign,
    contact,
    delivery,
    entry,
    export,
    logged_segment,
    many,
    preview,
    template,
    unsubscribe,
)

app_name = "interactions"
urlpatterns = [
    path("", entry.EntryListView.as_view(), name="list"),
    path("change/", many.change_many, name="change_many"),
    path("delete-canceled/", many.delete_canceled, name="delete_canceled"),
    path("export/<str:kind>/", export.export, name="export"),
    path("<int:pk>/", entry.EntryDetailView.as_view(), name="entry_detail"),
    path("<int:pk>/letter/", entry.entry_letter, name="entry_letter"),
    path("<int:pk>/preview/", preview.entry_preview, name="entry_preview"),
    path("<int:pk>/preview-letter/", preview.entry_preview_letter, name="entry_preview_letter"),
    path("letter-frame/", preview.letter_frame, name="letter_frame"),
    path("<int:pk>/evaluate/", entry.evaluate_entry, name="entry_evaluate"),
    path("<int:pk>/comment/", entry.comment_entry, name="entry_comment"),
    path("<int:pk>/files/<int:key>/", entry.entry_file, name="entry_file"),
    path("<int:pk>/cancel/", entry.cancel_entry, name="entry_cancel"),
    path("<int:pk>/uncancel/", entry.uncancel_entry, name="entry_uncancel"),
    path("contact/<str:number>/statistics/", contact.contact_statistics, name="contact_statistics"),
    path(
        "contact/<str:number>/campaigns/", contact.contact_campaigns, name="campaigns_for_contact"
    ),
    path("contact/<path:number>/", entry.ContactEntryListView.as_view(), name="for_contact"),
    path(
        "logged-segments/",
        logged_segment.LoggedSegmentListView.as_view(),
        name="logged_segment_list",
    ),
    path(
        "logged-segments/<path:number>/header/",
        logged_segment.LoggedSegmentHeaderView.as_view(),
        name="logged_segment_header",
    ),
    path(
        "logged-segments/<path:number>/letters/",
        logged_segment.logged_segment_letters,
        name="logged_segment_letters",
    ),
    path("<int:pk>/email/", delivery.entry_email, name="entry_email"),
    path(
        "logged-segments/<path:number>/delivery/", delivery.DeliveryView.as_view(), name="delivery"
    ),
    path(
        "logged-segments/<path:number>/delivery-progress/",
        delivery.delivery_progress,
        name="delivery_progress",
    ),
    path("logged-segments/<path:number>/deliver/", delivery.deliver, name="deliver"),
    path(
        "logged-segments/<path:number>/deliver-again/",
        delivery.deliver_again,
        name="deliver_again",
    ),
    path("logged-segments/<path:number>/resend/", delivery.resend_entries, name="resend"),
    path("logged-segments/<path:number>/mark-as-sent/", delivery.mark_as_sent, name="mark_as_sent"),
    path("logged-segments/<path:number>/print-file/", delivery.print_file, name="print_file"),
    path("logged-segments/<path:number>/printed/", delivery.printed, name="printed"),
    path("deliveries/<int:pk>/pause/", delivery.pause, name="delivery_pause"),
    path("deliveries/<int:pk>/resume/", delivery.resume, name="delivery_resume"),
    path("deliveries/<int:pk>/cancel/", delivery.cancel, name="delivery_cancel"),
    path("bounces/", bounce.BounceListView.as_view(), name="bounce_list"),
    path("bounces/<int:pk>/use-again/", bounce.use_again, name="bounce_use_again"),
    path(
        "logged-segments/<path:number>/cancel/",
        logged_segment.cancel_logged_segment,
        name="logged_segment_cancel",
    ),
    path(
        "logged-segments/<path:number>/uncancel/",
        logged_segment.uncancel_logged_segment,
        name="logged_segment_uncancel",
    ),
    path(
        "logged-segments/<path:number>/",
        logged_segment.LoggedSegmentDetailView.as_view(),
        name="logged_segment_detail",
    ),
    path("unsubscribe/<str:who>/<str:signature>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("campaigns/", campaign.CampaignListView.as_view(), name="campaign_list"),
    path("campaigns/create/", campaign.create_campaign, name="campaign_create"),
    path("campaigns/<path:number>/update/", campaign.update_campaign, name="campaign_update"),
    path("campaigns/<path:number>/", campaign.CampaignDetailView.as_view(), name="campaign_detail"),
    path("templates/", template.TemplateListView.as_view(), name="template_list"),
    path("template-fields/", template.TemplateFieldsView.as_view(), name="template_fields"),
    path("template-starter/<str:language>/", template.template_starter, name="template_starter"),
    path("template-documents/<int:pk>/", template.template_document, name="template_document"),
    path(
        "templates/<path:code>/changes/",
        template.TemplateHistoryView.as_view(),
        name="template_history",
    ),
    path("templates/<path:code>/", template.TemplateDetailView.as_view(), name="template_detail"),
]
