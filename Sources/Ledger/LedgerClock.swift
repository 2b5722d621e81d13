import Base
import Foundation
import SQLite

/// Tests of the computer's clock before any entry.
enum LedgerClock {
  /// The largest number of days after the last entry without a person's confirmation of the clock. A ledger without an
  /// entry for more than a year and a month is less likely than an empty clock battery.
  static let daysAtMost = 400

  /// - Throws: `ledger.clock` when the clock is before the last entry, `ledger.jump` when it is more than
  ///   ``daysAtMost`` days after it.
  static func check(_ now: String, after last: String, _ path: String) throws(Diagnostic) {
    if now < last { throw Diagnostic(.ledgerClock, at: Place(file: path), now, last) }
    if let days = days(from: last, to: now), days > daysAtMost {
      throw Diagnostic(.ledgerJump, at: Place(file: path), now, last, String(daysAtMost))
    }
  }

  private static func days(from last: String, to now: String) -> Int? {
    guard let last = try? Date(last, strategy: .iso8601), let now = try? Date(now, strategy: .iso8601) else {
      return nil
    }
    return Int(now.timeIntervalSince(last) / 86_400)
  }
}

extension LedgerReading {
  /// The last entry; `nil` for an empty ledger.
  ///
  /// - Throws: `ledger.chain` when it is not as it was entered.
  package func last() throws(Diagnostic) -> Entry? {
    let row = try prepare("SELECT number, text, digest FROM entry ORDER BY number DESC LIMIT 1")
    guard try row.next() else { return nil }
    let number = row[0].exactInteger
    guard let text = row[1].text, let entry = Entry(text), entry.number == number,
      SHA256.digest(of: text) == row[2].text
    else { throw Diagnostic(.ledgerChain, at: Place(file: ledger.path, record: number)) }
    return entry
  }

  /// Compares the clock with the last entry: before work begins, and before anything is entered.
  ///
  /// - Throws: `ledger.clock`, `ledger.jump`; `ledger.chain` when the last entry is not as it was entered.
  package func checkClock(_ now: String) throws(Diagnostic) {
    if let last = try last() { try LedgerClock.check(now, after: last.at, ledger.path) }
  }
}

extension LedgerWriting {
  /// Enters that the clock is right, whatever the time of the last entry. Later entries are dated by the clock again.
  ///
  /// - Returns: the previous entry.
  /// - Throws: `ledger.clock-right` when the clock agrees with the last entry.
  @discardableResult
  package func correctClock(by person: String, reason: String, at now: String) throws(Diagnostic) -> Entry {
    let place = Place(file: reading.ledger.path)
    guard let last = try reading.last() else { throw Diagnostic(.ledgerClockRight, at: place, now, "–") }
    if (try? LedgerClock.check(now, after: last.at, reading.ledger.path)) != nil {
      throw Diagnostic(.ledgerClockRight, at: place, now, last.at)
    }
    let correction = Correction.clock(
      try reading.nextCorrection(), after: last, reason: reason, by: person, at: now)
    try append([correction], by: person, at: now)
    return last
  }
}
