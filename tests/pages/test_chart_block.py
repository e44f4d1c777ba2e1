"""A chart among the facts of a page."""

from django.utils import translation

from pages.blocks.chart import ChartBlock
from tests.datasets.test_charts import Spec, Version, draw, folders, publish, pytestmark, version  # noqa: F401


def test_a_page_shows_the_chart_as_it_is_now_and_says_when_there_is_none(version: Version, draw) -> None:  # noqa: F811
    chart = draw(version, Spec("bar", "ស្រុក", ("poor",)))
    block = ChartBlock()
    assert (str(chart.uuid), f"{version.resource.dataset} – {chart}") in block.child_blocks["chart"].field.choices[-1:]
    with translation.override("km"):
        shown = block.render(block.to_python({"chart": str(chart.uuid)}))
        assert "គ្រួសារក្រីក្រតាមឃុំ" in shown
        assert '<th scope="row">ព្រៃនប់</th><td class="num">340</td>' in shown
        chart.is_public = False
        chart.save()
        assert "គំនូសតាងនេះមិនមាននៅពេលនេះទេ។" in block.render(block.to_python({"chart": str(chart.uuid)}))
