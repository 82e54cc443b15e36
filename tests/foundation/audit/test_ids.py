from secretariat.foundation.audit.ids import uuid7


def test_ids_are_of_version_7_and_keep_the_order_of_making():
    made = [uuid7() for _ in range(2000)]

    assert {value.version for value in made} == {7}
    assert {value.variant for value in made} == {made[0].variant}
    moments = [value.int >> 64 for value in made]
    assert moments == sorted(moments)
    assert len(set(made)) == len(made)
