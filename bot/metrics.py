"""Counts and times for /metrics, in a registry of our own."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """What is measured. The gauges are set when somebody asks."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.received = self._counter("received", "Updates kept in the inbox", "channel")
        self.repeated = self._counter("repeated", "Updates that were there already", "channel")
        self.handled = self._counter("handled", "Messages handled, by how it ended", "result")
        self.sends = self._counter("sends", "Messages to send, by class and what became of them", "kind", "state")
        self.seconds = Histogram(
            "genjin_handling_seconds", "Time to handle a message", registry=self.registry, buckets=_SECONDS
        )
        self.inbox = Gauge("genjin_inbox_backlog", "Updates that wait to be handled", registry=self.registry)
        self.outbox = Gauge("genjin_outbox_backlog", "Messages that are due to be sent", registry=self.registry)

    def count_send(self, kind: str, state: str) -> None:
        """A message was sent, or something else became of it."""
        self.sends.labels(kind, state).inc()

    def text(self) -> bytes:
        """Everything in the format of Prometheus."""
        return generate_latest(self.registry)

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(f"genjin_{name}", what, labels, registry=self.registry)
