/// 通知書番号: unique within a tax and fiscal year, ascending with the walk through the blocks, different every year.
enum NoticeNumbers {
  /// Numbers that a block may use in one range.
  private static let stride = 4_096

  private static func number(_ range: Int, _ block: Int, _ index: Int, _ year: Int) -> Int64 {
    Int64(range * 1_000_000 + block * stride + index + (year - 2013) * 97)
  }

  static func byInstalment(_ block: Int, _ person: Int, _ year: Int) -> Int64 { number(1, block, person, year) }
  /// 過年度賦課.
  static func late(_ block: Int, _ person: Int, _ year: Int) -> Int64 { number(3, block, person, year) }
  static func fromSalary(_ block: Int, _ person: Int, _ year: Int) -> Int64 { number(5, block, person, year) }
  /// 資料番号; a person may have two documents.
  static func document(_ block: Int, _ person: Int, second: Bool) -> Int64 {
    number(7, block, 2 * person + (second ? 1 : 0), 2013)
  }
}
