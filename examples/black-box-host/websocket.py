"""WebSocket as RFC 6455 has it, server side: the handshake's answer, and frames over a stream."""

import base64
import hashlib
import struct

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
MOST_BYTES = 1024 * 1024
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


def accept_key(key):
    return base64.b64encode(hashlib.sha1(key.encode() + GUID).digest()).decode()


class Violation(Exception):
    """The client broke the protocol; `code` is what the connection is closed with."""

    def __init__(self, code):
        self.code = code


class Socket:
    """One accepted connection."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer
        self.close_sent = False

    def send(self, message):
        """Sends text or bytes at once; False says that the socket takes no more."""
        if self.close_sent or self.writer.is_closing():
            return False
        self._frame(TEXT if isinstance(message, str) else BINARY, message.encode() if isinstance(message, str) else message)
        return True

    def close(self, code):
        """Says goodbye, behind everything sent before; the client answers, and `messages` ends."""
        if self.close_sent or self.writer.is_closing():
            return
        self.close_sent = True
        self._frame(CLOSE, struct.pack("!H", code))

    def _frame(self, opcode, payload):
        size = len(payload)
        if size < 126:
            head = struct.pack("!BB", 0x80 | opcode, size)
        elif size < 1 << 16:
            head = struct.pack("!BBH", 0x80 | opcode, 126, size)
        else:
            head = struct.pack("!BBQ", 0x80 | opcode, 127, size)
        self.writer.write(head + payload)

    async def messages(self):
        """Every whole message, text as str; ends with the connection, however it ends."""
        try:
            async for message in self._whole_messages():
                yield message
        except Violation as violation:
            self.close(violation.code)
        except (EOFError, OSError):
            pass

    async def _whole_messages(self):
        parts, kind = [], None
        while True:
            final, opcode, payload = await self._read_frame()
            if opcode == CLOSE:
                # The close is answered with the client's own code, or none where it gave none.
                if not self.close_sent:
                    self.close_sent = True
                    self._frame(CLOSE, payload[:2])
                return
            if opcode == PING:
                if not self.close_sent:
                    self._frame(PONG, payload)
                continue
            if opcode == PONG:
                continue
            if (opcode == 0) != bool(kind):
                raise Violation(1002)
            kind = kind or opcode
            parts.append(payload)
            if sum(map(len, parts)) > MOST_BYTES:
                raise Violation(1009)
            if final:
                whole, of, parts, kind = b"".join(parts), kind, [], None
                yield self._text(whole) if of == TEXT else whole

    @staticmethod
    def _text(payload):
        try:
            return payload.decode()
        except UnicodeDecodeError:
            raise Violation(1007) from None

    async def _read_frame(self):
        first, second = await self.reader.readexactly(2)
        final, opcode, size = bool(first & 0x80), first & 0x0F, second & 0x7F
        if first & 0x70 or opcode not in (0, TEXT, BINARY, CLOSE, PING, PONG) or not second & 0x80:
            raise Violation(1002)
        if opcode >= CLOSE and (not final or size > 125):
            raise Violation(1002)
        if size >= 126:
            size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8), "big")
        if size > MOST_BYTES:
            raise Violation(1009)
        mask = await self.reader.readexactly(4)
        payload = await self.reader.readexactly(size)
        pad = (mask * (size // 4 + 1))[:size]
        return final, opcode, (int.from_bytes(payload, "big") ^ int.from_bytes(pad, "big")).to_bytes(size, "big")

    async def end(self):
        """Sends what is left and reads on until the client has gone: unread bytes would cost it the goodbye."""
        try:
            self.writer.write_eof()
            while await self.reader.read(65536):
                pass
        except OSError:
            pass
        finally:
            self.writer.close()
