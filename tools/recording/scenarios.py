"""What is recorded: one scenario a capture, in the order of the README. To add one, write it here."""
import subprocess
import tempfile
from dataclasses import dataclass
from typing import Callable

import world

ORIGIN, ORIGIN6 = "http://10.91.3.2:8080", "http://[fd91:3::2]:8080"
PROXY, APACHE, NGINX = "http://10.91.1.2:8101", "http://10.91.3.2:8201", "http://10.91.3.2:8202"
UPLOAD = "Interlude. \n" * 2000  # 24,000 octets: several segments
SCENARIOS = []


@dataclass
class Scenario:
    name: str       # of the capture: a sentence, as words joined by hyphens
    shows: str      # for the README and the truth
    programs: list  # of programs.NEEDS, besides the origin's Node and the capturing program
    act: Callable   # what the client does
    suffix: str     # pcap or pcapng
    proxied: bool   # captured on "any" of the proxy, not on the client's link
    traced: bool    # curl's trace is a part of the truth, although the origin logged what it knows

    def capturing(self):
        return "dumpcap" if self.suffix == "pcapng" else "tcpdump"


def scenario(name, shows, programs=("curl", "node"), suffix="pcap", proxied=False, traced=False):
    return lambda act: SCENARIOS.append(Scenario(name, shows, list(programs), act, suffix, proxied, traced))


class Client:
    """What a scenario lets act in the client's namespace; keeps curl's traces."""

    def __init__(self):
        self.trace = ""

    def curl(self, *arguments, content=""):
        """One process: transfers after `--next` use its connection again. Its failure is a part of the scenario."""
        each = ["--silent", "--verbose", "--trace-time", "--output", "/dev/null", "--write-out", "%{stderr}= %{json}\n"]
        groups = [[]]
        for argument in arguments:
            groups.append([]) if argument == "--next" else groups[-1].append(argument)
        command = ["--no-progress-meter"]
        for number, group in enumerate(groups):
            command += (["--next"] if number else []) + each + group
        with tempfile.TemporaryFile() as file:  # as /dev/stdin it has a length, and curl can send it twice
            file.write(content.encode())
            file.seek(0)
            run = subprocess.run([*world.inside("client"), "env", "TZ=UTC", "curl", *command], stdin=file,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=30)
        self.trace += run.stderr.decode(errors="replace")

    def upload(self, url):
        """A PUT of many segments that asks first whether it may."""
        self.curl("-H", "Expect: 100-continue", "-T", "/dev/stdin", url, content=UPLOAD)

    def talk(self, *arguments):
        talk = str(__file__).replace("scenarios.py", "talk.py")
        command = [*world.inside("client"), "python3", talk, "10.91.3.2", "8080", *arguments]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=30)


def get(target, fields=""):
    """A request for talk.py."""
    return f"GET {target} HTTP/1.1\\r\\nHost: origin.test\\r\\n{fields}\\r\\n"


def to(path):
    return ["-H", f"Destination: {path}"]


@scenario("copy-held-3-s-with-a-102-every-500-ms", "a COPY answered 201 after 3 s, a 102 every 500 ms until then")
def _(client):
    client.curl("-X", "COPY", *to(f"{ORIGIN}/b"), f"{ORIGIN}/a?hold=3000&every=500&status=201")


@scenario("copy-held-3-s-in-silence", "the same COPY without an interim response")
def _(client):
    client.curl("-X", "COPY", *to(f"{ORIGIN}/b"), f"{ORIGIN}/a?hold=3000&status=201")


@scenario("client-gives-up-after-1750-ms-in-spite-of-102",
          "curl --max-time 1.75 leaves a MOVE although a 102 comes every 500 ms: its timer is absolute")
def _(client):
    client.curl("--max-time", "1.75", "-X", "MOVE", *to(f"{ORIGIN}/b"), f"{ORIGIN}/a?hold=3000&every=500&status=201")


@scenario("put-waits-for-100-continue-and-gets-it", "a PUT of 24,000 octets with Expect: 100-continue, accepted with 100")
def _(client):
    client.upload(f"{ORIGIN}/upload?status=201")


@scenario("put-is-refused-with-417-before-its-content-is-sent",
          "a PUT with Expect: 100-continue answered 417 and a close: the announced content is never sent")
def _(client):
    client.upload(f"{ORIGIN}/upload?expect=refuse")


@scenario("put-refused-with-417-is-repeated-where-its-content-was-due",
          "the same refusal without the close: curl repeats the request at once on the same connection; Node takes it for "
          "the content it was promised, and what is left of it for a bad request. The truth follows curl: two exchanges",
          traced=True)
