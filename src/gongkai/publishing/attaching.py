"""Forms of attachments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from gongkai.files.door import MAX_MEGABYTES, MOST_FILES
from gongkai.files.names import NAME_LENGTH
from gongkai.files.types import LISTED, TYPES

ACCEPT = ",".join(f".{extension}" for extension in TYPES)


class ManyFilesInput(forms.FileInput):
    """An input that takes several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; gives a list."""

    widget = ManyFilesInput(attrs={"accept": ACCEPT})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """The files in the order in which they were chosen; what a file holds is the door's business, empty ones too."""
        files = [file for file in data or [] if file]
        if not files:
            raise forms.ValidationError(_("请选择文件。"), code="required")
        if len(files) > MOST_FILES:
            said = _("一次最多上传%(most)s个文件，请分几次上传。") % {"most": MOST_FILES}
            raise forms.ValidationError(said, code="too_many")
        return files


class AddingForm(forms.Form):
    """Files to add to an item whose content the officer saw with this digest."""

    digest = forms.CharField(widget=forms.HiddenInput)
    uploads = ManyFilesField(
        label=_("选择文件"),
        help_text=_("可以一次选多个，最多%(most)s个，合起来不超过%(megabytes)sMB。可以上传：%(types)s。")
        % {"most": MOST_FILES, "megabytes": MAX_MEGABYTES, "types": LISTED},
    )


class ReplacingForm(forms.Form):
    """The file that takes an attachment's place."""

    digest = forms.CharField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("新文件"), widget=forms.FileInput(attrs={"accept": ACCEPT}), allow_empty_file=True, max_length=None
    )


class RenamingForm(forms.Form):
    """An attachment's new name."""

    digest = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("名称"), max_length=NAME_LENGTH, help_text=_("扩展名不变。"))


class PlainForm(forms.Form):
    """An act that needs nothing but what the officer saw."""

    digest = forms.CharField(widget=forms.HiddenInput)
