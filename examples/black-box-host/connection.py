"""One connection: its life, its queue of messages and its session."""

import uuid
from collections import deque

from errors import ChannelClosedError
from event import dispatch_message, run_event
from tasks import spawn
from values import UNDEFINED


class Connection:
    """`adapter` is what all connections share; `wiring` the channel it is of; `socket` how the client is reached."""

    def __init__(self, adapter, wiring, opening_data, socket):
        self.adapter, self.wiring, self.opening_data, self.socket = adapter, wiring, opening_data, socket
        self.channel_id = str(uuid.uuid4())
        self.state = "initial"
        self.session = UNDEFINED
        self.queue = deque()
        #: A handler other than onDisconnect is running: there is at most one.
        self.busy = False
        self.connected = False
        self.disconnecting = False
        #: What the socket is closed with once onConnect has settled.
        self.close_code = None

    async def live(self):
        """Runs onConnect and takes messages until the client has gone."""
        self.state = "open"
        self.adapter.hub.add(self.channel_id, self._take)
        self.adapter.connections[self.channel_id] = self
        self.busy = True
        spawn(self._connect())
        async for message in self.socket.messages():
            # After the close nothing is handled.
            if self.state != "closed":
                self.queue.append(message)
                self._advance()
        # The socket is let go at once, also while onConnect still runs.
        self.end(None)

    def _take(self, encoded):
        if not self.socket.send(encoded):
            raise ChannelClosedError("Channel is closed")

    def transmit(self, encoded):
        """Gives one message to the socket. Raises ChannelClosedError."""
        if self.state == "closed":
            raise ChannelClosedError("Channel is closed")
        if not self.socket.send(encoded):
            self.end(None)
            raise ChannelClosedError("Channel is closed")

    def end(self, code):
        """The one way into `closed`. With a code the socket is closed from this side, else it has ended by itself."""
        if self.state == "closed":
            return
        self.state = "closed"
        self.queue.clear()
        self.adapter.hub.remove(self.channel_id)
        if self.busy and not self.connected:
            # A close in onConnect takes effect once what onConnect returns has been sent.
            self.close_code = code
            return
        self._close_socket(code)
        if not self.busy:
            self._finish()

    def _close_socket(self, code):
        if code is not None:
            self.socket.close(code)

    async def _connect(self):
        succeeded = await run_event(self, "connect", self.wiring.on_connect, self.opening_data) if self.wiring.on_connect else True
        self.busy = False
        self.connected = succeeded
        if not succeeded:
            # Refused, which overrules what a close() before the throw asked for.
            self.close_code = None
            if self.state == "closed":
                self._close_socket(1011)
            else:
                self.end(1011)
        self._advance()

    def _advance(self):
        if self.busy:
            return
        if self.state == "closed":
            self._finish()
        elif self.queue:
            self.busy = True
            spawn(self._handle(self.queue.popleft()))

    async def _handle(self, message):
        await dispatch_message(self, message)
        self.busy = False
        self._advance()

    def _finish(self):
        if self.disconnecting:
            return
        self.disconnecting = True
        self._close_socket(self.close_code)
        spawn(self._disconnect())

    async def _disconnect(self):
        if self.connected and self.wiring.on_disconnect:
            data = {**self.opening_data, "channelId": self.channel_id}
            await run_event(self, "disconnect", self.wiring.on_disconnect, data)
        self.session = UNDEFINED
        del self.adapter.connections[self.channel_id]
