import gettext
import subprocess
import sys

import polib
import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.translation import trans_real

from secretariat.foundation.languages import catalogues
from secretariat.foundation.languages.catalogues import (
    CATALOGUE,
    PRODUCT,
    compile_catalogue,
    extract,
    findings,
    load_catalogue,
)

CODE = 'from django.utils.translation import gettext as _, ngettext\n_("seat of %(name)s")\n'


def test_every_sentence_of_the_product_has_its_chinese():
    assert list(findings()) == []


def test_the_catalogue_speaks_the_words_of_the_glossary():
    lines = (PRODUCT.parent / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    glossary = {term: chinese for term, _meaning, chinese, _source in rows}
    said = {
        entry.msgid: entry.msgstr or entry.msgstr_plural[0] for entry in load_catalogue() if not entry.msgctxt
    }

    shared = glossary.keys() & said.keys()
    assert len(shared) > 20
    assert {term: said[term] for term in shared} == {term: glossary[term] for term in shared}


def test_the_catalogue_in_the_repository_is_what_extract_would_write(tmp_path):
    copy = tmp_path / "django.po"
    copy.write_bytes(CATALOGUE.read_bytes())

    extract(path=copy)

    assert copy.read_text() == CATALOGUE.read_text()


def test_django_reads_the_catalogue(settings):
    assert CATALOGUE.parents[2] in settings.LOCALE_PATHS
    assert "zh-hans" in dict(settings.LANGUAGES)


def test_the_compiled_catalogue_says_what_the_catalogue_says(tmp_path):
    copy = tmp_path / "django.po"
    copy.write_bytes(CATALOGUE.read_bytes())

    with compile_catalogue(copy).open("rb") as compiled:
        spoken = gettext.GNUTranslations(compiled)

    entries = [entry for entry in polib.pofile(str(copy)) if not entry.msgctxt and not entry.msgid_plural]
    assert {entry.msgid: spoken.gettext(entry.msgid) for entry in entries} == {
        entry.msgid: entry.msgstr for entry in entries
    }


@pytest.fixture
def product(tmp_path):
    """A product of one file, with its catalogue extracted and translated."""
    (tmp_path / "product").mkdir()
    (tmp_path / "product" / "rules.py").write_text(CODE)
    path = tmp_path / "django.po"
    extract(tmp_path / "product", path)
    translate(path, {"seat of %(name)s": "%(name)s的席位"})
    return tmp_path / "product", path


def translate(path, texts):
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        entry.msgstr = texts.get(entry.msgid, entry.msgstr)
    catalogue.save(str(path))


def test_extracting_again_keeps_translations_and_drops_what_is_gone(product):
    root, path = product
    (root / "rules.py").write_text(f'{CODE}_("roll")\nngettext("%(n)d vote", "%(n)d votes", 1)\n')
    extract(root, path)
    assert set(findings(root, path)) == {"without Chinese: 'roll'", "without Chinese: '%(n)d vote'"}
    kept = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))}
    assert kept == {"seat of %(name)s": "%(name)s的席位", "roll": "", "%(n)d vote": ""}

    (root / "rules.py").write_text("")

    assert extract(root, path) == 0
    assert list(findings(root, path)) == []


@pytest.mark.parametrize(
    ("code", "finding"),
    [
        (CODE + '_("new")\n', "not in the catalogue: 'new' (product/rules.py)"),
        ("", "stale, in no file any more: 'seat of %(name)s'"),
        (
            CODE + 'ngettext("seat of %(name)s", "seats of %(name)s", 2)\n',
            "stale, the plural differs: 'seat of %(name)s'",
        ),
    ],
)
def test_code_that_changed_is_found(product, code, finding):
    root, path = product
    (root / "rules.py").write_text(code)

    assert list(findings(root, path)) == [finding]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("%(name)s的席位", []),
        ("", ["without Chinese: 'seat of %(name)s'"]),
        ("席位", ["placeholders differ: 'seat of %(name)s' → '席位'"]),
        ("%(names)s的席位", ["placeholders differ: 'seat of %(name)s' → '%(names)s的席位'"]),
        ("%(name)s %(name)s", ["placeholders differ: 'seat of %(name)s' → '%(name)s %(name)s'"]),
    ],
)
def test_a_translation_has_the_placeholders_of_its_source(product, text, finding):
    root, path = product
    translate(path, {"seat of %(name)s": text})

    assert list(findings(root, path)) == finding


PAGE = (
    '{% translate "5 % of" %}|{% translate "May" context "month" %}|{{ _("Close") }}|'
    "{% blocktranslate trimmed with name=who %}\n Seat of\n {{ name }} {% endblocktranslate %}|"
    "{% blocktranslate count n=many %}{{ n }} vote{% plural %}{{ n }} votes{% endblocktranslate %}"
)


def test_a_page_finds_every_extracted_string_in_the_compiled_catalogue(tmp_path, settings, monkeypatch):
    (tmp_path / "product" / "templates").mkdir(parents=True)
    (tmp_path / "product" / "templates" / "page.html").write_text(PAGE)
    path = tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    assert extract(tmp_path / "product", path) == 5
    catalogue = polib.pofile(str(path))
    texts = ["%(n)s票", "5%%之", "关闭", "五月", "%(name)s的席位"]
    for entry, text in zip(catalogue, texts, strict=True):
        entry.msgstr, entry.msgstr_plural = ("", {0: text}) if entry.msgid_plural else (text, {})
    catalogue.save(str(path))
    compile_catalogue(path)
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.setattr(trans_real, "_translations", {})

    with translation.override("zh-hans"):
        page = Template(PAGE).render(Context({"who": "Ada", "many": 3}))

    assert page == "5%之|五月|关闭|Ada的席位|3票"


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["translate"], 2), (["check", "twice"], 2)])
def test_an_unknown_command_is_refused(arguments, code, capsys):
    assert catalogues.main(arguments) == code
    assert capsys.readouterr().err == "catalogues: one of compile, extract or check is needed.\n"


def test_it_runs_without_settings():
    command = [sys.executable, "-m", "secretariat.foundation.languages.catalogues", "compile"]

    result = subprocess.run(
        command, capture_output=True, text=True, env={"PATH": ""}, cwd=catalogues.PRODUCT.parent
    )

    assert (result.returncode, result.stderr) == (0, "")
    assert CATALOGUE.with_suffix(".mo").exists()
