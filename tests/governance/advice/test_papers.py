"""Papers that go with a question: by language and version, read by whoever sees the question."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.files.models import File
from secretariat.foundation.files.queries import readable_files
from secretariat.governance.advice import actions
from secretariat.governance.advice.models import Paper, PaperVersion
from secretariat.governance.advice.queries import papers_of
from tests.factories.accounts import INSTALLER, NOW, make_account, make_actor
from tests.factories.advice import as_adviser, make_advice_paper, make_committee, make_opinion, make_request
from tests.factories.bodies import make_body, make_term
from tests.factories.people import make_person
from tests.factories.staff import sign_in_with
from tests.governance.advice.test_advice import browser_of

pytestmark = pytest.mark.django_db
WHO = {"actor": INSTALLER, "now": NOW}


def at(name, request, *more):
    return reverse(name, args=[request.ref.number, *more])


def read(versions):
    return [(version.language, version.turn) for version in versions]


def test_a_paper_has_versions_by_language_and_the_latest_is_read():
    request = make_request()
    paper = make_advice_paper(request).paper
    make_advice_paper(paper=paper, language="zh-hans")
    make_advice_paper(paper=paper)
    make_advice_paper(request)

    first, second = papers_of(request)
    assert (first.number, read(first.read)) == (1, [("en", 2), ("zh-hans", 1)])
    assert (second.number, read(second.read)) == (2, [("en", 1)])


def test_a_paper_is_withdrawn_with_a_reason_and_read_no_more():
    request = make_request()
    version = make_advice_paper(request)
    member = as_adviser(request.committee.seats.first().terms.get().person, request.committee)
    assert readable_files(member, [version.file]) == [version.file]
    with pytest.raises(ValueError, match="with a reason"):
        actions.withdraw_paper(paper=version.paper, reason=" ", **WHO)
    paper = actions.withdraw_paper(paper=version.paper, reason="Out of date", **WHO)
    assert paper.withdrawn == "Out of date" and readable_files(member, [version.file]) == []
    for act in (
        lambda: actions.withdraw_paper(paper=paper, reason="Again", **WHO),
        lambda: make_advice_paper(paper=paper),
    ):
        with pytest.raises(ValueError, match="was withdrawn"):
            act()


def test_once_the_opinion_is_adopted_its_papers_stand():
    request = make_request()
    version = make_advice_paper(request)
    make_opinion(request)
    for act in (
        lambda: make_advice_paper(request),
        lambda: make_advice_paper(paper=version.paper),
        lambda: actions.withdraw_paper(paper=version.paper, reason="Late", **WHO),
    ):
        with pytest.raises(WrongState):
            act()
    with pytest.raises(Exception, match="is fixed"), transaction.atomic():
        Paper.objects.update(withdrawn="x")
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        PaperVersion.objects.update(turn=9)


def test_who_brings_papers():
    council = make_body("council")
    request = make_request(asked_by=council)
    leader = make_actor("body.serve", scope_id=council.pk)
    actions.add_paper(advice=request, title_en="A", title_zh="甲", actor=leader, now=NOW)
    chair = as_adviser(make_person(account=make_account()), request.committee, "body.chair")
    for actor in (chair, make_actor("desk.read"), make_actor("body.serve", scope_id=make_body().pk)):
        with pytest.raises(NotAllowed):
            actions.add_paper(advice=request, title_en="A", title_zh="甲", actor=actor, now=NOW)
    with pytest.raises(ValueError, match="English and in Chinese"):
        actions.add_paper(advice=request, title_en="A", title_zh=" ", **WHO)


def test_who_reads_them():
    council = make_body("council")
    request = make_request(asked_by=council)
    file = make_advice_paper(request).file
    other, people = make_committee()
    readers = {
        "adviser": as_adviser(make_person(), request.committee), "asker": make_actor("body.chair", scope_id=council.pk),
        "desk": make_actor("desk.read"), "auditor": make_actor("audit.read"),
        "another committee": as_adviser(people[0], other), "nobody": make_actor(),
    }  # fmt: skip
    reading = {name for name, actor in readers.items() if readable_files(actor, [file])}
    assert reading == {"adviser", "asker", "desk", "auditor"}
    actions.publish_opinion(advice=make_opinion(request), **WHO)
    assert readable_files(make_actor(), [file]) == []


def test_the_desk_brings_a_paper_and_a_member_reads_it(client):
    committee, people = make_committee(1)
    request = make_request(committee, now=timezone.now())
    sign_in_with(client, "desk.read", "desk.run")
    bare = client.get(at("desk_advice:request", request)).content.decode()
    assert at("desk_advice:new_paper", request) in bare and "No paper goes with this question" in bare

    made = client.post(at("desk_advice:new_paper", request), {"title_en": "Facts", "title_zh": "情况"})
    assert made.headers["Location"] == at("desk_advice:new_version", request, 1)
    empty = {"language": "zh-hans", "file": SimpleUploadedFile("empty.txt", b"")}
    assert client.post(at("desk_advice:new_version", request, 1), empty).status_code == 422
    client.post(
        at("desk_advice:new_version", request, 1),
        {"language": "zh-hans", "file": SimpleUploadedFile("facts.txt", b"Facts")},
    )
    assert File.objects.get().name == "facts.txt"

    member, path = browser_of(people[0]), at("my_advice:file", request, 1, "zh-hans")
    page = member.get(at("my_advice:request", request)).content.decode()
    assert path in page and "Facts" in page and at("desk_advice:new_paper", request) not in page
    assert b"".join(member.get(path).streaming_content) == b"Facts"
    assert member.get(at("my_advice:file", request, 1, "en")).status_code == 404
    assert member.get(at("desk_advice:new_paper", request)).status_code == 404
    assert browser_of(make_person(account=make_account())).get(path).status_code == 404

    client.post(at("desk_advice:withdraw_paper", request, 1), {"reason": "Out of date"})
    assert "Out of date" in member.get(at("my_advice:request", request)).content.decode()
    assert member.get(path).status_code == 404


@pytest.mark.parametrize("size", [1, 3])
def test_papers_cost_the_same_for_many(size, django_assert_num_queries):
    request = make_request()
    for _ in range(size):
        make_advice_paper(request)
    with django_assert_num_queries(3):
        assert len(papers_of(request)) == size


def send(browser, method, path, **said):
    answer = getattr(browser, method)(f"/api/v1{path}", said, content_type="application/json")
    return answer.status_code, answer.json()


def test_programs_ask_read_and_publish_and_members_answer_by_session(client):
    committee, people = make_committee(2, "wise")
    council = make_body("council")
    make_term(council, make_person(account=make_account()), role="chair")
    sign_in_with(client, "desk.read", "desk.run")
    asking = {
        "committee": committee.ref.number, "asked_by": council.ref.number, "question": {"en": "How?", "zh": "如何？"},
        "wanted_by": timezone.localdate().isoformat(),
    }  # fmt: skip
    assert send(client, "post", "/desk/advice", **asking | {"committee": council.ref.number})[0] == 422
    assert send(client, "post", "/desk/advice", **asking | {"question": {"en": "How?"}})[0] == 422
    status, made = send(client, "post", "/desk/advice", **asking)
    assert (status, made["state"], made["asked_by"]) == (201, "asked", council.ref.number)

    path, (chair, member) = f"/advice/{made['number']}", map(browser_of, people)
    assert send(member, "put", f"/my{path}/contribution", text=" ")[0] == 422
    status, told = send(member, "put", f"/my{path}/contribution", text="In smaller groups")
    assert status == 200 and [each["text"] for each in told["contributions"]] == ["In smaller groups"]
    opinion = {"opinion": {"en": "By hearings.", "zh": "通过听证会。"}}
    assert send(member, "post", f"/my{path}/opinion", **opinion)[0] == 403
    assert send(client, "post", f"/desk{path}/publish")[0] == 409
    assert send(chair, "post", f"/my{path}/opinion", **opinion)[1]["state"] == "adopted"
    status, told = send(client, "post", f"/desk{path}/publish")
    assert status == 200 and told["published_at"] and told["opinion"] == opinion["opinion"]
    assert send(client, "post", f"/desk{path}/withdraw", reason="Late")[0] == 409
    stranger = browser_of(make_person(account=make_account()))
    assert stranger.get(f"/api/v1/my{path}").status_code == 404
    assert [row["number"] for row in member.get("/api/v1/my/advice").json()["items"]] == [made["number"]]
