import pytest
from django.urls import reverse

from tests.factories.correspondence import make_letter, make_letter_for_signature, make_staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("make", "status", "words"),
    [
        (make_letter_for_signature, 403, "sign this letter"),  # asked of somebody else
        (make_letter, 409, "draft"),  # not put up yet
    ],
)
def test_what_an_action_refuses_is_said_on_a_page_and_nothing_has_changed(client, make, status, words):
    signer = make_staff()
    letter = make(signer=signer if status == 409 else None)
    client.force_login(signer.account)

    page = client.post(reverse("desk_correspondence:act", args=[letter.ref.number, "sign"]))

    letter.refresh_from_db()
    assert (page.status_code, letter.signed_at) == (status, None)
    assert words in page.content.decode()