def _(client):
    client.upload(f"{ORIGIN}/upload?expect=refuse&kept=1")


@scenario("put-waits-1-s-for-a-100-that-never-comes",
          "a PUT with Expect: 100-continue to a server that ignores it: curl sends the content after 1 s")
def _(client):
    client.upload(f"{ORIGIN}/upload?expect=ignore&status=201")


@scenario("early-hints-before-the-page", "103 Early Hints: one, two, and one with a 102 after it, on one connection")
def _(client):
    client.curl(f"{ORIGIN}/one?hold=200&interim=20:103", "--next", f"{ORIGIN}/two?hold=200&interim=20:103,120:103",
                "--next", f"{ORIGIN}/mixed?hold=300&interim=20:103,150:102")


@scenario("pipelined-requests-with-interim-responses-between",
          "six pipelined requests in one segment, answered in order with 102 and 103 between; and four, the first two cut "
          "in the middle of their lines", programs=["node"])
def _(client):
    plain = [get("/p1?hold=100&interim=50:102"), get("/p2"), get("/p3?hold=150&interim=50:103,100:102"),
             get("/p4?status=404"), get("/p5?hold=200&interim=50:102,100:102,150:102"), get("/p6")]
    client.talk("--answers", "6", "".join(plain))
    whole = get("/q1?hold=100&interim=50:102") + get("/q2?hold=100&interim=50:103")
    client.talk("--pause", "0.15", "--answers", "4", whole[:9], whole[9:70],
                whole[70:] + get("/q3?hold=100&interim=50:102") + get("/q4"))


@scenario("nginx-takes-the-102-of-its-origin-for-the-final-response",
          "nginx before Node, both hops on \"any\". A plain GET passes. Of a COPY it takes the 102 for the final response and what "
          "follows for content: over a connection that Node closes, the client gets 102, 102 and 201 together at the end; "
          "over one kept alive, a 102 and a close 2 s later. A COPY held 3 s in silence becomes 504 after 2 s",
          programs=["curl", "nginx", "node"], proxied=True)
def _(client):
    client.curl(f"{PROXY}/plain?hold=50")
    client.curl("-X", "COPY", *to("/b"), f"{PROXY}/a?hold=1500&every=500&status=201")
    client.curl("-X", "COPY", *to("/b"), f"{PROXY}/kept/a?hold=700&interim=300:102&status=201")
    client.curl("-X", "COPY", *to("/b"), f"{PROXY}/silent?hold=3000&status=201")


@scenario("webdav-session-with-apache",
          "curl and mod_dav on one connection: OPTIONS, MKCOL, PUT (one with Expect), PROPFIND with Depth 1 and infinity, "
          "COPY, MOVE, LOCK for 600 s and for ever, 423, DELETE, 404", programs=["curl", "apache2"])
def _(client):
    lock = ('<D:lockinfo xmlns:D="DAV:"><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype>'
            "<D:owner>interlude</D:owner></D:lockinfo>")
    site = f"{APACHE}/session"
    client.curl(
        "-X", "OPTIONS", f"{APACHE}/", "--next", "-X", "MKCOL", f"{site}/", "--next", "-X", "MKCOL", f"{site}/inner/",
        "--next", "-X", "PUT", "--data-binary", "one\n", f"{site}/one.txt",
        "--next", "-X", "PUT", "-H", "Expect: 100-continue", "--data-binary", UPLOAD, f"{site}/inner/two.txt",
        "--next", "-X", "PROPFIND", "-H", "Depth: 1", f"{site}/",
        "--next", "-X", "PROPFIND", "-H", "Depth: infinity", f"{site}/",
        "--next", "-X", "COPY", *to(f"{site}/copy.txt"), f"{site}/one.txt",
        "--next", "-X", "COPY", "-H", "Depth: infinity", *to(f"{site}/inner-copy/"), f"{site}/inner/",
        "--next", "-X", "MOVE", *to(f"{site}/moved.txt"), "-H", "Overwrite: F", f"{site}/copy.txt",
        "--next", "-X", "LOCK", "-H", "Timeout: Second-600", "--data-binary", lock, f"{site}/one.txt",
        "--next", "-X", "LOCK", "-H", "Timeout: Infinite, Second-4100000000", "--data-binary", lock, f"{site}/moved.txt",
        "--next", "-X", "PUT", "--data-binary", "not yours\n", f"{site}/one.txt",
        "--next", "-X", "DELETE", f"{site}/inner-copy/", "--next", f"{site}/inner-copy/two.txt")


@scenario("copy-with-the-propertybehavior-of-rfc-2518",
          "a COPY to mod_dav with a propertybehavior element, which RFC 2518 had and RFC 4918 has not",
          programs=["curl", "apache2"])
