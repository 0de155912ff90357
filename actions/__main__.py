"""The action server: `python -m actions` runs the actions for the assistant, on loopback."""

import sys

import uvicorn
from pydantic import ValidationError

from actions.asides import Answer, Outside, Young
from actions.asking import (
    AskClarify,
    AskContact,
    AskNeeds,
    AskSummary,
    AskVulnerability,
    AskWhich,
)
from actions.assessment import AssessmentStop, KeepWhatWasTold, SayWhatIsKept
from actions.base import WaymarkAction
from actions.closing import AssessmentClose, ShortAnswer
from actions.duty import Duty
from actions.fallback import Fallback
from actions.feedback import AskFeedback
from actions.find_services import FindServices, ServiceCards
from actions.handoff import AskForPerson, KeepCompany
from actions.languages import AnswerInLanguage
from actions.safety import Safety
from actions.server import create_server
from actions.settings import Settings
from actions.wording import Wording
from knowledge.alarms.on_call import OnCall
from knowledge.centres import Centres
from knowledge.clock import clock_from
from knowledge.directory.bank_holidays import is_bank_holiday
from knowledge.logs import say_only_where
from knowledge.opening import Knowledge, open_knowledge
from knowledge.sealing.columns import use
from knowledge.sealing.ring import NoKeys, Ring

KEPT_OPEN = (
    30  # seconds; the assistant lets go of a silent connection before (bot/action_server.py)
)


def build_actions(
    knowledge: Knowledge, *, mails: bool = False, pushes: bool = False, duty_email: bool = False
) -> list[WaymarkAction]:
    """Every action, wired with what it needs; and which ways there are to people on call."""
    cards = ServiceCards(knowledge.directory, knowledge.clock)
    on_call = OnCall(
        devices=knowledge.devices,
        coordinators=knowledge.coordinators,
        by_email=mails,
        by_push=pushes,
        duty_email=duty_email,
    )
    duty = Duty(Centres.load(), knowledge.clock, on_call)
    wording = Wording.load()
    kept, talks = knowledge.assessments, knowledge.conversations
    hand_off, fallback = AskForPerson(talks, duty, cards), Fallback()
    return [
        KeepWhatWasTold(kept, wording),
        Safety(cards, duty),
        KeepCompany(),
        hand_off,
        AskClarify(wording),
        AskNeeds(kept, wording),
        AskVulnerability(kept, wording),
        AskContact(kept),
        AskSummary(kept, wording),
        AskWhich(kept),
        SayWhatIsKept(kept, wording),
        AssessmentClose(kept, talks, cards, wording, duty),
        AssessmentStop(kept),
        ShortAnswer(hand_off, fallback),
        FindServices(kept, cards),
        AskFeedback(kept),
        fallback,
        Answer(kept, cards, duty),
        Outside(cards),
        Young(cards),
        AnswerInLanguage(talks, kept, duty),
    ]


def main() -> None:
    """Serve until stopped. A bad setting ends the start with one line."""
    try:
        settings = Settings()  # type: ignore[call-arg]  # the token comes from the environment
        use(Ring.chosen(settings.keys, settings.keys_path))
    except ValidationError as error:
        first = error.errors()[0]
        sys.exit(f"actions: WAYMARK_{str(first['loc'][0]).upper()}: {first['msg']}")
    except NoKeys as error:
        sys.exit(f"actions: WAYMARK_KEYS: {error}")
    say_only_where(settings.log_level)
    knowledge = open_knowledge(settings.database_url, clock_from(settings.clock))
    is_bank_holiday(knowledge.clock().date())  # the first look reads the whole calendar
    actions = build_actions(
        knowledge,
        mails=settings.mails,
        pushes=settings.push_key is not None,
        duty_email=settings.duty_email is not None,
    )
    server = create_server(actions, settings.assistant_token, knowledge.directory.kept_fresh)
    uvicorn.run(
        server,
        host="127.0.0.1",
        port=settings.actions_port,
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        proxy_headers=False,  # the assistant comes straight here
        timeout_keep_alive=KEPT_OPEN,
    )


if __name__ == "__main__":
    main()
