"""What was typed as reason becomes the note, which stays in the house; the public is told "other"."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def keep_inside(apps: Any, _editor: BaseDatabaseSchemaEditor) -> None:
    """Move the free text of withdrawals into the note."""
    withdrawn = apps.get_model("publishing", "Item").objects.exclude(withdrawal_reason="")
    withdrawn.update(withdrawal_note=F("withdrawal_reason"), withdrawal_reason="other")


def tell_again(apps: Any, _editor: BaseDatabaseSchemaEditor) -> None:
    """Move it back."""
    withdrawn = apps.get_model("publishing", "Item").objects.exclude(withdrawal_note="")
    withdrawn.update(withdrawal_reason=F("withdrawal_note"), withdrawal_note="")


class Migration(migrations.Migration):
    """Take free texts from the public."""

    dependencies = [("publishing", "0003_withdrawal_note")]

    operations = [migrations.RunPython(keep_inside, tell_again)]
