"""The sheets keep the rules of the house: layers, logical properties, colours by meaning, contrast."""

import math
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3] / "secretariat"
SHEETS = sorted(ROOT.rglob("static/**/css/*.css"))
TEMPLATES = sorted(ROOT.rglob("templates/**/*.html"))
CSS = ROOT / "foundation" / "ui" / "static" / "ui" / "css"
LAYERS = re.search(r"@layer ([^;]+);", (CSS / "layers.css").read_text())[1].split(", ")

# What is written on what: (text, ground). Small text everywhere, so the strict bound of 4.5 holds for all.
GROUNDS = ("paper", "paper-raised", "paper-sunk")
PAIRS = [
    *((text, ground) for text in ("ink", "ink-soft", "accent", "accent-hover", "urgent") for ground in GROUNDS),
    ("ink", "accent-pale"), ("accent", "accent-pale"), ("ink", "urgent-pale"), ("on-accent", "accent"),
    ("on-accent", "accent-hover"), ("on-cloth", "cloth"), ("on-cloth-soft", "cloth"),
]  # fmt: skip


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
    sides = r"(?:margin|padding|border|inset)-(?:top|bottom)|\b(?:left|right)\b"
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
    inline = r"<script(?! src=\"[^\"]*\"[^>]*></script>)|<style|\sstyle=|\son[a-z]+=|javascript:"

    # What a file loads may hold a tag of its own: the scripts of an address are no inline script.
    assert re.findall(inline, re.sub(r"{%.*?%}|{{.*?}}", "", template.read_text())) == []


def test_every_sheet_is_linked():
    linked = set(
        re.findall(r"ui/css/([a-z-]+\.css)", (ROOT / "foundation/ui/templates/ui/styles.html").read_text())
    )

    assert linked == {path.name for path in CSS.iterdir()}


def tokens():
    pattern = r"--([a-z-]+): (?:light-dark\((oklch\([^)]*\)), (oklch\([^)]*\))\)|(oklch\([^)]*\)));"
    return {
        key: (day or always, night or always)
        for key, day, night, always in re.findall(pattern, (CSS / "tokens.css").read_text())
    }


def luminance(colour):
    """Relative luminance of an oklch colour (CSS Color 4, section 10.12; WCAG 2.2)."""
    lightness, chroma, hue = (float(part) for part in re.findall(r"[\d.]+", colour)[:3])
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    l, m, s = (  # noqa: E741 -- the names of the standard
        (lightness + x * a + y * b) ** 3
        for x, y in (
            (0.3963377774, 0.2158037573),
            (-0.1055613458, -0.0638541728),
            (-0.0894841775, -1.2914855480),
        )
    )
    red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s
    green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s
    blue = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
    return sum(w * min(1, max(0, c)) for w, c in ((0.2126, red), (0.7152, green), (0.0722, blue)))


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("text,ground", PAIRS)
def test_text_stands_out_from_its_ground(text, ground, night):
    values = tokens()
    low, high = sorted((luminance(values[text][night]), luminance(values[ground][night])))

    assert (high + 0.05) / (low + 0.05) >= 4.5
