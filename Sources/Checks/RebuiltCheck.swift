import Base
import Decode
import Definitions
import Evidence
import Expressions
import Records

/// `rebuilt`: the round trip. Every record of a kind is rebuilt, item by item, from the rows of the target, and its bytes
/// are compared with those of the legacy file.
///
/// ```yaml
/// record: KESHARYO[30]
/// by: {年度: KE-FUKA-NENDO, 番号: KE-TSUCHI-NO}        # what identifies a record
/// from:
///   - table: 軽自動車税_賦課
///     by: {年度: 賦課年度, 番号: 通知書番号}              # the same, in a row
///     items: {KE-NENZEI: 税額}                          # each item and the expression over the row that it is rebuilt from
/// eras: {ja: …, en: …}                                 # dates, months and years may be written in either era; counted
/// canonical: {KE-MEMO: {ja: …, en: …}}                  # compared in one of several forms that mean the same; counted
/// lost: {KE-KOSHIN-ID: {ja: …, en: …}}                  # what the new system does not keep; counted
/// filler: spaces                                        # low-values, any
/// behind: {ja: …, en: …}                                # why occurrences behind a count may hold anything; counted
/// ```
///
/// The bytes are not compared record by record: each bucket of keys holds Σ hash(key, bytes) of the legacy records
/// minus that of the rows, as in `keys`, so that neither order nor number of records matters. Only when a sum is not
/// zero are both sides read again to find the items that differ.
struct RebuiltCheck: CheckKind {
  static let name = "rebuilt"
  static let purpose = Bilingual(
    "移行先の行から旧レコードを復元し、バイト単位で一致する", "legacy records rebuilt from the target's rows are the same, byte for byte")
  static let keys = ["record", "by", "where", "from", "eras", "canonical", "lost", "filler", "behind"]

  /// The rows of one table that carry items of the record.
  struct Part: Sendable {
    let image: RecordImage
    /// The number of occurrences of the table (OCCURS) whose entries are the rows; 1 for the record itself.
    let occurrences: Int
    /// Whether the rows hold the number of their occurrence.
    let isOrdered: Bool
    /// The reason why they do not, with the table's name.
    let disorder: (table: String, reason: Bilingual)?
    /// Items, by their index in the image, that are compared in a canonical form.
    let canonical: [Int]
    /// The image of a record, or an occurrence, without a row.
    let blank: [UInt8]
  }

  /// An item that no row carries, and the way it is checked.
  struct Loss: Sendable {
    let item: String
    let offsets: [Int]
    /// The first of the columns that show which occurrences a record has; `nil` when every record has all.
    let presence: Int?
    let blank: [UInt8]
    let reason: Bilingual
  }

  /// Bytes that have one value in every record.
  struct Constant: Sendable {
    let offset: Int
    let bytes: [UInt8]
    /// The column that shows which records have them; `nil` when all records do.
    let presence: Int?
  }

  /// An occurrence of an item that must be blank in a record without it: behind the count of its table.
  struct Behind: Sendable {
    let item: String
    let privacy: Privacy
    let offset: Int
    /// The bytes of the item before a value is written.
    let blank: [UInt8]
    /// The column that shows which records have the occurrence.
    let presence: Int
  }

  static func compile(_ map: DefinitionMap, _ sources: CheckSources) -> (any CheckBody)? {
    RebuiltReader(map, sources)?.read()
  }

  struct Body: CheckBody {
    var tells: Telling { .bytes }
    let terms: [Term]
    let keyNames: [String]
    let parts: [Part]
    /// The part that every record has: records are counted and examined as a whole by it.
    let lead: Int
    let canonical: [(item: String, reason: Bilingual, isEra: Bool)]
    let losses: [Loss]
    let constants: [Constant]
    let behind: [Behind]
    /// The reason why bytes behind counts are not compared; `nil` when they must be blank.
    let behindReason: Bilingual?
    /// The number of bytes of the record, and of those that may have any value.
    let length: Int
    let ignored: Int
    /// The byte of a space.
    let space: UInt8

