"""Staff addresses of the settings."""

from django.urls import path

from gongkai.agencies import views, views_deputies, views_lists

app_name = "agencies"

urlpatterns = [
    path("", views_lists.AgencyList.as_view(), name="index"),
    path("agencies/new/", views.agency_new, name="agency_new"),
    path("agencies/<slug:code>/", views.agency, name="agency"),
    path("agencies/<slug:code>/edit/", views.agency_edit, name="agency_edit"),
    path("departments/", views_lists.DepartmentList.as_view(), name="departments"),
    path("departments/new/", views.department_new, name="department_new"),
    path("departments/<uuid:uid>/edit/", views.department_edit, name="department_edit"),
    path("officers/", views_lists.OfficerList.as_view(), name="officers"),
    path("officers/new/", views.officer_new, name="officer_new"),
    path("officers/<uuid:uid>/", views.officer, name="officer"),
    path("officers/<uuid:uid>/edit/", views.officer_edit, name="officer_edit"),
    path("officers/<uuid:uid>/account/<str:act>/", views.officer_account, name="officer_account"),
    path("officers/<uuid:uid>/same-person/", views_deputies.same_person, name="officer_same"),
    path("posts/", views_lists.PostList.as_view(), name="posts"),
    path("posts/new/", views.post_new, name="post_new"),
    path("posts/<uuid:uid>/", views.post, name="post"),
    path("posts/<uuid:uid>/edit/", views.post_edit, name="post_edit"),
    path("holdings/", views_lists.HoldingList.as_view(), name="holdings"),
    path("holdings/<int:pk>/end/", views.holding_end, name="holding_end"),
    path("deputies/", views_deputies.DeputyList.as_view(), name="deputies"),
    path("deputies/new/", views_deputies.deputy_new, name="deputy_new"),
]
