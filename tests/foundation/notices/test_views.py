import pytest
from django.urls import reverse

from secretariat.foundation.accounts.actions import give_grant
from secretariat.foundation.notices.actions import mark_all_read, mark_read
from secretariat.foundation.notices.models import DeliveryChoice, Mark, Message, Postbox
from secretariat.foundation.notices.queries import my_notices, unread_count, wanted_by
from secretariat.foundation.notices.states import Delivery
from secretariat.foundation.notices.stopping import stop_path
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account, make_actor
from tests.factories.notices import declare_kinds, tell_one

pytestmark = pytest.mark.django_db
declare_kinds()
INBOX = "/my/notices/"


@pytest.fixture
def reader(client):
    account = make_account()
    client.force_login(account)
    return account


@pytest.fixture
def clerk(client):
    account = make_account()
    give_grant(
        account=account, right="desk.read", starts_on=TODAY, reason="works there", actor=INSTALLER, now=NOW
    )
    client.force_login(account)
    return account


def unread():
    return set(Mark.objects.filter(read_at=None).values_list("notice__subject_id", flat=True))


def test_reading_one_and_all():
    account, other = make_account(), make_account()
    actor = make_actor(account=account)
    first, second, late = (tell_one(account), tell_one(account), tell_one(account, now=NOW.replace(hour=12)))
    foreign = tell_one(other)

    mark_read(notice=foreign, actor=actor, now=NOW)
    assert unread_count(actor) == 3
    mark_read(notice=first, actor=actor, now=NOW)
    mark_read(notice=first, actor=actor, now=NOW.replace(year=2030))
    assert unread_count(actor) == 2
    assert mark_all_read(actor=actor, now=NOW, shown=second.pk) == 1

    assert unread() == {late.subject_id, foreign.subject_id}
    assert set(my_notices(actor, unread=True)) == {late}
    assert mark_all_read(actor=actor, now=NOW, shown=foreign.pk) == 0
    assert Mark.objects.get(notice=first).read_at == NOW


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_costs_the_same_however_full(client, reader, count, django_assert_num_queries):
    for _ in range(count):
        tell_one(reader)
    client.get(INBOX)

    with django_assert_num_queries(11):
        page = client.get(INBOX)

    assert page.content.decode().count("inbox-item--new") == count


def test_the_masthead_of_each_page_inside_counts_what_is_unread(client, reader):
    tell_one(reader), tell_one(reader)
    head = client.get("/my/tasks/").content.decode()

    assert f'data-live="account:{reader.pk}" hx-get="/my/notices/count/" hx-trigger="live"' in head
    assert '<span class="count" aria-hidden="true">2</span>' in head
    actor = make_actor(account=reader)
    mark_all_read(actor=actor, now=NOW)
    assert "masthead-unread" in (page := client.get("/my/tasks/").content.decode())
    assert 'class="count" aria-hidden' not in page


def test_no_public_page_asks_for_the_unread(client, reader):
    tell_one(reader)

    assert "masthead-unread" not in client.get("/members/").content.decode()


def test_counting_the_unread_takes_one_statement(django_assert_num_queries):
    account = make_account()
    tell_one(account)

    with django_assert_num_queries(1):
        assert unread_count(make_actor(account=account)) == 1
    with django_assert_num_queries(0):
        assert unread_count(make_actor()) == 0


def test_opening_a_notice_reads_it_and_leads_on(client, reader):
    notice = tell_one(
        reader, "opened", call={"en": "A call", "zh": "征集"}, until="2022-07-01T16:00:00+00:00"
    )

    page = client.get(f"{INBOX}{notice.pk}/")
    assert page.status_code == 200
    assert "A call is open" in page.content.decode()
    assert unread() == set()
    onward = client.get(f"{INBOX}{notice.pk}/open/")
    assert onward["Location"] == f"/selections/{notice.subject_id}/"


def test_an_inbox_can_be_narrowed(client, reader):
    tell_one(reader, "ordered")
    read = tell_one(reader, "plain")
    client.get(f"{INBOX}{read.pk}/")

    def shown(query):
        content = client.get(INBOX + query).content.decode()
        return {word for word in ("You are to decide", "A plain thing") if word in content}

    assert shown("") == {"You are to decide", "A plain thing"}
    assert shown("?show=unread") == {"You are to decide"}
    assert shown("?group=tests") == {"A plain thing"}
    assert shown("?show=unread&group=tests") == set()


def test_all_is_read_as_far_as_it_was_shown(client, reader):
    shown = tell_one(reader)
    late = tell_one(reader, now=NOW.replace(hour=15))

    answer = client.post(f"{INBOX}read/", {"shown": str(shown.pk)})

    assert answer["Location"] == INBOX
    assert unread() == {late.subject_id}
    assert client.post(f"{INBOX}read/", {"shown": "nonsense"}).status_code == 404


