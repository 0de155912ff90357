"""The names that `bot/` and this room agree on. tests/house/ keeps the two together."""

from enum import StrEnum


class ActionName(StrEnum):
    """Every action that the domain lists and this room implements."""

    KEEP = "action_validate_slot_mappings"
    SAFETY = "action_safety"
    COMPANY = "action_company"
    HAND_OFF = "action_hand_off"
    ASSESSMENT_CLOSE = "action_assessment_close"
    ASSESSMENT_STOP = "action_assessment_stop"
    FIND_SERVICES = "action_find_services"
    FALLBACK = "action_fallback"


class Slot(StrEnum):
    """Every slot that this room reads or sets."""

    KEPT_MESSAGE = "kept_message"
    ASKED = "asked"
    MISSES = "misses"
    REQUESTED = "requested_slot"
    SAFE_NOW = "assessment_safe_now"
    CRIME_TYPE = "assessment_crime_type"
    WHEN = "assessment_when"
    WHERE = "assessment_where"
    REPORTED = "assessment_reported"
    NEEDS = "assessment_needs"
    NEEDS_TOLD = "assessment_needs_told"


class Utter(StrEnum):
    """Every response that this room names."""

    EMERGENCY = "utter_emergency"
    EMERGENCY_COMPANY = "utter_emergency_company"
    URGENT = "utter_urgent"
    URGENT_SUICIDE = "utter_urgent_suicide_self_harm"
    URGENT_COMPANY = "utter_urgent_company"
    LINES_NOW = "utter_lines_now"
    ASKED_FOR_PERSON = "utter_asked_for_person"
    COMPANY = "utter_company"
    COMPANY_SHORT = "utter_company_short"
    KIND = "utter_kind"
    KIND_BURGLARY = "utter_kind_burglary"
    KIND_BEREAVED = "utter_kind_bereaved"
    KIND_UPSET = "utter_kind_upset"
    NOTED_PLACE_AND_TIME = "utter_noted_place_and_time"
    NOTED_PLACE = "utter_noted_place"
    NOTED_TIME = "utter_noted_time"
    NOTED_EFFECT = "utter_noted_effect"
    NOTED_REPORTED_NO = "utter_noted_reported_no"
    ASK_AGAIN = "utter_ask_again"
    ASSESSMENT_DONE = "utter_assessment_done"
    OFFER_HUMAN = "utter_ask_offer_human"
    STOPPED = "utter_stopped"
    SERVICES = "utter_services"
    SERVICES_NONE_NEAR = "utter_services_none_near"
    SERVICE_ASK_WHERE = "utter_service_ask_where"
    OFF_TOPIC = "utter_off_topic"
    NOT_FOLLOWED = "utter_not_followed"
    NOT_FOLLOWED_AGAIN = "utter_not_followed_again"
