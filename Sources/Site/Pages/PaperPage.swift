import Office
import Outline
import Base
import Tables
import Evidence
import Foundation
import Gates
import Pipeline
import Report
import Synchronization
import Workbook

/// 報告書: the papers, to read, to print and to download.
enum PaperPage: Page {
  static func page(_ visit: Visit, _ rest: [String]) throws -> PageContent? {
    guard rest.isEmpty else { return nil }
    let words = visit.words
    let query = [("gate", visit.query("gate"))]
    let table = Table(
      "papers", words("報告書", "Papers"),
      [
        .init("paper", words("報告書", "Paper"), head: true), .init("readers", words("誰が読むか", "Who reads it")),
        .init("forms", words("別の形で", "In another form")),
      ],
      PaperCatalog.kinds.filter { isTheirs($0, visit) }.map { kind in
        .init([
          .several([
            .link(words(kind.title), to: PageAddress.path("papers", kind.name, query: query)),
            kind.isRestricted ? .mark(words("取扱注意", "Restricted"), .bad) : .empty,
          ]),
          .text(words(kind.readers)),
          .several(
            Form.allCases.map { form in
              .link(
                form.rawValue, to: PageAddress.path("papers", kind.name, query: query + [("to", form.rawValue)]))
            }),
        ])
      })
    let filter = FilterForm.html(
      "/papers",
      [
        FilterForm.choice(
          "gate", words("判定", "Gate"), visit.snapshot.outline.gates.map { ($0.name, words($0.title)) }, visit)
      ], visit)
    return PageContent(words("報告書", "Papers"), "\(filter)\(table.html(words))")
  }

  /// Whether the person may read the paper: a restricted one needs the right to it; one with keys of all sections, the
  /// right to see all.
  private static func isTheirs(_ kind: any PaperKind.Type, _ visit: Visit) -> Bool {
    (!kind.isRestricted || visit.person.seesProtected) && (!kind.tellsKeys || visit.person.seesKeysOfAll)
  }

  private enum Form: String, CaseIterable {
    case xlsx, markdown, json, pdf

    var type: String {
      switch self {
      case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
      case .markdown: "text/markdown; charset=utf-8"
      case .json: "application/json"
      case .pdf: "application/pdf"
      }
    }

    var ending: String { self == .markdown ? "md" : rawValue }
  }

  /// A paper itself, not within a page of the site; in other forms it is a file to download.
  static func answer(_ visit: Visit, _ rest: [String]) throws -> Answer? {
    guard rest.count == 1 else { return try page(visit, rest).map { Frame.page($0, visit) } }
    guard let kind = PaperCatalog.kinds.first(where: { $0.name == rest[0] }),
      isTheirs(kind, visit)
    else { return nil }
    func given(_ name: String) -> String? { visit.query(name).isEmpty ? nil : visit.query(name) }
    let order = try PaperOrder(kind.name, gate: given("gate"), day: given("day"))
    guard let to = given("to") else {
      let paper = try paper(order, visit, attachment: words(kind, visit))
      var answer = Answer(200, "text/html; charset=utf-8", Data(paper.html().utf8))
      answer.headers.append(("Content-Security-Policy", Policy.paper(answer.body)))
      return answer
    }
    guard let form = Form(rawValue: to) else {
      throw Diagnostic(.optionValue, to, Form.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let paper = try paper(order, visit)
    let data: Data
    switch form {
    case .markdown: data = Data(paper.markdown().utf8)
    case .json: data = try JSONDocument.data(paper) + [10]
    case .xlsx: data = try file(paper, form)
    case .pdf:
      let printed = try printing.withLockIfAvailable { _ in try file(paper, form) }
      guard let printed else {
        return Frame.trouble(
          503, visit.language,
          Bilingual(
            "ほかの帳票を印刷しています。少し待って、もう一度開いてください。", "Another paper is being printed. Wait a moment and open it again."))
      }
      data = printed
    }
    let name = "\(kind.name)-\(visit.today).\(form.ending)"
    return Answer(200, form.type, data, headers: [("Content-Disposition", "attachment; filename=\"\(name)\"")])
  }

  /// A paper from the snapshot, which has been verified.
  private static func paper(_ order: PaperOrder, _ visit: Visit, attachment: String? = nil) throws -> Paper {
    let snapshot = visit.snapshot
    let decision = try order.needsDecision ? order.gate(snapshot.office).map { try snapshot.decision($0) } : nil
    return try order.paper(
      snapshot.office, visit.language, snapshot.dossier, decision, snapshot.evidence, attachment: attachment)
  }

  /// The place of the complete lists, for the page.
  private static func words(_ kind: any PaperKind.Type, _ visit: Visit) -> String { "\(kind.name).xlsx" }

  /// One PDF is printed at a time, since each needs its own browser; other pages do not wait for it.
  private static let printing = Mutex(())

  private static func file(_ paper: Paper, _ form: Form) throws -> Data {
    let path = NSTemporaryDirectory() + "totsugo-" + Secret.random() + "." + form.ending
    defer { try? FileManager.default.removeItem(atPath: path) }
    switch form {
    case .pdf: try Printer.print(paper.html(), to: path)
    default: try paper.writeWorkbook(to: path)
    }
    return FileManager.default.contents(atPath: path) ?? Data()
  }
}
