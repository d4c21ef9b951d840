from django.db import migrations, models
from django.db.models import Max


def know_the_highest(apps, schema_editor):
    """Of segments that were logged before: no interaction at all has a higher key."""
    entry = apps.get_model("interactions", "InteractionLogEntry")
    segment = apps.get_model("interactions", "LoggedSegment")
    highest = entry.objects.aggregate(highest=Max("pk"))["highest"] or 0
    segment.objects.update(highest_entry=highest)


class Migration(migrations.Migration):

    dependencies = [
        ('interactions', '0009_letter_choice'),
    ]

    operations = [
        migrations.AddField(
            model_name='loggedsegment',
            name='highest_entry',
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.RunPython(know_the_highest, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name='loggedsegment',
            index=models.Index(fields=['highest_entry'], name='logged_segment_highest_entry'),
        ),
        migrations.AddIndex(
            model_name='interactionlogentry',
            index=models.Index(condition=models.Q(('logged_segment__isnull', True)), fields=['id'], name='entry_alone'),
        ),
    ]
