"""What can be asked of the groups a contact is in, and of what belongs to it (R24, R25)."""

from django.utils.translation import gettext_lazy as _

from contacts.conditions import (
    GROUPS,
    AnyObject,
    AnyOf,
    Belonging,
    How,
    InForce,
    InGroups,
    Related,
    YesNo,
    members,
)
from contacts.models import (
    AddressPeriod,
    BusinessRelation,
    Channel,
    Consent,
    ContactBusinessRelation,
    ContactIndustryGroup,
    ContactJobResponsibility,
    ContactMailingGroup,
    ContactProfileAnswer,
    IndustryGroup,
    JobResponsibility,
    MailingGroup,
    ProfileAnswer,
    ProfileQuestionnaire,
)

from .condition_set import ConditionSet
from .of_contact import code, date

MAILING_GROUPS = Belonging(
    GROUPS["groups"],
    MailingGroup.objects.all(),
    members(ContactMailingGroup),
    {
        How.ANY: _("In mailing group"),
        How.ALL: _("In all mailing groups"),
        How.NONE: _("Not in mailing group"),
    },
    {
        How.ANY: _("in mailing group %(value)s"),
        How.ALL: _("in mailing group %(value)s"),
        How.NONE: _("not in mailing group %(value)s"),
    },
)
INDUSTRY_GROUPS = Belonging(
    GROUPS["industry"],
    IndustryGroup.objects.all(),
    members(ContactIndustryGroup),
    {
        How.ANY: _("In industry group"),
        How.ALL: _("In all industry groups"),
        How.NONE: _("Not in industry group"),
    },
    {
        How.ANY: _("in industry group %(value)s"),
        How.ALL: _("in industry group %(value)s"),
        How.NONE: _("not in industry group %(value)s"),
    },
    key="company",
)
JOB_RESPONSIBILITIES = Belonging(
    GROUPS["responsibilities"],
    JobResponsibility.objects.all(),
    members(ContactJobResponsibility),
    {
        How.ANY: _("Has job responsibility"),
        How.ALL: _("Has all job responsibilities"),
        How.NONE: _("Has not job responsibility"),
    },
    {
        How.ANY: _("is responsible for %(value)s"),
        How.ALL: _("is responsible for %(value)s"),
        How.NONE: _("is not responsible for %(value)s"),
    },
)
BUSINESS_RELATIONS = Belonging(
    GROUPS["relations"],
    BusinessRelation.objects.all(),
    members(ContactBusinessRelation),
    {
        How.ANY: _("Has business relation"),
        How.ALL: _("Has all business relations"),
        How.NONE: _("Has not business relation"),
    },
    {
        How.ANY: _("has business relation %(value)s"),
        How.ALL: _("has business relation %(value)s"),
        How.NONE: _("has not business relation %(value)s"),
    },
    key="company",
)


class OfGroups(ConditionSet):
    """Conditions on the groups a contact, or its company, is in."""

    mailing_groups = InGroups(MAILING_GROUPS, How.ANY)
    mailing_groups_all = InGroups(MAILING_GROUPS, How.ALL)
    mailing_groups_not = InGroups(MAILING_GROUPS, How.NONE)
    industry_groups = InGroups(INDUSTRY_GROUPS, How.ANY)
    industry_groups_all = InGroups(INDUSTRY_GROUPS, How.ALL)
    industry_groups_not = InGroups(INDUSTRY_GROUPS, How.NONE)
    job_responsibilities = InGroups(JOB_RESPONSIBILITIES, How.ANY)
    job_responsibilities_all = InGroups(JOB_RESPONSIBILITIES, How.ALL)
    job_responsibilities_not = InGroups(JOB_RESPONSIBILITIES, How.NONE)
    business_relations = InGroups(BUSINESS_RELATIONS, How.ANY)
    business_relations_all = InGroups(BUSINESS_RELATIONS, How.ALL)
    business_relations_not = InGroups(BUSINESS_RELATIONS, How.NONE)


def _with_question(answer: ProfileAnswer) -> str:
    return f"{answer.question}: {answer}"


class OfRows(ConditionSet):
    """Conditions on answers, addresses and consents; those of a kind hold for one row (R24)."""

    profile_answers = Related(
        rows=ContactProfileAnswer._default_manager.all,
        has=_("has a profile answer"),
        has_not=_("has no profile answer"),
        group=GROUPS["profile"],
    )
    profile_questionnaire = AnyObject(
        label=_("Questionnaire"),
        field_name="answer__question__questionnaire",
        queryset=ProfileQuestionnaire.objects.all(),
        clause=_("in questionnaire %(value)s"),
        of="profile_answers",
        group=GROUPS["profile"],
    )
    profile_answer = AnyObject(
        label=_("Answer"),
        field_name="answer",
        queryset=ProfileAnswer.objects.select_related("question"),
        called=_with_question,
        clause=_("“%(value)s”"),
        of="profile_answers",
        group=GROUPS["profile"],
    )
    profile_date = date(
        "answered_on",
        _("Answered on"),
        _("whose date"),
        GROUPS["profile"],
        of="profile_answers",
    )
    alternative_addresses = Related(
        rows=AddressPeriod._default_manager.all,
        has=_("has an alternative address"),
        has_not=_("has no alternative address"),
        group=GROUPS["alternative"],
    )
    alternative_address_on = InForce(
        label=_("In force on"),
        help_text=_("A date, or the first and the last of several: 1-7-2026..31-7-2026"),
        of="alternative_addresses",
        group=GROUPS["alternative"],
    )
    alternative_address_code = code(
        "address__code",
        _("Code"),
        _("whose code"),
        GROUPS["alternative"],
        of="alternative_addresses",
    )
    consents = Related(
        rows=Consent._default_manager.all,
        has=_("has a consent"),
        has_not=_("has no consent"),
        group=GROUPS["consents"],
    )
    consent_given = YesNo(
        label=_("Given or withdrawn"),
        field_name="given",
        choices=[("yes", _("Given")), ("no", _("Withdrawn"))],
        yes=_("given"),
        no=_("withdrawn"),
        of="consents",
        group=GROUPS["consents"],
    )
    consent_channel = AnyOf(
        label=_("Channel"),
        field_name="channel",
        choices=Channel.choices,
        clause=_("for %(value)s"),
        of="consents",
        group=GROUPS["consents"],
    )
    consent_date = date("date", _("Date"), _("whose date"), GROUPS["consents"], of="consents")
