"""What administrators set up: users, salespeople, groups, profiles, languages, salutations."""

from .defaults import ContactDefaultsAdmin
from .group import GroupAdmin
from .language import LanguageAdmin
from .number_series import NumberSeriesAdmin
from .people import SalespersonAdmin, UserAdmin
from .profile import ProfileQuestionAdmin, ProfileQuestionnaireAdmin
from .salutation import SalutationAdmin

__all__ = [
    "ContactDefaultsAdmin",
    "GroupAdmin",
    "LanguageAdmin",
    "NumberSeriesAdmin",
    "ProfileQuestionAdmin",
    "ProfileQuestionnaireAdmin",
    "SalespersonAdmin",
    "SalutationAdmin",
    "UserAdmin",
]
