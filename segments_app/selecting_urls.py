"""Pages of what goes into a segment and out of it. They belong to `segments_app.urls`."""

from django.urls import path

from segments_app.views import contact, from_logged, picking, thinning

urlpatterns = [
    path("<str:number>/thin/", thinning.thin, name="thin"),
    path("<str:number>/pick/", picking.pick, name="pick"),
    path("<str:number>/paste/", picking.paste, name="paste"),
    path("<str:number>/why/", contact.why, name="why"),
    path(
        "<str:number>/reuse-logged-segment/",
        from_logged.reuse_logged_segment,
        name="reuse_logged_segment",
    ),
]
