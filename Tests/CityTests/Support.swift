import Base
import Charset
import City
import Copybook
import Foundation

/// The place of the package's sources, and helpers of the city's tests.
enum CityWorkshop {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The copybooks of all files, read once.
  static func layouts() throws -> [String: Layout] { try known.get() }

  private static let known = Result { try readLayouts() }

  private static func readLayouts() throws -> [String: Layout] {
    var layouts: [String: Layout] = [:]
    for (name, folder) in [
      ("ATMAST", "address-master"), ("KJFUKA", "resident-tax"), ("SNCHOTEI", "collection"), ("CT", "control"),
      ("KESHARYO", "light-vehicle"), ("HJSHINK", "corporate-tax"), ("KTDAICHO", "property-tax"),
      ("KKFUKA", "health-insurance"), ("NNSHIKAKU", "national-pension"), ("TGRENKEI", "person-link"),
    ] {
      let text = try String(contentsOfFile: "\(root)/Pipelines/\(folder)/\(name).cpy", encoding: .utf8)
      layouts[name] = try CopybookParser.layout(of: text, file: name + ".cpy")
    }
    return layouts
  }

  static func generator(_ plan: CityPlan, without missing: Set<String> = []) throws -> CityGenerator {
    guard let jef = Charset.CharacterSet.named("fujitsu-jef") else {
      throw Diagnostic(.cityPlan, "charset", "nil", "JEF")
    }
    let layouts = try layouts().filter { !missing.contains($0.key) }
    return try CityGenerator(plan: plan, layouts: layouts, characters: jef, closedDays: try closedDays.get())
  }

  /// Generates a city in a fresh folder, passes it to `body`, and removes it.
  static func withCity<Result>(
    _ plan: CityPlan, without missing: Set<String> = [], _ body: (String, CityFacts) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder, generator(plan, without: missing).write(into: folder))
  }

  static func validate(_ folder: String, stopsEarly: Bool = false) throws -> [CityValidator.Finding] {
    var validator = try CityValidator(directory: folder, holidays: Set(holidays).union(newYear))
    return validator.run(stopsEarly: stopsEarly)
  }

  /// The project's `holidays.csv`, read line by line.
  private static let closedDays = Result {
    let text = try String(contentsOfFile: "\(root)/Pipelines/holidays.csv", encoding: .utf8)
    return Set(text.split(separator: "\n").compactMap { Int64($0.prefix(10).replacing("-", with: "")) })
  }

  /// 年末年始の閉庁日, 29 December to 3 January (地方税法施行令6条の18), for the validator.
  private static let newYear = (2014...2021).flatMap { year in
    [101, 102, 103, 1229, 1230, 1231].map { year * 10_000 + $0 }
  }

  /// 国民の祝日 around the due dates of 2014–2020, entered separately for the validator.
  static let holidays = [
    2014_01_01, 2014_04_29, 2014_05_03, 2014_05_05, 2014_05_06, 2015_01_01, 2015_04_29, 2015_05_04, 2015_05_05,
    2016_01_01, 2016_04_29, 2016_05_03, 2016_05_04, 2016_05_05, 2017_01_01, 2017_01_02, 2017_05_03, 2017_05_04,
    2017_05_05, 2018_01_01, 2018_04_30, 2018_05_03, 2018_05_04, 2019_01_01, 2019_04_29, 2019_04_30, 2019_05_01,
    2019_05_02, 2019_05_03, 2020_01_01,
    2014_01_13, 2014_11_03, 2014_11_24, 2015_01_12, 2015_05_06, 2016_01_11, 2016_02_11, 2017_01_09, 2018_01_08,
    2018_02_12,
    2018_12_24, 2019_01_14, 2019_02_11, 2019_05_06, 2019_08_12, 2019_10_14, 2019_11_04, 2020_01_13, 2020_02_11,
    2020_02_24,
  ]
}
