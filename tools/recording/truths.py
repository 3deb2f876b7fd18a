"""From the logs of the programs to the truth beside a capture: one entry for each exchange and log."""
import calendar
import json
import re
import time

CLOCK = ("epoch seconds of one kernel clock, that of the capture. The origin logs to 1 ms, interim responses right after "
         "the write, final ones right before; curl's times are off by a constant, so only differences within an entry count")
NOTE = ("One entry for each exchange and log. `interim` of the origin: as sent; of curl: as received. interim_logged false: "
        "that log does not hold the interim responses.")
GAVE_UP = {18: "server (truncated body)", 28: "client (timeout)", 52: "server (empty reply)", 56: "server (RST)"}


def of_origin(text, hop):
    """origin.js writes entries already."""
    return [{"hop": hop, "logged_by": "origin", **json.loads(line)} for line in text.splitlines()]


def of_access_log(text, hop, name):
    """Lines of JSON by Apache or nginx (their configurations say what is in them)."""
    entries = []
    for line in map(json.loads, text.splitlines()):
        method, target, version = line["request"].split(" ")
        unit = 1 if "took" in line else 1e-6  # Apache logs both ends in microseconds, nginx the end and the length
        entries.append({
            "hop": hop, "logged_by": name, "client": line["client"], "server": line["server"], "method": method,
            "target": target, "http_version": version.removeprefix("HTTP/"),
            **({"expect": line["expect"]} if line["expect"] not in ("", "-") else {}),
            "t_request": round(line["end"] - line["took"] if "took" in line else line["begin"] * unit, 6),
            "t_end": round(line["end"] * unit, 6), "final": {"status": line["status"]}, "interim_logged": False,
            **({"upstream_status": line["upstream"]} if line.get("upstream") else {}),
        })
    return entries


def endpoint(address, port):
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def of_curl(text, hop):
    """`curl --verbose --trace-time --write-out '%{stderr}= %{json}\\n'`: its trace, and a line after each transfer."""
    entries, transfer = [], []
    midnight, before = calendar.timegm(time.gmtime()[:3] + (0, 0, 0)), 0
    for line in text.splitlines():
        if line.startswith("= "):
            summary = json.loads(line[2:])
            for entry in transfer:
                entry["client"] = endpoint(summary["local_ip"], summary["local_port"])
                entry["server"] = endpoint(summary["remote_ip"], summary["remote_port"])
            if transfer and summary["exitcode"] in GAVE_UP:
                transfer[-1]["gave_up"] = GAVE_UP[summary["exitcode"]]
            if transfer:
                transfer[-1]["client_exit"] = summary["exitcode"]
            entries, transfer = entries + transfer, []
            continue
        found = re.match(r"(\d\d):(\d\d):(\d\d\.\d+) ([<>]) (.*)", line)
        if not found:
            continue
        hour, minute, second, way, text = found.groups()
        moment = midnight + int(hour) * 3600 + int(minute) * 60 + float(second)
        moment += 86400 if moment < before - 43200 else 0
        before = moment
        if request := way == ">" and re.fullmatch(r"([A-Z]+) (\S+) HTTP/(\d\.\d)", text):
            method, target, version = request.groups()
            transfer.append({"hop": hop, "logged_by": "client (curl -v)", "method": method, "target": target,
                             "http_version": version, "t_request": round(moment, 6), "interim": []})
        elif response := way == "<" and re.match(r"HTTP/\d\.\d (\d{3})", text):
            code = int(response[1])
            if 100 <= code < 200 and code != 101:
                transfer[-1]["interim"].append({"code": code, "t": round(moment, 6)})
            else:
                transfer[-1]["final"] = {"status": code, "t": round(moment, 6)}
    return entries


def collect(programs, curl, traced):
    """The entries of a scenario; where the origin served the client itself, its log says what curl's would."""
    proxied = programs["nginx-proxy"].log.read_text()
    entries = of_origin(programs["origin"].log.read_text(), "back (proxy-origin)" if proxied else "client-server")
    entries += of_access_log(proxied, "front", "nginx (proxy)")
    for name in ("apache", "nginx-dav"):
        entries += of_access_log(programs[name].log.read_text(), "client-server", name)
    if traced or any(entry["logged_by"] != "origin" for entry in entries):
        entries += of_curl(curl, "front" if proxied else "client-server")
    return sorted(entries, key=lambda entry: entry["t_request"])


def write(path, scenario, capture, topology, versions, entries):
    header = {"name": scenario.name, "description": scenario.shows, "topology": topology, "clock": CLOCK,
              "truth_note": NOTE, "made_with": versions, "captures": [capture.name]}
    lines = ",\n".join("    " + json.dumps(entry) for entry in entries)
    path.write_text(json.dumps(header, indent=2)[:-2] + f',\n  "truth": [\n{lines}\n  ]\n}}\n')


def readme(folder, scenarios):
    """Fixtures/captures/README.md: a line for each capture, from the truths beside them."""
    rows = []
    for scenario in scenarios:
        path = folder / f"{scenario.name}.truth.json"
        if path.exists():
            truth = json.loads(path.read_text())
            made_with = ", ".join(f"{name} {version}" for name, version in truth["made_with"].items())
            rows.append(f"| `{truth['captures'][0]}` | {truth['description']} | {made_with} |")
    return README.format(rows="\n".join(rows))


README = """\
# Captures of real programs

Made by `tools/record`, which runs unmodified programs in network namespaces of their own (`client`, `proxy` and `origin`,
linked by veth pairs with offloads off) and captures what they say to each other. `NAME.truth.json` beside each capture
is made from the programs' logs, not from the packets: one entry for each exchange and log. Do not edit either; change
`tools/recording/scenarios.py` and record again (`tools/record --help`). This file is written by it too.

| capture | what it shows | made with |
| --- | --- | --- |
{rows}

The origin is Node's http with `tools/recording/origin.js`, which does what the query of the target says and logs what it
sends: `hold` is how long it waits with the final response, `every` the pace of 102, `interim` a list of when and which.
Pipelined and WebSocket requests are said by `tools/recording/talk.py`, all others by curl; Apache is httpd with mod_dav.

Keys of an entry: `hop` (`client-server`; `front` and `back (proxy-origin)` of a proxy), `logged_by`, the addresses, the
request, `t_request` and `t_end` (epoch seconds), `interim` (`code` and time `t` of each, as sent by the origin or as
received by curl; `interim_logged` false where that log does not hold them), `final`, and `outcome`, `gave_up` or
`server_abort` of what did not complete. The access log of nginx holds 102 as the final status of what it broke off.
"""
