/// Serves the numbers of one `interlude watch --metrics`, which starts it; see `MetricsPage`.
@main
struct Main {
    static func main() {
        serveMetrics(CommandLine.arguments)
    }
}
