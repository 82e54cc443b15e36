import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.registry.organisations.logic import (
    CROCKFORD,
    clean_domains,
    clean_ror,
    fold,
    initials_of,
    match_keys,
    sort_key,
)


@pytest.mark.parametrize(
    "text", ["05dxps055", "https://ror.org/05dxps055", "ror.org/05DXPS055", " 05dxps055 "]
)
def test_a_ror_id_is_taken_bare_or_as_a_link(text):
    assert clean_ror(text) == "05dxps055"


def test_no_ror_id_is_no_error():
    assert clean_ror("  ") == ""


@pytest.mark.parametrize("text", ["05dxps05", "15dxps055", "05dxpl055", "https://example.org/05dxps055"])
def test_a_ror_id_of_another_shape_is_refused(text):
    with pytest.raises(ValueError, match="nine characters"):
        clean_ror(text)


@given(st.sampled_from(range(1, 7)), st.sampled_from(CROCKFORD))
def test_the_checksum_of_a_ror_id_finds_every_single_wrong_character(place, character):
    right = "05dxps055"
    wrong = right[:place] + character + right[place + 1 :]

    if wrong == right:
        assert clean_ror(wrong) == right
    else:
        with pytest.raises(ValueError, match="do not agree"):
            clean_ror(wrong)


def test_domains_are_kept_lower_case_once_and_in_order():
    assert clean_domains(["@Example.ORG", "example.org", "bücher.example", "a.example"]) == [
        "a.example",
        "example.org",
        "xn--bcher-kva.example",
    ]


@pytest.mark.parametrize("domain", ["example", "a b.org", "", "x@example.org", "-a.org"])
def test_what_is_no_domain_is_refused(domain):
    with pytest.raises(ValueError, match="is not an e-mail domain"):
        clean_domains([domain])


def test_a_domain_for_everybody_belongs_to_no_organisation():
    with pytest.raises(ValueError, match="mailboxes to everybody"):
        clean_domains(["gmail.com"])


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zürich Łódź Øresund", "zurich lodz oresund"),
        ("L’Institut d'Été", "linstitut dete"),
        ("Straße—2", "strasse 2"),
        ("世界互联网大会", "世界互联网大会"),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


def test_a_chinese_name_sorts_by_its_pinyin_and_a_latin_one_by_itself():
    assert sort_key("", "世界互联网大会") == "shi jie hu lian wang da hui"
    assert sort_key("Example Institute", "示例研究所") == "example institute"


def test_initials_leave_out_small_words_and_legal_forms():
    assert initials_of("The World Internet Conference Ltd.") == "wic"
    assert initials_of("Example Institute 041") == ""


def test_names_of_one_organisation_share_a_key():
    def keys(**values):
        empty = {"name_en": "", "name_zh": "", "names": {}, "acronym": "", "ror": "", "domains": []}
        return set(match_keys(**empty | values))

    assert keys(name_en="Univ. of Example") & keys(name_en="Example University") == {"name:exampleuniversity"}
    assert keys(name_zh="华为技术有限公司") & keys(name_en="Huawei Jishu Co., Ltd") == {"name:huaweijishu"}
    assert keys(name_en="World Internet Conference") & keys(acronym="W.I.C.") == {"acronym:wic"}
    assert keys(names={"fr": "Académie des Exemples"}) & keys(name_en="Academie d'Exemples") == set()
    assert keys(ror="05dxps055", domains=["example.org"]) == {"ror:05dxps055", "domain:example.org"}
