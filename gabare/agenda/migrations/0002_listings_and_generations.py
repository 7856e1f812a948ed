import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0001_initial'),
        ('agenda', '0001_initial'),
    ]

    operations = [
        migrations.AlterField('generation', 'number', models.PositiveBigIntegerField()),
        migrations.AddField('generation', 'listings', models.PositiveBigIntegerField(default=0), preserve_default=False),
        migrations.AddField(
            'listing', 'version',
            models.ForeignKey(default=0, help_text='As listed', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.version'),
            preserve_default=False,
        ),
    ]
