"""The order of precedence: what holds for a line, from the line, header, template and contact.

A line follows its header. Where the line has a template other than the header's, what belongs to a
template (description, subject, cost, duration, flow, correspondence type) comes from the line's
template instead (R81, D9).
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, NullIf

from interactions.models import InteractionTemplate, TemplateDocument

TEXT = models.CharField()
MONEY = models.DecimalField(max_digits=12, decimal_places=2)


def resolve(lines: Any) -> Any:
    """Annotate `r_<field>` on a queryset of segment lines. One small query for the documents."""
    documents = _Documents()
    return (
        lines.annotate(
            r_template=Coalesce("template", "segment__template"),
            r_follows_header=Case(
                When(Q(template__isnull=True) | Q(template=F("segment__template")), then=True),
                default=False,
            ),
        )
        .annotate(r_language=documents.language())
        .annotate(
            r_date=Coalesce("date", "segment__date"),
            r_salesperson=Coalesce("salesperson", "segment__salesperson", "contact__salesperson"),
            r_campaign=Coalesce("campaign", "segment__campaign"),
            r_campaign_target=Coalesce("campaign_target", "segment__campaign_target"),
            r_campaign_response=Coalesce("campaign_response", "segment__campaign_response"),
            r_description=_text("description", "segment__description", _template("description")),
            r_information_flow=_text(
                "information_flow", "segment__information_flow", _template("information_flow")
            ),
            r_initiated_by=_text(
                "initiated_by", "segment__initiated_by", _template("initiated_by")
            ),
            r_cost=Coalesce(
                "cost",
                _header("segment__unit_cost", MONEY),
                _template("unit_cost"),
                Value(0),
                output_field=MONEY,
            ),
            r_duration=Coalesce(
                "duration",
                _header("segment__unit_duration", models.IntegerField()),
                _template("unit_duration"),
                Value(0),
                output_field=models.IntegerField(),
            ),
            r_correspondence_type=_correspondence_type(),
            r_group=_template("group"),
            r_document=Coalesce(
                "document", documents.document(), output_field=models.BigIntegerField()
            ),
        )
        .annotate(
            r_subject=Coalesce(
                "subject",
                NullIf(_header("segment__subject", TEXT), Value("")),
                NullIf(documents.subject(), Value("")),
                "r_description",
                output_field=TEXT,
            )
        )
    )


def _template(name: str) -> Case:
    """The value of field `name` of the template that holds for the line."""
    return Case(
        When(template__isnull=False, then=F(f"template__{name}")),
        default=F(f"segment__template__{name}"),
        output_field=_value_field(InteractionTemplate._meta.get_field(name)),
    )


def _value_field(field: Any) -> Any:
    """The kind of value a field holds; for a relation, the kind of its target's key."""
    if not field.is_relation:
        return field.clone()
    text = isinstance(field.target_field, models.CharField)
    return TEXT if text else models.BigIntegerField()


def _header(field: str, output_field: models.Field[Any, Any]) -> Case:
    """The value of a header field, null for a line whose template is another than the header's."""
    return Case(When(r_follows_header=True, then=F(field)), output_field=output_field)


def _text(line: str, header: str, template: Case) -> Coalesce:
    own_header = NullIf(_header(header, TEXT), Value(""))
    return Coalesce(line, own_header, template, Value(""), output_field=TEXT)


def _correspondence_type() -> Coalesce:
    """The line's; the header's for everyone; the template's for everyone; the contact's; the
    header's; the template's (D10)."""
    header = NullIf(_header("segment__correspondence_type", TEXT), Value(""))
    template = _template("correspondence_type")
    return Coalesce(
        "correspondence_type",
        Case(When(segment__ignore_contact_correspondence_type=True, then=header)),
        Case(When(_template_ignores_contact(), then=NullIf(template, Value("")))),
        NullIf("contact__correspondence_type", Value("")),
        header,
        template,
        Value(""),
        output_field=TEXT,
    )


def _template_ignores_contact() -> Q:
    own = Q(template__ignore_contact_correspondence_type=True)
    followed = Q(template__isnull=True, segment__template__ignore_contact_correspondence_type=True)
    return own | followed


class _Documents:
    """The documents of the templates in use, compiled into CASE expressions (measured: about a
    third faster than a subquery for each line)."""

    def __init__(self) -> None:
        self.by_template: dict[int, dict[str, tuple[int, str]]] = defaultdict(dict)
        for template, language, document, subject in _documents_in_use():
            self.by_template[template][language] = (document, subject)

    def language(self) -> Coalesce:
        """The line's own; the contact's or the header's, if the template has it; the template's
        default; without a template the contact's, then the header's (D11)."""
        return Coalesce(
            "language",
            self._if_known("contact__language"),
            self._if_known("segment__language"),
            _template("language"),
            "contact__language",
            "segment__language",
            output_field=TEXT,
        )

    def _if_known(self, path: str) -> Case:
        whens = [
            When(Q(r_template=template, **{f"{path}__in": list(languages)}), then=F(path))
            for template, languages in self.by_template.items()
        ]
        return Case(*whens, output_field=TEXT) if whens else Case(output_field=TEXT)

    def document(self) -> Case:
        return self._by_language(lambda entry: entry[0], models.BigIntegerField())

    def subject(self) -> Case:
        return self._by_language(lambda entry: entry[1], TEXT)

    def _by_language(
        self, pick: Callable[[tuple[int, str]], Any], output: models.Field[Any, Any]
    ) -> Case:
        whens = [
            When(r_template=template, r_language=language, then=Value(pick(entry)))
            for template, languages in self.by_template.items()
            for language, entry in languages.items()
        ]
        return Case(*whens, output_field=output)


def _documents_in_use() -> Any:
    return TemplateDocument.objects.values_list(
        "template_id", "language_id", "document_id", "subject"
    )
