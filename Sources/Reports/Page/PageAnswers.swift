import CaptureModel
import Exchanges
import Findings

/// The four questions that a reader comes with, in the order in which they are asked.
struct PageAnswer {
    /// How much it should worry: by the classes of the style sheet.
    enum Tone: String {
        case neutral, good, warning, violation
    }

    var question: String
    var reply: String
    var details: [String]
    var tone: Tone

    static func all(
        _ tally: PageTally, _ text: TextTally, _ summary: Summary, _ captures: [CaptureRecord]
    ) -> [PageAnswer] {
        guard summary.exchanges > 0 else {
            return [
                PageAnswer(
                    question: "What is in it?", reply: "No HTTP/1.x exchange was found.",
                    details: captures.compactMap { capture in capture.error.map { "\(capture.shownName): \($0)" } },
                    tone: .warning)
            ]
        }
        return [
            processing(text, summary), webdav(tally, text, summary), timeouts(tally, text, summary),
            doubts(text, captures),
        ]
    }

    private static func processing(_ text: TextTally, _ summary: Summary) -> PageAnswer {
        let question = "Was 102 Processing used, and did it help?"
        guard text.with102 > 0 else {
            let others = [100, 103, 104].filter { summary.interim[$0] > 0 }.map { "\(summary.interim[$0]) × \($0)" }
            return PageAnswer(
                question: question, reply: "It was not used.",
                details: [
                    others.isEmpty
                        ? "No server sent any interim response."
                        : "Other interim responses: \(others.joined(separator: ", "))."
                ],
                tone: .neutral)
        }
        let (reply, tone): (String, Tone) =
            if text.completed102 == text.with102 {
                ("Yes: every exchange with it was answered.", .good)
            } else if text.completed102 == 0 {
                ("It was used, and no exchange with it was answered.", .violation)
            } else {
                ("It was used, and helped in \(text.completed102) of \(text.with102) exchanges.", .warning)
            }
        return PageAnswer(
            question: question, reply: reply, details: [text.processingSentence(summary) + "."], tone: tone)
    }

    private static func webdav(_ tally: PageTally, _ text: TextTally, _ summary: Summary) -> PageAnswer {
        let question = "Is there legacy WebDAV, and whose is it?"
        guard summary.webdavCurrent + summary.webdavLegacy > 0 else {
            return PageAnswer(question: question, reply: "There is no WebDAV.", details: [], tone: .good)
        }
        guard summary.webdavLegacy > 0 else {
            return PageAnswer(
                question: question, reply: "No: all WebDAV is that of RFC 4918.",
                details: [text.webdavSentence(summary) + "."], tone: .good)
        }
        let agents = tally.agents.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        var names = agents.prefix(5).map { "\($0.key) (\($0.value))" }
        let rest = agents.dropFirst(5).reduce(tally.otherAgents) { $0 + $1.value }
        if rest > 0 { names.append("others (\(rest))") }
        return PageAnswer(
            question: question, reply: "Yes, in \(counted(summary.webdavLegacy, "exchange")).",
            details: ["Whose clients: \(names.joined(separator: ", ")).", text.webdavSentence(summary) + "."],
            tone: .warning)
    }

    private static func timeouts(_ tally: PageTally, _ text: TextTally, _ summary: Summary) -> PageAnswer {
        let question = "What is at risk of which timeout?"
        let silence = summary.longestSilence.map { "The longest silence was \(durationText($0))." }
        let reached = text.timers.reached
        guard !reached.isEmpty else {
            let next = text.timers.timers.first.map { " The shortest known default is \($0.profile.label)." } ?? ""
            return PageAnswer(
                question: question, reply: "Nothing: no wait went beyond a known timer.",
                details: [(silence ?? "No request was captured.") + next], tone: .good)
        }
        return PageAnswer(
            question: question,
            reply: "\(counted(text.timers.atRisk, "exchange")) waited longer than a known timer allows.",
            details: [
                "By their defaults these would have given up: \(reached.list(atMost: 4)).",
                (silence.map { $0 + " " } ?? "") + "Rules: \(text.timeoutRules).",
            ],
            tone: .warning)
    }

    private static func doubts(_ text: TextTally, _ captures: [CaptureRecord]) -> PageAnswer {
        let sentence = text.doubtSentence(captures)
        let isWhole = sentence.hasPrefix("nothing")
        let unread = captures.count { $0.status != .complete }
        return PageAnswer(
            question: "What could not be judged?",
            reply: isWhole
                ? "Nothing: the captures hold every exchange whole."
                : unread > 0
                    ? "\(counted(unread, "capture")) could not be read to the end."
                    : text.notWhole > 0
                        ? "Of \(counted(text.notWhole, "exchange")) the capture holds a part only."
                        : "Packets were cut short.",
            details: isWhole ? [] : [sentence + "."], tone: isWhole ? .good : .warning)
    }
}

extension CaptureRecord {
    /// Its name, safe to show.
    var shownName: String { String(decoding: [UInt8].shown(FileName.octets(file).span), as: UTF8.self) }
}
