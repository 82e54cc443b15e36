from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("editions", "0001_initial")]

    operations = [
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(("qualifier__in", ["", "more than", "nearly", "around"])),
                name="fact_qualifier_known",
            ),
        ),
    ]
