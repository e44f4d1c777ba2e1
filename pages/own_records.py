"""What pages know that belongs to everybody: how useful readers found them, and when each text was last reviewed."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from datasets.own_records import register
from pages.models import RECORDS, Feedback, Place, Triage
from pages.record_table import rows_of, schema_of
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


def _about(titles: tuple[str, str, str], summaries: tuple[str, str, str]) -> dict[str, str]:
    texts = zip(("km", "en", "zh_hans"), titles, summaries, strict=True)
    return {f"{name}_{code}": text for code, title, summary in texts for name, text in (("title", title), ("summary", summary))}


REGISTERS = {
    "places": _about(
        ("ទីកន្លែងដែលមនុស្សទៅរកជំនួយ", "Places where people go for help", "人们可前往求助的地点"),
        (
            "មជ្ឈមណ្ឌល មន្ទីរសុខភាព ជំនួយផ្នែកច្បាប់ តំបន់ Wi-Fi ការិយាល័យ និងសាលា ជាមួយម៉ោងបើក និងទីតាំង។ ជួរគំរូត្រូវបានសម្គាល់។",
            "Centres, health, legal aid, Wi-Fi, offices and schools, with hours and position. Sample rows are marked.",
            "中心、医疗机构、法律援助、Wi-Fi 区、办公室和学校，含开放时间与位置。示例行已标明。",
        ),
    ),
    "commitments": _about(
        ("ការប្តេជ្ញាចិត្តសម្រាប់គំនិតផ្តួចផ្តើម", "Commitments for the initiatives", "各倡议的承诺"),
        (
            "អ្វីដែលស្ថាប័ននានាបានសន្យា ថ្ងៃដែលត្រូវរួចរាល់ ស្ថានភាព និងភស្តុតាង។ ជួរគំរូត្រូវបានសម្គាល់។",
            "What organizations have promised, until when, its state and the evidence. Sample rows are marked.",
            "各机构作出的承诺、完成期限、状态和证据。示例行已标明。",
        ),
    ),
    "notices": _about(
        ("សេចក្តីជូនដំណឹងសាធារណៈ", "Public notices", "公告"),
        (
            "ប្លង់ ការផ្លាស់ប្តូរការប្រើប្រាស់ដី និងការវាយតម្លៃបរិស្ថាន ជាមួយផ្ទៃដី និងថ្ងៃចុងក្រោយសម្រាប់ជំទាស់។ ជួរគំរូត្រូវបានសម្គាល់។",
            "Plans, land-use changes and environmental assessments, with their area and the last day to object. Sample rows are marked.",
            "规划、土地用途变更和环境评估，含区域范围和提出异议的最后日期。示例行已标明。",
        ),
    ),
    "events": _about(
        ("វគ្គសិក្សា និងព្រឹត្តិការណ៍", "Courses and events", "课程与活动"),
        (
            "វគ្គសិក្សា និងព្រឹត្តិការណ៍ ជាមួយថ្ងៃ ម៉ោង ទីកន្លែង និងភាសា។ ជួរគំរូត្រូវបានសម្គាល់។",
            "Courses and events with days, times, place and languages. Sample rows are marked.",
            "课程与活动，含日期、时间、地点和语言。示例行已标明。",
        ),
    ),
    "ambassadors": _about(
        ("ទូតទីក្រុងឌីជីថល", "Digital City Ambassadors", "数字城市大使"),
        (
            "អ្នកជួយប្រើកុំព្យូទ័រ និងទូរសព្ទ តាមមជ្ឈមណ្ឌល ភាសា និងម៉ោង ដោយមានការយល់ព្រម។ ជួរគំរូត្រូវបានសម្គាល់។",
            "Who helps with computers and phones: centre, languages and hours, with their consent. Sample rows are marked.",
            "协助使用计算机和手机的人员：所在中心、语言和时间，均经本人同意。示例行已标明。",
        ),
    ),
}


def register_all() -> None:
    for name, model in {"places": Place, **RECORDS}.items():
        register(name, about=REGISTERS[name], schema=partial(schema_of, model), rows=partial(rows_of, model))
    register(
        "page-feedback",
        about=_about(
            ("មតិអ្នកអានអំពីទំព័រ", "Readers’ feedback on pages", "读者对页面的反馈"),
            (
                "ចំនួនអ្នកអានដែលឆ្លើយថាទំព័រមានប្រយោជន៍ ឬខ្វះអ្វីមួយ តាមទំព័រ ភាសា និងខែ។",
                "How many readers found a page useful or missed something, by page, language and month.",
                "按页面、语言和月份统计，有多少读者认为页面有用或缺少内容。",
            ),
        ),
        schema=lambda: {
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
        schema=lambda: {
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
