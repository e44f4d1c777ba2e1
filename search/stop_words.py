"""Words that say too little to require them: "how can I register **my** land" is about registering and land."""

from .text import words

_ENGLISH = """
a about am an and any are as at be been by can could do does for from get give has have how i if in is it its me my of on or our out
should so that the their them there they this to up us was we what when where which who whom whose why will with would you your please
"""
_KHMER = "តើ ទេ នៅ នឹង និង ឬ ដែល ដើម្បី ដោយ ពី ក្នុង លើ នៃ របស់ ខ្ញុំ យើង គេ គាត់ អ្វី យ៉ាង ដូចម្តេច ណា មាន ត្រូវ បាន ឱ្យ ទៅ មក សម្រាប់ តាម រក ធ្វើ"
_CHINESE = """
的 了 吗 呢 吧 我 你 他 她 们 我们 在 是 有 和 与 或 
怎么 怎样 如何 什么 哪里 哪些 哪儿 谁 可以 能 要 给 被 把 向 请 多少 有多 少 发 办 办理 家门
"""
STOP = frozenset(word for listed in (_ENGLISH, _KHMER, _CHINESE) for text in listed.split() for word in words(text))
