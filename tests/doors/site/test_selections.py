import subprocess
import sys

import pytest
from django.urls import reverse

from secretariat.doors.site import recount
from secretariat.doors.site.selections import handed_on_of
from secretariat.engines.bundles.container import read_bundle
from secretariat.engines.bundles.verify import verify_selection
from tests.factories.selections import make_selection

pytestmark = pytest.mark.django_db


def page(client, play):
    return client.get(reverse("site:selection", args=[play.call.key]))


def test_the_page_of_a_complete_selection_shows_every_cut(client):
    play = make_selection()

    response = page(client, play)

    assert response.status_code == 200
    selection = response.context["selection"]
    assert selection.is_complete
    assert selection.collected == 7
    assert [(s.key, s.count, s.is_public) for s in selection.steps] == [
        ("eligible", 5, True), ("recommended", 3, True), ("shortlist", 2, True), ("honours", 2, True),
    ]  # fmt: skip
    assert [(level.key, level.count) for level in selection.steps[-1].levels] == [
        ("leading", 1),
        ("nominated", 1),
    ]


def test_every_list_is_shown_with_its_digest_and_its_place_in_the_log(client):
    play = make_selection()

    response = page(client, play)

    text = response.content.decode()
    for step in response.context["selection"].steps:
        digest = play.list(step.key).digest
        assert f"{digest[:32]}<wbr>{digest[32:]}" in text
        assert step.log_index is not None
    assert response.context["selection"].rules_index < response.context["selection"].inputs_index


def test_what_the_committee_moved_is_told_with_votes_and_reasons_and_recounted(client, tmp_path):
    play = make_selection(moves={4: "above"}, refuse={0: "Figures unproved."}, when_refused="move_up")

    response = page(client, play)

    last, refused = play.submissions[4].ref.number, play.submissions[0].ref.number
    step = next(s for s in response.context["selection"].steps if s.key == "recommended")
    assert [(m["ref"], m["to"], m["votes"]["yes"]) for m in step.moved] == [(last, "above", 3)]
    assert (step.count, [r["ref"] for r in step.refused]) == (3, [refused])
    assert "Moved above for the example." in response.content.decode()
    kept = response.context["selection"].steps[1]
    assert handed_on_of([kept.frozen])[kept.frozen.pk].keys() == {
        play.submissions[index].ref.number for index in (1, 2, 4)
    }
    path = tmp_path / "selection.zip"
    path.write_bytes(client.get(reverse("site:bundle", args=[play.call.key])).content)
    assert [step for step in verify_selection(read_bundle(path)) if not step.ok] == []
    assert not any(against for _, against, _ in recount.steps_of(recount.read(path)))


def test_a_running_selection_shows_what_is_planned(client):
    play = make_selection("assigned")

    selection = page(client, play).context["selection"]

    assert [(s.key, s.count, s.stage.keep) for s in selection.steps] == [
        ("eligible", 5, 0), ("recommended", None, 3), ("shortlist", None, 2), ("honours", None, 0),
    ]  # fmt: skip
    assert selection.is_running and not selection.is_complete


def test_an_open_call_does_not_tell_how_many_have_handed_in(client):
    play = make_selection("open")

    assert page(client, play).context["selection"].collected is None


def test_a_refusal_leaves_its_place_open_and_lowers_the_number(client):
    play = make_selection(refuse={0: "It was shown elsewhere."})

    selection = page(client, play).context["selection"]

    assert {s.key: s.count for s in selection.steps} == {
        "eligible": 5,
        "recommended": 2,
        "shortlist": 2,
        "honours": 2,
    }
    assert selection.steps[1].refused == [
        {"ref": play.submissions[0].ref.number, "reason": "It was shown elsewhere."}
    ]


def test_the_lists_are_grouped_by_level_and_by_field(client):
    play = make_selection()

    context = page(client, play).context

    assert [(g.heading.key, [i.ref for i in g.items]) for g in context["levels"]] == [
        ("leading", [play.submissions[0].ref.number]), ("nominated", [play.submissions[1].ref.number]),
    ]  # fmt: skip
    assert [(str(g.heading), len(g.items)) for g in context["fields"]] == [
        (str(play.submissions[0].topic), 3)
    ]


