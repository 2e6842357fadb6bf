"""Every field that could tell of a person is named by its model, or was looked at here."""

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models

from tests.architecture import nouns
from tests.architecture.test_database_walls import our_models

COULD_TELL = (
    models.CharField,
    models.TextField,
    models.DateField,
    models.BinaryField,
    models.JSONField,
    models.UUIDField,
    models.GenericIPAddressField,
    models.FileField,
    ArrayField,
)
# Texts and days that tell of no person: looked at one by one.
IMPERSONAL: dict[str, set[str]] = {
    "Province": {"abbreviation", "cluster", "name", "name_english", "region", "sort_key"},
    "District": {"name", "sort_key"},
    "Subdistrict": {"name", "postal_code", "sort_key"},
    "Agency": {"abbreviation", "code", "hotline", "provincial_name"},
    "User": {"inspection_regions", "joined_at", "last_login", "role"},
    "ActingHead": {"ends_on", "revoked_at", "starts_on"},
    "StoredFile": {"content_type", "name", "uploaded_at"},
    "Volunteer": {"level", "registered_at", "status", "term_ends_on"},
    "Activity": {"category", "kind", "on_date", "recorded_at", "submission", "target_groups"},
    "AuditEvent": {"at", "request", "target", "target_type", "verb"},
    "AuditSeal": {"digest", "sealed_at"},
    "ActivityDelta": {"category", "month"},
    "VolunteerMonth": {"month"},
    "DistrictCategoryMonth": {"category", "month"},
    "ProvinceCategoryMonth": {"category", "month"},
    "ProvinceMonth": {"month"},
    "Job": {
        "claimed_at",
        "doing",
        "failure",
        "finished_at",
        "kind",
        "request",
        "requested_at",
        "result",
        "result_digest",
        "result_name",
        "rung_at",
        "state",
    },
    "UserSession": {"began_at", "digest"},
    "Invitation": {"digest", "expires_at", "made_at", "purpose", "used_at", "withdrawn_at"},
    "Term": {
        "end_reason",
        "ended_on",
        "ends_on",
        "lasts_until",
        "order_date",
        "order_number",
        "starts_on",
    },
    **nouns.mapping("IMPERSONAL"),
}


def declaring_models() -> list[type[models.Model]]:
    """Our models; the history of a model has the fields of its model."""
    return [model for model in our_models() if not hasattr(model, "pgh_tracked_model")]


@pytest.mark.parametrize("model", declaring_models(), ids=lambda model: model.__name__)
def test_a_model_names_its_personal_fields(model):
    declared = vars(model).get("personal_data")

    assert declared is not None
    assert declared <= {field.name for field in model._meta.get_fields()}


@pytest.mark.parametrize("model", declaring_models(), ids=lambda model: model.__name__)
def test_every_field_that_could_tell_of_a_person_was_looked_at(model):
    could_tell = {field.name for field in model._meta.fields if isinstance(kind(field), COULD_TELL)}

    assert could_tell - model.personal_data == IMPERSONAL.get(model.__name__, set())


def kind(field: models.Field) -> models.Field:
    """A generated field is what comes out of it."""
    return field.output_field if isinstance(field, models.GeneratedField) else field
