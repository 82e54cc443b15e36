"""Somebody with a trace in every wing, whose values are found nowhere else, and a look into every column there is."""

import io
from datetime import timedelta

from django.db import connection

from secretariat.foundation.accounts.actions.invitations import invite
from secretariat.foundation.accounts.actions.sign_ins import record_sign_in
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.files.actions import store_file
from secretariat.foundation.preferences.actions import save_view
from secretariat.foundation.privacy.actions import ask_erasure, disclose
from secretariat.foundation.tokens.actions import make_token
from secretariat.record.correspondence.actions import To
from secretariat.record.search.actions import reindex
from secretariat.summit.calls.models import Attachment
from tests.factories.accounts import INSTALLER, NOW, make_account, make_actor
from tests.factories.calls import CONTENT, STAFF, make_open_call, make_submission
from tests.factories.correspondence import make_incoming, make_letter
from tests.factories.mailings import make_sent_mailing
from tests.factories.people import make_affiliation, make_person

SECURITY = make_actor("security.administer", account=None)
# Her mark is in every value that is hers; nobody else's value holds it.
MARK = "Quillfeather"
ADDRESS = f"{MARK.lower()}@example.org"
LATER = NOW + timedelta(days=200)


def make_marked_person():
    """A person with an account and her mark in all that is recorded of her."""
    account = make_account(ADDRESS)
    person = make_person(
        given_name="Ottilie", family_name=MARK, name_zh="奎尔费瑟", account=account, honorific=f"Dr {MARK}",
        names={"fr": f"Odile {MARK}"},
    )  # fmt: skip
    return person, Actor(account.pk, person.pk)


def make_traces(person, actor, call=None):
    """What she leaves in every wing; returns her own application."""
    account, desk = person.account, make_person(account=make_account())
    make_affiliation(person, title_en=f"Head of {MARK}", source=f"{MARK}'s card")
    record_sign_in(
        account=account, method="code", device_key="k", label=f"{MARK}'s laptop", network="192.0.2.0", actor=actor,
        now=NOW,
    )  # fmt: skip
    invite(email=f"second-{ADDRESS}", reason="test", person_id=person.pk, actor=STAFF, now=NOW)
    save_view(table="people.people", path="/desk/people/", name=MARK, query=f"q={MARK}", actor=actor, now=NOW)
    make_token(name=f"{MARK} export", scopes=["my.read"], days=30, actor=actor, now=NOW)
    make_incoming(by=desk, sender=f"Dr {MARK}", person=person, summary=f"{MARK} asks.")
    make_letter(
        by=desk, recipients=[To(name=f"Dr {MARK}", email=ADDRESS, address=f"{MARK} Lane 1", person=person)]
    )
    make_sent_mailing(people=[person])
    own = make_submission(
        call or make_open_call(), applicant=(person, actor),
        content={**CONTENT, "contact": {"en": ADDRESS, "zh": MARK[:10]}, "summary": {"en": f"By {MARK}", "zh": "一"}},
    )  # fmt: skip
    file = store_file(
        stream=io.BytesIO(MARK.encode()),
        name=f"{MARK}.txt",
        allowed_types=(),
        limit=100,
        actor=actor,
        now=NOW,
    )
    Attachment.objects.create(submission=own, key="summary", file=file)
    disclose(
        owners=[person.pk], what="calls.named", about="X", actor=Actor(desk.account_id, desk.pk), now=NOW
    )
    reindex(now=NOW)
    return own


def wish(actor, person):
    """She asks to be forgotten."""
    return ask_erasure(note=f"Forget {MARK}.", number=person.ref.number, actor=actor, now=LATER)


def columns_with(mark):
    """Every column of every table in which the mark stands, however it is written there."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "JOIN pg_tables ON tablename = table_name AND schemaname = table_schema WHERE table_schema = 'public'"
        )
        for table, column in cursor.fetchall():
            cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
            if not cursor.fetchone()[0]:
                continue
            cursor.execute(
                f'SELECT EXISTS (SELECT FROM "{table}" WHERE strpos(lower("{column}"::text), %s) > 0 OR '
                f'strpos(lower("{column}"::text), %s) > 0)',
                [mark.lower(), mark.lower().encode().hex()],
            )
            if cursor.fetchone()[0]:
                found.add(f"{table}.{column}")
    return found


__all__ = ["INSTALLER", "SECURITY"]
