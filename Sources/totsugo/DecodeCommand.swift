import ArgumentParser
import Base
import Commands
import Copybook
import Decode
import Expressions
import Foundation
import Framing
import Records
import Tables

/// `totsugo decode FILE`: typed records of a legacy file.
struct DecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode",
    abstract: .said(
      "旧システムのファイルのレコードを、型を付けてNDJSONかCSVで書き出す", "Print the records of a legacy file, typed, as NDJSON or CSV."))

  enum Listing: String, ExpressibleByArgument, CaseIterable { case text, csv, tsv, json }

  @OptionGroup var legacy: LegacyFileOptions

  @Option(
    help: .said("ndjson または csv。--layout では text、csv、tsv、json", "ndjson or csv; with --layout text, csv, tsv or json."))
  var to: String?

  @Option(help: .said("レコードの範囲 FIRST..LAST。1から数える", "Records FIRST..LAST, from 1."))
  var range: String?

  @Option(name: .customLong("where"), help: .said("式が真になるレコードだけ", "Only records for which the expression is true."))
  var condition: String?

  @Option(
    help: .said(
      "子を親の下に書く（NDJSON）。CHILD=PARENT の形で、どちらも --choose が選ぶ集団項目",
      "Records under their parents (NDJSON): CHILD=PARENT, both groups that --choose chooses."))
  var child: [String] = []

  @Flag(
    help: .said(
      "レコードの代わりに、位置付きのレイアウトを示す（FILE は読まない）", "Print the layout with offsets instead of records; FILE is not read."))
  var layout = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if range != nil, bounds == nil {
      throw ValidationError(
        .said("--range は FIRST..LAST の形で、1 ≤ FIRST ≤ LAST です。", "--range takes FIRST..LAST with 1 ≤ FIRST ≤ LAST."))
    }
    if child.contains(where: { $0.split(separator: "=").count != 2 }) {
      throw ValidationError(.said("--child は CHILD=PARENT の形です。", "--child takes CHILD=PARENT."))
    }
    if !child.isEmpty, form != .ndjson {
      throw ValidationError(.said("--child には --to ndjson が要ります。", "--child needs --to ndjson."))
    }
    if layout ? listing == nil : form == nil {
      let known = layout ? Listing.allCases.map(\.rawValue) : RecordPrinter.Form.allCases.map(\.rawValue)
      let forms = known.joined(separator: ", ")
      throw ValidationError(.said("--to は \(forms) のどれかです。", "--to takes \(forms)."))
    }
  }

  private var form: RecordPrinter.Form? { RecordPrinter.Form(rawValue: to ?? "ndjson") }
  private var listing: Listing? { Listing(rawValue: to ?? (common.format == .json ? "json" : "text")) }

  private var bounds: ClosedRange<Int>? {
    guard let range else { return 1...Int.max }
    let parts = range.components(separatedBy: "..")
    guard parts.count == 2, let first = Int(parts[0]), let last = parts[1].isEmpty ? Int.max : Int(parts[1]),
      first >= 1, last >= first
    else { return nil }
    return first...last
  }

  func run() throws {
    try common.reporting {
      let layout = try legacy.layout()
      if self.layout { return try printLayout(layout) }
      let reading = try legacy.interpretation()
      let plan = try legacy.plan(layout, reading)
      let reader = try legacy.reader(layout, plan, reading)
      try print(reader, layout, plan)
    }
  }

  private func printLayout(_ layout: Layout) throws {
    let entries = LayoutListing(layout)
    switch listing {
    case .csv: common.answer(String(entries.csv.dropLast()))
    case .tsv: common.answer(String(entries.tsv.dropLast()))
    case .json: common.answer(String(entries.json.dropLast()))
    case .text, nil:
      let columns = LayoutListing.columns.map { Table.Column($0.title, $0.title, $0.isNumber ? .number : .text) }
      let table = Table("layout", layout.root.name, columns, entries.rows.map { .init($0.map { .text($0) }) })
      common.answer(lines: table.lines(Words(language: common.language()), on: common.terminal))
    }
  }

  private func print(_ reader: LegacyReader, _ layout: Layout, _ plan: KindPlan) throws {
    guard let form, let bounds else { return }
    let sink = ByteSink(descriptor: STDOUT_FILENO, name: "standard output")
    let printer = RecordPrinter(layout: layout, plan: plan, form: form, sink: sink)
    let links = child.map { $0.uppercased().components(separatedBy: "=") }
      .map { PrintedTree.Link(child: $0[0], parent: $0[1]) }
    let tree = links.isEmpty ? nil : try PrintedTree(layout: layout, plan: plan, links: links, sink: sink)
    let filter = try condition.map { RecordFilter(try RecordCondition($0, plan, at: Place(file: "--where"))) }
    var findings = DecodeFindings(reader: reader, plan: plan, common: common, isStrict: legacy.isStrict)
    try printer.begin()
    do {
      try reader.skip(to: bounds.lowerBound)
      var isFound = bounds.lowerBound == 1
      var left = bounds.upperBound == Int.max ? Int.max : bounds.count
      while left > 0, let block = try reader.next(left) {
        try Interruption.check()
        isFound = true
        var rows = filter.map { findings.select($0, reader.decoder, block.count) }
        let stop = noting(block, rows, &findings)
        if let first = findings.firstInvalid { rows = (0..<block.count).map { (rows?[$0] ?? true) && $0 < first } }
        if let tree {
          try tree.add(reader.decoder, block, first: reader.firstRecord, where: rows)
        } else {
          try printer.print(reader.decoder, block, where: rows)
        }
        if let stop { throw stop }
        if left != .max { left -= block.count }
      }
      guard isFound else {
        let place = Place(file: legacy.file, record: bounds.lowerBound)
        throw Diagnostic(.recordAbsent, at: place, String(reader.firstRecord - 1))
      }
    } catch {
      // Records read before the error are kept.
      try tree?.finish()
      try sink.flush()
      throw error
    }
    try tree?.finish()
    try sink.flush()
    try findings.conclude(orphans: tree?.orphans ?? [], count: tree?.orphanCount ?? 0)
  }

  /// Notes a block; returns the error that stops the command, with `--strict`.
  private func noting(_ block: RecordBlock, _ rows: [Bool]?, _ findings: inout DecodeFindings) -> (any Error)? {
    do { try findings.note(block, where: rows) } catch { return error }
    return nil
  }
}
