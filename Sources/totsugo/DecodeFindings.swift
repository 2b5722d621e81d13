import Commands
import Tables
import Base
import Decode
import Framing
import Records
import Report

/// Faults and oddities in the records of a legacy file, reported on standard error, the first ones one by one.
struct DecodeFindings {
  let reader: LegacyReader
  let plan: KindPlan
  let common: CommonOptions
  let isStrict: Bool
  private var invalid = 0
  /// Records for which the condition of `--where` has no value, because an item in it is invalid.
  private var undecided = 0
  private var told = 0
  /// Records with bytes that are in no item.
  private var unheld = 0
  /// By item, the number of values with shift codes that do not belong to its form.
  private var shifted: [String: Int] = [:]

  /// The number of findings that are reported one by one.
  private static let limit = 20

  init(reader: LegacyReader, plan: KindPlan, common: CommonOptions, isStrict: Bool) {
    self.reader = reader
    self.plan = plan
    self.common = common
    self.isStrict = isStrict
  }

  /// With `--strict`, the record of the block at which ``note(_:where:)`` stopped.
  private(set) var firstInvalid: Int?

  /// Whether each record is selected by `--where`. One for which the condition is invalid is left out and counted.
  mutating func select(_ filter: RecordFilter, _ decoder: KindDecoder, _ count: Int) -> [Bool] {
    filter.start(decoder, rows: count)
    let answers = (0..<count).map(filter.holds)
    undecided += answers.count { $0 == nil }
    return answers.map { $0 == true }
  }

  /// Notes the faults in the reader's current block.
  ///
  /// - Parameter rows: whether each of its records is selected; `nil` selects all.
  /// - Throws: with `--strict`, the first invalid value.
  mutating func note(_ block: RecordBlock, where rows: [Bool]? = nil) throws {
    for found in reader.faults where rows?[found.record] ?? true {
      invalid += 1
      let isShifted = found.fault == .strayShift && plan.fields[found.field].mayBeMixed
      if isShifted { shifted[plan.fields[found.field].name, default: 0] += 1 }
      guard isStrict || invalid <= Self.limit else { continue }
      let field = plan.fields[found.field]
      let place = Place(
        file: reader.frames.path, record: reader.firstRecord + found.record,
        offset: reader.offset(of: found.record), field: field.title(found.occurrence))
      let bytes =
        field.privacy == .open
        ? reader.decoder.bytes(found.field, found.occurrence, found.record, of: block) : Privacy.mask
      let words = Words(language: common.language()).fault(found.fault.code)
      let what = "\(words) [\(found.fault.code)]"
      let diagnostic =
        isShifted
        ? Diagnostic(.decodeShifted, at: place, what, bytes, field.name)
        : Diagnostic(.decodeInvalid, at: place, what, bytes)
      if isStrict {
        firstInvalid = found.record
        throw diagnostic
      }
      common.say(diagnostic.message(common.language()))
    }
    if !plan.hasFixedPlaces {
      unheld += (0..<block.count).count { reader.decoder.unheldBytes($0, of: block) > 0 }
    }
    tellDamage()
  }

  private mutating func tellDamage() {
    for damage in reader.frames.damages.dropFirst(told).prefix(max(0, Self.limit - told)) {
      common.say(damage.diagnostic(file: reader.frames.path).message(common.language()))
    }
    told = max(told, min(reader.frames.damages.count, Self.limit))
  }

  /// Reports the counts.
  ///
  /// - Throws: exit code 1 when a value was invalid, a place was damaged, or a record was not read completely.
  ///
  /// - Parameters:
  ///   - orphans: the first records without the parent that they need; `count` is the number of all.
  mutating func conclude(orphans: [Int] = [], count: Int = 0) throws {
    tellDamage()
    for record in orphans.prefix(Self.limit) {
      let place = Place(file: reader.frames.path, record: record)
      common.say(Diagnostic(.decodeOrphan, at: place).message(common.language()))
    }
    let isJapanese = common.language() == .japanese
    func tell(_ count: Int, _ japanese: String, _ english: String) {
      if count > 0 { common.say(isJapanese ? "\(japanese) \(count)件" : "\(count) \(english)") }
    }
    tell(invalid, "不正な値", invalid > Self.limit ? "invalid value(s), the first \(Self.limit) told" : "invalid value(s)")
    for (name, count) in shifted.sorted(by: { $0.key < $1.key }) {
      common.say(
        Diagnostic(.decodeShiftedItem, at: Place(file: reader.frames.path), name, String(count))
          .message(common.language()))
    }
    tell(undecided, "--where の項目が不正で判断できないレコード", "record(s) left out: an item of --where is invalid")
    tell(count, "親のないレコード", "record(s) without their parent")
    tell(reader.frames.damageCount, "壊れた箇所", "damaged place(s) in the file")
    tell(reader.longer, "レイアウトより長いレコード(余りは読んでいません)", "record(s) longer than the layout (the rest is not decoded)")
    tell(reader.shorter, "レイアウトより短いレコード(ない項目は値なし)", "record(s) shorter than the layout (what is missing is null)")
    tell(unheld, "選ばれた再定義・反復のどの項目にも入らないバイト（空白以外）を持つレコード", "record(s) with bytes, not blank, that no item holds")
    let skips = FramingTally.Skip.allCases.filter { [.short, .invalid, .emptyLine, .padding].contains($0) }
    tell(skips.reduce(0) { $0 + reader.frames.tally.count($1) }, "規則により読み飛ばしたレコード", "record(s) passed over by rule")
    tell(reader.frames.tally.count(.endMark), "末尾のX'1A'(レコードではありません)", "X'1A' at the end: no record")
    for oddity in Oddity.allCases {
      tell(reader.decoder.oddities[oddity], "読替あり \(oddity.code)", "accepted: \(oddity.code)")
    }
    if invalid + undecided + count + reader.frames.damageCount + reader.longer > 0 { throw Failure.no }
  }
}
