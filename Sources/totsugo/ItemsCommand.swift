import ArgumentParser
import Evidence
import Foundation
import Ledger
import Pipeline

/// `totsugo items …`: 確認事項, their state and evidence, and a person's confirmation.
struct ItemsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "items", abstract: "Items to be confirmed (確認事項): state, evidence, confirmation.",
    subcommands: [List.self, Confirm.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the items and where they stand.")

    @Argument(help: "A project file.") var project: String
    @Option(help: "Folder with runs and evidence.") var workspace: String?
    @Option(help: "Only items in this state: confirmed, failed, open, stale.") var state: ItemStatus.State?
    @OptionGroup var common: CommonOptions

    private struct Row: Encodable {
      let id: String
      let subsystem: String
      let category: String
      let severity: String
      let owner: String
      let gate: String
      let state: String
      let title: String
      let why: String
      let evidence: [String]
    }

    func run() throws {
      let project = try common.project(self.project)
      let language = common.language(project.language)
      try common.reporting(language) {
        let record = Record(project: project, workspace: workspace)
        let items = try record.items(try record.runs()).filter { state == nil || $0.state == state }
        switch common.format {
        case .json:
          try common.answer(
            json: items.map {
              Row(
                id: $0.item.id, subsystem: $0.item.subsystem, category: $0.item.category,
                severity: $0.item.severity.rawValue, owner: $0.item.owner, gate: $0.item.gate, state: $0.state.rawValue,
                title: $0.item.title.text(language), why: $0.why.text(language), evidence: $0.item.evidence)
            })
        case .text:
          for status in items {
            common.answer(
              "\(status.item.id)  \(status.state.title.text(language))  \(status.item.title.text(language))  "
                + "[\(status.item.owner)]  \(status.why.text(language))")
          }
        }
      }
    }
  }

  struct Confirm: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Record a person's confirmation of an item, on the evidence of the latest run.")

    @Argument(help: "A project file.") var project: String
    @Argument(help: "The item's number.") var item: String
    @Option(help: "Who confirms.") var by: String
    @Option(help: "What was looked at.") var note: String = ""
    @Option(help: "Folder with runs and evidence.") var workspace: String?
    @OptionGroup var common: CommonOptions

    func run() throws {
      let project = try common.project(self.project)
      let language = common.language(project.language)
      try common.reporting(language) {
        let record = Record(project: project, workspace: workspace)
        guard let known = project.items.first(where: { $0.id == item }) else {
          throw Diagnostic(.itemUnknown, at: Place(file: project.path), item)
        }
        guard known.evidence.isEmpty else { throw Diagnostic(.itemProven, at: Place(file: project.path), item) }
        let lock = try WorkspaceLock(record.workspace)
        defer { withExtendedLifetime(lock) {} }
        guard let run = try record.runs().last else {
          throw Diagnostic(.workspaceEmpty, at: Place(file: record.workspace.path))
        }
        try record.workspace.confirm(
          item: item, by: by, at: Date().formatted(.iso8601), note: note, evidence: run.evidence)
        common.say(
          language == .japanese ? "\(item) を確認済としました(実行 \(run.run))" : "\(item) is confirmed (run \(run.run))")
      }
    }
  }
}

extension ItemStatus.State: ExpressibleByArgument {}
