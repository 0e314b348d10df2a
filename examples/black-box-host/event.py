"""One event of a connection, from routing to reply: services, authorisation, the handler, encoding, disposal."""

import asyncio

from encoding import encode, encode_error, encode_routed, json_copy
from errors import ChannelClosedError, PublicError, UnauthorizedError, UnknownRouteError, name_of
from tasks import spawn
from values import UNDEFINED, parse


def completed(call):
    """A future of what a call gave (UNDEFINED where that is nothing) or raised; one that nobody awaits troubles nobody."""
    future = asyncio.get_running_loop().create_future()
    try:
        given = call()
        future.set_result(UNDEFINED if given is None else given)
    except Exception as error:
        future.set_exception(error)
        future.exception()
    return future


class Event:
    """What a handler is given: its channel, the hub, the session of its connection."""

    def __init__(self, connection, kind):
        self.connection, self.kind = connection, kind
        self.channel_id = connection.channel_id
        self.opening_data = json_copy(connection.opening_data)
        self.logger = connection.adapter.logger
        self.service = None
        self.own_session = None
        #: Calls that are still pending: the event has not settled before they have.
        self.pending = set()

    @property
    def state(self):
        return self.connection.state

    def send(self, value):
        return self._accounted("send", lambda: self._send(value))

    def _send(self, value):
        if self.connection.state == "closed":
            raise ChannelClosedError("Channel is closed")
        self.connection.transmit(encode(value))

    def close(self):
        self.connection.end(1000)
        return completed(lambda: None)

    def subscribe(self, topic, identifier):
        return self._accounted("subscribe", lambda: self.connection.adapter.hub.subscribe(topic, identifier))

    def unsubscribe(self, topic, identifier):
        return self._accounted("unsubscribe", lambda: self.connection.adapter.hub.unsubscribe(topic, identifier))

    def publish(self, topic, exclude, payload):
        return self._accounted("publish", lambda: self.connection.adapter.hub.publish(topic, exclude, payload))

    def register(self, identifier, receive):
        return self._accounted("register", lambda: self.connection.adapter.hub.add(identifier, receive, is_channel=False))

    def unregister(self, identifier):
        return self._accounted("unregister", lambda: self.connection.adapter.hub.remove(identifier))

    def get_session(self):
        """A copy of the session, UNDEFINED where there is none."""
        stored = self.connection.session if self.own_session is None else self.own_session[0]
        return stored if stored is UNDEFINED else json_copy(stored)

    def set_session(self, session):
        return self._accounted("userSession.set", lambda: self._set_session(session))

    def _set_session(self, session):
        if session is None:
            raise TypeError("a session cannot be null; clear() ends one")
        self._write_session(json_copy(session))

    def clear_session(self):
        return self._accounted("userSession.clear", lambda: self._write_session(UNDEFINED))

    def _write_session(self, session):
        if self.channel_id not in self.connection.adapter.connections:
            raise ChannelClosedError("Channel is closed")
        self.connection.session = session
        self.own_session = (session,)

    def _accounted(self, name, call):
        """Makes a call at once. What is refused is logged, since it may be left unawaited; what is pending is waited for."""
        outcome = completed(call)
        if outcome.exception() is not None:
            if not isinstance(outcome.exception(), ChannelClosedError):
                self.log("warn", f"channel: {name} refused", outcome.exception())
        elif outcome.result() is not UNDEFINED:
            outcome = spawn(outcome.result())
            self.pending.add(outcome)
            outcome.add_done_callback(self.pending.discard)
        return outcome

    def log(self, level, message, error):
        # The name of a public error must do: its message may quote what a client sent.
        reason = error.name if isinstance(error, PublicError) else f"{name_of(error)}: {error}"
        where = {"channel": self.connection.wiring.name, "channelId": self.channel_id, "event": self.kind}
        self.logger(level, message, {**where, "reason": reason})


async def run_event(connection, kind, handler, data, route=None, held=None):
    """Runs one event; true where its handler succeeded. `route` is (key, action), `held` what an error reply carries. Never raises."""
    event = Event(connection, kind)
    services = connection.adapter.make_services(kind, event.channel_id, event.get_session())
    event.service = services
    reply, succeeded = None, True
    try:
        session = event.get_session()
        if kind == "message" and handler.requires_session and session is UNDEFINED:
            raise UnauthorizedError("Authentication required")
        data = json_copy(data) if isinstance(data, dict) and kind != "message" else data
        result = await handler.run(event, data, session)
        if kind != "disconnect":
            reply = _encode(event, result, route, held)
    except Exception as error:
        succeeded = False
        reply = _failed(event, error, held)
    if reply is not None and connection.state != "closed":
        try:
            connection.transmit(reply)
        except ChannelClosedError:
            pass
    while event.pending:
        await asyncio.wait(event.pending)
    try:
        services.dispose()
    except Exception as error:
        event.log("warn", "channel: disposing of services failed", error)
    return succeeded


def _encode(event, result, route, held):
    """The reply to what was returned; where that cannot be sent, the reply that says no more than that."""
    if result is UNDEFINED and route is None:
        return None
    try:
        return encode(result) if route is None else encode_routed(result, *route)
    except TypeError as error:
        event.log("error", "channel: a returned value cannot be sent", error)
        return encode_error(error, held or {}) if event.kind == "message" else None


def _failed(event, error, held):
    if isinstance(error, PublicError):
        event.log("warn", "channel: refused", error)
    elif not (event.state == "closed" and isinstance(error, ChannelClosedError)):
        event.log("error", "channel: handler failed", error)
    return encode_error(error, held or {}) if event.kind == "message" else None


async def dispatch_message(connection, incoming):
    """Handles one message: text, or bytes."""
    wiring = connection.wiring
    message = incoming
    if isinstance(incoming, str):
        try:
            message = parse(incoming)
        except (ValueError, RecursionError):
            pass
    fields = message if isinstance(incoming, str) and isinstance(message, dict) else {}
    held = next(({key: fields[key]} for key in wiring.actions if isinstance(fields.get(key), str)), {})
    for key, actions in wiring.actions.items():
        action = fields.get(key)
        if isinstance(action, str) and action in actions:
            data = {name: value for name, value in fields.items() if name != key}
            await run_event(connection, "message", actions[action], data, (key, action), held)
            return
    if wiring.on_message is not None:
        await run_event(connection, "message", wiring.on_message, message, None, held)
        return
    error = UnknownRouteError(_unknown(wiring, fields))
    where = {"channel": wiring.name, "channelId": connection.channel_id, "event": "message", "reason": error.name}
    connection.adapter.logger("warn", "channel: refused", where)
    try:
        connection.transmit(encode_error(error, held))
    except ChannelClosedError:
        pass


def _unknown(wiring, fields):
    key = next(iter(wiring.actions), None)
    if key is None:
        return "No handler for this message"
    if not isinstance(fields.get(key), str):
        return f'No handler for a message without "{key}"'
    return f'No handler for "{key}": "{fields[key][:64]}"'
