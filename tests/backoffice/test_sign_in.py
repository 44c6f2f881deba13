"""Sign-in: guessing, passwords that somebody else knows, sign-ins that must end."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from gongkai.accounts.models import Account, SignInFailure
from gongkai.accounts.sign_in import MOST_FAILURES, WINDOW
from gongkai.agencies import acts
from gongkai.agencies.models import Officer
from gongkai.rules.refusals import ActRefused
from tests.cast import ENTERED_AT, PASSWORD, Cast

SIGN_IN, HOME, OWN = "/staff/sign-in/", "/staff/", "/staff/password/"
FRESH, OTHER = "ming-yue-7-shan", "qing-feng-8-hai"


def sign_in(username: str, password: str, client: Client | None = None) -> tuple[Client, str]:
    """A browser after an attempt to sign in, and the page that came; empty for a redirect to the inside."""
    client = client or Client()
    response = client.post(SIGN_IN, {"username": username, "password": password})
    return client, "" if response.status_code == 302 else response.content.decode()


def guess(username: str, times: int = MOST_FAILURES) -> None:
    for number in range(times):
        assert "用户名或密码不对" in sign_in(username, f"wrong-{number}")[1]


def is_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def codes(refused: pytest.ExceptionInfo[ActRefused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def test_after_five_wrong_passwords_the_right_one_is_not_looked_at_either(cast: Cast) -> None:
    guess(cast.office.username)
    client, said = sign_in(cast.office.username, PASSWORD)
    assert "连续输错太多次" in said
    assert not is_in(client)
    assert "连续输错太多次" in sign_in(f" {cast.office.username.upper()} ", PASSWORD)[1]
    assert is_in(sign_in(cast.head.username, PASSWORD)[0])


def test_a_locked_name_says_the_same_whether_it_is_known_or_not(cast: Cast) -> None:
    pages = []
    for username in (cast.office.username, "nobody-of-ours"):
        guess(username)
        page = sign_in(username, PASSWORD)[1]
        pages.append(page[page.index("连续输错") :].split("</")[0])
    assert pages[0] == pages[1]


def test_what_was_typed_as_user_name_is_not_kept(cast: Cast) -> None:
    sign_in("my-secret-password", "x")
    kept = SignInFailure.objects.get()
    assert "secret" not in kept.key
    assert "secret" not in str(kept)


def test_a_lock_ends_by_itself_by_signing_in_and_by_a_new_password(cast: Cast) -> None:
    guess(cast.office.username)
    SignInFailure.objects.update(at=F("at") - WINDOW)
    assert is_in(sign_in(cast.office.username, PASSWORD)[0])
    guess(cast.office.username, MOST_FAILURES - 1)
    sign_in(cast.office.username, PASSWORD)
    assert not SignInFailure.objects.exists()
    guess(cast.office.username)
    acts.set_password(officer=cast.office.officer, password=FRESH, by=cast.system_administrator, at=ENTERED_AT)
    assert sign_in(cast.office.username, FRESH)[1] == ""


def test_tick_forgets_ended_sessions_and_old_failures(cast: Cast) -> None:
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from gongkai.accounts.sign_in import forget_old

    client = sign_in(cast.office.username, PASSWORD)[0]
    guess("nobody-of-ours", 1)
    forget_old(timezone.now())
    assert is_in(client)
    assert SignInFailure.objects.count() == 1
    forget_old(timezone.now() + dt.timedelta(days=1))
    assert not Session.objects.exists()
    assert not SignInFailure.objects.exists()


def test_a_password_set_by_the_administrator_opens_nothing_but_the_page_for_another(cast: Cast) -> None:
    acts.set_password(officer=cast.head.officer, password=FRESH, by=cast.system_administrator, at=ENTERED_AT)
    client = sign_in(cast.head.username, FRESH)[0]
    for address in (HOME, reverse("publishing:list"), reverse("publishing:new"), "/staff/there-is-no-such-page/"):
        for response in (client.get(address), client.post(address, {"title": "x"})):
            assert (response.status_code, response.get("Location")) == (302, OWN), address
    assert "系统管理员设定的" in client.get(OWN).content.decode()
    changed = client.post(OWN, {"old": FRESH, "password": OTHER, "again": OTHER})
    assert (changed.status_code, changed["Location"]) == (302, HOME)
    assert is_in(client)
    assert "用户名或密码不对" in sign_in(cast.head.username, FRESH)[1]
    assert is_in(sign_in(cast.head.username, OTHER)[0])


def test_who_must_change_the_password_can_sign_out(cast: Cast) -> None:
    acts.set_password(officer=cast.head.officer, password=FRESH, by=cast.system_administrator, at=ENTERED_AT)
    client = sign_in(cast.head.username, FRESH)[0]
    assert client.post("/staff/sign-out/")["Location"] == SIGN_IN


def test_a_new_account_changes_its_password_first(cast: Cast) -> None:
    officer = Officer.objects.create(agency=cast.agency, name="示例寅")
    account = acts.open_account(
        officer=officer, username="new-one", password=FRESH, by=cast.system_administrator, at=ENTERED_AT
    )
    assert account.must_change_password


def test_changing_the_own_password_ends_the_other_sign_ins(cast: Cast) -> None:
    here, there = sign_in(cast.office.username, PASSWORD)[0], sign_in(cast.office.username, PASSWORD)[0]
    here.post(OWN, {"old": PASSWORD, "password": OTHER, "again": OTHER})
    assert is_in(here)
    assert not is_in(there)


@pytest.mark.parametrize(
    ("old", "password", "again", "said"),
    [
        ("wrong", OTHER, OTHER, "原密码不对"),
        (PASSWORD, PASSWORD, PASSWORD, "和原密码一样"),
        (PASSWORD, OTHER, FRESH, "两次输入的新密码不一样"),
        (PASSWORD, "short", "short", "密码至少10位"),
        (PASSWORD, "sample-housing-office", "sample-housing-office", "用户名"),
    ],
)
def test_a_password_is_not_changed_to_what_cannot_be(
    cast: Cast, old: str, password: str, again: str, said: str
) -> None:
    client = sign_in(cast.office.username, PASSWORD)[0]
    response = client.post(OWN, {"old": old, "password": password, "again": again})
    assert response.status_code in (409, 422)
    assert said in response.content.decode()
    assert Account.objects.get(pk=cast.office.pk).check_password(PASSWORD)


def test_the_old_password_cannot_be_guessed_on_a_machine_left_open(cast: Cast) -> None:
    client = sign_in(cast.office.username, PASSWORD)[0]
    for number in range(MOST_FAILURES):
        client.post(OWN, {"old": f"wrong-{number}", "password": OTHER, "again": OTHER})
    response = client.post(OWN, {"old": PASSWORD, "password": OTHER, "again": OTHER})
    assert "连续输错太多次" in response.content.decode()
    assert Account.objects.get(pk=cast.office.pk).check_password(PASSWORD)


def test_a_closed_account_is_out_everywhere_even_when_it_is_opened_again(cast: Cast) -> None:
    client, other = sign_in(cast.office.username, PASSWORD)[0], sign_in(cast.head.username, PASSWORD)[0]
    acts.close_account(officer=cast.office.officer, by=cast.system_administrator, at=ENTERED_AT)
    acts.reopen_account(officer=cast.office.officer, by=cast.system_administrator, at=ENTERED_AT)
    assert not is_in(client)
    assert is_in(other)


@pytest.mark.parametrize("password", ["sample-housing-office", "xsample-housing-officex"])
def test_set_password_refuses_the_user_name(cast: Cast, password: str) -> None:
    with pytest.raises(ActRefused) as refused:
        acts.set_password(officer=cast.office.officer, password=password, by=cast.system_administrator, at=ENTERED_AT)
    assert codes(refused) == ["weak_password"]


def test_a_user_name_in_full_width_is_the_same_name(cast: Cast) -> None:
    officer = Officer.objects.create(agency=cast.agency, name="示例寅")
    wide = cast.office.username.replace("s", "ｓ")
    with pytest.raises(ActRefused) as refused:
        acts.open_account(officer=officer, username=wide, password=FRESH, by=cast.system_administrator, at=ENTERED_AT)
    assert codes(refused) == ["username_taken"]
    with pytest.raises(ActRefused) as refused:
        acts.add_officer(agency=cast.agency, name="示例卯", username=wide, password=FRESH, by=None, at=ENTERED_AT)
    assert codes(refused) == ["username_taken"]


def test_an_administrator_gives_no_post_to_the_own_person(cast: Cast) -> None:
    administrator = cast.system_administrator.officer
    post = cast.head.officer.holdings.get().post
    with pytest.raises(ActRefused) as refused:
        acts.appoint(
            post=post,
            officer=administrator,
            from_on=dt.date(2017, 5, 2),
            by=cast.system_administrator,
            at=ENTERED_AT,
        )
    assert codes(refused) == ["own_record"]
    with pytest.raises(ActRefused) as refused:
        acts.deputise(
            holding=cast.head.officer.holdings.get(),
            officer=administrator,
            from_on=dt.date(2017, 5, 2),
            to_on=dt.date(2017, 5, 9),
            by=cast.system_administrator,
            at=ENTERED_AT,
        )
    assert codes(refused) == ["own_record"]


def test_an_administrator_does_not_part_the_own_person(cast: Cast) -> None:
    second = Officer.objects.create(agency=cast.agency, name="示例寅", same_person_as=cast.system_administrator.officer)
    with pytest.raises(ActRefused) as refused:
        acts.part_officer(officer=second, by=cast.system_administrator, at=ENTERED_AT)
    assert codes(refused) == ["own_record"]
    with pytest.raises(ActRefused) as refused:
        acts.appoint(
            post=cast.head.officer.holdings.get().post,
            officer=second,
            from_on=dt.date(2017, 5, 2),
            by=cast.system_administrator,
            at=ENTERED_AT,
        )
    assert codes(refused) == ["own_record"]