def _(client):
    behaviour = ('<?xml version="1.0" encoding="utf-8"?>\n<d:propertybehavior xmlns:d="DAV:">\n'
                 "  <d:keepalive>*</d:keepalive>\n</d:propertybehavior>\n")
    site = f"{APACHE}/legacy"
    client.curl("-X", "MKCOL", f"{site}/", "--next", "-X", "PUT", "--data-binary", "one\n", f"{site}/one.txt",
                "--next", "-X", "COPY", *to(f"{site}/two.txt"), "-H", "Depth: 0", "-H", "Overwrite: T",
                "-H", 'Content-Type: text/xml; charset="utf-8"', "--data-binary", behaviour, f"{site}/one.txt")


@scenario("webdav-session-with-nginx", "curl and nginx's dav module on one connection: PUT, MKCOL, COPY, MOVE, GET, DELETE; "
          "PROPFIND and LOCK, which it does not know, are 405", programs=["curl", "nginx"])
def _(client):
    client.curl(
        "-X", "MKCOL", f"{NGINX}/box/", "--next", "-X", "PUT", "--data-binary", "one\n", f"{NGINX}/box/one.txt",
        "--next", "-X", "PUT", "-H", "Expect: 100-continue", "--data-binary", UPLOAD, f"{NGINX}/box/two.txt",
        "--next", "-X", "COPY", *to(f"{NGINX}/box/copy.txt"), f"{NGINX}/box/one.txt",
        "--next", "-X", "MOVE", *to(f"{NGINX}/box/moved.txt"), f"{NGINX}/box/copy.txt",
        "--next", f"{NGINX}/box/moved.txt", "--next", "-X", "PROPFIND", "-H", "Depth: 1", f"{NGINX}/box/",
        "--next", "-X", "LOCK", f"{NGINX}/box/one.txt", "--next", "-X", "DELETE", f"{NGINX}/box/")


@scenario("one-connection-kept-alive-for-90-requests", "90 requests on one connection, every third held 30 ms with a 102")
def _(client):
    requests = []
    for number in range(30):
        requests += ["--next", f"{ORIGIN}/item/{number}/a", "--next", "-X", "PROPFIND", "-H", "Depth: 0",
                     f"{ORIGIN}/item/{number}/b?hold=30&interim=15:102&status=207", "--next", "-I",
                     f"{ORIGIN}/item/{number}/c"]
    client.curl(*requests[1:])


@scenario("interim-responses-over-ipv6", "100, 102 and 103 over IPv6, as pcapng", suffix="pcapng")
def _(client):
    client.curl("-X", "COPY", *to("/b"), f"{ORIGIN6}/a?hold=400&every=100&status=201",
                "--next", f"{ORIGIN6}/page?hold=100&interim=20:103",
                "--next", "-H", "Expect: 100-continue", "-X", "PUT", "--data-binary", UPLOAD, f"{ORIGIN6}/up?status=201")


@scenario("a-websocket-whose-frame-holds-the-octets-of-a-102",
          "an upgrade answered 101; the server's first frame is the text of a 102, which is not HTTP any more",
          programs=["node"])
def _(client):
    upgrade = ("Upgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Version: 13\\r\\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\\r\\n")
    client.talk("--pause", "0.2", get("/chat", upgrade), "\\x81\\x82\\x01\\x02\\x03\\x04ik")


@scenario("server-resets-and-closes-in-the-middle",
          "the server ends the connection after two 102s, by RST and by FIN, and in the middle of the content, by RST and "
          "by FIN")
def _(client):
    for end in ("abort=reset", "abort=close", "abort=reset&begun=1", "abort=close&begun=1"):
        client.curl("-X", "MOVE", *to("/b"), f"{ORIGIN}/a?hold=500&every=200&{end}")


@scenario("content-in-chunks-with-trailers",
          "102 and then content in chunks with a trailer section; and a PUT of content in chunks")
def _(client):
    client.curl(f"{ORIGIN}/lines?hold=200&interim=100:102&trailers=1&length=600", "--next",
                "-H", "Expect:", "-H", "Transfer-Encoding: chunked", "-X", "PUT", "--data-binary", UPLOAD,
                f"{ORIGIN}/upload?hold=100&interim=50:102&status=201&trailers=1&length=120")


@scenario("an-http-1.0-client-gets-a-102", "curl --http1.0 is sent a 102 that no HTTP/1.0 client can be expected to know")
def _(client):
    client.curl("--http1.0", f"{ORIGIN}/old?hold=400&interim=200:102")
