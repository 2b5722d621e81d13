import City
import Testing

/// The worked examples of the domain guide.
@Suite struct GoldenCaseTests {
  @Test func residentTax() {
    var tax = ResidentTax()
    (tax.income, tax.deductions, tax.personalDifference) = (2_345_000, 0, 50_000)
    tax.assess()
    #expect(tax.onIncome == (139_200, 92_800))
    #expect(tax.total == 237_000)
    #expect(ResidentTax.split(237_000, parts: 4, unit: 1_000) == (60_000, 59_000))
    #expect(ResidentTax.split(237_000, parts: 12, unit: 100) == (20_300, 19_700))
  }

  @Test func aPartUnderAThousandGoesToTheFirst() {
    #expect(ResidentTax.split(3_900, parts: 4, unit: 1_000) == (3_900, 0))
    #expect(ResidentTax.split(5_000, parts: 4, unit: 1_000) == (2_000, 1_000))
  }

  @Test(arguments: [
    // No interest under 2,000, none below 1,000 in total.
    (1_999, 2018_07_02, 2018_12_20, 0), (55_000, 2018_08_31, 2018_09_30, 0),
    (240_000, 2019_10_31, 2020_02_10, 4_700),
    // A month from the day after the last of June is all of July.
    (266_000, 2017_06_30, 2017_09_08, 3_100), (55_100, 2016_06_30, 2017_01_16, 2_400),
  ])
  func latePaymentInterest(_ amount: Int, _ due: Int, _ paid: Int, _ yen: Int) {
    #expect(LatePaymentInterest().yen(amount, dueOn: due, paidOn: paid) == yen)
  }
}
