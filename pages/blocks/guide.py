"""The parts of a guide that readers act on: papers, steps, law, questions."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .text import TextBlock


class StepBlock(blocks.StructBlock):
    """One thing to do, in order."""

    title = blocks.CharBlock(max_length=200, label=_("What to do"))
    text = TextBlock(required=False, label=_("How"))

    class Meta:
        icon = "order"
        label = _("Step")
        template = "pages/blocks/step.html"


class LegalBasisBlock(blocks.StructBlock):
    """The law behind a claim: never without its source. Until somebody has compared the two, the page says that nobody has."""

    instrument = blocks.CharBlock(max_length=300, label=_("Law or standard"), help_text=_("Its official name and year."))
    article = blocks.CharBlock(max_length=200, required=False, label=_("Article"))
    url = blocks.URLBlock(label=_("Source"), help_text=_("Where anybody can read the text."))
    date_checked = blocks.DateBlock(
        required=False, label=_("Checked on"), help_text=_("The day somebody compared the guide with the source. Empty: nobody has yet.")
    )
    note = TextBlock(inline=True, required=False, label=_("What it says"), help_text=_("In your own words."))

    class Meta:
        icon = "doc-full"
        label = _("Legal basis")
        template = "pages/blocks/legal_basis.html"


class QuestionBlock(blocks.StructBlock):
    """A question as people ask it, and its answer."""

    question = blocks.CharBlock(max_length=300, label=_("Question"))
    answer = TextBlock(label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question")
        template = "pages/blocks/question.html"


PAPERS = [("paper", TextBlock(inline=True, label=_("Paper or thing to bring"), icon="doc-empty", template="pages/blocks/paper.html"))]
STEPS = [("step", StepBlock())]
LEGAL_BASIS = [("legal_basis", LegalBasisBlock())]
QUESTIONS = [("question", QuestionBlock())]
