import Testing

/// Published cases, each set a test; see ``Conformance``.
@Suite(.enabled(if: Conformance.isPresent, "the conformance cases beside the project are missing"), PrintsTable())
struct ConformanceTests {}

/// Prints the table of all sets when the last one is done.
struct PrintsTable: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await function()
    print(Conformance.table)
  }
}
