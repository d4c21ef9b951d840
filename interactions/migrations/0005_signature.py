import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0011_profile_answer_names'),
        ('interactions', '0004_delivery'),
    ]

    operations = [
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='signatures', to='interactions.document', verbose_name='picture')),
                ('salesperson', models.OneToOneField(on_delete=django.db.models.deletion.DB_CASCADE, related_name='signature', to='contacts.salesperson', verbose_name='salesperson')),
            ],
            options={
                'verbose_name': 'signature',
                'verbose_name_plural': 'signatures',
                'default_permissions': (),
            },
        ),
    ]
