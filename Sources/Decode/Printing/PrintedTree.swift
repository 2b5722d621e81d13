import Base
import Copybook
import Records

/// Prints records under their parents: a record that has a child group belongs to the last record before it that has
/// the parent group, and is an item of an array there, under the child's name.
///
/// A child without a parent before it is printed as a separate record and counted. Holds one root record with all its
/// descendants.
package final class PrintedTree {
  /// A child group and its parent, both chosen by rules.
  package struct Link: Sendable {
    package let child: String
    package let parent: String

    package init(child: String, parent: String) {
      self.child = child
      self.parent = parent
    }
  }

  private final class Node {
    let rule: Int?
    let bytes: [UInt8]
    /// The place of the children.
    let end: Int
    var children: [(rule: Int, nodes: [Node])] = []

    init(rule: Int?, bytes: [UInt8], end: Int) {
      self.rule = rule
      self.bytes = bytes
      self.end = end
    }
  }

  /// Records, from 1, that have a child group and no parent before them: the first thousand.
  package private(set) var orphans: [Int] = []
  package private(set) var orphanCount = 0

  private let plan: KindPlan
  private let printer: RecordPrinter
  private let piece = ByteSink()
  private let sink: ByteSink
  private let parents: [Int: Int]
  private let names: [Int: String]
  /// The current root record and the last record of each generation below it.
  private var path: [Node] = []

  /// - Throws: `copybook.group` for a group that is not chosen by a rule.
  package init(layout: Layout, plan: KindPlan, links: [Link], sink: ByteSink) throws(Diagnostic) {
    self.plan = plan
    self.sink = sink
    printer = RecordPrinter(layout: layout, plan: plan, form: .ndjson, sink: piece, marksGroups: true)
    var parents: [Int: Int] = [:]
    var names: [Int: String] = [:]
    for link in links {
      let rules = try [link.child, link.parent].map { name throws(Diagnostic) in try plan.rules.rule(named: name) }
      parents[rules[0]] = rules[1]
      for rule in rules { names[rule] = plan.rules.name(of: rule) }
    }
    self.parents = parents
    self.names = names
  }

  /// Takes the records that `decoder` has just decoded; `first` is the number of the first one.
  ///
  /// - Throws: `output.write`.
  package func add(
    _ decoder: KindDecoder, _ block: RecordBlock, first: Int, where rows: [Bool]? = nil
  ) throws(Diagnostic) {
    for row in 0..<block.count where rows?[row] ?? true {
      try printer.print(decoder, block, row: row)
      let (bytes, marks) = piece.take()
      guard let mark = marks.first(where: { names[$0.rule] != nil }) else {
        try root(Node(rule: nil, bytes: bytes, end: 0))
        continue
      }
      guard let parent = parents[mark.rule] else {
        try root(Node(rule: mark.rule, bytes: bytes, end: mark.end))
        continue
      }
      guard let depth = path.lastIndex(where: { $0.rule == parent }) else {
        orphanCount += 1
        if orphans.count < 1000 { orphans.append(first + row) }
        try root(Node(rule: mark.rule, bytes: bytes, end: mark.end))
        continue
      }
      let child = Node(
        rule: mark.rule, bytes: Array(bytes[mark.begin...mark.end]), end: mark.end - mark.begin)
      let above = path[depth]
      if let kind = above.children.firstIndex(where: { $0.rule == mark.rule }) {
        above.children[kind].nodes.append(child)
      } else {
        above.children.append((mark.rule, [child]))
      }
      path.removeSubrange((depth + 1)...)
      path.append(child)
    }
  }

  /// Prints the last root record.
  ///
  /// - Throws: `output.write`.
  package func finish() throws(Diagnostic) {
    if let root = path.first { try emit(root) }
    path = []
  }

  private func root(_ node: Node) throws(Diagnostic) {
    try finish()
    path = [node]
  }

  private func emit(_ node: Node) throws(Diagnostic) {
    try put(node.bytes[..<node.end])
    var isFirst = node.end > 0 && node.bytes[node.end - 1] == UInt8(ascii: "{")
    for (rule, nodes) in node.children {
      try sink.put("\(isFirst ? "" : ",")\"\(names[rule] ?? "")\":[")
      isFirst = false
      for (index, child) in nodes.enumerated() {
        if index > 0 { try sink.put(",") }
        try emit(child)
      }
      try sink.put("]")
    }
    try put(node.bytes[node.end...])
  }

  private func put(_ bytes: ArraySlice<UInt8>) throws(Diagnostic) {
    var failure: Diagnostic?
    bytes.withUnsafeBufferPointer { bytes in
      do throws(Diagnostic) { try sink.put(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
