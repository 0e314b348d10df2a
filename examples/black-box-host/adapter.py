"""The adapter: channels by their route, handshakes, and what all connections share."""

import re
from urllib.parse import unquote, unquote_plus

from connection import Connection
from encoding import json_copy
from hub import Hub
from websocket import Socket, accept_key


class Handler:
    """A message handler: `run(event, data, session)`, and whether it needs a session."""

    def __init__(self, run, requires_session=True):
        self.run, self.requires_session = run, requires_session


class Wiring:
    """One channel. `actions`: for each routing key, its handlers by action. `check` makes opening data of the fields."""

    def __init__(self, name, on_connect=None, on_disconnect=None, on_message=None, actions=None, check=None):
        self.name, self.route = name, f"/{name}"
        self.on_connect, self.on_disconnect, self.on_message = on_connect, on_disconnect, on_message
        self.actions, self.check = actions or {}, check


class RefusedHandshake(Exception):
    """Opening data that must not connect."""


class Adapter:
    """`logger(level, message, details)`; `make_services(kind, channel_id, session)` gives what `dispose()` ends."""

    def __init__(self, wirings, logger, make_services):
        self.wirings = {wiring.route: wiring for wiring in wirings}
        self.logger, self.make_services = logger, make_services
        self.connections = {}
        self.hub = Hub(logger)

    async def handshake(self, target, headers, reader, writer):
        """Serves one request for a WebSocket until its connection has ended."""
        path, _, query = target.partition("?")
        status, wiring, opening_data = await self._admit(path, query)
        key = headers.get("sec-websocket-key")
        if status == 101 and (key is None or headers.get("sec-websocket-version") != "13"):
            status = 426
        if status != 101:
            writer.write(f"HTTP/1.1 {status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".encode())
            return
        writer.write(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept_key(key)}\r\n\r\n".encode()
        )
        socket = Socket(reader, writer)
        await Connection(self, wiring, opening_data, socket).live()
        await socket.end()

    async def _admit(self, path, query):
        """The status of a handshake, and where it leads."""
        if re.search("%(?![0-9a-fA-F]{2})", path):
            return 400, None, None
        try:
            route = "/".join(unquote(segment, errors="strict").replace("/", "%2F") for segment in path.split("/"))
        except UnicodeDecodeError:
            return 400, None, None
        wiring = self.wirings.get(route)
        if wiring is None:
            return 404, None, None
        try:
            fields = fields_of(query)
            opening_data = fields if wiring.check is None else await wiring.check(fields)
            return 101, wiring, survives_json(opening_data)
        except RefusedHandshake:
            self.logger("warn", "channel: handshake refused", {"channel": wiring.name})
            return 400, None, None
        except Exception as error:
            self.logger("error", "channel: handshake refused", {"channel": wiring.name, "reason": repr(error)})
            return 500, None, None


def survives_json(opening_data):
    """A copy of opening data. Raises RefusedHandshake where JSON would change it."""
    try:
        return json_copy(opening_data)
    except TypeError:
        raise RefusedHandshake from None


def fields_of(query):
    """The fields of a query; repeated ones are lists."""
    fields = {}
    for pair in query.split("&"):
        if pair == "":
            continue
        name, _, value = (unquote_plus(part, errors="replace") for part in pair.partition("="))
        if name not in fields:
            fields[name] = value
        else:
            earlier = fields[name]
            fields[name] = [*earlier, value] if isinstance(earlier, list) else [earlier, value]
    return fields
