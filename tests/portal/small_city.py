"""A handful of pages of every type in three languages, small enough to build in a test."""

import datetime
from typing import Any

from wagtail.models import Locale, Page, Site

from pages.models import HomePage, InitiativeIndexPage, InitiativePage, Place, PlainPage, RightsGuide, TopicPage

HOME = {
    "km": ("ក្រុងព្រះសីហនុសម្រាប់ទាំងអស់គ្នា", "សិទ្ធិ សេវាសាធារណៈ និងទិន្នន័យបើកចំហសម្រាប់ប្រជាជនក្រុងព្រះសីហនុ។"),
    "en": ("Sihanoukville for All", "Rights, services and open data for the people of Sihanoukville."),
    "zh-hans": ("西哈努克市，人人共享", "为西哈努克市居民提供权利、公共服务和开放数据。"),
}
TOPIC = {
    "km": ("ដីធ្លី និងលំនៅឋាន", "សិទ្ធិលើដីធ្លី ប្លង់ ការបណ្តេញចេញ និងការជួលផ្ទះ។"),
    "en": ("Land and housing", "Titles, eviction, rent: your rights to land and home."),
    "zh-hans": ("土地与住房", "地契、驱逐和租房：您对土地和住房的权利。"),
}
GUIDE = {
    "km": ("ខ្ញុំទទួលបានលិខិតបណ្តេញចេញ តើត្រូវធ្វើដូចម្តេច?", "កុំចុះហត្ថលេខាលើអ្វីដែលអ្នកមិនយល់។ អ្នកមានសិទ្ធិសួររកមូលហេតុ ហើយស្វែងរកជំនួយផ្នែកច្បាប់។"),
    "en": (
        "I received an eviction notice. What can I do?",
        "Do not sign what you do not understand. You may ask for the reason and look for legal help.",
    ),
    "zh-hans": ("我收到了驱逐通知，该怎么办？", "不要签署您不理解的文件。您有权询问原因并寻求法律帮助。"),
}
STEPS = {
    "km": [
        ("អានលិខិតឱ្យបានច្បាស់", "រកមើលកាលបរិច្ឆេទ ហត្ថលេខា និងមូលហេតុ។"),
        ("ថតចម្លងលិខិត", ""),
        ("ទៅជួបស្ត្រី ឬបុរសមន្ត្រីជំនួយផ្នែកច្បាប់", "នាំយកឯកសារទាំងអស់ ញ្ជុំ ឡើង។"),
    ],
    "en": [
        ("Read the notice", "Find the date, the signature and the reason."),
        ("Copy it", ""),
        ("See a legal aid officer", "Bring all papers."),
    ],
    "zh-hans": [("仔细阅读通知", "查看日期、签名和理由。"), ("复印通知", ""), ("联系法律援助人员", "带上所有文件。")],
}
PAPERS = {
    "km": ["អត្តសញ្ញាណប័ណ្ណ", "សៀវភៅគ្រួសារ", "លិខិតបណ្តេញចេញ"],
    "en": ["Identity card", "Family book", "The notice"],
    "zh-hans": ["身份证", "家庭簿", "通知原件"],
}
QUESTION = {
    "km": ("តើខ្ញុំត្រូវការមេធាវីដែរឬទេ?", "មិនចាំបាច់ទេ ប៉ុន្តែអ្នកអាចនាំមេធាវីមកជាមួយ។"),
    "en": ("Do I need a lawyer?", "No, but one may come with you."),
    "zh-hans": ("我需要律师吗？", "不需要，但律师可以陪同您。"),
}
LAW = {
    "km": ("សេចក្តីអធិប្បាយទូទៅលេខ ៧", "គ្មាននរណាម្នាក់ត្រូវបណ្តេញចេញដោយគ្មានការជូនដំណឹងឡើយ។"),
    "en": ("General comment No. 7 (1997)", "Nobody is to be evicted without notice."),
    "zh-hans": ("第7号一般性意见（1997年）", "未经通知，不得驱逐任何人。"),
}
INITIATIVE = {
    "km": ("ដំណោះស្រាយឆ្លាតវៃសម្រាប់លំនៅឋាន និងការកាន់កាប់ដីធ្លី", "ណែនាំអំពីសិទ្ធិ និងជំនួយផ្នែកច្បាប់។"),
    "en": ("Smart solution for housing and land tenure", "Guides on rights, and legal help."),
    "zh-hans": ("住房与土地权属的智慧方案", "权利指南与法律援助。"),
}
INDEX = {
    "km": ("គំនិតផ្តួចផ្តើមទាំងដប់បី", "អ្វីដែលទីក្រុងគ្រោងធ្វើ។"),
    "en": ("Thirteen initiatives", "What the city set out to do."),
    "zh-hans": ("十三项倡议", "城市的计划。"),
}
ABOUT = {
    "km": ("អំពីគេហទំព័រនេះ", "នរណាធ្វើ ហើយធ្វើឡើងដើម្បីអ្វី។"),
    "en": ("About this site", "Who makes it and why."),
    "zh-hans": ("关于本站", "由谁制作，目的为何。"),
}
PATHS = [
    "",
    "land/",
    "land/eviction-notice/",
    "initiatives/",
    "initiatives/housing/",
    "about/",
    "place/",
    "place/legal-aid/",
    "saved/",
    "nowhere/",
]


