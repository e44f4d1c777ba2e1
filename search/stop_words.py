"""Words that say too little to require them: "how can I register **my** land" is about registering and land."""

from .text import words

_ENGLISH = """
a about am an and any are as at be been by can could do does for from get give has have how i if in is it its me my of on or our out
should so that the their them there they this to up us was we what when where which who whom whose why will with would you your please
"""
_KHMER = "តើ ទេ នៅ នឹង និង ឬ ដែល ដើម្បី ដោយ ពី ក្នុង លើ នៃ របស់ ខ្ញុំ យើង គេ គាត់ អ្វី យ៉ាង ដូចម្តេច ណា មាន ត្រូវ បាន ឱ្យ ទៅ មក សម្រាប់ តាម រក ធ្វើ"
_CHINESE = """
的 了 吗 呢 吧 着 过 得 啊 呀 我 你 他 她 它 您 们 我们 你们 他们 咱们 大家 自己 自家 人家 谁 这 那 这个 那个 这些 那些 这里 那里
在 是 有 没 没有 不 不是 也 都 就 才 还 还是 又 再 很 太 最 更 比较 只 会 能 可以 要 要不要 想 想要 需要 应该 必须 该 得了
和 与 或 或者 跟 同 及 以及 而 但 但是 因为 所以 如果 给 被 把 向 让 叫 对 对于 关于 从 到 由 为 为了 以 于 用 之 其 所 所有 每个
怎么 怎样 怎么样 如何 什么 啥 咋 为什么 哪 哪个 哪里 哪些 哪儿 几 几个 多少 有多 多久 多大 少 是否 请 请问 发
办 办理 办的 做 去 来 找 找到 帮 帮忙 帮助 知道 告诉 看看 一下 一个 一些 有些 时候 地方 家里 家门 注意 要注意 要带 附近 容易 其他
"""
STOP = frozenset(word for listed in (_ENGLISH, _KHMER, _CHINESE) for text in listed.split() for word in words(text))