def test_why_some_were_not_eligible_is_counted_by_condition(client):
    play = make_selection("eligible")

    reasons = page(client, play).context["reasons"]

    assert [(r.reason_en, r.count) for r in reasons] == [("Begun too late.", 1)]


def test_places_say_whether_they_are_of_applicants_or_of_use(client):
    response = page(client, make_selection("closed"))

    assert response.context["places"] == {"applicant": 1}
    assert "1 of the applicants" in response.content.decode()
    assert "of use" not in response.content.decode()


def test_the_bundle_can_be_recounted(client, tmp_path):
    play = make_selection()
    response = client.get(reverse("site:bundle", args=[play.call.key]))
    path = tmp_path / "selection.zip"
    path.write_bytes(response.content)

    steps = verify_selection(read_bundle(path))

    assert response["Content-Disposition"] == f'attachment; filename="{play.call.key}.zip"'
    assert [step for step in steps if not step.ok] == []


def test_whoever_has_python_alone_recounts_the_bundle_with_the_program_beside_it(client, tmp_path):
    play = make_selection("conferred")
    for name, path in (
        ("bundle.zip", reverse("site:bundle", args=[play.call.key])),
        ("head.txt", reverse("site:log_head")),
        ("recount.py", reverse("site:recount")),
    ):
        answer = client.get(path)
        (tmp_path / name).write_bytes(b"".join(answer) if answer.streaming else answer.content)
    command = [sys.executable, "-I", "-S", "recount.py", "bundle.zip", "head.txt"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert (told.returncode, told.stderr) == (0, "") and told.stdout.endswith("It holds.\n")


def test_the_book_is_served_once_it_is_set(client):
    play = make_selection("published")

    response = client.get(reverse("site:book", args=[play.publication.key]))

    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert reverse("site:book", args=[play.publication.key]) in page(client, play).content.decode()


def test_an_honoured_item_shows_every_stage_its_score_and_its_readers(client):
    play = make_selection()

    response = client.get(reverse("site:entry", args=[play.call.key, play.submissions[0].ref.number]))

    outcomes = response.context["outcomes"]
    assert [(o.step.key, o.entry.outcome, len(o.readers)) for o in outcomes] == [
        ("eligible", "kept", 0), ("recommended", "kept", 2), ("shortlist", "kept", 2), ("honours", "leading", 2),
    ]  # fmt: skip
    line = outcomes[1].line
    assert len(line.scores) == 3
    assert line.line == min(line.scores)


def test_a_page_is_small(client):
    play = make_selection()

    assert len(page(client, play).content) < 100_000


def test_where_the_next_one_moves_up_a_refusal_is_made_good(client):
    play = make_selection("recommended", refuse={0: "It was shown elsewhere."}, when_refused="move_up")

    context = page(client, play).context

    assert context["selection"].named.count == 3
    assert {item.ref for group in context["fields"] for item in group.items} == {
        s.ref.number for s in play.submissions[1:4]
    }


def test_a_selection_without_honours_is_complete_with_its_last_list(client):
    decided = make_selection("shortlisted", levels=False)
    running = make_selection("recommended", levels=False)

    assert [
        client.get(reverse("site:bundle", args=[p.call.key])).status_code for p in (decided, running)
    ] == [200, 404]


def test_the_office_that_signed_stands_beside_its_body(client):
    play = make_selection("recommended")
    committee = play.committee.name_en
    step = page(client, play).context["selection"].steps[1]

    assert f"{committee} (Chair), " in page(client, play).content.decode()
    assert (step.decided_by, step.signed_by) == ("Chair", "Chair")


def test_the_same_office_is_not_said_twice(client):
    from dataclasses import replace

    play = make_selection("recommended")
    step = page(client, play).context["selection"].steps[1]

    assert replace(step, decided_by=f"Chair, {play.committee.name_en}").signed_by == "Chair"
    assert replace(step, decided_by="Vice-chair of the committee").signed_by == "Vice-chair of the committee"
