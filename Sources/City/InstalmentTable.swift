/// One value for each 税目 (1…3), fiscal year and 期別, as a plain array.
struct InstalmentTable<Value> {
  private var values: [Value]
  private let zero: Value
  private static var codes: Int { 32 }
  private static var years: Int { CityPlan.years.count }

  init(_ zero: Value) {
    self.zero = zero
    values = Array(repeating: zero, count: 3 * Self.years * Self.codes)
  }

  subscript(tax: Int, year: Int, code: InstalmentCode) -> Value {
    get { values[Self.index(tax, year, code)] }
    set { values[Self.index(tax, year, code)] = newValue }
    _modify { yield &values[Self.index(tax, year, code)] }
  }

  /// 01…15 lie at their numbers, 0A…0F at 17….
  private static func index(_ tax: Int, _ year: Int, _ code: InstalmentCode) -> Int {
    let place = code.low < 0xF0 ? Int(code.low) - 0xC1 + 17 : Int(code.high & 15) * 10 + Int(code.low & 15)
    return ((tax - 1) * years + year - CityPlan.years.lowerBound) * codes + place
  }

  /// Keys `01/2019/0A` in the order of tax, year and code.
  var named: [(String, Value)] {
    values.enumerated().map { offset, value in
      let place = offset % Self.codes
      let year = offset / Self.codes % Self.years + CityPlan.years.lowerBound
      let code = place >= 17 ? InstalmentCode(pensionMonth: place - 17) : InstalmentCode(number: place)
      return ("0\(offset / Self.codes / Self.years + 1)/\(year)/\(code.text)", value)
    }
  }
}
