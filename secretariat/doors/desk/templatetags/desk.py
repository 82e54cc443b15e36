from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

LONG, HIGH = 100, 10


@register.simple_tag
def bar(value: int, before: int | None, of: int | None, scale: int) -> SafeString:
    """A count as a bar against ``scale``, the whole it is part of as its ground, the earlier count as a thin line."""
    long, whole, mark = (LONG * (n or 0) / scale for n in (value, of, before))
    shapes = [("bar-whole", 0, 0, whole, HIGH)] if of else []
    shapes.append(("bar-part", 0, 0, long, HIGH))
    if before is not None:
        shapes.append(("bar-mark", max(mark - 0.35, 0), -2, 0.7, 14))
    drawn = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        ((name, f"{x:.2f}", y, f"{width:.2f}", height) for name, x, y, width, height in shapes),
    )
    return format_html(
        '<svg class="bar" viewBox="0 -2 {} 14" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
        LONG + 1,
        drawn,
    )
