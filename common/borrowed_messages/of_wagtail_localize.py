"""What editors see of wagtail-localize's own words, where they lack or sound like a machine."""

from django.utils.translation import gettext_noop as noop

TRANSLATING = (
    noop("Translate"),
    noop("Translate this page"),
    noop("Translations"),
    noop("Submit"),
    noop("Sync translated pages"),
    noop("Translation has been stopped."),
    noop("Translation has been restarted."),
    noop("Waiting for translations"),
    noop("Translated manually on {date}"),
    noop("Machine translated on {date}"),
    noop("Translated with {tool_name} on {date}"),
    noop("Published '{object}' in {locale}."),
    noop("There isn't anything left to translate."),
    noop("Publish immediately"),
    noop("Update existing translations"),
    noop("Use machine translation"),
    noop("Apply machine translations to the incoming changes."),
    noop("Apply the updates and publish immediately. The changes will use the original language until translated."),
    noop(
        "Apply the updates and publish immediately. The changes will use the original language until translated "
        'unless you also select "Use machine translation".'
    ),
)
LANGUAGES = (
    noop("Locales"),
    noop("Add a locale"),
    noop("Add locale"),
    noop("Delete locale"),
    noop("Select a new language"),
    noop("Back"),
    noop("Locale '{0}' created."),
    noop("Locale '{0}' updated."),
    noop("Locale '{0}' deleted."),
    noop("The locale could not be saved due to errors."),
    noop("This locale cannot be deleted because there are pages and/or other objects using it."),
    noop("Are you sure you want to delete this locale?"),
    noop("This locale's language code is not supported"),
    noop("This locale's current language code is not supported. Please choose a new language or delete this locale."),
)
