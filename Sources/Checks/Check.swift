import Base
import Definitions
import Evidence
import Expressions
import Records

/// A check as `checks.yaml` defines it: its name, its severity, and the body that does the work.
package struct Check: Sendable {
  package let id: String
  package let kind: String
  package let category: String
  package let subsystem: String
  package let severity: Severity
  package let title: Bilingual
  package let formula: Bilingual
  /// 根拠: the law, article or page from which the expected values follow; `nil` when old and new are only compared with
  /// each other.
  package let rule: Bilingual?
  /// A failure is only a warning.
  package let warns: Bool
  /// A check without rows on either side is a result and not “nothing was compared”.
  package let mayBeEmpty: Bool
  package let place: Place
  package let body: any CheckBody

  /// A line as it may be shown: personal parts of the key and personal values masked, and personal numbers of single keys
  /// left out, which is said. Sums of whole groups are not personal.
  ///
  /// - Parameter reveals: shows what is personal; numbers of persons (個人番号) never.
  package func masked(_ line: CheckResult.Line, reveals: Bool = false) -> CheckResult.Line {
    func isHidden(_ privacy: Privacy) -> Bool { privacy.isMasked(reveals: reveals) }
    var shown = line
    for (index, privacy) in body.keyPrivacy.enumerated() where isHidden(privacy) && index < shown.key.count {
      shown.key[index] = Privacy.mask
    }
    if body.hidesMeasures, !line.expected.isEmpty, body.measurePrivacy.contains(where: isHidden) {
      shown.expected = []
      shown.actual = []
      var sides = line.sides ?? .init(expected: .init(), actual: .init())
      // A side without a row says so.
      sides.expected.why = sides.expected.why ?? CheckResult.Line.Side.withheld
      sides.actual.why = sides.actual.why ?? CheckResult.Line.Side.withheld
      shown.sides = sides
    }
    func mask(_ side: inout CheckResult.Line.Side) {
      for index in side.values.indices {
        guard let privacy = side.values[index].privacy.flatMap(Privacy.init(rawValue:)), isHidden(privacy) else {
          continue
        }
        side.values[index].text = Privacy.mask
        side.why = CheckResult.Line.Side.withheld
      }
    }
    if var sides = shown.sides {
      mask(&sides.expected)
      mask(&sides.actual)
      shown.sides = sides
    }
    return shown
  }

  /// The sources the check reads.
  package var sources: Set<Source> { body.sources }
}

/// A kind of check: its name in definitions, its keys, and how it is compiled. One file each; ``CheckCatalog`` lists
/// them.
package protocol CheckKind: Sendable {
  static var name: String { get }
  static var purpose: Bilingual { get }
  /// The keys a definition of this kind may have, beside the common ones.
  static var keys: [String] { get }

  /// - Returns: `nil` after adding diagnostics to the map's problems.
  static func compile(_ map: DefinitionMap, _ sources: CheckSources) -> (any CheckBody)?
}

/// What a line of a check tells.
package enum Telling: Sendable {
  /// Rows, or sums over rows, of a key.
  case rows
  /// Something that refers to nothing, or must not be there.
  case reference
  /// A fault or an oddity of decoding, and how often.
  case fault
  /// Bytes of a record that differ.
  case bytes
  /// A record out of its place in the file.
  case place
  /// A key that several rows have.
  case repetition
  /// A row that does not follow the one before.
  case step
  /// A value that its column does not allow.
  case value

  /// Whether the keys of the terms, row by row, are those of the lines.
  var hasRowKeys: Bool { self == .rows || self == .reference || self == .repetition }
}

/// A compiled check.
package protocol CheckBody: Sendable {
  var terms: [Term] { get }
  /// What it says nothing of where it was not read: the sources of the terms, where it has any.
  var sources: Set<Source> { get }
  var keyNames: [String] { get }
  /// The privacy of each part of a line's key.
  var keyPrivacy: [Privacy] { get }
  var measureNames: [String] { get }
  /// Whether the numbers of its lines are personal: those of single keys may be, sums of whole groups are not.
  var hidesMeasures: Bool { get }
  /// The number by which sums are compared; unreduced for most.
  var modulus: Modulus { get }
  /// What a line of it tells, by which lines are gathered to causes.
  var tells: Telling { get }
  /// The file and the code of the faults for which the records were rejected that a line counts; `nil` for other lines.
  func faults(of line: CheckResult.Line) -> (file: String, code: String)?
  /// The pattern of a difference, independent of the person; `nil` when its amounts determine it.
  func pattern(of line: CheckResult.Line) -> Bilingual?
  var expectedFrom: [CheckSide] { get }
  var actualFrom: [CheckSide] { get }

  /// An empty summary; each shard has its own.
  ///
  /// - Parameter scratch: storage for data that does not fit into memory.
  func summary(_ scratch: Scratch) -> any CheckSummary

  /// The finding of the merged summary.
  func conclude(_ summary: any CheckSummary, _ files: [RunEvidence.FileEvidence]) -> Finding

  /// The terms of the expected side, so that a check with the same terms may observe them for this one; `nil` when this
  /// check must observe its own.
  var shared: [TermIdentity]? { get }

  /// A localiser that finds every single difference in a second reading; `nil` when the summary already has them all.
  ///
  /// - Parameter rejected: the summary of the records that were not migrated, alone, with their keys noted (``KeyNoting``):
  ///   what differs only by them need not be looked for among all others. `nil` when they are not known.
  func localiser(_ summary: any CheckSummary, without rejected: (any CheckSummary)?) -> (any Localiser)?
}

