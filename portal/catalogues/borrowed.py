"""Words of Django, REST framework and Wagtail that people meet, for `locale/` to carry: their Khmer is missing or wrong there.

Our catalogue comes before theirs. A test fails when one of them is no longer theirs.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

# Django's Chinese ends what it cuts with three dots, which is not how Chinese is written.
CUT = (pgettext_lazy("String to return when truncating text", "%(truncated_text)s…"),)
DATES = (
    *(_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")),
    *(_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")),
    *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
    *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
    *(_("jan"), _("feb"), _("mar"), _("apr"), _("may"), _("jun"), _("jul"), _("aug"), _("sep"), _("oct"), _("nov"), _("dec")),
    *(pgettext_lazy("abbrev. month", "Jan."), pgettext_lazy("abbrev. month", "Feb."), pgettext_lazy("abbrev. month", "March")),
    *(pgettext_lazy("abbrev. month", "April"), pgettext_lazy("abbrev. month", "May"), pgettext_lazy("abbrev. month", "June")),
    *(pgettext_lazy("abbrev. month", "July"), pgettext_lazy("abbrev. month", "Aug."), pgettext_lazy("abbrev. month", "Sept.")),
    *(pgettext_lazy("abbrev. month", "Oct."), pgettext_lazy("abbrev. month", "Nov."), pgettext_lazy("abbrev. month", "Dec.")),
    *(pgettext_lazy("alt. month", "January"), pgettext_lazy("alt. month", "February"), pgettext_lazy("alt. month", "March")),
    *(pgettext_lazy("alt. month", "April"), pgettext_lazy("alt. month", "May"), pgettext_lazy("alt. month", "June")),
    *(pgettext_lazy("alt. month", "July"), pgettext_lazy("alt. month", "August"), pgettext_lazy("alt. month", "September")),
    *(pgettext_lazy("alt. month", "October"), pgettext_lazy("alt. month", "November"), pgettext_lazy("alt. month", "December")),
    *(_("p.m."), _("a.m."), _("PM"), _("AM"), _("midnight"), _("noon")),
    ngettext_lazy("%(num)d year", "%(num)d years", "num"),
    ngettext_lazy("%(num)d month", "%(num)d months", "num"),
    ngettext_lazy("%(num)d week", "%(num)d weeks", "num"),
    ngettext_lazy("%(num)d day", "%(num)d days", "num"),
    ngettext_lazy("%(num)d hour", "%(num)d hours", "num"),
    ngettext_lazy("%(num)d minute", "%(num)d minutes", "num"),
)
SIZES = (
    ngettext_lazy("%(size)d byte", "%(size)d bytes", "size"),
    *(_("%s KB"), _("%s MB"), _("%s GB")),
)
WORDS = (_("and"), _("or"), _("Yes"), _("No"), _("yes,no,maybe"), _("Unknown"), _("Clear"), _("Currently"), _("Change"), _("Delete"))
FORMS = (
    _("This field is required."),
    _("This field cannot be null."),
    _("This field cannot be blank."),
    _("Enter a valid value."),
    _("Enter a valid URL."),
    _("Enter a valid integer."),
    _("Enter a valid email address."),
    _("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    _("Enter a number."),
    _("Enter a whole number."),
    _("Enter a valid date."),
    _("Enter a valid time."),
    _("Enter a valid date/time."),
    _("Enter a list of values."),
    _("Enter a complete value."),
    _("Enter a valid UUID."),
    _("Enter a valid JSON."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    ngettext_lazy(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    _("%(model_name)s with this %(field_label)s already exists."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("No file was submitted."),
    _("No file was submitted. Check the encoding type on the form."),
    _("The submitted file is empty."),
    _("Null characters are not allowed."),
    _("That page number is not an integer"),
    _("That page number is less than 1"),
    _("That page contains no results"),
)
REST = (
    _("Not found."),
    _("Invalid page."),
    _("Invalid token."),
    _("Malformed request."),
    _("Incorrect authentication credentials."),
    _("Authentication credentials were not provided."),
    _("You do not have permission to perform this action."),
    _('Method "{method}" not allowed.'),
    _('Unsupported media type "{media_type}" in request.'),
    _("Could not satisfy the request Accept header."),
    _("Request was throttled."),
    _("A server error occurred."),
    _("Invalid input."),
    _("This field may not be null."),
    _("This field may not be blank."),
    _("Not a valid string."),
    _("Must be a valid boolean."),
    _("A valid integer is required."),
    _("A valid number is required."),
    _('"{input}" is not a valid choice.'),
    _("Ensure this field has no more than {max_length} characters."),
    _("Ensure this value is less than or equal to {max_value}."),
    _("Ensure this value is greater than or equal to {min_value}."),
)
# Wagtail has no Khmer: what stands on every screen of the administration.
ADMINISTRATION = (
    *(_("Search"), _("Images"), _("Reports"), _("Settings"), _("Help"), _("Account"), _("Dashboard"), _("Log out"), _("Search all pages…")),
    *(_("Users"), _("Groups"), _("Collections"), _("Redirects"), _("Workflows"), _("Locales"), _("Sites"), _("Site history")),
    *(
        _("Locked pages"),
        _("Aging pages"),
        _("Save draft"),
        _("Unpublish"),
        _("Inspect"),
        _("Edit"),
        _("Editing"),
        _("Add %(model_name)s"),
        _("Actions"),
    ),
    *(_("New: %(model_name)s"), _("Choose"), _("Choose %(object)s"), _("Filter"), _("Usage"), _("Updated"), _("%(time_period)s ago")),
    *(
        _("You have <span>unsaved edits</span>"),
        _("Save your changes before leaving"),
        _("Go to the first error"),
        _("Page %(page_num)s of %(total_pages)s"),
    ),
    *(_("The %(model_name)s could not be created due to errors."), _("The %(model_name)s could not be saved due to errors.")),
    _("%(model_name)s '%(object)s' updated and published."),
    _("Search…"),
    ngettext_lazy(
        '%(total)s Page <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Pages <span class="w-sr-only">created in %(site_name)s</span>',
        "total",
    ),
    ngettext_lazy(
        '%(total)s Image <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Images <span class="w-sr-only">created in %(site_name)s</span>',
        "total",
    ),
    ngettext_lazy(
        '%(total)s Document <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Documents <span class="w-sr-only">created in %(site_name)s</span>',
        "total",
    ),
)
