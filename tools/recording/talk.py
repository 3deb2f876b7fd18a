"""A client that sends exactly the octets it is told to: what no well-behaved client can be made to say.

    talk.py ADDRESS PORT [--pause SECONDS] [--answers N] PIECE…

Sends each PIECE (with escapes such as \\r\\n) in a segment of its own, --pause apart, then reads until the server closes,
or until N final responses of plain lengths have come. Prints nothing: the truth is in the server's log.
"""
import argparse
import re
import socket
import time


def answers(octets):
    """How many final responses have begun; each is followed by the content that its server sends in one write."""
    return len(re.findall(rb"HTTP/1\.1 (?!1)\d{3}", octets))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("port", type=int)
    parser.add_argument("--pause", type=float, default=0)
    parser.add_argument("--answers", type=int)
    parser.add_argument("piece", nargs="+")
    options = parser.parse_args()
    received = b""
    with socket.create_connection((options.address, options.port), timeout=10) as peer:
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for number, piece in enumerate(options.piece):
            time.sleep(options.pause if number else 0)
            peer.sendall(piece.encode("latin-1").decode("unicode_escape").encode("latin-1"))
        while options.answers is None or answers(received) < options.answers:
            octets = peer.recv(65536)
            if not octets:
                return
            received += octets
        time.sleep(0.05)  # the rest of the last content


main()
