"""Charts: pictures drawn by this house, each with its figures in reach of everybody."""

from itertools import count
from typing import Any

from django import template

from secretariat.foundation.ui.charts import Bars, Histogram, Progress, Spark, Stack, TileMap

register = template.Library()
_numbers = count(1)  # ids of a page's pictures: any will do, twice the same will not


def _shown(chart: Any, title: str, **more: Any) -> dict[str, Any]:
    return {"chart": chart, "title": title, "id": f"chart-{next(_numbers)}", **more}


@register.inclusion_tag("ui/chart_bars.html")
def bar_chart(chart: Bars, title: str, before: str = "") -> dict[str, Any]:
    """Horizontal bars; ``before`` names what their marks show (last year, say)."""
    return _shown(chart, title, before=before)


@register.inclusion_tag("ui/chart_stack.html")
def stacked_bar(chart: Stack, title: str) -> dict[str, Any]:
    """One bar made of parts, with its legend."""
    return _shown(chart, title)


@register.inclusion_tag("ui/chart_histogram.html")
def histogram(chart: Histogram, title: str, unit: str = "") -> dict[str, Any]:
    """How values are spread."""
    return _shown(chart, title, unit=unit)


@register.inclusion_tag("ui/chart_progress.html")
def progress_chart(chart: Progress, title: str, this: str, before: str = "") -> dict[str, Any]:
    """A count growing towards a day; ``this`` and ``before`` name the two lines."""
    return _shown(chart, title, this=this, before=before)


@register.inclusion_tag("ui/chart_spark.html")
def sparkline(chart: Spark, title: str) -> dict[str, Any]:
    """A small line inside text; its title says what it tells."""
    return _shown(chart, title)


@register.inclusion_tag("ui/chart_map.html")
def tile_map(chart: TileMap, title: str, column: str = "", places: str = "") -> dict[str, Any]:
    """Places as tiles, and the list of those that count; ``column`` and ``places`` head the list."""
    return _shown(chart, title, column=column, places=places)
