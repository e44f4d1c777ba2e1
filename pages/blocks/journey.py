"""The one block that journeys are built of: a question with answers, or guides in order, or both."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .plain import CodeBlock
from .relations import GUIDES
from .text import TextBlock


class AnswerBlock(blocks.StructBlock):
    """What the reader may answer, and the step it leads to."""

    answer = blocks.CharBlock(max_length=200, label=_("Answer"))
    leads_to = CodeBlock(required=False, label=_("Leads to"), help_text=_("The name of a step. Empty: the next step. “end”: the end."))


class JourneyStepBlock(blocks.StructBlock):
    """One step. Without answers it goes on to the next step, or to the one that is named."""

    name = CodeBlock(label=_("Name"), help_text=_("Answers lead here by it. Readers never see it. Latin letters, digits, hyphens."))
    title = blocks.CharBlock(max_length=200, label=_("Question or heading"))
    text = TextBlock(required=False, label=_("Explanation"))
    answers = blocks.ListBlock(AnswerBlock(label=_("Answer")), default=[], label=_("Answers"))
    guides = blocks.ListBlock(GUIDES[0][1], default=[], label=_("Guides, in order"))
    leads_to = CodeBlock(
        required=False, label=_("Without answers, leads to"), help_text=_("The name of a step. Empty: the next step. “end”: the end.")
    )

    class Meta:
        icon = "arrow-right"
        label = _("Step")


JOURNEY = [("step", JourneyStepBlock())]
