"""What could tell about a person: patterns of cells, words of labels, and how an example is masked."""

import re
import unicodedata

from datasets.tabular.headers import INVISIBLE

# Cambodian numbers: a zero or +855, then 8 or 9 digits that begin with 1 to 9; nobody's coordinates or codes look so.
_D, _GAP = "[0-9០-៩]", r"[ .\-\u00a0()]?"
PHONE = (
    rf"(?:^|[^0-9០-៩.,/+\-])(?:(?:\+|00)?(?:855|៨៥៥){_GAP}(?:\(?[0០]\)?)?{_GAP}|\(?[0០]){_GAP}"
    rf"[1-9១-៩](?:{_GAP}{_D}){{7,8}}(?:$|[^0-9០-៩.,])"
)
EMAIL = r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}"
NATIONAL_ID = rf"^\s*{_D}{{9}}(?:\(?{_D}{{2}}\)?)?\s*$"
PASSPORT = r"^\s*[A-Za-z]{1,2}[0-9]{7,8}\s*$"
SMALL = tuple("1234១២៣៤")
TITLES = r"^\s*(?:លោកស្រី|លោកតា|លោកយាយ|លោក|អ្នកស្រី|កញ្ញា|អ្នកនាង|Mr|Mrs|Ms|Miss|Dr)[. ]"

_START, _END = r"(?:^|[^a-z])", r"(?:$|[^a-z])"
PHONE_LABEL = re.compile(rf"{_START}(?:phone|telephone|tel|mobile|whatsapp|telegram){_END}|ទូរស័ព្ទ|ទូរសព្ទ|电话|手机")
ID_LABEL = re.compile(rf"{_START}(?:national[ _\-]?id|id[ _\-]?card|nid|identity|passport){_END}|អត្តសញ្ញាណ(?!កម្ម)|លិខិតឆ្លងដែន|身份证|护照")
PERSON_LABEL = re.compile(
    rf"{_START}(?:full[ _]?name|(?:first|last|family|patient)[ _]?name|surname|owner|respondent|head[ _]of[ _]household){_END}"
    r"|នាមត្រកូល|គោត្តនាម|នាមខ្លួន|ឈ្មោះម្ចាស់|ឈ្មោះមេគ្រួសារ|ឈ្មោះអ្នក|ម្ចាស់ផ្ទះ|ម្ចាស់ដី|អ្នកឆ្លើយ|姓名|户主|业主"
)
NAME_LABEL = re.compile(rf"{_START}name{_END}|ឈ្មោះ|名字")
PLACE_LABEL = re.compile(rf"{_START}(?:lat|latitude|long|longitude|lng|lon|gps|coordinates?){_END}|រយៈទទឹង|រយៈបណ្តោយ|រយៈបណ្ដោយ|纬度|经度|坐标")
_PERSONS = re.compile(
    rf"{_START}(?:persons?|people|population|inhabitants|residents|patients?|cases|deaths|victims|women|men|girls|boys|children|students|members){_END}"
    r"|មនុស្ស|ប្រជាជន|ប្រជាពលរដ្ឋ|អ្នកជំងឺ|ស្លាប់|រងគ្រោះ|ស្ត្រី|បុរស|កុមារ|សិស្ស|ជនពិការ|ចាស់ជរា|នាក់|人口|人数|患者|死亡|儿童|妇女|残疾人|老人"
)
_HOUSEHOLDS = re.compile(
    rf"{_START}(?:households?|hhs?|families|index|rate|percent|share){_END}|គ្រួសារ|សន្ទស្សន៍|ភាគរយ|អត្រា|家庭|户数|指数|率|%"
)


def counts_people(label: str) -> bool:
    """A label that says people before it says households, a rate or an index: "Persons in poor households"."""
    persons, others = _PERSONS.search(label), _HOUSEHOLDS.search(label)
    return persons is not None and (others is None or persons.start() < others.start())


def masked(cell: str) -> str:
    """The first letter or digit of each word, and how long the rest is: សុខ ដារា -> ស•• ដ•••."""
    shown, inside = [], False
    for character in cell.translate(INVISIBLE)[:60]:
        word = unicodedata.category(character)[0] in "LMN"
        shown.append("•" if word and inside else character)
        inside = word
    return "".join(shown)
