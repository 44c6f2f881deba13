"""Public addresses. They are final: a page that is public keeps its address for ever."""

from django.urls import path, register_converter

from gongkai.portal import annual, converters, files, sharing, sitemaps, views

register_converter(converters.AgencyCode, "agency")
register_converter(converters.Counted, "counted")
register_converter(converters.Year, "year")

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap/pages.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemap/items-<counted:page>.xml", sitemaps.items, name="sitemap_items"),
    path("a/<agency:code>/", views.agency, name="agency"),
    path("a/<agency:code>/guide/", views.guide, name="guide"),
    path("a/<agency:code>/rules/", views.rules, name="rules"),
    path("a/<agency:code>/contents/", views.contents, name="contents"),
    path("a/<agency:code>/contents/<slug:shelf>/page/<counted:page>/", views.shelf, name="shelf"),
    path("a/<agency:code>/reports/", views.reports, name="reports"),
    path("a/<agency:code>/reports/<year:year>/", views.year, name="year"),
    path("a/<agency:code>/about/", views.about, name="about"),
    path("a/<agency:code>/c/<slug:column>/", views.column_start, name="column_start"),
    path("a/<agency:code>/c/<slug:column>/page/<counted:page>/", views.column, name="column"),
    path("report/<agency:code>/<year:year>/", annual.report, name="report"),
    path("report/<agency:code>/<year:year>/report.<str:kind>", annual.report_file, name="report_file"),
    path("info/<agency:code>/<year:year>-<counted:serial>/", views.item, name="item"),
    path("info/<agency:code>/<year:year>-<counted:serial>/qr.png", sharing.qr_code, name="qr_code"),
    path("info/<agency:code>/<year:year>-<counted:serial>/files/<counted:number>-<str:name>", files.file, name="file"),
]
