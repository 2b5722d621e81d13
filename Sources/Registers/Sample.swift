import Base
import Ledger

/// 標本照合: records drawn from one legacy file for people to compare with the new system by eye, and their findings.
package struct Sample: RegisterRecord {
  package enum Field: Int, RegisterField {
    case file, title, population, drawn, rare, confidence, rate, run, data, list, seed, drawnBy, drawnAt
    case different, comparedBy, comparedAt, confirmedBy, confirmedAt

    package var kind: RegisterSchema.Kind {
      switch self {
      case .population, .drawn, .rare, .confidence, .rate: .integer
      case .different: .structure
      default: .text
      }
    }
  }

  package static let register = RegisterSchema("sample", Field.self)

  /// A record that differs, with a description.
  package struct Difference: Sendable, Hashable {
    package let record: Int
    package let note: String

    package init(record: Int, note: String) {
      self.record = record
      self.note = note
    }
  }

  package let id: String
  /// The file's name in the definitions.
  package let file: String
  package let title: String
  /// The number of data records of the file.
  package let population: Int
  /// The number of records drawn by lot, and the number added for their rare states.
  package let drawn: Int
  package let rare: Int
  /// In hundredths of a per cent.
  package let confidence: Int
  package let rate: Int
  package let run: String
  /// SHA-256 of the file's bytes, and of the list that was drawn.
  package let data: String
  package let list: String
  package let drawnBy: String
  package let drawnAt: String
  package let different: [Difference]
  package let comparedBy: String
  package let comparedAt: String
  package let confirmedBy: String
  package let confirmedAt: String

  package init(_ row: RegisterRow) {
    id = row.id
    file = row.text(Field.file)
    title = row.text(Field.title)
    population = row.integer(Field.population) ?? 0
    drawn = row.integer(Field.drawn) ?? 0
    rare = row.integer(Field.rare) ?? 0
    confidence = row.integer(Field.confidence) ?? 0
    rate = row.integer(Field.rate) ?? 0
    run = row.text(Field.run)
    data = row.text(Field.data)
    list = row.text(Field.list)
    drawnBy = row.text(Field.drawnBy)
    drawnAt = row.text(Field.drawnAt)
    different = (row[Field.different].list ?? []).map {
      Difference(record: $0[0].integer ?? 0, note: $0[1].text ?? "")
    }
    comparedBy = row.text(Field.comparedBy)
    comparedAt = row.text(Field.comparedAt)
    confirmedBy = row.text(Field.confirmedBy)
    confirmedAt = row.text(Field.confirmedAt)
  }

  /// The number of records to compare.
  package var count: Int { drawn + rare }
  package var isConfirmed: Bool { !confirmedBy.isEmpty }

  /// The upper bound of wrong records in the file; `nil` until the sample has been compared. A wrong record that was
  /// drawn for its rare state counts as if it had been drawn by lot.
  package var mostWrong: Int? {
    guard !comparedBy.isEmpty, drawn > 0 else { return nil }
    return SampleSize(population: population, confidence: confidence)
      .mostWrong(drawn: drawn, different: min(drawn, different.count))
  }

  package var state: Bilingual {
    isConfirmed
      ? Bilingual("確認済", "confirmed")
      : comparedBy.isEmpty ? Bilingual("抽出済", "drawn") : Bilingual("照合済（確認待ち）", "compared, to be confirmed")
  }

  /// Enters people's findings.
  ///
  /// - Parameters:
  ///   - compared: the number of records compared: all of the sample.
  ///   - numbers: the records of the sample.
  /// - Throws: `register.transition` when another person has confirmed it, `sample.incomplete`, `register.unknown` for a
  ///   record that was not drawn, `register.missing` for a difference without a description.
  package func compared(
    _ compared: Int, different: [Difference], among numbers: [Int], by person: String, at now: String
  ) throws(Diagnostic) -> Amendment {
    guard !isConfirmed else {
      throw Diagnostic(.registerTransition, at: Place(record: id), "confirmed", "enter", "drawn, compared")
    }
    guard compared == count else {
      throw Diagnostic(.sampleIncomplete, at: Place(record: id), String(compared), String(count))
    }
    for difference in different {
      guard numbers.contains(difference.record) else {
        throw Diagnostic(.registerUnknown, String(difference.record), id, "…")
      }
      try Required.text(difference.note, "what differs", Place(record: "\(id) \(difference.record)"))
    }
    return Change<Sample>(id, "compare")
      .set(.different, .list(different.map { .list([.integer($0.record), .text($0.note)]) }))
      .set(.comparedBy, person).set(.comparedAt, now).clear(.confirmedBy, .confirmedAt).amendment
  }

  /// Enters another person's confirmation of the findings.
  ///
  /// - Throws: `register.missing` before it was compared, `ledger.foureyes`.
  package func confirmed(by person: String, at now: String) throws(Diagnostic) -> Amendment {
    try Required.text(comparedBy, "compared", Place(record: id))
    try FourEyes.check(id, person, [comparedBy])
    return Change<Sample>(id, "confirm").set(.confirmedBy, person).set(.confirmedAt, now).amendment
  }

  /// Enters a drawn sample.
  ///
  /// - Parameter list: SHA-256 of the list of records.
  package static func drawn(
    _ id: String, _ file: String, title: String, population: Int, drawn: Int, rare: Int, confidence: Int, rate: Int,
    run: String, data: String, list: String, seed: String, by person: String, at now: String
  ) -> Amendment {
    Change<Sample>(id, "draw").set(.file, file).set(.title, title).set(.population, population).set(.drawn, drawn)
      .set(.rare, rare).set(.confidence, confidence).set(.rate, rate).set(.run, run).set(.data, data).set(.list, list)
      .set(.seed, seed).set(.drawnBy, person).set(.drawnAt, now).amendment
  }
}
