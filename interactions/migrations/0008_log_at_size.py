
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0011_profile_answer_names'),
        ('interactions', '0007_time_and_contact_via'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='interactionlogentry',
            name='entry_delivery_unsettled',
        ),
        migrations.AddIndex(
            model_name='interactionlogentry',
            index=models.Index(fields=['salesperson', 'date', 'id'], name='entry_salesperson_date'),
        ),
        migrations.AddIndex(
            model_name='interactionlogentry',
            index=models.Index(fields=['group', 'date', 'id'], name='entry_group_date'),
        ),
        migrations.AddIndex(
            model_name='interactionlogentry',
            index=models.Index(condition=models.Q(('evaluation', ''), _negated=True), fields=['evaluation', 'date', 'id'], name='entry_evaluation'),
        ),
        migrations.AddIndex(
            model_name='interactionlogentry',
            index=models.Index(condition=models.Q(('attempt_failed', True)), fields=['date', 'id'], name='entry_failed'),
        ),
        migrations.AddIndex(
            model_name='interactionlogentry',
            index=models.Index(condition=models.Q(('campaign_response', True)), fields=['date', 'id'], name='entry_responses'),
        ),
        migrations.AddIndex(
            model_name='interactionlogentry',
            index=models.Index(condition=models.Q(models.Q(('delivery_state', ''), _negated=True), models.Q(('delivery_state', 'sent'), _negated=True)), fields=['delivery_state', 'date', 'id'], name='entry_delivery_unsettled'),
        ),
    ]
