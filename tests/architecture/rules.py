"""Who may call which address: a line for each, so that a rule is never loosened by the way."""

from tests.architecture import nouns
from tests.architecture.site_map import EVERYONE, PUBLIC, Rule
from volunteer_network.access.roles import Capability

OF_THE_FIRST: dict[Rule, set[str]] = {
    Capability.EDIT_VOLUNTEERS: {
        "volunteers:appoint",
        "volunteers:create",
        "volunteers:end",
        "volunteers:namesakes",
        "volunteers:resume",
        "volunteers:suspend",
        "volunteers:update",
        "volunteers:withdraw",
    },
    EVERYONE: {
        "account",
        "account_change_password",
        "account_reauthenticate",
        "design",
        "home",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_view_recovery_codes",
        "reports:detail",
        "reports:file",
        "reports:list",
        "reports:repeat",
        "reports:stop",
        "session_end",
        "sessions_end_others",
    },
    Capability.LOG_ACTIVITIES: {
        "activities:create",
        "activities:remove",
        "activities:removed",
        "activities:update",
    },
    Capability.MAKE_DOCUMENTS: {
        "volunteers:cards",
    },
    Capability.MANAGE_ACCOUNTS: {
        "people:create",
        "people:deactivate",
        "people:detail",
        "people:invitation",
        "people:invite",
        "people:list",
        "people:reactivate",
        "people:reset_second_factor",
        "people:update",
    },
    Capability.NAME_ACTING_HEAD: {
        "acting-heads:create",
        "acting-heads:list",
        "acting-heads:revoke",
    },
    Capability.OPEN_ADMIN: {
        "admin:app_list",
        "admin:index",
        "admin:volunteer_network_job_change",
        "admin:volunteer_network_job_changelist",
        "admin:volunteer_network_office_change",
        "admin:volunteer_network_office_changelist",
        "admin:volunteer_network_province_change",
        "admin:volunteer_network_province_changelist",
        "admin:volunteer_network_user_change",
        "admin:volunteer_network_user_changelist",
    },
    PUBLIC: {
        "account_login",
        "account_logout",
        "health:live",
        "health:ready",
        "invitation",
        "mfa_authenticate",
    },
    Capability.REVEAL_NATIONAL_ID: {
        "volunteers:reveal",
    },
    Capability.VIEW_ACTIVITIES: {
        "activities:detail",
        "activities:list",
        "files:detail",
    },
    Capability.VIEW_VOLUNTEERS: {
        "volunteers:detail",
        "volunteers:export",
        "volunteers:list",
        "volunteers:trail",
    },
}

CALLED_BY: dict[Rule, set[str]] = {
    rule: OF_THE_FIRST.get(rule, set()) | nouns.called_by().get(rule, set())
    for rule in OF_THE_FIRST | nouns.called_by()
}