def test_preferences_are_kept(client, reader):
    page = f"{INBOX}preferences/"
    form = client.get(page).context["form"]
    choices = {field.html_name: Delivery.AT_ONCE for field in form.groups()}
    posted = {**choices, "group-tests": "daily", "time_zone": "Asia/Shanghai", "digest_hour": "7"}

    assert client.post(page, posted)["Location"] == page

    assert dict(DeliveryChoice.objects.filter(account=reader).values_list("group", "delivery")) == {
        name.removeprefix("group-"): value for name, value in posted.items() if name.startswith("group-")
    }
    assert set(Postbox.objects.values_list("time_zone", "digest_hour")) == {("Asia/Shanghai", 7)}
    wanted = {one.group.key: one.delivery for one in wanted_by(make_actor(account=reader))}
    assert (wanted["tests"], wanted["duty"]) == ("daily", "at_once")


@pytest.mark.parametrize(
    "wrong", [{"group-tests": "pigeon"}, {"time_zone": "Mars/Olympus"}, {"digest_hour": "25"}]
)
def test_a_choice_there_is_not_is_refused(client, reader, wrong):
    page = f"{INBOX}preferences/"
    form = client.get(page).context["form"]
    choices = {field.html_name: Delivery.AT_ONCE for field in form.groups()}

    answer = client.post(page, {**choices, "time_zone": "UTC", "digest_hour": "7", **wrong})

    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == set(wrong)
    assert not DeliveryChoice.objects.exists()


def test_who_cannot_be_reached_by_mail_is_told_so_and_may_try_again(client, reader):
    Postbox.objects.create(account=reader, unreachable=reader.email, unreachable_since=NOW)

    assert f"Mail to {reader.email} has come back" in client.get(INBOX).content.decode()
    client.post(f"{INBOX}preferences/address/")

    assert f"Mail to {reader.email} has come back" not in client.get(INBOX).content.decode()


def test_the_link_in_a_mail_stops_its_group_without_signing_in(client):
    account = make_account()
    path = stop_path(account.pk, "tests")

    assert client.get(path).status_code == 200
    assert not DeliveryChoice.objects.exists()
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200

    assert set(DeliveryChoice.objects.values_list("account", "group", "delivery")) == {
        (account.pk, "tests", "inbox")
    }


@pytest.mark.parametrize("group", ["duty", "unheard_of"])
def test_no_link_stops_what_is_mandatory(client, group):
    assert client.post(stop_path(make_account().pk, group)).status_code == 404


def test_a_forged_link_stops_nothing(client):
    path = stop_path(make_account().pk, "tests")

    assert client.post(path[:-3] + "xx/").status_code == 404


PAGES = {
    "inbox": INBOX, "one": INBOX + "{notice}/", "open": INBOX + "{notice}/open/",
    "preferences": INBOX + "preferences/", "mail": "/desk/notices/", "returned": "/desk/notices/returned/",
    "kinds": "/desk/notices/kinds/", "kind": "/desk/notices/kinds/opened/",
    "preview": "/desk/notices/kinds/opened/mail.html",
}  # fmt: skip
OWN, DESK = ["inbox", "preferences"], ["mail", "returned", "kinds", "kind", "preview"]
WHO = {
    "stranger": dict.fromkeys(PAGES, 302),
    "owner": dict.fromkeys(PAGES, 200) | {"open": 302} | dict.fromkeys(DESK, 404),
    "another": dict.fromkeys(PAGES, 404) | dict.fromkeys(OWN, 200),
    "desk": dict.fromkeys(PAGES, 200) | {"one": 404, "open": 404},
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", WHO)
def test_who_may_see_which_page(client, who, page):
    owner, account = make_account(), make_account()
    notice = tell_one(owner, "opened", call="A call", until="2022-07-01T16:00:00+00:00")
    if who == "desk":
        give_grant(account=account, right="desk.read", starts_on=TODAY, reason="", actor=INSTALLER, now=NOW)
    if who != "stranger":
        client.force_login(owner if who == "owner" else account)

    assert client.get(PAGES[page].format(notice=notice.pk)).status_code == WHO[who][page]


def test_the_desk_sees_mail_with_what_became_of_it(client, clerk):
    account = make_account()
    tell_one(account)
    Message.objects.update(state="failed", ended_at=NOW, reason="550 no such user")

    for page in ("mail", "returned"):
        content = client.get(PAGES[page]).content.decode()
        assert account.email in content
        assert "550 no such user" in content


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_mail_costs_the_same_however_long(client, clerk, count, django_assert_num_queries):
    for _ in range(count):
        tell_one(make_account())
    client.get(PAGES["mail"])

    with django_assert_num_queries(9):
        client.get(PAGES["mail"])


def test_a_preview_brings_its_styles_and_nothing_else(client, clerk):
    page = client.get(reverse("desk_notices:preview", args=["opened"]) + "?language=zh-hans")
    policy = page["Content-Security-Policy"]

    assert "script-src" not in policy
    assert "style-src 'unsafe-inline'" in policy
    assert "frame-ancestors 'self'" in policy
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "一项征集" in page.content.decode()


def test_the_page_around_a_preview_stays_strict(client, clerk):
    policy = client.get(PAGES["kind"])["Content-Security-Policy"]

    assert "frame-src 'self'" in policy
    assert "unsafe-inline" not in policy
