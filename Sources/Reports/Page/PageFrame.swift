import CaptureModel
import Exchanges
import Findings

/// The document around the data: what stands in it without a script.
struct PageFrame {
    var captures: [CaptureRecord]
    var summary: Summary
    var first: Timestamp?
    var last: Timestamp?
    var answers: [PageAnswer]
    var loose: [Finding]
    /// Exchanges that have a row.
    var shown: Int

    /// SHA-256 of `PageStyle.text` and of `PageScript.parts` in base64. A test tells what they have to be.
    static let styleHash: StaticString = "OvIZotkgZS7v4C8Aurp6Ezw6AIwElVI0s/T6d7ExEdw="
    static let scriptHash: StaticString = "izLglPiNO2iYDMMk6yBy5/ssGCCuomuH4k44dcmawlo="

    func write(_ data: borrowing OctetBuffer, _ out: inout OctetBuffer) {
        out.literal("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        out.literal("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; ")
        out.literal("base-uri 'none'; form-action 'none'; style-src 'sha256-")
        out.literal(PageFrame.styleHash)
        out.literal("'; script-src 'sha256-")
        out.literal(PageFrame.scriptHash)
        out.literal("'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        out.literal("<meta name=\"referrer\" content=\"no-referrer\">\n<link rel=\"icon\" href=\"data:,\">\n<title>")
        out.xml("\(title) · Interlude")
        out.literal("</title>\n<style>")
        out.literal(PageStyle.text)
        out.literal(
            "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#exchanges\">To the exchanges</a>\n<header><div><h1>")
        out.xml(title)
        out.literal("</h1>\n<p class=\"dim\">")
        writeSpan(&out)
        out.literal(
            "</p></div>\n<button id=\"theme\" type=\"button\" class=\"scripted\" hidden>Light or dark</button></header>\n"
        )
        out.literal("<main>\n<ul class=\"answers\">\n")
        for answer in answers { write(answer, &out) }
        out.literal("</ul>\n<dl class=\"tiles\">\n")
        for (name, value) in tiles {
            out.literal("<div class=\"card tile\"><dt>")
            out.xml(name)
            out.literal("</dt><dd>")
            out.xml(value)
            out.literal("</dd></div>\n")
        }
        out.literal(
            "</dl>\n<noscript><p class=\"card\">Charts and exchanges need the script that is part of this file; ")
        out.literal("nothing is fetched from anywhere.</p></noscript>\n")
        out.literal(PageFrame.sections)
        writeLimits(&out)
        out.literal("<ol id=\"list\"></ol>\n<button id=\"more\" type=\"button\" hidden>Show more</button></section>\n")
        writeLoose(&out)
        writeCaptures(&out)
        out.literal("</main>\n<footer><p>Made by Interlude ")
        out.xml(Tool.version)
        out.literal(PageFrame.legend)
        out.literal("<script type=\"application/json\" id=\"data\">\n")
        data.withSpan { out.append(copying: $0) }
        out.literal("\n</script>\n<script>")
        for part in PageScript.parts { out.literal(part) }
        out.literal("</script>\n</body>\n</html>\n")
    }

    private static let sections: StaticString = """
        <section class="scripted" hidden><h2>How long the waits and silences were</h2>
        <figure class="card"><figcaption class="dim small" id="waits-title">Each wait from the end of the request to the first \
        octet of the final response, beside the timers that products have by default</figcaption><div id="waits"></div></figure>
        <div class="card" id="ladder"></div>
        <h2>Interim responses over time</h2>
        <figure class="card"><figcaption class="dim small" id="interims-title">What servers said before their \
        answers</figcaption><div id="interims"></div></figure>
        <h2>What was found</h2>
        <div class="card" id="rules"></div></section>
        <section id="exchanges" class="scripted" hidden tabindex="-1"><h2>Exchanges</h2>
        <div class="chips" id="chips" role="group" aria-label="Which exchanges"></div>
        <div class="bar"><input id="find" type="search" placeholder="Method, target, client, status, rule …" \
        aria-label="Search exchanges"><select id="order" aria-label="Order"></select>
        <span id="count" class="dim small" role="status"></span></div>

        """

    private static let legend: StaticString = """
        . Times are those of the packets; a time of day is UTC.</p>
        <p>In the track of an exchange the blue mark is the request, the pale bar the wait (the longer, the longer the wait, on a \
        logarithmic scale), the dark middle the longest silence from 1 s on; coloured marks are interim responses, the last mark \
        the final response, red where it was cut off. A click opens the exchange. Keys: / searches, arrows move, Enter \
        opens.</p></footer>

        """

    private var title: String {
        captures.count == 1 ? captures[0].shownName : counted(captures.count, "capture")
    }

    /// `2026-11-23 11:30:09 to 11:30:16 UTC`.
    private func writeSpan(_ out: inout OctetBuffer) {
        guard let first, let last else { return out.xml("No exchange was seen.") }
        out.date(first)
        out.append(0x20)
        out.clock(first, decimals: 1)
        out.literal(" to ")
        if last.day != first.day {
            out.date(last)
            out.append(0x20)
        }
        out.clock(last, decimals: 1)
        out.literal(" UTC, ")
        out.duration(last.since(first))
    }

    private var tiles: [(String, String)] {
        let waits = summary.waits.percentiles([50, 99]).map { $0.map(durationText) ?? "–" }
        let interims = [100, 102, 103, 104].reduce(summary.interim.other) { $0 + summary.interim[$1] }
        return [
            ("Exchanges", "\(summary.exchanges)"), ("Connections", "\(summary.connections)"),
            ("Without an answer", "\(summary.withoutFinal)"), ("Interim responses", "\(interims)"),
            ("Median wait", waits[0]), ("99 % within", waits[1]),
            ("Longest silence", summary.longestSilence.map(durationText) ?? "–"),
            ("Violations · warnings", "\(summary.violations) · \(summary.warnings)"),
        ]
    }

    private func write(_ answer: PageAnswer, _ out: inout OctetBuffer) {
        out.literal("<li class=\"card answer ")
        out.xml(answer.tone.rawValue)
        out.literal("\"><h2 class=\"ask\">")
        out.xml(answer.question)
        out.literal("</h2><p class=\"reply\">")
        out.xml(answer.reply)
        out.literal("</p>")
        for detail in answer.details {
            out.literal("<p class=\"small dim\">")
            out.xml(detail)
            out.literal("</p>")
        }
        out.literal("</li>\n")
    }

    private func writeLimits(_ out: inout OctetBuffer) {
        guard shown < summary.exchanges else { return }
        out.literal("<p class=\"small\">")
        out.xml(
            "Shown are \(shown) of \(summary.exchanges) exchanges, so that this page stays small: those with "
                + "something to tell first. Answers and charts are of all; the JSON and CSV reports hold all.")
        out.literal("</p>\n")
    }

    private func writeLoose(_ out: inout OctetBuffer) {
        guard !loose.isEmpty else { return }
        out.literal("<section><h2>Findings on no exchange</h2><div class=\"card\">\n")
        for finding in loose {
            out.literal("<p class=\"finding\"><span class=\"dot ")
            out.xml(finding.severity.rawValue)
            out.literal("\"></span>")
            out.xml(finding.message)
            out.literal(" <span class=\"dim small\">")
            out.xml(finding.severity.rawValue + " · " + finding.rule)
            out.literal("</span></p>\n")
        }
        out.literal("</div></section>\n")
    }

    private func writeCaptures(_ out: inout OctetBuffer) {
        out.literal(
            "<section><h2>Captures</h2><div class=\"card scroll\"><table><thead><tr><th>File</th><th>Format</th>")
        out.literal("<th class=\"n\">Packets</th><th class=\"n\">Exchanges</th><th>Read</th></tr></thead><tbody>\n")
        for capture in captures.prefix(PageReport.captureLimit) {
            out.literal("<tr><td>")
            out.xml(capture.shownName)
            out.literal("</td><td>")
            out.xml(([capture.format ?? "unknown"] + capture.linkTypes).joined(separator: ", "))
            out.literal("</td><td class=\"n\">")
            out.decimal(capture.packets)
            out.literal("</td><td class=\"n\">")
            out.decimal(capture.summary.exchanges)
            out.literal("</td><td>")
            out.xml(capture.status.rawValue + (capture.error.map { ": \($0)" } ?? ""))
            out.literal("</td></tr>\n")
        }
        out.literal("</tbody></table>")
        if captures.count > PageReport.captureLimit {
            out.xml("and \(captures.count - PageReport.captureLimit) more")
        }
        out.literal("</div></section>\n")
    }
}
