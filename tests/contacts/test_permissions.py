"""What a person may do: their own permissions and those of their roles."""

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Permission

from contacts.models import User
from contacts.permissions import OneQuestionBackend

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    """As a page finds the person who asks."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def mette_and_more(mette) -> User:
    """Marketing staff who may also cancel."""
    mette.user_permissions.add(Permission.objects.get(codename="cancel_loggedsegment"))
    return mette


def test_they_are_those_that_django_finds(mette_and_more, rasmus):
    for user in (mette_and_more, rasmus, User.objects.create_superuser("admin")):
        expected = ModelBackend().get_all_permissions(fresh(user))
        assert OneQuestionBackend().get_all_permissions(fresh(user)) == expected
        assert expected


def test_one_question_is_asked(mette_and_more, django_assert_num_queries):
    mette = fresh(mette_and_more)
    with django_assert_num_queries(1):
        assert mette.has_perm("interactions.cancel_loggedsegment")
        assert mette.has_perm("segments.change_segment")
        assert not mette.has_perm("interactions.delete_interactionlogentry")


def test_who_is_not_active_or_not_signed_in_may_nothing(mette):
    mette.is_active = False
    for user in (mette, AnonymousUser()):
        assert OneQuestionBackend().get_all_permissions(user) == set()
