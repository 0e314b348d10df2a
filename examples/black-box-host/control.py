"""The control interface over plain HTTP (docs/black-box.md)."""

import json
import sys
from urllib.parse import parse_qs, unquote

from script import outcome_of
from values import build

CAPABILITIES = [
    "stateful", "ordered", "binary", "closeCodes", "customSubscribers", "protocolCloseCodes", "handshakeStatus"
]


class Control:
    def __init__(self, probe, adapter):
        self.probe, self.adapter = probe, adapter

    async def answer(self, method, target, host, body):
        """The status, content type and text that answer one request."""
        path, _, query = target.partition("?")
        if (method, path) == ("GET", "/conformance"):
            return json_text(self._description(host))
        if (method, path) == ("GET", "/conformance/trace"):
            return await self._trace({name: values[0] for name, values in parse_qs(query).items()})
        if (method, path) == ("GET", "/conformance/residue"):
            channels, subscriptions = self.adapter.hub.residue()
            held = list(dict.fromkeys([*self.adapter.connections, *channels]))
            return json_text({"channels": held, "subscriptions": subscriptions})
        if (method, path) == ("POST", "/conformance/publish"):
            return json_text(await self._publish(json.loads(body)))
        if method == "POST" and path.startswith("/conformance/gates/"):
            self.probe.gates.open(unquote(path.removeprefix("/conformance/gates/")))
            return 204, "text/plain", ""
        return 404, "text/plain", "no such thing\n"

    def _description(self, host):
        return {
            "conformance": 1,
            "name": "python-example",
            "engine": f"Python {sys.version.split()[0]}",
            "capabilities": CAPABILITIES,
            "channels": {wiring.name: f"ws://{host}{wiring.route}" for wiring in self.adapter.wirings.values()},
            "observes": ["hub", "residue"],
            "trace": self.probe.trace.last,
        }

    async def _trace(self, query):
        after = int(query.get("after", "0"))
        if after > self.probe.trace.last:
            return 409, "text/plain", f"the last event here has the number {self.probe.trace.last}\n"
        events = await self.probe.trace.after(after, 0 if query.get("wait") == "0" else 1)
        return 200, "application/x-ndjson", "".join(f"{json.dumps(event)}\n" for event in events)

    async def _publish(self, asked):
        try:
            publishing = self.adapter.hub.publish(asked["topic"], asked["exclude"], build(asked["payload"]))
            if publishing is not None:
                await publishing
            return {"outcome": "ok"}
        except Exception as error:
            return outcome_of(error)


def json_text(value):
    return 200, "application/json", json.dumps(value)
