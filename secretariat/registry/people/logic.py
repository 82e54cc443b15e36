import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from secretariat.registry.organisations import logic as names

ORCID_SHAPE = r"^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$"
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
# Family names of two characters; every other Chinese name begins with one of one character.
COMPOUND_FAMILIES = names.word_set(
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 "
    "太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 令狐 百里 呼延 东郭 西门 "
    "歐陽 司馬 諸葛 尉遲 東方 長孫 公孫"
)
# Characters that are read otherwise as a family name.
FAMILY_READINGS = {
    "曾": "zeng", "单": "shan", "單": "shan", "解": "xie", "仇": "qiu", "任": "ren", "朴": "piao", "查": "zha",
    "盖": "ge", "区": "ou", "區": "ou", "翟": "zhai", "覃": "qin", "乐": "yue", "缪": "miao", "员": "yun", "召": "shao",
    "种": "chong", "尉迟": "yu chi", "尉遲": "yu chi", "长孙": "zhang sun", "万俟": "mo qi", "冼": "xian", "那": "na",
    "宁": "ning", "华": "hua", "隗": "kui", "澹台": "tan tai", "令狐": "ling hu",
}  # fmt: skip


def clean_orcid(text: str) -> str:
    """Return an ORCID iD as ``0000-0002-1825-0097``, given bare or as a link; ValueError where it cannot be one.

    The last character is a checksum over the others: ISO 7064 mod 11-2 (support.orcid.org, "Structure of the
    ORCID Identifier").
    """
    bare = re.sub(r"^(https?://)?(www\.)?orcid\.org/", "", text.strip(), flags=re.IGNORECASE)
    bare = re.sub(r"[\s-]", "", bare).upper()
    if not bare:
        return ""
    if not re.fullmatch(r"[0-9]{15}[0-9X]", bare):
        raise ValueError(
            _("‘%(text)s’ is not an ORCID iD: it has 16 digits, such as 0000-0002-1825-0097.")
            % {"text": text}
        )
    total = 0
    for digit in bare[:15]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if "0123456789X"[check] != bare[15]:
        raise ValueError(
            _("‘%(text)s’ is not an ORCID iD: its last character does not agree with the others.")
            % {"text": text}
        )
    return "-".join(bare[i : i + 4] for i in range(0, 16, 4))


def latin_name(given: str, family: str, family_first: bool) -> str:
    """Return the Latin name in its own order; a name of one part stands alone."""
    parts = (family, given) if family_first else (given, family)
    return " ".join(part for part in parts if part)


def split_chinese(name: str) -> tuple[str, str]:
    """Return (family, given) of a Chinese name; a name with a dot, as foreign names are written, has no family part."""
    bare = name.replace(" ", "")
    if "·" in bare or "•" in bare or len(bare) < 2:
        return "", bare
    length = 2 if len(bare) > 2 and bare[:2] in COMPOUND_FAMILIES else 1
    return bare[:length], bare[length:]


def romanise(name_zh: str) -> tuple[str, str]:
    """Return (family, given) in pinyin, each as one word: 王小明 → (wang, xiaoming)."""
    family, given = split_chinese(name_zh)
    read = FAMILY_READINGS.get(family) or " ".join(names.pinyin(family))
    return read.replace(" ", ""), "".join(names.pinyin(given))


def display_name(
    *, given: str, family: str, family_first: bool, name_zh: str, further: Mapping[str, str], language: str
) -> str:
    """Return the name as a reader of ``language`` expects it; the nearest other form where that one is not recorded."""
    latin = latin_name(given, family, family_first)
    if language.startswith("zh"):
        return name_zh or latin
    return further.get(language) or latin or name_zh or next(iter(further.values()), "")


def sort_key(given: str, family: str, name_zh: str) -> str:
    """Return the key for a list of names: family name first, whatever the order they are written in; else pinyin."""
    return (names.fold(f"{family} {given}") or names.fold(" ".join(romanise(name_zh))))[:200]


def match_keys(*, given: str, family: str, name_zh: str, further: Iterable[str], orcid: str) -> list[str]:
    """Return the keys of which duplicates share one, sorted.

    ``orcid:`` the iD; ``zh:`` the Chinese name; ``name:`` the Latin words in any order (given and family may have been
    swapped), also read from the Chinese; ``sound:`` the consonants only, in alphabetical order: spellings of one
    transliterated name.
    """
    keys = {f"orcid:{orcid}"} if orcid else set()
    if name_zh and HAN.search(name_zh):
        keys.add("zh:" + re.sub(r"[\s·•]", "", name_zh))
        keys.add("name:" + _bag(_simple(part) for part in romanise(name_zh) if part))
    for latin in (f"{given} {family}", *further):
        words = [_simple(word) for word in transliterate(names.fold(latin)).split()]
        if not words or HAN.search(latin):
            continue
        keys.add("name:" + _bag(words))
        joined = (
            {(words[0], "".join(words[1:])), ("".join(words[:-1]), words[-1])} if len(words) == 3 else set()
        )
        keys |= {"name:" + _bag(pair) for pair in joined}
        if len(sound := "".join(sorted("".join(map(skeleton, words))))) >= 5:
            keys.add(f"sound:{sound}")
    return sorted(keys)


def skeleton(word: str) -> str:
    """Return a word's consonants with the usual variants of transliteration taken together, doubles once."""
    for variant, plain in (
        ("kh", "h"),
        ("zh", "j"),
        ("ph", "f"),
        ("ck", "k"),
        ("ks", "x"),
        ("q", "k"),
        ("w", "v"),
    ):
        word = word.replace(variant, plain)
    return re.sub(r"(.)\1+", r"\1", word).translate(str.maketrans("c", "k", "aeiouyj"))


CYRILLIC = (
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўј",
    ("a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya i i e g u j"),
)
GREEK = "αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o"
LETTERS = str.maketrans(
    {
        letter: latin.strip("_")
        for letters, readings in (CYRILLIC, GREEK)
        for letter, latin in zip(letters, readings.split(), strict=True)
    }
)


def transliterate(folded: str) -> str:
    """Return folded Cyrillic or Greek text in Latin letters; other scripts stay as they are."""
    return folded.translate(LETTERS)


def _simple(word: str) -> str:
    """ü of pinyin is written v, yu or u in documents."""
    return re.sub(r"^(l|n)(v|yu|ue)", r"\1u", word)


def _bag(words: Iterable[str]) -> str:
    return " ".join(sorted(words))
