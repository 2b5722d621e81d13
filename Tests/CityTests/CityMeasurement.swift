import City
import Foundation
import Testing

/// Speed and memory, on demand: `CITY_RESIDENTS=240000 swift test -c release --filter CityMeasurement`. With `CITY_FOLDER`
/// the city stays in that folder.
@Suite struct CityMeasurement {
  private static let environment = ProcessInfo.processInfo.environment
  private static let residents = environment["CITY_RESIDENTS"].flatMap { Int($0) }

  @Test(.enabled(if: residents != nil, "CITY_RESIDENTS is not set"))
  func recordsASecond() throws {
    let residents = try #require(Self.residents)
    let plan = CityPlan(residents: residents, seed: 1)
    let start = ContinuousClock.now
    let measure: (String, CityFacts) throws -> Void = { _, facts in
      let spent = (ContinuousClock.now - start).components
      let seconds = Double(spent.seconds) + Double(spent.attoseconds) / 1e18
      let records = facts.files.reduce(0) { $0 + $1.facts.dataRecords }
      var usage = rusage()
      getrusage(0, &usage)
      for (name, file) in facts.files { print("\(name) \(file.dataRecords)") }
      print("\(records) records in \(Int(seconds)) s, \(Int(Double(records) / seconds)) a second")
      print("\(usage.ru_maxrss / 1_024) MiB")
    }
    if let folder = Self.environment["CITY_FOLDER"] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try measure(folder, CityWorkshop.generator(plan).write(into: folder))
    } else {
      try CityWorkshop.withCity(plan, measure)
    }
  }
}
