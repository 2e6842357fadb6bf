"""Finding people by what somebody remembers: part of a name, with or without its tone marks.

For every table with `first_name`, `last_name`, `search_text` and `match_key`.
"""

from django.db.models import Case, IntegerField, Q, Value, When

from volunteer_network.thai_text import match_key, normalise, split_title

PREFIX, LAST_NAME, ANYWHERE = range(3)


def words_of(typed: str) -> list[str]:
    """The words to look for: normalised, without the title before a name."""
    return split_title(normalise(typed))[1].split()


def holding(words: list[str]) -> Q:
    """Every word stands somewhere in the row; digits also with the dashes of a telephone number."""
    condition = Q()
    for word in words:
        digits = word.replace("-", "")
        if digits.isdigit():
            condition &= Q(search_text__contains=digits)
        else:
            condition &= Q(search_text__contains=word) | _forgiving("contains", word)
    return condition


def nearness(words: list[str]) -> Case:
    """First those whose name begins so, then the surname, then the rest."""
    first = words[0] if words else ""
    return Case(
        When(Q(search_text__startswith=first) | _forgiving("startswith", first), then=PREFIX),
        When(last_name__startswith=first, then=LAST_NAME),
        default=Value(ANYWHERE),
        output_field=IntegerField(),
    )


def _forgiving(lookup: str, word: str) -> Q:
    """The same without tone marks; nothing more when nothing else is left of the word."""
    key = match_key(word)
    return Q((f"match_key__{lookup}", key)) if key else Q(pk__in=[])
