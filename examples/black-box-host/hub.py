"""The hub: topics and their subscribers, all in this process. Calls take effect before they return."""

import asyncio
import os

from encoding import encode
from tasks import spawn
from values import UNDEFINED, is_well_formed

#: A deliberate defect, to see the kit find it: `excludes-nobody`.
DEFECT = os.environ.get("BLACK_BOX_DEFECT")


def check_topic(topic):
    if not isinstance(topic, str) or not is_well_formed(topic) or len(topic.encode()) > 256:
        raise TypeError("a topic is a well-formed string of at most 256 bytes")


class Member:
    """A subscriber. `receive(encoded)` takes one message; what it returns, if anything, is awaited."""

    def __init__(self, receive, is_channel):
        self.receive, self.is_channel, self.topics = receive, is_channel, set()


class Hub:
    def __init__(self, log):
        self.members, self.topics, self.log = {}, {}, log

    def add(self, identifier, receive, is_channel=True):
        if identifier in self.members:
            raise ValueError("the subscriber id is in use")
        self.members[identifier] = Member(receive, is_channel)

    def remove(self, identifier):
        """Ends a subscriber with all its subscriptions; nothing where there is none of that id."""
        member = self.members.pop(identifier, None)
        for topic in member.topics if member else ():
            self._leave(topic, identifier)

    def subscribe(self, topic, identifier):
        check_topic(topic)
        # Nobody of that id, or nobody any more: a client that left must not make its onConnect fail.
        if identifier in self.members:
            self.members[identifier].topics.add(topic)
            self.topics.setdefault(topic, {})[identifier] = self.members[identifier]

    def unsubscribe(self, topic, identifier):
        check_topic(topic)
        if identifier in self.members and topic in self.members[identifier].topics:
            self.members[identifier].topics.discard(topic)
            self._leave(topic, identifier)

    def publish(self, topic, exclude, payload):
        """Gives the payload to everyone but `exclude`. What is given back, if anything, is awaited until all have taken or refused it."""
        check_topic(topic)
        encoded = encode(payload)
        pending = []
        for identifier, member in list(self.topics.get(topic, {}).items()):
            if identifier == exclude and DEFECT != "excludes-nobody":
                continue
            try:
                taking = member.receive(encoded)
                if taking is not None:
                    pending.append(spawn(self._taken(identifier, taking)))
            except Exception as error:
                self._failed(identifier, error)
        return self._all(pending) if pending else None

    async def _all(self, pending):
        await asyncio.wait(pending)
        return UNDEFINED

    async def _taken(self, identifier, taking):
        try:
            await taking
        except Exception as error:
            self._failed(identifier, error)

    def _failed(self, identifier, error):
        self.log("error", "hub: a subscriber failed to receive", {"subscriber": identifier, "reason": repr(error)})

    def _leave(self, topic, identifier):
        subscribers = self.topics.get(topic, {})
        subscribers.pop(identifier, None)
        if not subscribers:
            self.topics.pop(topic, None)

    def residue(self):
        channels = [identifier for identifier, member in self.members.items() if member.is_channel]
        return channels, [[topic, identifier] for identifier, member in self.members.items() for topic in member.topics]
