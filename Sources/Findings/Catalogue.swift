/// All rules, one line each, in the order in which findings are told.
package enum Catalogue {
    package static let rules: [Rule] = [
        .interimAfterFinal,
        .interimFramingFields,
        .interimToHTTP10,
        .interimTakenAsFinal,
        .processingUsed,
        .processingNoFinal,
        .processingInVain,
        .expectIgnored,
        .timeoutSilent,
        .timeoutAbsolute,
        .timeoutClientGaveUp,
        .timeoutGateway,
        .timeoutServerGaveUp,
        .timeoutNearLimit,
        .timeoutHeldByInterim,
        .timeoutReuseRace,
        .timeoutUnanswered,
        .webdavLegacyConstruct,
        .webdavLegacyClient,
        .webdavWeakSign,
        .webdavInfiniteDepth,
        .webdavLongAndSilent,
        .webdavPartialFailure,
        .webdavCleartextCredentials,
        .asyncAccepted,
        .asyncNoMonitor,
        .asyncAdvised,
        .captureGap,
        .captureSnaplen,
        .captureMidstream,
        .captureOneSided,
        .captureLimit,
    ]

    /// The rule with this id.
    package static func rule(_ id: String) -> Rule? {
        rules.first { $0.id == id }
    }
}
