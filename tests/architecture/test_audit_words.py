"""What the audit notes of a row is told in Thai on the pages that tell its story."""

import ast
import re

import pytest

from seminars.services.overviews import SEMINAR_VERBS, VERBS
from tests.architecture.sources import modules, tree_of
from volunteer_network.services import trails
from volunteer_network.views.people_list import STORY

WORDS = {
    "registration": VERBS,
    "seminar": SEMINAR_VERBS,
    "volunteer": trails.VERBS,
    "term": trails.VERBS,
    "contact": trails.VERBS,
    "account": STORY,
}
# Noted of one's own settings or a whole list, or no verb at all: no step of anybody's story.
NO_STEP = {"account.mail_chosen", "account.exported", "volunteer.bank_account"}
VERB = re.compile(rf"({'|'.join(WORDS)})\.[a-z_]+")


def verbs_in_code() -> set[str]:
    """Every whole string that reads like a verb, wherever it stands."""
    return {
        node.value
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and VERB.fullmatch(node.value)
    }


def test_the_walk_finds_verbs_of_every_story():
    assert {verb.partition(".")[0] for verb in verbs_in_code()} == WORDS.keys()


@pytest.mark.parametrize("target", WORDS)
def test_every_verb_has_its_words(target):
    used = {verb for verb in verbs_in_code() if verb.startswith(f"{target}.")} - NO_STEP

    assert used - WORDS[target].keys() == set()
