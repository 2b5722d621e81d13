import Base

/// Entries arranged in groups by their level numbers, with inherited clauses and numbers.
struct RecordTree {
  var root: DataItem

  /// The clauses of a group for the items below it.
  private struct Inherited {
    var usage: UsageClause?
    var sign: SignPosition?
    var synchronized = false
    var group = ""
  }

  init(_ entries: [DataItem], file: String, records: CopybookParser.RecordOrder) throws(Diagnostic) {
    var rest = entries[...]
    var roots = try Self.items(&rest, below: 0, Inherited())
    if let stray = roots.first, !stray.isRecord, let record = roots.first(where: \.isRecord) {
      let level = "level \(stray.level)"
      throw Diagnostic(
        .copybookSyntax, at: stray.place, level, "level 1, since \(record.name) of level \(record.level) follows")
    }
    if roots.count == 1, roots[0].isGroup {
      root = roots[0]
    } else {
      let areAlternatives = records == .alternatives && roots[0].isRecord
      for index in roots.indices.dropFirst() where areAlternatives && roots[index].redefines == nil {
        roots[index].redefines = roots[0].name
        // The first record follows the root.
        roots[index].redefinedIdentity = 1
      }
      root = DataItem(level: 0, name: "RECORD", place: entries[0].place)
      root.children = roots
    }
    var next = 0
    Self.number(&root, &next)
  }

  private static func number(_ item: inout DataItem, _ next: inout Int) {
    item.identity = next
    next += 1
    for index in item.children.indices { number(&item.children[index], &next) }
  }

  private static func items(
    _ rest: inout ArraySlice<DataItem>, below level: Int, _ inherited: Inherited
  ) throws(Diagnostic) -> [DataItem] {
    var items: [DataItem] = []
    while var item = rest.first, item.nesting > level {
      rest.removeFirst()
      try inherit(&item, inherited)
      if let deeper = rest.first, deeper.nesting > item.nesting {
        guard item.picture == nil, item.level != 77 else {
          throw Diagnostic(
            .copybookSyntax, at: item.place, "\(item.name) PIC \(item.picture?.text ?? "")",
            "no picture, since \(deeper.name) of level \(deeper.level) follows")
        }
        for clause in ["BLANK WHEN ZERO", "JUSTIFIED"] {
          guard let place = item.clausePlaces[clause] else { continue }
          throw Diagnostic(.copybookSyntax, at: place, "\(item.name) \(clause)", "this clause at an elementary item")
        }
        let group = Inherited(
          usage: item.usageClause ?? inherited.usage, sign: item.signClause ?? inherited.sign,
          synchronized: item.synchronized, group: item.usageClause == nil ? inherited.group : item.name)
        item.children = try self.items(&rest, below: item.nesting, group)
      } else {
        try check(&item)
      }
      items.append(item)
    }
    return items
  }

  private static func inherit(_ item: inout DataItem, _ inherited: Inherited) throws(Diagnostic) {
    if let group = inherited.usage {
      guard item.usageClause ?? group == group else {
        throw Diagnostic(
          .copybookSyntax, at: item.usagePlace ?? item.place, "\(item.name) \(item.usage.rawValue)",
          "\(group.usage.rawValue), the usage of the group \(inherited.group)")
      }
      item.usageClause = group
      item.usage = group.usage
    }
    item.synchronized = item.synchronized || inherited.synchronized
    let isSigned = item.picture.map { $0.category == .numeric && $0.signed } ?? false
    item.sign = item.signClause ?? (isSigned ? inherited.sign : nil) ?? SignPosition()
  }

  /// Usage, picture and other clauses of an elementary item must be compatible (COBOL 2002, 13.16; cobc refuses the
  /// same).
  private static func check(_ item: inout DataItem) throws(Diagnostic) {
    try checkUsage(&item)
    let picture = item.picture
    let isNumber = picture?.category == .numeric && (item.usage == .display || item.usage == .national)
    func refuse(_ clause: String, unless fits: Bool, _ expected: String) throws(Diagnostic) {
      guard let place = item.clausePlaces[clause], !fits else { return }
      let written = picture.map { " PIC " + $0.text } ?? ""
      throw Diagnostic(
        .copybookSyntax, at: place, "\(item.name)\(written) \(item.usage.rawValue) \(clause)", expected)
    }
    try refuse("SIGN", unless: isNumber && picture?.signed == true, "SIGN only with S9 and USAGE DISPLAY or NATIONAL")
    let isEdited = picture?.editedScale != nil && !(picture?.text.contains("*") ?? false)
    try refuse(
      "BLANK WHEN ZERO", unless: isEdited || (isNumber && picture?.signed == false),
      "this clause with an edited number, or with 9 and USAGE DISPLAY or NATIONAL")
    try refuse(
      "JUSTIFIED", unless: picture?.category == .alphanumeric || picture?.category == .national,
      "this clause with a text (X, A, N, G)")
  }

  private static func checkUsage(_ item: inout DataItem) throws(Diagnostic) {
    func misfit(_ expected: String) -> Diagnostic {
      let picture = item.picture.map { " PIC " + $0.text } ?? ""
      return Diagnostic(.copybookSyntax, at: item.place, "\(item.name)\(picture) \(item.usage.rawValue)", expected)
    }
    if let width = item.usageClause?.width {
      guard item.picture == nil else { throw misfit("no picture for this usage") }
      item.picture = UsageClause.picture(width: width, signed: !item.isUnsigned)
      return
    }
    if item.usage.hasNoPicture {
      guard item.picture == nil else { throw misfit("no picture for this usage") }
      return
    }
    guard let picture = item.picture else {
      throw Diagnostic(.copybookSyntax, at: item.place, item.name, "a picture or items below")
    }
    switch item.usage {
    case .byteBinary, .packedUnsigned:
      guard picture.category == .numeric || picture.category == .alphanumeric else {
        throw misfit("a numeric picture, or X, for this usage")
      }
      // A sign needs its half-byte: compilers then treat COMP-6 as COMP-3.
      if picture.signed, item.usage == .packedUnsigned { item.usage = .packed }
    case .national:
      guard picture.category != .alphanumeric else { throw misfit("PIC N or a number for this usage") }
    case .doubleByte:
      guard picture.category == .national else { throw misfit("PIC G or N for this usage") }
    case .display: break
    default:
      guard picture.category == .numeric else { throw misfit("a numeric picture for this usage") }
    }
  }
}
