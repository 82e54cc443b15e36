"""A publication in proof, its entries with one applicant each, and the smallest book that can be set from them."""

from datetime import date, timedelta
from itertools import count

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.publications.actions import Proof, answer_proof, prepare_publication
from secretariat.record.publications.queries import printed_entries
from secretariat.record.publications.typesetting.book import (
    Applicant,
    Bilingual,
    Book,
    Colophon,
    Entry,
    Level,
    Name,
    Section,
    Stage,
)
from secretariat.registry.people.models import Person
from secretariat.registry.refs.actions import Party, register_ref
from tests.factories.accounts import NOW, make_account, make_actor
from tests.factories.people import make_person

_numbers = count(1)
DESK = make_actor("desk.run", "desk.read")
UNTIL = NOW + timedelta(days=10)
DIGEST = "c0ffee" + "0" * 58


def make_item(*, reachable=True, organisation=None):
    """The reference of something with an applicant; ``reachable`` says whether she has an account."""
    number = f"ITEM-{next(_numbers):03d}"
    person = make_person(account=make_account() if reachable else None)
    parties = [Party("applicant", person_id=person.pk)]
    if organisation is not None:
        parties.append(Party("applicant", organisation_id=organisation.pk))
    return register_ref(
        kind="submission", number=number, title={"en": number}, state="eligible", parties=parties
    )


def applicant_of(item):
    return Person.objects.get(pk=item.parties.get(role="applicant", person_id__isnull=False).person_id)


def proof_of(item):
    account = applicant_of(item).account_id
    content = {"ref": item.number, "title": {"en": item.number}}
    return Proof(item_id=item.pk, content=content, accounts=[account] if account else [])


def make_publication(items=None, *, key=None, until=UNTIL, actor=DESK, now=NOW, **kw):
    """A publication in proof with these items, or with two."""
    items = [make_item(), make_item()] if items is None else items
    return prepare_publication(
        key=key or f"book-{next(_numbers)}", title={"en": "A book", "zh": "一本书"}, subtitle={}, list_digest=DIGEST,
        proofs=[proof_of(item) for item in items], proof_until=until, simulated=True, actor=actor, now=now, **kw,
    )  # fmt: skip


def answer(entry, approve=True, *, actor=None, now=NOW):
    actor = actor or Actor(person_id=applicant_of(entry.item).pk)
    return answer_proof(entry=entry, approve=approve, actor=actor, now=now)


def make_book(publication, refs=None):
    """The book of what may be printed, or of these references."""
    refs = [entry.item.number for entry in printed_entries(publication)] if refs is None else refs
    field = Bilingual("Networks", "网络")
    place = Name("Example Land", "示例国")
    entries = tuple(
        Entry(
            ref=ref, title=Bilingual(f"Title of {ref}", "标题"), field=field, summary=Bilingual("A summary.", "简介。"),
            applicants=(Applicant(Name("Example Institute", "示例研究院"), place),), countries_of_use=(place,),
            contributors=(), level="", url="",
        )
        for ref in refs
    )  # fmt: skip
    return Book(
        title=Bilingual(publication.title_en, publication.title_zh), subtitle=Bilingual("", ""),
        edition=Bilingual("Example edition", "示例届"), publisher=Bilingual("Example Organisation", "示例组织"),
        published_on=date(2022, 11, 9), list_hash=publication.list_digest, sections=(Section(field, entries),),
        levels=(Level("leading", Bilingual("Leading", "领先"), "solid"),),
        stages=(Stage(Bilingual("Collected", "征集"), Bilingual("Everything", "全部"), len(refs)),),
        colophon=Colophon(command="secretariat selection verify book.zip", url="https://example.org/", head=""),
        simulated=True, simulated_text=Bilingual("Simulated", "模拟"),
        non_affiliation=Bilingual("Not affiliated with anybody.", "与任何机构无关。"),
    )  # fmt: skip
