import ArgumentParser
import Audits
import CaptureInput
import CaptureModel
import Findings
import Reports

/// `interlude list`: what there is.
struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what Interlude knows.",
        subcommands: [ListRules.self, ListColumns.self, ListLimits.self, ListTimeouts.self, ListInterfaces.self])
}

struct ListRules: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "All rules, with their severities and titles.")

    func run() {
        Terminal.say(Manual.listing)
    }
}

struct ListColumns: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "columns", abstract: "All columns of the CSV tables, with their types and what they say.",
        discussion: "The tables of an SQLite database have the same columns.")

    func run() {
        for table in ReportTable.allCases {
            Terminal.say("\(table.rawValue): \(table.doc)\n")
            let width = table.columns.map(\.name.count).max() ?? 0
            for column in table.columns {
                let type = column.type.rawValue.padded(to: ColumnType.longest)
                Terminal.say("  \(column.name.padded(to: width))  \(type)  \(column.doc)\n")
            }
        }
    }
}

extension ColumnType {
    /// The columns that the longest name takes.
    fileprivate static let longest = allCases.map(\.rawValue.count).max() ?? 0
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}

struct ListLimits: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "limits", abstract: "All bounds that --limit sets, with their defaults.")

    func run() {
        let width = AuditLimit.all.map(\.name.count).max() ?? 0
        for limit in AuditLimit.all {
            Terminal.say("\(limit.name.padded(to: width))  \(limit.standard): \(limit.doc)\n")
        }
    }
}

struct ListInterfaces: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "interfaces", abstract: "All interfaces that watch can be given.")

    func run() throws {
        do throws(CaptureError) {
            let interfaces = try Interface.all()
            let width = interfaces.map(\.name.count).max() ?? 0
            for interface in interfaces {
                var facts = interface.addresses.map(\.description)
                if interface.isLoopback { facts.append("loopback") }
                if interface.isWireless { facts.append("wireless") }
                if !interface.isUp { facts.append("down") }
                if let description = interface.description { facts.append(description) }
                let padding = String(repeating: " ", count: width - interface.name.count)
                Terminal.say("\(interface.name)\(padding)  \(facts.joined(separator: ", "))\n")
            }
        } catch {
            Terminal.complain(error.sentence)
            throw Ending.failed
        }
    }
}

struct ListTimeouts: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeouts",
        abstract: "All timers that waits are held against: whose, how long, and what an interim response does to them.",
        discussion: """
            The first column is the name that --path takes. With --format json the rows have the form that --timeouts \
            reads.
            """)

    @Option(help: "text or json.")
    var format: TableFormat = .text

    @OptionGroup var timeouts: TimeoutOptions

    func run() throws {
        let profiles = try timeouts.profiles()
        switch format {
        case .text: Terminal.say(profiles.listing)
        case .json: Terminal.say(TimeoutFile.text(of: profiles))
        }
    }
}

/// The forms that a list is given in.
enum TableFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}