    func summary(_ scratch: Scratch) -> any CheckSummary { RebuiltSums(self) }

    func conclude(_ summary: any CheckSummary, _ files: [RunEvidence.FileEvidence]) -> Finding {
      guard let sums = summary as? RebuiltSums else { return Finding(why: Bilingual("", "")) }
      var finding = Finding(
        why: Bilingual(
          "\(sums.records)件を移行先の\(sums.rows)行から復元し、全バイト一致",
          "\(sums.records) records rebuilt from \(sums.rows) rows, equal in every byte"))
      finding.expectedRows = sums.records
      finding.actualRows = sums.rows
      finding.unreadable = sums.unreadable
      finding.differences = sums.differing.count
      if finding.differences > 0 { finding.why = Bilingual("復元できないレコードあり", "records cannot be rebuilt") }
      finding.account = account(sums)
      return finding
    }

    private func account(_ sums: RebuiltSums) -> ByteAccount {
      let rebuilt = parts.reduce(0) { $0 + $1.image.length * $1.occurrences }
      let lost = losses.reduce(0) { $0 + $1.blank.count * $1.offsets.count }
      let constant = constants.reduce(0) { $0 + $1.bytes.count }
      return ByteAccount(
        length: length, rebuilt: rebuilt, constant: constant, lost: lost, ignored: ignored,
        forms: zip(canonical, sums.otherForms).filter { $1 > 0 || !$0.isEra }.map {
          .init(item: $0.item, records: $1, reason: $0.reason)
        }
          + parts.indices.compactMap { index in
            parts[index].disorder.map { .init(item: $0.table, records: sums.entries[index], reason: $0.reason) }
          } + (behindReason.map { [.init(item: "DEPENDING ON", records: sums.behind, reason: $0)] } ?? []),
        losses: zip(losses, sums.lost).map { .init(item: $0.item, records: $1, reason: $0.reason) })
    }

    func localiser(_ summary: any CheckSummary, without rejected: (any CheckSummary)?) -> (any Localiser)? {
      guard let sums = summary as? RebuiltSums, !sums.differing.isEmpty else { return nil }
      return RebuiltLocaliser(self, sums.differing)
    }
  }
}

extension RebuiltCheck.Body {
  /// An item of a rebuilt record, with the kind of its bytes before and after.
  package func pattern(of line: CheckResult.Line) -> Bilingual? {
    guard line.key.count >= 3 else { return nil }
    let item = line.key[line.key.count - 3].split(separator: "[").first.map(String.init) ?? ""
    let old = Self.shape(line.key[line.key.count - 2])
    let new = Self.shape(line.key[line.key.count - 1])
    return Bilingual("\(item) \(old.ja)→\(new.ja)", "\(item) \(old.en) → \(new.en)")
  }

  private static func shape(_ text: String) -> Bilingual {
    guard text.hasPrefix("X'") else { return Bilingual(text, text) }
    let hex = text.dropFirst(2).dropLast()
    let bytes = stride(from: 0, to: hex.count - 1, by: 2).compactMap {
      UInt8(hex.dropFirst($0).prefix(2), radix: 16)
    }
    if bytes.allSatisfy({ $0 == 0x40 || $0 == 0x20 }) { return Bilingual("空白", "spaces") }
    if bytes.allSatisfy({ $0 == 0xFF }) { return Bilingual("入らない値", "a value that does not fit") }
    if bytes.allSatisfy({ $0 >= 0xF0 && $0 <= 0xF9 }) { return Bilingual("数字", "digits") }
    if let last = bytes.last, [0xC, 0xD, 0xF].contains(last & 15),
      bytes.dropLast().allSatisfy({ $0 & 15 <= 9 && $0 >> 4 <= 9 })
    {
      let isZero = bytes.dropLast().allSatisfy { $0 == 0 } && last >> 4 == 0
      return isZero ? Bilingual("0", "0") : Bilingual("数値", "a number")
    }
    return Bilingual("文字", "text")
  }
}
