"""Staff addresses of the registers of this package."""

from gongkai.periods.records.urls import addresses_of, index_of

app_name = "enquiries"

urlpatterns = [index_of(app_name), *addresses_of(app_name)]
