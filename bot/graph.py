"""Runs Rasa's graph of components in order, one after the other.

Rasa hands its graph to dask, which plans anew for every run in what order to call five functions.
The order never changes: here it is found once for each set of targets.
"""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner


class InOrder(DaskGraphRunner):
    """Rasa's runner with the order of its nodes remembered."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._orders: dict[tuple[str, ...], list[str]] = {}

    def run(
        self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        """What the targets give for these inputs. Raises GraphRunError as Rasa's own does."""
        wanted = tuple(targets or self._graph_schema.target_names)
        done: dict[str, Any] = dict(inputs or {})
        if clash := done.keys() & self._graph_schema.nodes.keys():
            raise GraphRunError(f"Input values {sorted(clash)} clash with names of nodes.")
        for name in self._order(wanted):
            node, needs = self._instantiated_nodes[name], self._graph_schema.nodes[name].needs
            given = [(need, done[need]) if need in done else need for need in needs.values()]
            _, done[name] = node(*given)
        return {name: done[name] for name in wanted}

    def _order(self, targets: tuple[str, ...]) -> list[str]:
        if targets not in self._orders:
            nodes = self._graph_schema.minimal_graph_schema(list(targets)).nodes
            needs = {name: set(node.needs.values()) & nodes.keys() for name, node in nodes.items()}
            self._orders[targets] = [*TopologicalSorter(needs).static_order()]
        return self._orders[targets]
