import Base
import Charset
import Copybook
import Decode
import Framing
import Profile
import Records

extension FileDraft {
  /// The decoding of one kind's records by one copybook, all redefinitions side by side.
  private final class Trial {
    let copybook: CopybookDraft
    let plan: KindPlan
    let decoder: KindDecoder
    var facts: [ItemFacts]

    init(_ copybook: CopybookDraft, _ reading: Interpretation, _ title: String) throws(Diagnostic) {
      self.copybook = copybook
      let everything = Set(copybook.layout.alternatives.joined().map(\.title))
      plan = try KindPlan.compile(title: title, layout: copybook.layout, choosing: everything, reading: reading)
      decoder = KindDecoder(plan)
      facts = plan.fields.map {
        ItemFacts(digits: $0.slot.item.picture?.category == .numeric ? $0.slot.item.picture?.digits ?? 0 : 0)
      }
    }

    func add(_ block: RecordBlock, _ records: [Int]) {
      decoder.decode(block)
      let placed = decoder.placed(block)
      for (index, field) in plan.fields.enumerated() {
        for occurrence in field.offsets.indices {
          let end = field.offsets[occurrence] + field.slot.item.length
          facts[index].add(decoder.columns[field.column + occurrence], records: records) { row in
            decoder.has(index, occurrence, row) && end <= placed.lengths?[row] ?? end
          }
        }
      }
    }

    /// Faults for each value of the items of a choice; a copybook of other records has many.
    func faultShare(choosing chosen: Set<String>) -> Double {
      let inside = Set(copybook.layout.slots(choosing: chosen).map(\.item.identity))
      var (values, faults) = (0, 0)
      for (field, facts) in zip(plan.fields, facts) where inside.contains(field.slot.item.identity) {
        values += facts.values
        // Blanks in a number are seldom what a record means.
        faults += facts.faults + (field.codec.type == .text ? 0 : facts.nulls)
      }
      return Double(faults) / Double(max(1, values))
    }
  }

  /// Reads all records once more, each kind by its copybooks, and decides what each kind is.
  ///
  /// - Parameter controls: copybooks without data of their own, which may be those of headers and trailers.
  func profile(_ characters: CharacterSet, _ dialect: Dialect, controls: [CopybookDraft]) throws(Diagnostic) {
    let place = (kindItem?.offset ?? 0)..<(kindItem.map { $0.offset + $0.length } ?? 0)
    var reading = Interpretation(characters)
    reading.dialect = dialect
    // What is blank is counted, not refused.
    reading.blanks = BlankRule(spaces: .null, lowValues: .null)
    let roles = values.map { value -> KindDraft.Role in
      guard values.count > 1, value.count == 1 else { return .data }
      return value.first == 1 ? .header : value.last == records ? .trailer : .data
    }
    var trials: [[Trial]] = []
    for (value, role) in zip(values, roles) {
      let title = "\(id)[\(Self.text(value.bytes, characters))]"
      var own = [try Trial(copybook, reading, title)]
      if role != .data {
        for control in controls where control.layout.length == copybook.layout.length || !format.format.form.isFixed {
          own.append(try Trial(control, reading, title))
        }
        for control in controls where control.layout.length < copybook.layout.length && format.format.form.isFixed {
          own.append(try Trial(control, reading, title))
        }
      }
      trials.append(own)
    }
    let kinds = Dictionary(values.enumerated().map { ($1.bytes, $0) }) { first, _ in first }
    let reader = try RecordReader(path: path, format: format.format, layoutLength: copybook.layout.length)
    var starts = [[Int]](repeating: [], count: values.count)
    var lengths = starts
    var numbers = starts
    var known: [UInt8] = []
    while let block = try reader.next() {
      try Interruption.check()
      for kind in values.indices {
        starts[kind].removeAll(keepingCapacity: true)
        lengths[kind].removeAll(keepingCapacity: true)
        numbers[kind].removeAll(keepingCapacity: true)
      }
      for row in 0..<block.count {
        let length = block.lengths?[row] ?? reader.recordLength
        guard place.upperBound <= length else { continue }
        let start = block.base + block.starts[row] + place.lowerBound
        known.removeAll(keepingCapacity: true)
        known.append(contentsOf: UnsafeBufferPointer(start: start, count: place.count))
        guard let kind = kinds[known] else { continue }
        starts[kind].append(block.starts[row])
        lengths[kind].append(length)
        numbers[kind].append(reader.firstRecord + row)
      }
      for kind in values.indices where !starts[kind].isEmpty {
        starts[kind].withUnsafeBufferPointer { starts in
          lengths[kind].withUnsafeBufferPointer { lengths in
            let rows = RecordBlock(base: block.base, starts: starts, lengths: lengths)
            for trial in trials[kind] { trial.add(rows, numbers[kind]) }
          }
        }
      }
    }
    self.kinds = try values.indices.map { index throws(Diagnostic) in
      try kind(values[index], roles[index], trials[index], characters)
    }
  }

