/// One value for each 税目, fiscal year and 期別, as a plain array.
struct InstalmentTable<Value> {
  private var values: [Value]
  private let zero: Value
  private static var codes: Int { 32 }
  private static var years: Int { CityPlan.years.count }

  /// 税目 in the order of the collection file.
  static var taxes: [Int] { [1, 2, 3, 10, 20, 21, 30, 40] }

  init(_ zero: Value) {
    self.zero = zero
    values = Array(repeating: zero, count: Self.taxes.count * Self.years * Self.codes)
  }

  subscript(tax: Int, year: Int, code: InstalmentCode) -> Value {
    get { values[Self.index(tax, year, code)] }
    set { values[Self.index(tax, year, code)] = newValue }
    _modify { yield &values[Self.index(tax, year, code)] }
  }

  /// 01…15 are at their numbers, 0A…0F at 17….
  private static func index(_ tax: Int, _ year: Int, _ code: InstalmentCode) -> Int {
    let place = code.low < 0xF0 ? Int(code.low) - 0xC1 + 17 : Int(code.high & 15) * 10 + Int(code.low & 15)
    return (row(tax) * years + year - CityPlan.years.lowerBound) * codes + place
  }

  private static func row(_ tax: Int) -> Int {
    switch tax {
    case ..<10: tax - 1
    case 10: 3
    case 20: 4
    case 21: 5
    case 30: 6
    default: 7
    }
  }

  /// Keys `01/2019/0A` in the order of tax, year and code.
  var named: [(String, Value)] {
    values.enumerated().map { offset, value in
      let place = offset % Self.codes
      let year = offset / Self.codes % Self.years + CityPlan.years.lowerBound
      let code = place >= 17 ? InstalmentCode(pensionMonth: place - 17) : InstalmentCode(number: place)
      let tax = Self.taxes[offset / Self.codes / Self.years]
      return ("\(tax < 10 ? "0" : "")\(tax)/\(year)/\(code.text)", value)
    }
  }
}
