"""What an operator is told when a setting cannot be meant."""

from contacts.system_checks import consent_channels


def test_a_channel_that_there_is_not_is_refused(settings):
    settings.CONSENT_REQUIRED = ["e-mail", "letter"]
    (error,) = consent_channels()
    assert "e-mail" in error.msg
    assert "email" in str(error.hint)
    settings.CONSENT_REQUIRED = ["email", "letter", "phone"]
    assert consent_channels() == []
