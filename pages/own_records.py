"""What pages know that belongs to everybody: how useful readers found them, and when each text was last reviewed."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from datasets.own_records import register
from pages.models import Feedback, Triage
from pages.place_table import SCHEMA, place_rows
from pages.selectors.reviews import guides_with_care


def _field(name: str, kind: str, km: str, en: str, zh: str) -> dict[str, Any]:
    return {"name": name, "type": kind, "title": en, "title_translated": {"km": km, "en": en, "zh-hans": zh}}


PATH = _field("path", "string", "ទំព័រ", "Page", "页面")
LANGUAGE = _field("language", "string", "ភាសា", "Language", "语言")


def feedback_rows() -> Iterator[tuple[Any, ...]]:
    """Votes by page, language and month, spam left out; never a word of what was written."""
    votes = Feedback.objects.exclude(status=Triage.SPAM).annotate(month=TruncMonth("created")).order_by("path", "language", "month")
    counts = votes.values_list("path", "language", "month")
    for path, language, month, yes, no in counts.annotate(yes=Count("pk", filter=Q(useful=True)), no=Count("pk", filter=Q(useful=False))):
        yield f"/{path}", language, month.strftime("%Y-%m"), yes, no


def review_rows() -> Iterator[tuple[Any, ...]]:
    """Every public guide in each of its languages, with the dates of its care."""
    for page, path in guides_with_care():
        yield path, page.locale.language_code, page.title, page.reviewed_on, page.next_review, bool(page.reviewed_by), page.is_sample


def register_all() -> None:
    register(
        "places",
        about={
            "title_km": "ទីកន្លែងដែលមនុស្សទៅរកជំនួយ",
            "title_en": "Places where people go for help",
            "title_zh_hans": "人们可前往求助的地点",
            "summary_km": "មជ្ឈមណ្ឌល មន្ទីរសុខភាព ជំនួយផ្នែកច្បាប់ តំបន់ Wi-Fi ការិយាល័យ និងសាលា ជាមួយម៉ោងបើក និងទីតាំង។ ជួរគំរូត្រូវបានសម្គាល់។",
            "summary_en": "Centres, health, legal aid, Wi-Fi, offices and schools, with hours and position. Sample rows are marked.",
            "summary_zh_hans": "中心、医疗机构、法律援助、Wi-Fi 区、办公室和学校，含开放时间与位置。示例行已标明。",
        },
        schema=SCHEMA,
        rows=place_rows,
    )
    register(
        "page-feedback",
        about={
            "title_km": "មតិអ្នកអានអំពីទំព័រ",
            "title_en": "Readers’ feedback on pages",
            "title_zh_hans": "读者对页面的反馈",
            "summary_km": "ចំនួនអ្នកអានដែលឆ្លើយថាទំព័រមានប្រយោជន៍ ឬខ្វះអ្វីមួយ តាមទំព័រ ភាសា និងខែ។",
            "summary_en": "How many readers found a page useful or missed something, by page, language and month.",
            "summary_zh_hans": "按页面、语言和月份统计，有多少读者认为页面有用或缺少内容。",
        },
        schema={
            "fields": [
                PATH,
                LANGUAGE,
                _field("month", "yearmonth", "ខែ", "Month", "月份"),
                _field("useful", "integer", "មានប្រយោជន៍", "Useful", "有用"),
                _field("not_useful", "integer", "ខ្វះអ្វីមួយ", "Something was missing", "缺少内容"),
            ]
        },
        rows=feedback_rows,
    )
    register(
        "guide-reviews",
        about={
            "title_km": "កាលបរិច្ឆេទពិនិត្យការណែនាំ",
            "title_en": "Review dates of the guides",
            "title_zh_hans": "指南的审核日期",
            "summary_km": "ថ្ងៃពិនិត្យចុងក្រោយ ថ្ងៃពិនិត្យបន្ទាប់ និងហត្ថលេខា នៃការណែនាំនីមួយៗ តាមភាសា។",
            "summary_en": "For each guide and language: when it was last reviewed, when it is due again, whether somebody has signed it.",
            "summary_zh_hans": "每篇指南各语言版本的上次审核日期、下次审核日期以及是否有人签名。",
        },
        schema={
            "fields": [
                PATH,
                LANGUAGE,
                _field("title", "string", "ចំណងជើង", "Title", "标题"),
                _field("reviewed_on", "date", "បានពិនិត្យនៅថ្ងៃទី", "Reviewed on", "审核日期"),
                _field("next_review", "date", "ពិនិត្យបន្ទាប់", "Next review", "下次审核"),
                _field("signed", "boolean", "មានហត្ថលេខា", "Signed", "已签名"),
                _field("is_sample", "boolean", "គំរូ", "Sample", "示例"),
            ]
        },
        rows=review_rows,
    )
