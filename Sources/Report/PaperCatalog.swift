/// All papers.
package enum PaperCatalog {
  package static let kinds: [any PaperKind.Type] = [
    RunPaper.self,
    GatePackPaper.self,
    MigrationResultPaper.self,
    DifferencesPaper.self,
    ProgressPaper.self,
    IssuesPaper.self,
    OperationTestPaper.self,
    RehearsalsPaper.self,
    ParallelPaper.self,
    StatusPaper.self,
    GaijiPaper.self,
    ProtectedPaper.self,
    AnnualPaper.self,
    MappingPaper.self,
  ]
}