extension CheckBody {
  package func localiser(_ summary: any CheckSummary, without rejected: (any CheckSummary)?) -> (any Localiser)? { nil }
  package var shared: [TermIdentity]? { nil }
  package var hidesMeasures: Bool { false }
  package var modulus: Modulus { Modulus() }
  package var tells: Telling { .rows }
  package func faults(of line: CheckResult.Line) -> (file: String, code: String)? { nil }
  package func pattern(of line: CheckResult.Line) -> Bilingual? { nil }
  package var sources: Set<Source> { Set(terms.map(\.source)) }
  package var keyNames: [String] { [] }
  package var measureNames: [String] { [] }
  package var expectedFrom: [CheckSide] { Self.sides(terms.filter { $0.side == .expected }) }
  package var actualFrom: [CheckSide] { Self.sides(terms.filter { $0.side == .actual }) }

  /// Who may see each part of the key, and each number.
  package var keyPrivacy: [Privacy] { Self.strictest(terms.map { $0.keys.map(\.privacy) }) }
  package var measurePrivacy: [Privacy] { Self.strictest(terms.map { $0.measures.map(\.privacy) }) }

  private static func strictest(_ lists: [[Privacy]]) -> [Privacy] {
    let width = lists.map(\.count).max() ?? 0
    return (0..<width).map { index in
      lists.reduce(.open) { index < $1.count ? Privacy.stricter($0, $1[index]) : $0 }
    }
  }

  static func sides(_ terms: [Term]) -> [CheckSide] {
    let sides = Set(terms.map(\.reads))
    return CheckSide.allCases.filter(sides.contains)
  }
}

/// The state of a check after the rows seen so far. Observing and merging give the same result in any order and any
/// division into shards.
package protocol CheckSummary: AnyObject {
  func observe(_ term: Term, _ rows: ObservedRows)
  /// Adds the observations of `other`, which has the same type and check.
  func merge(_ other: any CheckSummary)
  /// Takes over the expected side from the summary that observed it for both.
  func adopt(_ owner: any CheckSummary)
}

extension CheckSummary {
  package func adopt(_ owner: any CheckSummary) {}
}

/// A summary that can keep the keys of the rows that it observes; for few rows.
package protocol KeyNoting: CheckSummary {
  /// Called before anything is observed.
  func noteKeys()
}

/// Finds the single differences of a check that has failed.
package protocol Localiser: AnyObject {
  func observe(_ term: Term, _ rows: ObservedRows)
  /// Notes legacy records from which rows of a side that reads a table come, by the mapping: a difference names them, and
  /// nothing is judged by them. Called before the tables are read.
  ///
  /// - Parameter origin: the keys of the rows, over the records.
  func locate(_ origin: Term, _ rows: ObservedRows)
  /// Every difference, in order of the key or the record.
  func finish() -> [CheckResult.Line]
}

extension Localiser {
  package func locate(_ origin: Term, _ rows: ObservedRows) {}
}

/// The legacy records of the rows of both sides, by key.
struct RowOrigins {
  private var noted = BothSides<[UInt128: NotedRecords]>([:])

  mutating func note(_ place: UInt64, _ key: UInt128, _ side: Term.Side) {
    noted[side][key, default: NotedRecords()].note(place)
  }

  /// Adds them to a side that names no records of its own.
  func add(to side: inout CheckResult.Line.Side, _ key: UInt128, _ which: Term.Side, _ files: LegacyFiles) {
    guard side.records == nil, let noted = noted[which][key] else { return }
    side.records = files.records(noted)
  }

  func add(to sides: inout CheckResult.Line.Sides, _ key: UInt128, _ files: LegacyFiles) {
    add(to: &sides.expected, key, .expected, files)
    add(to: &sides.actual, key, .actual, files)
  }
}

/// The outcome of a check, before severity and policy turn it into a status.
package struct Finding {
  package var expectedRows = 0
  package var actualRows = 0
  package var differences = 0
  package var unreadable = 0
  package var lines: [CheckResult.Line] = []
  package var why: Bilingual
  /// The account of every byte of the record, for a `rebuilt` check.
  package var account: ByteAccount?

  package init(why: Bilingual) { self.why = why }

  /// Adds to the reason the number of differences that rules accept.
  func tell(accepted: Int, _ why: inout Bilingual) {
    why = Bilingual("\(why.ja)、うち了承済み\(accepted)件", "\(why.en), of which \(accepted) are accepted")
  }

  /// Adds to the reason that keys with sums of 0 count as missing keys, when the check says so.
  mutating func tell(zero reason: Bilingual?) {
    guard let reason, differences == 0 else { return }
    why = Bilingual(
      why.ja + "（合計が0のキーは無いものとして扱う: \(reason.ja)）",
      why.en + " (a key whose sums are 0 is as good as none: \(reason.en))")
  }
}

/// All kinds of checks.
package enum CheckCatalog {
  package static let kinds: [any CheckKind.Type] = [
    TotalsCheck.self,
    KeysCheck.self,
    EqualColumnsCheck.self,
    SettledCheck.self,
    RowsCheck.self,
    ReferencesCheck.self,
    DisjointCheck.self,
    ConsistentCheck.self,
    UniqueCheck.self,
    OrderedCheck.self,
    ReadableCheck.self,
    DecodedCheck.self,
    RebuiltCheck.self,
    SortedCheck.self,
  ]
}
