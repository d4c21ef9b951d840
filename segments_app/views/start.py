"""The first page after sign-in."""

from django.views.generic import TemplateView


class StartView(TemplateView):
    """What is in work and what happened last."""

    template_name = "segments/start.html"
