"""The place of the recordings: three network namespaces with a link between each two, and the captures taken there.

    client 10.91.3.1 ───────────────────────────── 10.91.3.2 origin     (fd91:3::1, fd91:3::2)
    client 10.91.1.1 ── 10.91.1.2 proxy 10.91.2.1 ── 10.91.2.2 origin

All lives in mount and process namespaces of this run (see tools/record), so that nothing of it outlasts the run.
"""
import contextlib
import json
import re
import signal
import subprocess
import time

LINKS = [("client", "origin", 3), ("client", "proxy", 1), ("proxy", "origin", 2)]
OFFLOADS = ["tso", "gso", "gro", "tx", "rx", "sg"]
TOPOLOGY = {
    "direct": "client 10.91.3.1 / fd91:3::1 --veth, offloads off, MTU 1500-- origin 10.91.3.2 / fd91:3::2",
    "proxied": "client 10.91.1.1 -> 10.91.1.2 proxy 10.91.2.1 -> 10.91.2.2 origin; captured on \"any\" of the proxy",
}


def succeed(*command):
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def build():
    """Makes the namespaces and links; the interface towards X is called X."""
    for place in ("client", "proxy", "origin"):
        succeed("ip", "netns", "add", place)
        succeed("ip", "-n", place, "link", "set", "lo", "up")
    for one, other, net in LINKS:
        succeed("ip", "link", "add", other, "netns", one, "type", "veth", "peer", "name", one, "netns", other)
        for place, device, host in ((one, other, 1), (other, one, 2)):
            succeed("ip", "-n", place, "address", "add", f"10.91.{net}.{host}/24", "dev", device)
            succeed("ip", "-n", place, "address", "add", f"fd91:{net}::{host}/64", "dev", device, "nodad")
            succeed(*inside(place), "ethtool", "-K", device, *(word for name in OFFLOADS for word in (name, "off")))
            succeed("ip", "-n", place, "link", "set", device, "up")


def inside(place):
    return ["ip", "netns", "exec", place]


def start(place, command, **options):
    return subprocess.Popen([*inside(place), *command], stdin=subprocess.DEVNULL, **options)


def wait_until_listening(place, port, program):
    """`ss` asks the kernel: a connection made to find out would be in the logs."""
    for _ in range(100):
        if subprocess.run([*inside(place), "ss", "-Hltn", f"sport = :{port}"], capture_output=True).stdout:
            return
        if program.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"{program.args[4]} in {place} does not listen on port {port}")


def wait_until_carrying():
    """Links carry packets some milliseconds after they were set up; IPv6 addresses, when they are not tentative."""
    for place in ("client", "proxy", "origin"):
        for _ in range(100):
            state = subprocess.run(["ip", "-n", place, "-json", "address"], capture_output=True, check=True).stdout
            links = [link for link in json.loads(state) if link["ifname"] != "lo"]
            if all(link["operstate"] == "UP" for link in links) and b"tentative" not in state:
                break
            time.sleep(0.05)


@contextlib.contextmanager
def captured(path, place, device):
    """Captures what passes meanwhile, all of it: pcapng by dumpcap, pcap by tcpdump; SLL2 on "any"."""
    if path.suffix == ".pcapng":
        command, begun, lost = ["dumpcap", "-q", "-i", device], "Capturing on", r"dropped on interface .*: \d+/(\d+)"
    else:
        # A ring of whole packets: as it comes, it holds seven of them on "any".
        command = ["tcpdump", "-i", device, "-U", "--immediate-mode", "-B", "32768", "-Z", "root"]
        command += ["-y", "LINUX_SLL2"] if device == "any" else []
        begun, lost = "listening on", r"(\d+) packets? dropped by kernel"
    program = start(place, [*command, "-w", str(path)], stderr=subprocess.PIPE, text=True)
    said = ""
    while begun not in said:
        line = program.stderr.readline()
        if not line:
            raise RuntimeError(f"{command[0]} does not capture: {said}")
        said += line
    time.sleep(0.3)  # dumpcap says so a little before it does
    try:
        yield
        time.sleep(0.3)  # the last packets are on their way
    finally:
        program.send_signal(signal.SIGINT)
        said = program.communicate(timeout=10)[1]
    if (count := re.search(lost, said)) is None or int(count[1]):
        raise RuntimeError(f"{path.name} is not whole: {said}")
