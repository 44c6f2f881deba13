"""All addresses: public pages at the root, staff pages below /staff/."""

from django.conf import settings
from django.urls import include, path

from gongkai.portal.preview import preview

urlpatterns = [
    path("staff/", include("gongkai.backoffice.urls")),
    path("staff/publishing/<uuid:uid>/preview/", preview, name="preview"),
    path("staff/publishing/", include("gongkai.publishing.urls")),
    path("staff/review/", include("gongkai.review.urls")),
    path("staff/requests/", include("gongkai.inforequests.urls")),
    path("staff/enquiries/", include("gongkai.enquiries.urls")),
    path("staff/exchange/", include("gongkai.exchange.urls")),
    path("staff/resources/", include("gongkai.resources.urls")),
    path("staff/periods/", include("gongkai.periods.urls")),
    path("staff/settings/", include("gongkai.agencies.urls")),
    path("staff/figures/rules/", include("gongkai.lawbook.urls")),
    path("staff/figures/", include("gongkai.figures.urls")),
    path("staff/reports/", include("gongkai.reports.urls")),
    path("", include("gongkai.portal.urls")),
]

if settings.DEBUG:
    urlpatterns.insert(0, path("staff/ui/", include("gongkai.ui.urls")))

handler400 = "gongkai.ui.errors.bad_request"
handler403 = "gongkai.ui.errors.permission_denied"
handler404 = "gongkai.ui.errors.not_found"
handler500 = "gongkai.ui.errors.server_error"
