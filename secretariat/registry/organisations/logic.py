import re
import unicodedata
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from pypinyin import Style, lazy_pinyin

ROR_SHAPE = r"^0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}$"
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
DOMAIN_SHAPE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


def word_set(text: str) -> frozenset[str]:
    """Return the words of a vocabulary written in one line."""
    return frozenset(text.split())


# Mailboxes for everybody: such a domain says nothing about where somebody belongs.
OPEN_MAIL = word_set(
    "126.com 163.com aliyun.com foxmail.com gmail.com gmx.net hotmail.com icloud.com mail.ru outlook.com "
    "proton.me qq.com sina.com yahoo.com yandex.ru yeah.net"
)
# Letters that have no decomposition in Unicode.
LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
EMPTY_WORDS = word_set("a an and at by de der des di du el en et for fur in la le of on the und y")
LEGAL_FORMS = word_set(
    "ag bv co company corp corporation gmbh inc incorporated kg limited llc llp ltd nv oy oyj plc pte pty sa sarl "
    "sas spa srl"
)
SHORT_FORMS = {
    "univ": "university", "inst": "institute", "intl": "international", "natl": "national", "acad": "academy",
    "assn": "association", "assoc": "association", "dept": "department",
    "center": "centre", "tech": "technology", "technologies": "technology", "organization": "organisation",
    "labs": "laboratory", "lab": "laboratory",
}  # fmt: skip
LEGAL_FORMS_ZH = re.compile("(股份)?(有限)?(责任)?(集团)?公司|集团")


def clean_ror(text: str) -> str:
    """Return the nine characters of a ROR id given bare or as a link; ValueError where it cannot be one.

    The last two digits are a checksum over the number the others encode in Crockford's base 32:
    ISO 7064 mod 97-10 (https://ror.readme.io/docs/identifier).
    """
    bare = re.sub(r"^(https?://)?(www\.)?ror\.org/", "", text.strip().lower())
    if not bare:
        return ""
    if not re.match(ROR_SHAPE, bare):
        raise ValueError(
            _("‘%(text)s’ is not a ROR id: it has nine characters, such as 05dxps055.") % {"text": text}
        )
    number = 0
    for character in bare[:7]:
        number = number * 32 + CROCKFORD.index(character)
    if 98 - number * 100 % 97 != int(bare[7:]):
        raise ValueError(
            _("‘%(text)s’ is not a ROR id: its last two digits do not agree with the others.")
            % {"text": text}
        )
    return bare


def clean_domains(domains: Iterable[str]) -> list[str]:
    """Return e-mail domains in lower case, once each, sorted; ValueError names one that is none or is everybody's."""
    cleaned = set()
    for domain in domains:
        bare = domain.strip().lower().removeprefix("@").rstrip(".")
        if not bare.isascii():
            bare = bare.encode("idna").decode()
        if not DOMAIN_SHAPE.fullmatch(bare):
            raise ValueError(_("‘%(text)s’ is not an e-mail domain, such as example.org.") % {"text": domain})
        if bare in OPEN_MAIL:
            raise ValueError(
                _("‘%(text)s’ gives mailboxes to everybody; it is no organisation's domain.")
                % {"text": domain}
            )
        cleaned.add(bare)
    return sorted(cleaned)


def fold(text: str) -> str:
    """Return Latin text in lower case without marks, words divided by one space; other scripts stay as they are."""
    lowered = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    bare = "".join(character for character in lowered if not unicodedata.combining(character))
    bare = re.sub(r"['’ʼ`´]", "", unicodedata.normalize("NFC", bare))
    return " ".join(re.findall(r"\w+", bare.replace("_", " ")))


def pinyin(text: str) -> list[str]:
    """Return the syllables of Chinese text without tones, ``lü`` as ``lv``; Latin stretches stay whole."""
    return lazy_pinyin(text, style=Style.NORMAL, v_to_u=False)


def sort_key(latin: str, chinese: str = "") -> str:
    """Return the key, cut to 200 characters, of a name in a list: folded, or in pinyin where it is Chinese."""
    return (fold(latin) or fold(" ".join(pinyin(chinese))))[:200]


def words_of(name: str) -> list[str]:
    """Return the words that carry a name: no articles, no legal form, usual short forms written out."""
    words = [SHORT_FORMS.get(word, word) for word in fold(name.replace("&", " ")).split()]
    carrying = [word for word in words if word not in EMPTY_WORDS and word not in LEGAL_FORMS]
    return carrying or words


def initials_of(name: str) -> str:
    """Return the acronym of a name, ``World Internet Conference`` → ``wic``; empty for fewer than three words."""
    words = [w for w in fold(name).split() if w.isalpha() and w not in EMPTY_WORDS and w not in LEGAL_FORMS]
    return "".join(word[0] for word in words) if len(words) >= 3 else ""


def match_keys(
    *, name_en: str, name_zh: str, names: Mapping[str, str], acronym: str, ror: str, domains: Iterable[str]
) -> list[str]:
    """Return the keys of which duplicates share one: ``ror:``, ``domain:``, ``name:`` and ``acronym:``, sorted."""
    keys = {f"ror:{ror}"} if ror else set()
    keys |= {f"domain:{domain}" for domain in domains}
    for name in (name_en, *names.values()):
        if words := words_of(name):
            keys.add("name:" + "".join(sorted(words)))
            keys.add("name:" + "".join(words))
        if initials := initials_of(name):
            keys.add(f"acronym:{initials}")
    if name_zh:
        bare = LEGAL_FORMS_ZH.sub("", fold(name_zh).replace(" ", "")) or fold(name_zh)
        keys |= {f"name:{bare}", "name:" + fold(" ".join(pinyin(bare))).replace(" ", "")}
    if acronym:
        keys.add("acronym:" + fold(acronym).replace(" ", ""))
    return sorted(keys)
