import ArgumentParser
import Base
import Commands
import Copybook
import Decode
import Foundation
import Framing
import Records
import Report

/// `totsugo inspect FILE`: one record as annotated hex.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: .said(
      "1レコードをバイトごとに示す。位置、バイト、PICTURE、値、誤り",
      "Show one record byte by byte: offset, bytes, picture, value, what is wrong."))

  @OptionGroup var legacy: LegacyFileOptions

  @Option(help: .said("レコードの番号。先頭・末尾のレコードも含め、1から数える", "The record's number, from 1, control records included."))
  var record = 1

  @Option(help: .said("1項目について表示するバイト数", "Bytes of an item that are shown."))
  var bytes = 32

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if record < 1 { throw ValidationError(.said("--record は1から数えます。", "--record counts from 1.")) }
    if bytes < 1 { throw ValidationError(.said("--bytes は1以上です。", "--bytes is at least 1.")) }
  }

  func run() throws {
    try common.reporting {
      let layout = try legacy.layout()
      var keeping = legacy
      keeping.filler = true
      let reading = try keeping.interpretation()
      let plan = try keeping.plan(layout, reading)
      let reader = try keeping.reader(layout, plan, reading)
      try reader.skip(to: record)
      guard let block = try reader.next(1) else {
        throw Diagnostic(
          .recordAbsent, at: Place(file: legacy.file, record: record), String(reader.firstRecord - 1))
      }
      // A single record, so that the places of its items are known.
      reader.decoder.decode(block)
      let inspection = RecordInspection(layout, reader.decoder, block, row: 0)
      let length = block.lengths?[0] ?? layout.length
      let heading = Heading(record: record, offset: reader.offset(of: 0), length: length)
      if common.format == .json {
        try common.answer(json: InspectionAnswer(legacy.file, heading, inspection))
      } else {
        let page = InspectionPage(language: common.language(), isColored: common.terminal.isColored, bytes: bytes)
        common.answer(lines: [
          page.text(
            inspection, file: legacy.file, record: record, offset: heading.offset, length: length,
            layoutLength: layout.length)
        ])
      }
      if !reader.faults.isEmpty { throw Failure.no }
    }
  }

  struct Heading {
    let record: Int
    let offset: Int
    let length: Int
  }
}

/// The JSON answer of `inspect`.
private struct InspectionAnswer: Encodable {
  let file: String
  let record: Int
  let offset: Int
  let length: Int
  let items: [InspectedItem]

  init(_ file: String, _ heading: InspectCommand.Heading, _ inspection: RecordInspection) {
    self.file = file
    record = heading.record
    offset = heading.offset
    length = heading.length
    items = inspection.lines.map(InspectedItem.init)
  }
}

/// An item of a record in JSON answers.
struct InspectedItem: Encodable {
  let level: Int
  let name: String
  let clause: String
  let offset: Int
  let length: Int
  let bytes: String
  let value: String?
  let fault: String?
  let conditions: [String]

  init(_ line: RecordInspection.Line) {
    (level, name, clause, offset, length) = (line.level, line.name, line.clause, line.offset, line.length)
    (bytes, value, fault, conditions) = (line.hex, line.value, line.fault?.code, line.conditions)
  }
}
