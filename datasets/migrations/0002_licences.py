"""CKAN's default licences: same ids, order, titles, addresses and flags (ckan/model/license.py), titles in three languages."""

from django.db import migrations

APPROVED, NOT_REVIEWED = "approved", "not reviewed"
OPEN_DEFINITION = "http://www.opendefinition.org/licenses/"
# code, English, Khmer, Chinese, address, (content, data, generic), Open Definition
LICENCES = [
    ("notspecified", "License not specified", "មិនបានបញ្ជាក់អាជ្ញាបណ្ណ", "未指定许可", "", (False, False, True), NOT_REVIEWED),
    (
        "odc-pddl",
        "Open Data Commons Public Domain Dedication and License (PDDL)",
        "Open Data Commons ដែនសាធារណៈ (PDDL)",
        "Open Data Commons 公共领域贡献与许可（PDDL）",
        OPEN_DEFINITION + "odc-pddl",
        (False, True, False),
        APPROVED,
    ),
    (
        "odc-odbl",
        "Open Data Commons Open Database License (ODbL)",
        "Open Data Commons មូលដ្ឋានទិន្នន័យបើកចំហ (ODbL)",
        "Open Data Commons 开放数据库许可（ODbL）",
        OPEN_DEFINITION + "odc-odbl",
        (False, True, False),
        APPROVED,
    ),
    (
        "odc-by",
        "Open Data Commons Attribution License",
        "Open Data Commons ដោយបញ្ជាក់ប្រភព",
        "Open Data Commons 署名许可",
        OPEN_DEFINITION + "odc-by",
        (False, True, False),
        APPROVED,
    ),
    (
        "cc-zero",
        "Creative Commons CCZero",
        "Creative Commons CC0 (ដែនសាធារណៈ)",
        "知识共享 CC0（公共领域）",
        OPEN_DEFINITION + "cc-zero",
        (True, True, False),
        APPROVED,
    ),
    (
        "cc-by",
        "Creative Commons Attribution",
        "Creative Commons ដោយបញ្ជាក់ប្រភព",
        "知识共享 署名",
        OPEN_DEFINITION + "cc-by",
        (True, False, False),
        APPROVED,
    ),
    (
        "cc-by-sa",
        "Creative Commons Attribution Share-Alike",
        "Creative Commons ដោយបញ្ជាក់ប្រភព និងចែករំលែកដូចគ្នា",
        "知识共享 署名-相同方式共享",
        OPEN_DEFINITION + "cc-by-sa",
        (True, False, False),
        APPROVED,
    ),
    (
        "gfdl",
        "GNU Free Documentation License",
        "អាជ្ញាបណ្ណឯកសារសេរី GNU",
        "GNU 自由文档许可证",
        OPEN_DEFINITION + "gfdl",
        (True, False, False),
        APPROVED,
    ),
    ("other-open", "Other (Open)", "ផ្សេងទៀត (បើកចំហ)", "其他（开放）", "", (True, False, True), APPROVED),
    ("other-pd", "Other (Public Domain)", "ផ្សេងទៀត (ដែនសាធារណៈ)", "其他（公共领域）", "", (True, False, True), APPROVED),
    ("other-at", "Other (Attribution)", "ផ្សេងទៀត (បញ្ជាក់ប្រភព)", "其他（署名）", "", (True, False, True), APPROVED),
    (
        "uk-ogl",
        "UK Open Government Licence (OGL)",
        "អាជ្ញាបណ្ណរដ្ឋាភិបាលបើកចំហនៃចក្រភពអង់គ្លេស (OGL)",
        "英国开放政府许可（OGL）",
        "http://reference.data.gov.uk/id/open-government-licence",
        (True, False, False),
        APPROVED,
    ),
    (
        "cc-nc",
        "Creative Commons Non-Commercial (Any)",
        "Creative Commons មិនមែនពាណិជ្ជកម្ម",
        "知识共享 非商业性使用（任何版本）",
        "http://creativecommons.org/licenses/by-nc/2.0/",
        (False, False, False),
        NOT_REVIEWED,
    ),
    ("other-nc", "Other (Non-Commercial)", "ផ្សេងទៀត (មិនមែនពាណិជ្ជកម្ម)", "其他（非商业性使用）", "", (False, False, True), NOT_REVIEWED),
    ("other-closed", "Other (Not Open)", "ផ្សេងទៀត (មិនបើកចំហ)", "其他（不开放）", "", (False, False, True), NOT_REVIEWED),
]


def add(apps, schema_editor):
    Licence = apps.get_model("datasets", "Licence")
    for position, (code, english, khmer, chinese, url, (content, data, generic), conformance) in enumerate(LICENCES):
        Licence.objects.using(schema_editor.connection.alias).update_or_create(
            code=code,
            defaults={
                "title": khmer,
                "title_km": khmer,
                "title_en": english,
                "title_zh_hans": chinese,
                "url": url,
                "position": position,
                "is_generic": generic,
                "domain_content": content,
                "domain_data": data,
                "od_conformance": conformance,
                "osd_conformance": NOT_REVIEWED,
                "is_open": conformance == APPROVED,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("datasets", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