def _paragraph(text: str) -> dict[str, str]:
    return {"type": "paragraph", "value": f"<p>{text}</p>"}


def _texts(words: dict[str, tuple[str, str]], code: str) -> dict[str, Any]:
    return {"title": words[code][0], "summary": words[code][1]}


def _guide(code: str, place: Place) -> dict[str, Any]:
    law, note = LAW[code]
    return {
        "who_for": f"<p>{TOPIC[code][0]}</p>",
        "fee": f"<p>{ {'km': 'មិនគិតថ្លៃ', 'en': 'Free', 'zh-hans': '免费'}[code] }</p>",
        "time_needed": f"<p>{ {'km': 'មួយថ្ងៃ', 'en': 'One day', 'zh-hans': '一天'}[code] }</p>",
        "steps": [{"type": "step", "value": {"title": title, "text": f"<p>{text}</p>"}} for title, text in STEPS[code]],
        "what_to_bring": [{"type": "paper", "value": f"<p>{paper}</p>"} for paper in PAPERS[code]],
        "places": [{"type": "place", "value": place.pk}],
        "legal_basis": [
            {
                "type": "legal_basis",
                "value": {
                    "instrument": law,
                    "article": "15",
                    "url": "https://www.ohchr.org/",
                    "date_checked": "2026-11-23",
                    "note": f"<p>{note}</p>",
                },
            }
        ],
        "questions": [{"type": "question", "value": {"question": QUESTION[code][0], "answer": f"<p>{QUESTION[code][1]}</p>"}}],
        "body": [{"type": "callout", "value": {"tone": "warning", "text": f"<p>{GUIDE[code][1]}</p>"}}],
        "owner_office": TOPIC[code][0],
        "reviewed_on": datetime.date(2026, 11, 23),
        "next_review": datetime.date(2027, 5, 23),
        "change_note": STEPS[code][0][0],
    }


def build(untranslated: str = "") -> None:
    """Publish every page type in Khmer, English and Chinese; the guide not in the language `untranslated`."""
    place = Place.objects.create(slug="legal-aid", kind="legal_aid", name="Legal aid", is_sample=True)
    for code, name in (("km", "ជំនួយផ្នែកច្បាប់ (គំរូ)"), ("en", "Legal aid (sample)"), ("zh_hans", "法律援助（示例）")):
        setattr(place, f"name_{code}", name)
    place.save()
    root = Page.objects.filter(depth=1).get()
    homes: dict[str, dict[str, Page]] = {}
    for code in ("km", "en", "zh-hans"):
        locale, _ = Locale.objects.get_or_create(language_code=code)
        made: dict[str, Page] = {}

        def publish(name: str, parent: Page, page: Page, locale: Locale = locale, made: dict[str, Page] = made) -> None:
            page.locale, page.is_sample = locale, True
            if homes:
                page.translation_key = homes["km"][name].translation_key
            made[name] = parent.add_child(instance=page)
            page.save_revision().publish()

        publish("home", root, HomePage(slug=f"home-{code}", **_texts(HOME, code)))
        publish("topic", made["home"], TopicPage(slug="land", **_texts(TOPIC, code)))
        if code != untranslated:
            publish("guide", made["topic"], RightsGuide(slug="eviction-notice", **_texts(GUIDE, code), **_guide(code, place)))
        publish("index", made["home"], InitiativeIndexPage(slug="initiatives", **_texts(INDEX, code)))
        about = INITIATIVE[code][1]
        publish(
            "initiative",
            made["index"],
            InitiativePage(slug="housing", number="2.4", pillar=2, purpose=f"<p>{about}</p>", **_texts(INITIATIVE, code)),
        )
        publish("about", made["home"], PlainPage(slug="about", body=[_paragraph(ABOUT[code][1])], **_texts(ABOUT, code)))
        if "guide" in made:
            home = made["home"]
            home.questions = [{"type": "question", "value": {"question": GUIDE[code][0], "page": made["guide"].pk}}]
            home.body = [{"type": "callout", "value": {"tone": "note", "text": f"<p>{ABOUT[code][1]}</p>"}}]
            home.save_revision().publish()
        homes[code] = made
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=homes["km"]["home"], is_default_site=True)
