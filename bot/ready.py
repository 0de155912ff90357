"""What the first turn would wait for is done before the assistant says that it is ready."""

from __future__ import annotations

import gc
from datetime import date
from typing import Any

import sklearn
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import ActionExecuted, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engines import give_back
from nlu.answers import Answers
from nlu.components.shared import fact_finder
from nlu.facts import help_wanted
from nlu.risk.languages import language

SAID_ON = date(2026, 11, 24)
NEW_ONES = 20_000  # objects between two looks for garbage; Python's own 700 are a part of a turn
# Nobody's words: every reader has something to do.
SAID = (
    "my house in Ware was burgled last tuesday and i told the police, can i talk to a person?",
    "no",
    "hola, necesito ayuda",
)


def read_ahead() -> None:
    """Build what a first message would, from files alone: once, before the engines divide."""
    for text in SAID:
        fact_finder().read(text, today=SAID_ON)
        help_wanted.read(text)
        language(text)
    Answers.load()


async def warm_up(app: Any, _loop: Any) -> None:
    """Read and decide a few messages; no action runs and nothing is kept.

    Rasa listens by now, but serves nobody before this returns: nothing in it waits.
    """
    sklearn.set_config(assume_finite=True)  # of this thread: what classifiers read is counted
    processor = app.ctx.agent.processor
    if processor is None:  # Rasa has logged why there is no model
        return
    for text in SAID:
        said = UserMessage(text, metadata={"sent_at": f"{SAID_ON}T10:40:00+00:00"})
        read = await processor.parse_message(said)
        heard = UserUttered(text, read["intent"], read["entities"], read, metadata=said.metadata)
        before = [SessionStarted(), ActionExecuted("action_listen")]
        tracker = DialogueStateTracker.from_events("", [*before, heard], processor.domain.slots)
        processor._predict_next_with_tracker(tracker)
    _settle_down()


def _settle_down() -> None:
    """Give back what loading needed, and look for garbage seldom, among what came since."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_ONES, 10, 10)
    give_back()
