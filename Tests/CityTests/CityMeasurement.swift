import City
import Foundation
import Testing

/// Speed and memory, on demand: `CITY_RESIDENTS=240000 swift test -c release --filter CityMeasurement`.
@Suite struct CityMeasurement {
  private static let residents = ProcessInfo.processInfo.environment["CITY_RESIDENTS"].flatMap { Int($0) }

  @Test(.enabled(if: residents != nil, "CITY_RESIDENTS is not set"))
  func recordsASecond() throws {
    let residents = try #require(Self.residents)
    let start = ContinuousClock.now
    try CityWorkshop.withCity(CityPlan(residents: residents, seed: 1)) { _, facts in
      let spent = (ContinuousClock.now - start).components
      let seconds = Double(spent.seconds) + Double(spent.attoseconds) / 1e18
      let records = facts.atmast.dataRecords + facts.kjfuka.dataRecords + facts.snchotei.dataRecords
      var usage = rusage()
      getrusage(0, &usage)
      print("\(records) records, \(Int(Double(records) / seconds)) a second, \(usage.ru_maxrss / 1_024) MiB")
    }
  }
}
