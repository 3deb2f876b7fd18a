import InterludeCommands

@main
struct Main {
    // One line: a closure formed here would belong to the main actor.
    static func main() async { await runInterlude() }
}
