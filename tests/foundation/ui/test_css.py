"""The sheets keep the rules of the house: layers, logical properties, colours by meaning, contrast."""

import re
from pathlib import Path

import pytest

from secretariat.foundation.ui import colours

ROOT = Path(__file__).resolve().parents[3] / "secretariat"
SHEETS = sorted(ROOT.rglob("static/**/css/*.css"))
MAILS = {"mail_frame.html"}  # A reader of mail loads no sheet.
TEMPLATES = sorted(path for path in ROOT.rglob("templates/**/*.html") if path.name not in MAILS)
CSS = ROOT / "foundation" / "ui" / "static" / "ui" / "css"
LAYERS = re.search(r"@layer ([^;]+);", (CSS / "layers.css").read_text())[1].split(", ")


def plain(path):
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)


def name(path):
    return path.name


@pytest.mark.parametrize("sheet", [s for s in SHEETS if s.name != "layers.css"], ids=name)
def test_a_sheet_stands_in_one_declared_layer(sheet):
    text = plain(sheet).strip()

    outer = re.match(r"@layer ([a-z]+) \{", text)

    assert outer and outer[1] in LAYERS
    assert text.endswith("}") and text.count("{") == text.count("}")
    assert closes_at_the_end(text)


def closes_at_the_end(text):
    depth = 0
    for position, character in enumerate(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0 and character == "}":
            return position == len(text) - 1
    return False


@pytest.mark.parametrize("sheet", SHEETS, ids=name)
def test_a_sheet_knows_no_side_of_the_page(sheet):
    sides = r"(?:margin|padding|border|inset)-(?:top|bottom|left|right)|(?<![-\w])(?:left|right)\b"
    lengths = r"(?<![-\w])(?:width|height):"

    assert re.findall(f"{sides}|{lengths}", plain(sheet)) == []


@pytest.mark.parametrize("sheet", [s for s in SHEETS if s.name != "tokens.css"], ids=name)
def test_colours_are_named_in_one_place(sheet):
    white_on_cloth = r"oklch\(1 0 0 / [\d.]+\)"

    assert (
        re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(|oklch\(", re.sub(white_on_cloth, "", plain(sheet))) == []
    )


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_a_template_needs_neither_script_nor_inline_style(template):
    inline = r"<script(?! (?:type=\"module\" )?src=\"[^\"]*\"[^>]*></script>)|<style|\sstyle=|\son[a-z]+=|javascript:"

    # What a file loads may hold a tag of its own: the scripts of an address are no inline script.
    assert re.findall(inline, re.sub(r"{%.*?%}|{{.*?}}", "", template.read_text())) == []


def test_every_sheet_is_linked():
    templates = (ROOT / "foundation/ui/templates/ui").glob("*.html")
    linked = {sheet for path in templates for sheet in re.findall(r"ui/css/([a-z-]+\.css)", path.read_text())}

    assert linked == {path.name for path in CSS.iterdir()}


@pytest.mark.parametrize("pair", colours.pairs(), ids=lambda pair: f"{pair.text}-on-{pair.ground}")
def test_text_and_edges_stand_out_from_their_ground(pair):
    bound = colours.EDGE if (pair.text, pair.ground) in colours.EDGES else colours.TEXT

    assert min(pair.day, pair.night) >= bound


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        ("oklch(1 0 0)", "oklch(0 0 0)", 21.0),
        ("oklch(0.5 0.1 30)", "oklch(0.5 0.1 30)", 1.0),
        # #767676 on white is the grey everybody knows to be just enough.
        ("oklch(0.5659 0 0)", "oklch(1 0 0)", 4.54),
    ],
)
def test_contrast_is_that_of_the_standard(first, second, ratio):
    assert colours.contrast(first, second) == pytest.approx(ratio, abs=0.02)


def test_every_colour_of_the_sheet_is_read():
    declared = re.findall(r"--([a-z-]+): (?:light-dark\()?oklch\(", plain(CSS / "tokens.css"))

    assert set(colours.tokens()) == set(declared)
    assert {name for pair in colours.pairs() for name in (pair.text, pair.ground)} <= set(declared)
