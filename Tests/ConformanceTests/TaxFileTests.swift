import Foundation
import Testing

/// A tax file written by a COBOL program, with the CSV that another program unloaded from it: every value of every
/// record.
extension ConformanceTests {
  @Test func taxFile() throws {
    var outcomes: Conformance.Outcomes = [
      ("tax2k csv", try TaxFile.csvFlaw()),
      ("tax2k ndjson", try TaxFile.recordsFlaw("tax2k.ebc", ["--charset", "ibm-037"])),
    ]
    if let generated = try TaxFile.generatedFlaw() { outcomes.append(generated) }
    try Conformance.judge("gnucobol", outcomes)
  }
}

enum TaxFile {
  static let folder = Conformance.folder.appendingPathComponent("gnucobol").path
  /// The items in the order of the unloading program.
  static let items =
    ["TX-CITY-CD", "TX-PERSON-NO", "TX-NAME", "TX-YEAR", "TX-INCOME", "TX-TAX", "TX-ADJUST", "TX-REFUND", "TX-RATE"]
    + (0..<4).flatMap { _ in ["TX-INS-DUE", "TX-INS-AMT"] } + ["TX-SEQ", "TX-BIN8"]

  static func unloaded() throws -> [[String: [String]]] {
    try Conformance.text("gnucobol/tax2k.csv").split(separator: "\n").map { line in
      let values = line.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      return Dictionary(zip(items, values.map { [$0] }), uniquingKeysWith: +)
    }
  }

  static func recordsFlaw(_ file: String, _ options: [String]) throws -> String? {
    try DecodedRecords("\(folder)/\(file)", "\(folder)/taxrec.cpy", options).difference(unloaded())
  }

  /// The same through `--to csv`, whose columns of a table are its occurrences.
  static func csvFlaw() throws -> String? {
    let answer = try Conformance.run([
      "decode", "\(folder)/tax2k.ebc", "--copybook", "\(folder)/taxrec.cpy", "--charset", "ibm-037", "--to", "csv",
    ])
    let lines = answer.output.split(whereSeparator: \.isNewline).map { $0.components(separatedBy: ",") }
    let names = (lines.first ?? []).map { $0.components(separatedBy: "[")[0] }
    let expected = try unloaded()
    guard lines.count == expected.count + 1 else { return "\(lines.count) lines" }
    for (index, (line, wanted)) in zip(lines.dropFirst(), expected).enumerated() {
      let found = Dictionary(zip(names, line.map { [$0] }), uniquingKeysWith: +)
      if found.keys != wanted.keys { return "columns \(found.keys)" }
      for (name, values) in wanted {
        let isText = name == "TX-NAME" || name == "TX-CITY-CD"
        let same = zip(found[name] ?? [], values).allSatisfy {
          isText ? $0 == $1 : Decimal(string: $0) == Decimal(string: $1)
        }
        if !same || found[name]?.count != values.count {
          return "row \(index + 1) \(name): \(found[name] ?? []), expected \(values)"
        }
      }
    }
    return nil
  }

  /// The file as the compiler of this machine writes it, ASCII and low byte first; `nil` when there is no compiler.
  static func generatedFlaw() throws -> (name: String, flaw: String?)? {
    let compiler = (ProcessInfo.processInfo.environment["PATH"] ?? "").components(separatedBy: ":")
      .map { $0 + "/cobc" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let compiler else {
      print("CONFORMANCE NOT RUN: gnucobol ascii, no cobc is installed")
      return nil
    }
    return try Conformance.withFolder { place in
      let (program, file) = (place.appendingPathComponent("gentax").path, place.appendingPathComponent("tax").path)
      let made = try Conformance.run(
        compiler, ["-x", "-fassign-clause=dynamic", "-I", folder, "-o", program, "\(folder)/gentax.cob"])
      guard made.code == 0 else { return ("tax2k ascii", made.errors) }
      _ = try Conformance.run(program, [file, "2000"])
      let found = try DecodedRecords(
        file, "\(folder)/taxrec.cpy", ["--dialect", "gnucobol", "--charset", "us-ascii"])
      return try ("tax2k ascii", found.difference(unloaded()))
    }
  }
}
