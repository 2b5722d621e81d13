import Base
import Foundation
import Office
import Registers
import Report
import Tables

/// 記録: a form whose entry is a new record, or an act on one. Only the registers decide what is permitted.
struct EntryForm {
  private let visit: Visit
  private let address: String

  /// - Parameter address: where the form is sent.
  init(_ visit: Visit, to address: String) {
    self.visit = visit
    self.address = address
  }

  /// A form with a button; empty for persons who may not enter.
  ///
  /// - Parameters:
  ///   - act: the word of the act, which ``act(of:)`` reads.
  ///   - revision: of the record as it is seen; the entry is refused when it has another then.
  func html(_ act: String, _ title: Bilingual, revision: Int? = nil, _ fields: [HTML]) -> HTML {
    guard visit.enters else { return "" }
    // What has no record yet is sent once.
    let seen: HTML =
      revision.map { "<input type=\"hidden\" name=\"revision\" value=\"\($0)\">" }
      ?? "<input type=\"hidden\" name=\"once\" value=\"\(Secret.random())\">"
    return """
      <form class="act" method="post" action="\(address)"><h3>\(visit.words(title))</h3>\
      <input type="hidden" name="key" value="\(visit.formKey)"><input type="hidden" name="act" value="\(act)">\(seen)\
      \(fields)<button>\(visit.words(title))</button></form>
      """
  }

  /// Forms together, below one heading that says in whose name they are entered; empty when there are none.
  static func acts(_ forms: [HTML], _ visit: Visit) -> HTML {
    let shown = forms.filter { !$0.text.isEmpty }
    if shown.isEmpty { return "" }
    let (title, name) = (
      visit.words("記録する", "Enter"),
      visit.words("\(visit.person.name)として記録します。", "It is entered as done by \(visit.person.name).")
    )
    return
      "<section class=\"acts\" aria-label=\"\(title)\"><h2>\(title)</h2><p class=\"soft small\">\(name)</p>\(shown)</section>"
  }

  // MARK: fields

  /// - Parameter type: the kind of `input`, as HTML names it.
  func line(
    _ name: String, _ title: Bilingual, _ value: String = "", type: String = "text", required: Bool = false
  ) -> HTML {
    "<label>\(visit.words(title))<input name=\"\(name)\" type=\"\(type)\" value=\"\(value)\"\(required ? " required" as HTML : "")></label>"
  }

  func text(_ name: String, _ title: Bilingual, _ value: String = "", required: Bool = false) -> HTML {
    "<label>\(visit.words(title))<textarea name=\"\(name)\" rows=\"2\"\(required ? " required" as HTML : "")>\(value)</textarea></label>"
  }

  /// A day, written as people do.
  func day(_ name: String, _ title: Bilingual, _ value: String = "", required: Bool = false) -> HTML {
    let hint = visit.words("例 R1.11.29", "such as 2019-11-29")
    let value = value.isEmpty ? "" : visit.words.shortDate(value)
    return
      "<label>\(visit.words(title))<input name=\"\(name)\" value=\"\(value)\" placeholder=\"\(hint)\" inputmode=\"text\"\(required ? " required" as HTML : "")></label>"
  }

  func choice(
    _ name: String, _ title: Bilingual, _ values: [(String, String)], _ chosen: String = "", required: Bool = false
  ) -> HTML {
    let options = values.map { value, word -> HTML in
      "<option value=\"\(value)\"\(value == chosen ? " selected" as HTML : "")>\(word)</option>"
    }
    let none: HTML = required && !chosen.isEmpty ? "" : "<option value=\"\">–</option>"
    return
      "<label>\(visit.words(title))<select name=\"\(name)\"\(required ? " required" as HTML : "")>\(none)\(options)</select></label>"
  }

  /// The sections, as owners of items are called.
  func section(_ name: String, _ chosen: String = "") -> HTML {
    choice(
      name, Bilingual("担当課", "Section"), Self.sections(visit).map { ($0, $0) }, chosen, required: true)
  }

  static func sections(_ visit: Visit) -> [String] {
    var (seen, order): (Set<String>, [String]) = ([], [])
    for standing in visit.snapshot.dossier.items {
      if seen.insert(standing.item.owner).inserted { order.append(standing.item.owner) }
    }
    return order
  }
}

/// What a submitted form says.
extension Visit {
  /// A text, without the spaces around it; `nil` when it is empty.
  func given(_ name: String) -> String? {
    let text = inquiry.field(name).trimmingCharacters(in: .whitespacesAndNewlines)
    return text.isEmpty ? nil : text
  }

  /// - Throws: `register.missing`.
  func required(_ name: String) throws(Diagnostic) -> String {
    guard let text = given(name) else { throw Diagnostic(.registerMissing, name) }
    return text
  }

  /// A day, `YYYY-MM-DD`; `nil` when the field is empty.
  ///
  /// - Throws: `option.value`.
  func day(_ name: String) throws(Diagnostic) -> String? {
    given(name) == nil ? nil : try ApprovalFields.day(name, of: self)
  }

  /// A day that has come.
  ///
  /// - Throws: `option.value`, `register.future`.
  func pastDay(_ name: String) throws(Diagnostic) -> String? {
    guard let day = try day(name) else { return nil }
    if day > Day.today() { throw Diagnostic(.registerFuture, day) }
    return day
  }

  /// One of the choices; `nil` when none was made.
  ///
  /// - Throws: `option.value`.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, _ type: Choice.Type
  ) throws(Diagnostic) -> Choice? where Choice.RawValue == String {
    guard let text = given(name) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      throw Diagnostic(.optionValue, text, Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return choice
  }

  /// The lines or comma-separated parts of a field.
  func parts(_ name: String) -> [String] {
    inquiry.field(name).split { $0.isNewline || $0 == "," || $0 == "、" || $0 == ";" }
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  /// The lines of a field.
  func lines(_ name: String) -> [String] {
    inquiry.field(name).split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }

  /// A section of the project.
  ///
  /// - Throws: `option.value`.
  func section(_ name: String) throws(Diagnostic) -> String? {
    guard let section = given(name) else { return nil }
    let known = EntryForm.sections(self)
    guard known.contains(section) else { throw Diagnostic(.optionValue, section, known.joined(separator: ", ")) }
    return section
  }

  /// Refuses an entry on a record that somebody else has changed since it was shown.
  ///
  /// - Throws: `serve.changed`.
  func checkSeen(_ id: String, revision: Int) throws(Diagnostic) {
    if Int(inquiry.field("revision")) != revision { throw Diagnostic(.serveChanged, at: Place(record: id), id) }
  }
}
