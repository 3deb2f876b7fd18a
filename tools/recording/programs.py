"""The servers and the proxy of the recordings: how they are started, where they log, and their versions."""
import re
import string
import subprocess
from pathlib import Path

import world

HERE = Path(__file__).parent
MODULES = Path("/usr/lib/apache2/modules")
DAV = "location / { dav_methods PUT DELETE MKCOL COPY MOVE; dav_access user:rw group:r all:r; }"
# As it comes, nginx asks its origin to close; with an empty Connection field, to keep the connection.
PROXY = """
        proxy_http_version 1.1;
        proxy_read_timeout 2s;
        location / { proxy_pass http://10.91.2.2:8080; }
        location /kept/ { proxy_pass http://10.91.2.2:8080; proxy_set_header Connection ""; }"""

# What the recordings run, the package that brings it in Debian and its kin, and how it tells its version.
NEEDS = {
    "ip": ("iproute2", ["ip", "-V"]),
    "unshare": ("util-linux", ["unshare", "--version"]),
    "ethtool": ("ethtool", ["ethtool", "--version"]),
    "tcpdump": ("tcpdump", ["tcpdump", "--version"]),
    "dumpcap": ("wireshark-common", ["dumpcap", "--version"]),
    "curl": ("curl", ["curl", "--version"]),
    "node": ("nodejs", ["node", "--version"]),
    "nginx": ("nginx-light", ["nginx", "-v"]),
    "apache2": ("apache2-bin", ["apache2", "-v"]),
}


def version(program):
    """The first number with a dot that the program says of itself."""
    said = subprocess.run(NEEDS[program][1], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    found = re.search(r"\d+\.\d[\w.]*", said.stdout.decode(errors="replace"))
    return found[0] if found else "unknown"


class Program:
    """A server that runs through all scenarios; each scenario finds its log empty."""

    def __init__(self, name, place, port, folder, command):
        self.name, self.place, self.port, self.folder = name, place, port, folder
        self.log = folder / f"{name}.log"
        self.log.touch()
        chatter = open(folder / f"{name}.chatter", "w")
        self.process = world.start(place, command(self), stdout=chatter, stderr=chatter)
        world.wait_until_listening(place, port, self.process)

    def configured(self, template, **values):
        """Writes the configuration file and returns its path."""
        text = string.Template((HERE / template).read_text())
        path = self.folder / f"{self.name}.conf"
        values |= {"name": self.name, "port": self.port, "folder": self.folder, "log": self.log}
        path.write_text(text.safe_substitute(values))  # names that are not ours, such as $status, stay as they are
        return path


def origin(program):
    return ["node", str(HERE / "origin.js"), str(program.port), str(program.log)]


def apache(program):
    return ["apache2", "-DFOREGROUND", "-f", str(program.configured("apache-dav.conf", modules=MODULES))]


def nginx(serves):
    return lambda program: ["nginx", "-p", str(program.folder),
                            "-c", str(program.configured("nginx.conf", serves=serves))]


def start_all(folder):
    """All of them, by the name under which the truth mentions their logs."""
    for name in ("apache", "apache-locks", "nginx-dav", "nginx-proxy"):
        (folder / name).mkdir()
    subprocess.run(["chown", "www-data", folder / "apache", folder / "apache-locks"], check=True)
    programs = [
        Program("origin", "origin", 8080, folder, origin),
        Program("apache", "origin", 8201, folder, apache),
        Program("nginx-dav", "origin", 8202, folder, nginx(DAV)),
        Program("nginx-proxy", "proxy", 8101, folder, nginx(PROXY)),
    ]
    return {program.name: program for program in programs}
