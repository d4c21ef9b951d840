"""What a person may do, asked of the database once for a page."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission


class OneQuestionBackend(ModelBackend):
    """Django's own, but it asks for a person's permissions and those of the roles at once."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        ordinary = user_obj.is_active and not user_obj.is_superuser and obj is None
        if ordinary and not hasattr(user_obj, "_perm_cache"):
            user_obj._perm_cache = self._own_and_of_roles(user_obj)
        return super().get_all_permissions(user_obj, obj)

    def _own_and_of_roles(self, user: Any) -> set[str]:
        names = ("content_type__app_label", "codename")
        all_there_are = Permission.objects.order_by().values_list(*names)
        own, of_roles = all_there_are.filter(user=user), all_there_are.filter(group__user=user)
        return {f"{label}.{codename}" for label, codename in own.union(of_roles).order_by()}
