import Base
import Tables
import Registers
import Report

/// 承認: the fields of a form with which another person of the access list gives an approval, until a day.
enum ApprovalFields {
  /// The approver: another person of the access list who may enter.
  static func approver(_ visit: Visit, isRequired: Bool = true) -> HTML {
    let names = visit.approvers.map { name -> HTML in "<option>\(name)</option>" }
    return """
      <label>\(visit.words("承認者（名簿の別の人）", "Approver, another person of the list"))\
      <select name="approver"\(isRequired ? " required" as HTML : "")><option value="">–</option>\(names)</select></label>
      """
  }

  /// - Throws: `option.value` for a name that is not on the list.
  static func approver(of visit: Visit) throws(Diagnostic) -> String {
    let approver = visit.inquiry.field("approver")
    guard visit.approvers.contains(approver) else {
      throw Diagnostic(.optionValue, approver, visit.approvers.joined(separator: ", "))
    }
    return approver
  }

  static func day(_ name: String, of visit: Visit) throws(Diagnostic) -> String {
    let text = visit.inquiry.field(name)
    guard let day = WrittenDay.read(text) else {
      throw Diagnostic(.optionValue, text, "2019-11-29, 2019/11/29, R1.11.29")
    }
    return day
  }

  /// The last day of the approval.
  ///
  /// - Throws: `option.value` for an invalid day, or one that is over.
  static func until(of visit: Visit) throws(Diagnostic) -> String {
    let until = try day("until", of: visit)
    guard until >= Day.today() else { throw Diagnostic(.optionValue, until, "\(Day.today()) …") }
    return until
  }
}
