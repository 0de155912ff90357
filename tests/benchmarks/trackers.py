"""What keeping a turn costs: our sealed store against Rasa's own, both on SQLite as shipped.

A turn is what the assistant does with its store: the door looks, Rasa fetches, grows and saves.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered

from bot.trackers import TrackerStore, _prepare
from knowledge.sealing.ring import Key, Ring, keep

DOMAIN = Domain.from_path("bot/domain")
TURNS = 200
MARKS = (5, 50, 100, 200)
AROUND = 5  # turns before a mark whose middle is taken
SAID = "he came back on tuesday and I do not know what to do about the door he broke " * 2


async def turns(store: Any) -> list[float]:
    """Milliseconds of each turn of one long conversation."""
    times = []
    for number in range(TURNS):
        begun = time.perf_counter()
        await store.retrieve("c1")
        tracker = await store.get_or_create_tracker("c1", append_action_listen=False)
        tracker.update_with_events(_events(number), DOMAIN)
        await store.save(tracker)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def _events(number: int) -> list[Any]:
    intent = {"name": "tell", "confidence": 0.9}
    parsed = {"intent": intent, "text": SAID, "entities": [], "facts": [{"name": "crime"}] * 5}
    return [
        UserUttered(SAID, intent, parse_data=parsed, metadata={"message_id": str(number)}),
        SlotSet("asked", "what"),
        ActionExecuted("action_keep_what_was_told"),
        BotUttered(SAID, metadata={"utter_action": "utter_x"}),
        ActionExecuted("action_listen"),
    ]


def sealing(rounds: int = 5000) -> float:
    """Microseconds to seal and open one message."""
    ring, words = Ring([Key.new("k1")]), SAID.encode()
    begun = time.perf_counter()
    for number in range(rounds):
        place = f"entries.text|c1|{number}"
        ring.open(ring.seal(words, place), place)
    return (time.perf_counter() - begun) / rounds * 1e6


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        keep(Path(folder, "keys"), [Key.new("k1")])
        stock = SQLTrackerStore(DOMAIN, host=f"sqlite:///{folder}/stock.db")
        sa.event.listen(stock.engine, "connect", lambda one, _: _prepare(one, _))
        ours = TrackerStore(DOMAIN, f"sqlite:///{folder}/ours.db", keys_file=f"{folder}/keys")
        times = {"stock": asyncio.run(turns(stock)), "ours": asyncio.run(turns(ours))}
    print(f"one message sealed and opened: {sealing():.1f} µs")  # noqa: T201
    print("ms of the store in a turn   " + "".join(f"{mark:>9}" for mark in MARKS))  # noqa: T201
    middle = {
        name: [sorted(found[mark - AROUND : mark])[AROUND // 2] for mark in MARKS]
        for name, found in times.items()
    }
    for name, row in middle.items():
        print(f"{name:<28}" + "".join(f"{one:9.2f}" for one in row))  # noqa: T201
    ratios = [s / o for s, o in zip(middle["stock"], middle["ours"], strict=True)]
    print(f"{'stock / ours':<28}" + "".join(f"{one:9.2f}" for one in ratios))  # noqa: T201


if __name__ == "__main__":
    main()
