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
  /// 申告 of a corporation, in the order in which it filed.
  static func corporate(_ block: Int, _ corporation: Int, _ filing: Int) -> Int64 {
    Int64(200_000 + block * 1_536 + corporation * 32 + filing + 1)
  }

  /// 軽自: the vehicle's place among those of the block.
  static func vehicle(_ block: Int, _ vehicle: Int, _ year: Int) -> Int64 { number(1, block, vehicle, year) }
  /// 固定・都計: the owner's place among those of the block.
  static func property(_ block: Int, _ owner: Int, _ year: Int) -> Int64 { number(1, block, owner, year) }
  /// 国保: the household's.
  static func health(_ block: Int, _ household: Int, _ year: Int) -> Int64 { number(1, block, household, year) }

  /// 資料番号; a person may have two documents.
  static func document(_ block: Int, _ person: Int, second: Bool) -> Int64 {
    number(7, block, 2 * person + (second ? 1 : 0), 2013)
  }
}
