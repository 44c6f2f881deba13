"""The Django application `agencies`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from gongkai.accounts.models import Account
    from gongkai.ui.who import Who


class AgenciesConfig(AppConfig):
    """Register `gongkai.agencies` with Django and tell the shell who somebody is."""

    name = "gongkai.agencies"
    label = "agencies"
    verbose_name = "机构"

    def ready(self) -> None:
        """Describe accounts by the posts they hold today; put the settings into the menu."""
        # Models load after the application registry.
        from gongkai.agencies import events  # noqa: F401  # registers the kinds of events
        from gongkai.agencies.permissions import administers
        from gongkai.ui import menu
        from gongkai.ui.who import describe_with

        describe_with(describe)
        menu.register("settings", "agencies:index", permission=administers)


def describe(account: Account) -> Who:
    """The name of an account with its agency and the posts it holds today, in two statements."""
    from gongkai.agencies.permissions import holdings_of
    from gongkai.ui.who import Who

    holdings = holdings_of(account).select_related("post__agency").order_by("post_id")
    posts = [holding.post for holding in holdings]
    return Who(
        name=account.name,
        agency=posts[0].agency.short_name if posts else "",
        posts=tuple(dict.fromkeys(post.title for post in posts)),
        must_change_password=account.must_change_password,
    )
