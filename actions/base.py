"""What all actions share: a name, a calm end to every failure, and silence about people."""

import logging
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.names import ActionName

log = logging.getLogger(__name__)

Events = list[dict[str, Any]]


class TurnFailed(Exception):
    """An action failed. The message names the action and the kind of error, nothing else."""


class WaymarkAction(Action, ABC):
    """An action that lets no detail of a failure out of this room.

    A failed action says nothing; the assistant's empty answer is what tells reception to
    give the last words and bring in a person (docs/decisions/0003-one-reception.md).
    """

    action: ActionName

    def name(self) -> str:
        """The name in the domain."""
        return str(self.action)

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Do the work; any failure becomes TurnFailed without a cause to print."""
        try:
            return await self.do(dispatcher, tracker)
        except Exception as error:
            log.error("%s failed: %s", self.action, type(error).__name__)
            failure = TurnFailed(f"{self.action}: {type(error).__name__}")
        raise failure

    @abstractmethod
    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The work of one turn: responses to the dispatcher, events back."""
