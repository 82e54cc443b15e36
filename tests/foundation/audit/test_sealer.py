from datetime import timedelta

import pytest

from secretariat.engines.sealed.canonical import canonical
from secretariat.engines.sealed.heads import verify_head
from secretariat.engines.sealed.merkle import leaf_hash, verify_consistency, verify_inclusion
from secretariat.foundation.audit import models, queries
from secretariat.foundation.audit.actions import act, pledge
from secretariat.foundation.audit.sealer import leaf_contents, pledge_content, seal, signing_key
from secretariat.registry.refs.models import Ref
from tests.factories.accounts import INSTALLER, NOW, make_account

pytestmark = pytest.mark.django_db


def make_pledge(number):
    with act("list_frozen", actor=INSTALLER, now=NOW) as opened:
        ref = Ref.objects.create(kind="list", number=number)
        opened.on(ref)
        return pledge(opened, subject=ref, payload={"kind": "list", "list": number})


def test_sealing_empties_the_queue_and_signs_a_head():
    make_account()
    make_pledge("L-1")
    Ref.objects.create(kind="thing", number="outside every act")

    head = seal(now=NOW)

    assert set(models.LogEntry.objects.values_list("kind", flat=True)) == {"act", "pledge", "change"}
    assert models.LogEntry.objects.count() == head.size == 4
    assert not models.Unsealed.objects.exists()
    assert verify_head(head.note, signing_key().verifier).root == bytes(head.root)


def test_sealing_nothing_signs_nothing():
    assert seal(now=NOW) is None


def test_a_pledge_is_proved_included_from_its_content_alone():
    made = [make_pledge(f"L-{number}") for number in range(5)]
    head = seal(now=NOW)

    for sealed in queries.sealed_pledges([p.subject_id for p in made]):
        leaf = leaf_hash(canonical(pledge_content(sealed.pledge)))
        proof = queries.inclusion_proof(sealed.index, head.size)
        assert leaf == sealed.leaf_hash
        assert verify_inclusion(leaf, sealed.index, head.size, proof, bytes(head.root))


def test_a_later_head_is_consistent_with_an_earlier_one():
    make_pledge("L-1")
    first = seal(now=NOW)
    make_pledge("L-2")
    second = seal(now=NOW + timedelta(minutes=1))

    proof = queries.consistency_proof(first.size, second.size)
    assert verify_consistency(first.size, second.size, proof, bytes(first.root), bytes(second.root))


def test_the_leaf_of_an_act_covers_its_changes():
    make_account("person@example.org")
    seal(now=NOW)

    entry = models.LogEntry.objects.get(kind="act")
    content = leaf_contents([("act", entry.source_id)])["act", entry.source_id]
    assert [change["table"] for change in content["changes"]] == ["accounts_account"]
    assert leaf_hash(canonical(content)) == bytes(entry.leaf_hash)


def test_the_number_of_statements_does_not_grow_with_the_batch(django_assert_max_num_queries):
    for number in range(30):
        make_pledge(f"L-{number}")

    with django_assert_max_num_queries(22):
        seal(now=NOW)
