import ArgumentParser
import Base
import Commands
import Copybook
import Decode
import Expressions
import Foundation
import Framing
import Profile
import Records
import Report

/// `totsugo profile FILE`: the contents of each field of a legacy file.
struct ProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile",
    abstract: .said(
      "項目ごとの中身。有効、種類、最小、最大、合計、不正、多い値",
      "Per field: filled, distinct, minimum, maximum, sum, invalid, most frequent values."))

  enum Form: String, ExpressibleByArgument, CaseIterable { case text, json, html }

  @OptionGroup var legacy: LegacyFileOptions

  @Option(help: .said("text、json、html のどれか", "text, json or html."))
  var to: Form?

  @Option(name: .shortAndLong, help: .said("答えを書くファイル（省略時は標準出力）", "File for the answer; else standard output."))
  var output: String?

  @Option(help: .said("多い値をいくつまで示すか", "So many of the most frequent values."))
  var top = 5

  @Option(name: .customLong("where"), help: .said("式が真になるレコードだけ", "Only records for which the expression is true."))
  var condition: String?

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if top < 0 { throw ValidationError(.said("--top は0以上です。", "--top is at least 0.")) }
  }

  func run() throws {
    try common.reporting {
      try OutputFiles.check([("-o", output)], apartFrom: legacy.inputs)
      let layout = try legacy.layout()
      let reading = try legacy.interpretation()
      let plan = try legacy.plan(layout, reading)
      let reader = try legacy.reader(layout, plan, reading)
      var findings = DecodeFindings(reader: reader, plan: plan, common: common, isStrict: legacy.isStrict)
      var profiles = plan.fields.map {
        FieldProfile(
          name: $0.name, type: $0.codec.type, privacy: $0.privacy, isFloatingPoint: $0.isFloatingPoint)
      }
      let filter = try condition.map { RecordFilter(try RecordCondition($0, plan, at: Place(file: "--where"))) }
      while let block = try reader.next() {
        try Interruption.check()
        let rows = filter.map { findings.select($0, reader.decoder, block.count) }
        for (index, field) in plan.fields.enumerated() {
          for occurrence in field.offsets.indices {
            profiles[index].add(
              reader.decoder.columns[field.column + occurrence], record: reader.firstRecord, where: rows)
          }
        }
        try findings.note(block, where: rows)
      }
      let page = ProfilePage(
        file: legacy.file, records: reader.frames.tally.records, profiles: profiles, top: top,
        language: common.language())
      switch to ?? (common.format == .json ? .json : .text) {
      case .text: try answer(page.text)
      case .json: try answer(page.json)
      case .html: try answer(page.html)
      }
      try findings.conclude()
    }
  }

  private func answer(_ text: String) throws {
    guard let output else { return common.answer(text) }
    let isMade = FileManager.default.createFile(
      atPath: output, contents: Data((text + "\n").utf8), attributes: [.posixPermissions: 0o600])
    guard isMade else { throw Diagnostic(.outputWrite, at: Place(file: output), "not writable") }
  }
}
