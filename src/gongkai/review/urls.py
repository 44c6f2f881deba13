"""Staff addresses of reviews."""

from gongkai.review.urls_gate import gate_urls
from gongkai.review.urls_paper import paper_urls

app_name = "review"

urlpatterns = [*paper_urls, *gate_urls]
