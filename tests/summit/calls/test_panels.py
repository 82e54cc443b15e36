"""Where references of calls, submissions and books lead at the desk."""

import pytest

from secretariat.registry.refs.panels import address_of, panels_of
from tests.factories.accounts import TODAY, make_actor
from tests.factories.calls import make_open_call, make_submission
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db


def test_an_edition_shows_its_calls_and_their_references_lead_to_them(client):
    call = make_open_call()
    item = make_submission(call)
    make_open_call()
    sign_in_with(client, "desk.read")

    paths = [address_of("call", call.ref.number), address_of("submission", item.ref.number)]

    assert paths == [f"/desk/calls/{call.key}/", f"/desk/submissions/{item.ref.number}/"]
    assert [client.get(path).status_code for path in paths] == [200, 200]
    panels = panels_of("edition", call.edition_id, make_actor("desk.read"), TODAY)
    assert {line.path for panel in panels if panel.title == "Calls" for line in panel.lines} == {paths[0]}


def test_the_number_of_a_book_leads_to_the_book_of_its_call():
    assert address_of("publication", "PUB-CASES-2026-BOOK") == "/desk/honours/cases-2026/book/"
    assert address_of("nothing", "X-1") == ""


@pytest.mark.parametrize(
    ("path", "label"), [("/desk/submissions/{}/", "Calls"), ("/my/calls/{}/", "Submissions")]
)
def test_pages_of_calls_mark_the_way_they_lie_on(client, path, label):
    call = make_open_call()
    sign_in_with(client, "desk.read")
    page = client.get(path.format(call.key if "my" in path else make_submission(call).ref.number))

    assert f'aria-current="page">{label}</a>' in page.content.decode()
