"""What editors decide about searches: writes."""

from django.db import IntegrityError, transaction

from common.page_cache import drop
from search import picks, synonyms
from search.actions import CACHE_TAG
from search.models import SynonymGroup, SynonymPhrase
from search.phrases import phrase_key, split_phrases


class PhraseTakenError(Exception):
    """Another group of the language has one of the phrases."""


def group_with(phrase: str, language: str, *, but: SynonymGroup | None = None) -> SynonymGroup | None:
    """The group that has this phrase, in whatever form."""
    known = SynonymPhrase.objects.filter(language=language, key=phrase_key(phrase, language))
    taken = known.exclude(group=but.pk if but else None).select_related("group").first()
    return taken.group if taken else None


def save_group(group: SynonymGroup) -> SynonymGroup:
    """With the phrases that belong to it alone."""
    keys = dict.fromkeys(phrase_key(phrase, group.language) for phrase in split_phrases(group.phrases))
    try:
        with transaction.atomic():
            group.save()
            group.keys.all().delete()
            SynonymPhrase.objects.bulk_create(
                SynonymPhrase(group=group, language=group.language, key=key) for key in keys
            )
    except IntegrityError as error:
        raise PhraseTakenError from error
    return group


def forget_synonyms() -> None:
    """After a group was changed: other things are found from now on."""
    drop(synonyms.TAG, CACHE_TAG)


def forget_picks() -> None:
    drop(picks.TAG, CACHE_TAG)