  /// The code of a kind; the only kind of a file without one has any name.
  static func text(_ bytes: [UInt8], _ characters: CharacterSet) -> String {
    if bytes.isEmpty { return "data" }
    return characters.decode(.single, bytes: bytes).0
  }

  private func kind(
    _ value: RawKind, _ role: KindDraft.Role, _ trials: [Trial], _ characters: CharacterSet
  ) throws(Diagnostic) -> KindDraft {
    let code = Self.text(value.bytes, characters)
    // The file's own copybook, unless another one reads the record better.
    let choices = trials.map { trial in trial.copybook.layout.alternatives.map { self.choice($0, trial, code, role) } }
    let shares = zip(trials, choices).map { trial, choice in trial.faultShare(choosing: Set(choice.map(\.title))) }
    guard let best = shares.indices.min(by: { (shares[$0], $0) < (shares[$1], $1) }) else {
      throw Diagnostic(.draftKind, at: Place(file: path), code)
    }
    let (trial, choose) = (trials[best], choices[best])
    let layout = trial.copybook.layout
    let redefined = Self.redefined(layout)
    let chosen = Set(choose.map(\.title))
    let slots = layout.slots(choosing: chosen).filter { !$0.item.isFiller }
    let known = Dictionary(zip(trial.plan.fields, trial.facts).map { ($0.slot.item.identity, $1) }) { first, _ in first
    }
    let fields = slots.compactMap { slot in
      known[slot.item.identity].map {
        FieldDraft(
          name: slot.name, slot: slot, comment: trial.copybook.comment(slot.item), facts: $0,
          isSpecific: redefined[slot.item.identity] != nil)
      }
    }
    return KindDraft(
      code: code, bytes: value.bytes, records: value.count, role: role, copybook: trial.copybook, choose: choose,
      fields: fields)
  }

  /// The redefinition that a kind uses: the one that is named after it, else the one whose items its bytes fit best.
  private func choice(
    _ groups: [DataItem], _ trial: Trial, _ code: String, _ role: KindDraft.Role
  ) -> (title: String, evidence: String) {
    let scores = groups.map { group -> (score: Double, faults: Int, values: Int) in
      var inside: Set<Int> = []
      func visit(_ item: DataItem) {
        inside.insert(item.identity)
        item.children.forEach(visit)
      }
      visit(group)
      var (score, faults, values) = (0.0, 0, 0)
      for (field, facts) in zip(trial.plan.fields, trial.facts) where inside.contains(field.slot.item.identity) {
        let isNumber = field.codec.type != .text
        score +=
          isNumber ? Double(facts.values - facts.blanks - facts.faults) : 0.2 * Double(facts.values - facts.blanks)
        score -= Double(facts.faults) * 20 + Double(facts.nulls) * 0.5
        faults += facts.faults
        values += facts.values
      }
      return (score, faults, values)
    }
    let named = groups.indices.filter { NameSpelling.words(groups[$0].name).contains(code) }
    // Of several level 01 entries that read a trailer alike, the last one is the trailer's.
    let isLast = role == .trailer && groups.allSatisfy(\.isRecord)
    let best =
      groups.indices.max { (scores[$0].score, isLast ? $0 : -$0) < (scores[$1].score, isLast ? $1 : -$1) } ?? 0
    var index = best
    if named.count == 1, scores[named[0]].faults * 100 <= max(scores[named[0]].values, 1) { index = named[0] }
    let fault = FormatGuess.percent(1 - Double(scores[index].faults) / Double(max(1, scores[index].values)))
    let others = groups.indices.filter { $0 != index }.map { other in
      let share = FormatGuess.percent(1 - Double(scores[other].faults) / Double(max(1, scores[other].values)))
      return "\(groups[other].title) \(share)"
    }
    let word = named.contains(index) ? "named after the kind; " : ""
    return (groups[index].title, "\(word)\(fault) of its values can be read (\(others.joined(separator: ", ")))")
  }
}
