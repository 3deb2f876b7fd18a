"""A capture that is always the same: WebDAV exchanges with 102s on connections that are kept alive.

    generate.py FILE [PACKETS]

Forty connections take turns. Every exchange is a PROPFIND of some 260 octets, an acknowledgement, none to three 102s, a
207 of 1,000 octets and its acknowledgement. Checksums are zero, as where the network card fills them in.
"""
import struct
import sys

CONNECTIONS = 40
SYN, FIN, PUSH, ACK = 2, 1, 8, 16
PROCESSING = b"HTTP/1.1 102 Processing\r\n\r\n"
BODY = (b'<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">' + b"<D:response/>" * 70).ljust(850, b" ")
FINAL = (b"HTTP/1.1 207 Multi-Status\r\nDate: Tue, 24 Nov 2026 12:00:00 GMT\r\n"
         b"Content-Type: text/xml; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(BODY)) + BODY


class Writer:
    """Writes segments, 20 µs apart; knows the sequence numbers of both sides of each connection."""

    def __init__(self, file):
        self.file, self.packets, self.sent = file, 0, {}
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))

    def send(self, connection, from_client, flags, payload=b""):
        ends = [(bytes((10, 91, 3, 1)), 40000 + connection), (bytes((10, 91, 3, 2)), 8080)]
        (source, source_port), (target, target_port) = ends if from_client else ends[::-1]
        sequence = self.sent.get((connection, from_client), 1_000_000 * (connection + 1))
        peer = self.sent.get((connection, not from_client), 1_000_000 * (connection + 1))
        clock = self.packets // 50
        acknowledged = peer if flags & ACK else 0
        tcp = struct.pack(">HHIIBBHHHBBBBII", source_port, target_port, sequence, acknowledged, 0x80, flags, 501, 0, 0,
                          1, 1, 8, 10, clock, clock)
        ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 52 + len(payload), self.packets & 0xFFFF, 0x4000, 64, 6, 0,
                         source, target)
        frame = b"\x02\0\0\0\0\x02\x02\0\0\0\0\x01\x08\0" + ip + tcp + payload
        seconds, micros = divmod(self.packets * 20, 1_000_000)
        self.file.write(struct.pack("<IIII", 1_795_500_000 + seconds, micros, len(frame), len(frame)) + frame)
        self.sent[connection, from_client] = sequence + len(payload) + (1 if flags & (SYN | FIN) else 0)
        self.packets += 1


def exchange(writer, connection, number):
    head = (f"PROPFIND /dav/folder-{number % 97}/item-{number} HTTP/1.1\r\nHost: origin.test\r\n"
            f"Depth: {number % 2}\r\nUser-Agent: interlude-benchmark/1\r\nAccept: */*\r\nX-Fill: ")
    writer.send(connection, True, PUSH | ACK, (head.ljust(254, "x") + "\r\n\r\n").encode())
    writer.send(connection, False, ACK)
    for _ in range(number % 4):
        writer.send(connection, False, PUSH | ACK, PROCESSING)
    writer.send(connection, False, PUSH | ACK, FINAL)
    writer.send(connection, True, ACK)


def main():
    packets = int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
    with open(sys.argv[1], "wb") as file:
        writer, number = Writer(file), 0
        for connection in range(CONNECTIONS):
            writer.send(connection, True, SYN)
            writer.send(connection, False, SYN | ACK)
            writer.send(connection, True, ACK)
        while writer.packets < packets - 3 * CONNECTIONS:
            exchange(writer, number % CONNECTIONS, number)
            number += 1
        for connection in range(CONNECTIONS):
            writer.send(connection, True, FIN | ACK)
            writer.send(connection, False, FIN | ACK)
            writer.send(connection, True, ACK)
    print(f"{writer.packets} packets, {number} exchanges")


main()
