"""Staff addresses of items."""

from django.urls import path

from gongkai.periods.records.urls import addresses_of
from gongkai.publishing import (
    views,
    views_attachments,
    views_bulk,
    views_channels,
    views_columns,
    views_details,
    views_from_file,
    views_list,
    views_outside,
    views_practice,
)

app_name = "publishing"

urlpatterns = [
    path("", views_list.ItemListView.as_view(), name="list"),
    path("new/", views.new, name="new"),
    path("new/from-file/", views_from_file.new, name="new_from_file"),
    path("history/", views.history, name="history"),
    path("bulk/submit/", views_bulk.submit, name="bulk_submit"),
    path("bulk/channels/", views_channels.bulk, name="bulk_channels"),
    path("columns/", views_columns.columns, name="columns"),
    path("columns/new/", views_columns.new, name="column_new"),
    path("columns/<uuid:uid>/", views_columns.edit, name="column_edit"),
    path("columns/<uuid:uid>/<str:step>/", views_columns.shift, name="column_shift"),
    path("practice/", views_practice.practice, name="practice"),
    path("practice/template/", views_practice.template, name="practice_template"),
    path("practice/template/file/", views_practice.template_file, name="practice_template_file"),
    *addresses_of(app_name),
    path("<uuid:uid>/", views.item, name="item"),
    path("<uuid:uid>/presence/", views.presence, name="presence"),
    path("<uuid:uid>/edit/", views.edit, name="edit"),
    path("<uuid:uid>/details/", views_details.details, name="details"),
    path("<uuid:uid>/validity/", views_details.validity, name="validity"),
    path("<uuid:uid>/outside/", views_outside.outside, name="outside"),
    path("<uuid:uid>/outside/package/", views_outside.take, name="outside_package"),
    path("<uuid:uid>/outside/screenshot/", views_outside.screenshot, name="outside_screenshot"),
    path("<uuid:uid>/channels/", views_channels.channels, name="channels"),
    path("<uuid:uid>/channels/<int:pk>/photo/", views_channels.photo, name="channel_photo"),
    path("<uuid:uid>/channels/<int:pk>/remove/", views_channels.remove, name="channel_remove"),
    path("<uuid:uid>/body/", views_from_file.body, name="body"),
    path("<uuid:uid>/attachments/", views_attachments.attachments, name="attachments"),
    path("<uuid:uid>/attachments/<uuid:attachment>/", views_attachments.download, name="attachment"),
    path("<uuid:uid>/attachments/<uuid:attachment>/text/", views_attachments.text, name="attachment_text"),
    path("<uuid:uid>/attachments/<uuid:attachment>/<str:act>/", views_attachments.change, name="attachment_change"),
    path("<uuid:uid>/<str:act>/", views.act, name="act"),
]
