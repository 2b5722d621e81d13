import Base
import Ledger

/// 業務別バッチ処理時間: the hours that the old system's batch of a business took in a year.
package struct Business: RegisterRecord {
  package enum Field: Int, RegisterField {
    case titleJa, titleEn, hours, replaced

    package var kind: RegisterSchema.Kind { self == .hours ? .integer : .text }
  }

  package static let register = RegisterSchema("business", Field.self)

  package let id: String
  package let title: Bilingual
  /// Hours in a year.
  package let hours: Int
  /// Whether the new system takes it over.
  package let isReplaced: Bool

  package init(_ row: RegisterRow) {
    id = row.id
    title = Bilingual(row.text(Field.titleJa), row.text(Field.titleEn))
    hours = row.integer(Field.hours) ?? 0
    isReplaced = row.text(Field.replaced) == "yes"
  }
}

/// A batch job of the new system as it was measured.
package struct BatchRun: RegisterRecord {
  package enum Field: Int, RegisterField {
    case business, job, day, seconds, timesAYear, enteredBy

    package var kind: RegisterSchema.Kind {
      switch self {
      case .seconds, .timesAYear: .integer
      default: .text
      }
    }
  }

  package static let register = RegisterSchema("batch_run", Field.self)

  package let id: String
  package let business: String
  package let job: String
  package let day: String
  package let seconds: Int
  package let timesAYear: Int

  package init(_ row: RegisterRow) {
    id = row.id
    business = row.text(Field.business)
    job = row.text(Field.job)
    day = row.text(Field.day)
    seconds = row.integer(Field.seconds) ?? 0
    timesAYear = row.integer(Field.timesAYear) ?? 0
  }

  /// - Throws: `register.missing` for impossible times.
  package static func measured(
    _ id: String, business: String, job: String, day: String, seconds: Int, timesAYear: Int, by person: String
  ) throws(Diagnostic) -> Amendment {
    // A job takes no longer than a year and does not run every second.
    guard (1...31_622_400).contains(seconds), (1...31_622_400).contains(timesAYear), !job.isEmpty else {
      throw Diagnostic(
        .registerMissing, at: Place(record: id), "--job, --seconds 1…31622400, --times-a-year 1…31622400")
    }
    return Change<BatchRun>(id, "measure").set(.business, business).set(.job, job).set(.day, day)
      .set(.seconds, seconds).set(.timesAYear, timesAYear).set(.enteredBy, person).amendment
  }
}

/// The old hours of a business beside the measured times of the new system.
package struct BatchHours: Sendable {
  package let business: Business
  /// Jobs with their latest measured times.
  package let jobs: [BatchRun]

  package init(_ business: Business, _ runs: [BatchRun]) {
    self.business = business
    var latest: [String: BatchRun] = [:]
    for run in runs where run.business == business.id {
      if let known = latest[run.job], (known.day, known.id) > (run.day, run.id) { continue }
      latest[run.job] = run
    }
    jobs = latest.values.sorted { $0.job < $1.job }
  }

  /// Seconds in a year, from the latest time and the frequency of each job; `nil` while nothing has been measured.
  package var secondsAYear: Int? { jobs.isEmpty ? nil : jobs.reduce(0) { $0 + $1.seconds * $1.timesAYear } }
}
