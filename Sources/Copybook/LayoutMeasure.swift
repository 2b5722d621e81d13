import Base

/// Offsets and lengths of all items, for a dialect.
///
/// Redefining items begin at the redefined item, whichever is longer. Tables have their maximum length. SYNC places an
/// item on its boundary, counted from the record's beginning, and makes each occurrence of an enclosing table end on
/// the largest boundary within (IBM Enterprise COBOL, Language Reference, “Slack bytes within records”).
struct LayoutMeasure {
  private let dialect: Dialect
  /// The beginning of the record from which boundaries are counted.
  private var origin = 0

  init(_ dialect: Dialect) { self.dialect = dialect }

  mutating func record(_ root: inout DataItem) throws(Diagnostic) { _ = try measure(&root, at: 0) }

  /// Returns the number of bytes of the item, all occurrences together.
  private mutating func measure(_ item: inout DataItem, at offset: Int) throws(Diagnostic) -> Int {
    item.offset = offset
    if item.isRecord { origin = offset }
    if item.children.isEmpty {
      item.length = item.elementaryLength(dialect)
    } else {
      var end = offset
      for index in item.children.indices {
        var start = end
        if let first = try redefined(index, in: item) {
          item.children[index].redefinedIdentity = item.children[first].identity
          start = item.children[first].offset
        } else {
          start = aligned(end, firstBoundary(item.children[index]))
        }
        let size = try measure(&item.children[index], at: start)
        end = max(end, start + size)
      }
      item.length = end - offset
      let repeats = item.occurs > 1 || (item.isTable && dialect.hasMainframeSlack)
      if repeats { item.length = Self.roundedUp(item.length, largestBoundary(item)) }
    }
    let (total, overflows) = item.length.multipliedReportingOverflow(by: item.occurs)
    guard !overflows, total <= LayoutLimit.bytes - offset else {
      throw Diagnostic(.copybookSize, at: item.place, item.name, String(LayoutLimit.bytes))
    }
    return total
  }

  /// Index of the item that a child redefines: before it, with only other redefinitions between them.
  private func redefined(_ index: Int, in group: DataItem) throws(Diagnostic) -> Int? {
    let item = group.children[index]
    guard let target = item.redefines else { return nil }
    if let identity = item.redefinedIdentity {
      return group.children[..<index].firstIndex { $0.identity == identity }
    }
    var candidate = index - 1
    while candidate >= 0 {
      if group.children[candidate].name == target { return candidate }
      if group.children[candidate].redefines == nil { break }
      candidate -= 1
    }
    throw Diagnostic(.copybookRedefines, at: item.place, item.name, target)
  }

  // MARK: boundaries

  private func boundary(_ item: DataItem) -> Int {
    item.synchronized ? dialect.alignment(item.usage, length: item.elementaryLength(dialect)) : 1
  }

  /// The boundary of the item itself, or of the first item of a group.
  private func firstBoundary(_ item: DataItem) -> Int {
    guard let first = item.children.first else { return boundary(item) }
    return dialect.hasMainframeSlack ? firstBoundary(first) : 1
  }

  private func largestBoundary(_ item: DataItem) -> Int {
    item.children.isEmpty ? boundary(item) : item.children.reduce(1) { max($0, largestBoundary($1)) }
  }

  private func aligned(_ offset: Int, _ boundary: Int) -> Int { origin + Self.roundedUp(offset - origin, boundary) }

  private static func roundedUp(_ length: Int, _ boundary: Int) -> Int {
    (length + boundary - 1) / boundary * boundary
  }
}
