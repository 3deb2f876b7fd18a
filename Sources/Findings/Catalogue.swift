/// All rules, one line each, in the order in which findings are told.
package enum Catalogue {
    package static let rules: [Rule] = [
        .interimAfterFinal,
        .interimFramingFields,
        .interimContentFields,
        .interimConnectionClose,
        .interimToHTTP10,
        .interimUnregistered,
        .interimMany,
        .interimTakenAsFinal,
        .interimNestedStatusLine,
        .interimLost,
        .processingUsed,
        .processingNoFinal,
        .processingLate,
        .processingSparse,
        .processingInVain,
        .processingBeforeRequestEnd,
        .processingOutsideWebDAV,
        .processingNeedless,
        .processingOptIn,
        .expectNoContent,
        .expectOddValue,
        .expectIgnored,
        .expectNotAwaited,
        .expectLate,
        .expectRepeated,
        .expectRefused,
        .expectContradicted,
        .expectUnsolicited,
        .upgradeUnasked,
        .upgradeNoField,
        .upgradeContinueMissing,
        .hintsNoLink,
        .hintsTooLate,
        .timeoutSilent,
        .timeoutClientGaveUp,
        .timeoutUnanswered,
        .webdavLegacyConstruct,
        .captureGap,
        .captureMidstream,
        .captureSnaplen,
        .captureOneSided,
        .captureLimit,
    ]

    /// The rule with this id.
    package static func rule(_ id: String) -> Rule? {
        rules.first { $0.id == id }
    }
}
