import Foundation

/// The known content of a city, from its generator: a reader of the files must find the same.
///
/// Counts and sums are those of the clean city; ``planted`` lists where the files differ from it.
package struct CityFacts: Codable, Sendable {
  package struct File: Codable, Sendable {
    package var recordsTotalWithHeaderTrailer = 0
    package var dataRecords = 0
    package var rowsPerKind: [String: Int] = [:]
    package var rowsPerKindAndYear: [String: Int] = [:]
    /// Rows whose 賦課年度 is written 501.
    package var rowsWithNendo501 = 0
    package var latestRows = 0
    package var deletedRows = 0
    package var distinctAtena = 0
    /// By `kind/item`, in yen.
    package var moneySums: [String: Int64] = [:]
    package var keyHash: Int64 = 0
    package var trailerTotals: [Int64] = []
    /// The number of occurrences of each lawful case, by its id.
    package var cases: [String: Int] = [:]

    enum CodingKeys: String, CodingKey {
      case recordsTotalWithHeaderTrailer = "records_total_with_header_trailer"
      case dataRecords = "data_records"
      case rowsPerKind = "rows_per_kind"
      case rowsPerKindAndYear = "rows_per_kind_and_year"
      case rowsWithNendo501 = "rows_with_nendo_501"
      case latestRows = "latest_rows"
      case deletedRows = "deleted_rows"
      case distinctAtena = "distinct_atena"
      case moneySums = "money_sums"
      case keyHash = "key_hash"
      case trailerTotals = "trailer_totals"
      case cases
    }
  }

  /// Claims and receipts of a tax, year and instalment.
  package struct Collected: Codable, Hashable, Sendable {
    package var claims = 0
    package var chotei: Int64 = 0
    package var shuno: Int64 = 0
    package var kesson: Int64 = 0
    package var kagono: Int64 = 0
    package var mino: Int64 = 0
    package var receiptRows = 0
    /// All receipt rows, cancelled and superseded ones too.
    package var receiptSumRaw: Int64 = 0

    enum CodingKeys: String, CodingKey {
      case claims, chotei, shuno, kesson, kagono, mino
      case receiptRows = "receipt_rows"
      case receiptSumRaw = "receipt_sum_raw"
    }
  }

  package struct Assessed: Codable, Hashable, Sendable {
    package var count = 0
    package var sum: Int64 = 0
  }

  package struct Cross: Codable, Sendable {
    package var snByTaxYearInstalment: [String: Collected] = [:]
    package var assessedByTaxYearInstalment: [String: Assessed] = [:]
    package var distinctPersonsAT = 0
    package var distinctCorporationsAT = 0
    package var residentsNow = 0
    /// Persons whose current row carries 支援措置区分 1 or 2.
    package var protectedPersons = 0
    package var kjTaxpayersFY2019 = 0
    package var kjTwoRowPersonsFY2019 = 0
    package var aliasDueRows = 0

    enum CodingKeys: String, CodingKey {
      case snByTaxYearInstalment = "sn_by_tax_year_instalment"
      case assessedByTaxYearInstalment = "assessed_by_tax_year_instalment"
      case distinctPersonsAT = "distinct_persons_AT"
      case distinctCorporationsAT = "distinct_corporations_AT"
      case residentsNow = "residents_now"
      case protectedPersons = "protected_persons"
      case kjTaxpayersFY2019 = "kj_taxpayers_fy2019"
      case kjTwoRowPersonsFY2019 = "kj_two_row_persons_fy2019"
      case aliasDueRows = "alias_due_rows"
    }
  }

  /// The place of a defect. The key is a number of a synthetic person.
  package struct Planted: Codable, Hashable, Sendable {
    package let id: String
    package let file: String
    /// Physical record from 1, the header included; for a missing row, its would-be place.
    package let record: Int
    /// 宛名番号, with 年度, 通知書番号 and 期別 when there are any.
    package let key: String
  }

  package var atmast = File()
  package var kjfuka = File()
  package var snchotei = File()
  /// Files that may be left out.
  package var kesharyo: File?
  package var hjshink: File?
  package var ktdaicho: File?
  package var kkfuka: File?
  package var nnshikaku: File?
  package var tgrenkei: File?
  package var cross = Cross()
  package var planted: [Planted] = []
  package var residents = 0
  package var seed: UInt64 = 0

  enum CodingKeys: String, CodingKey {
    case atmast = "ATMAST"
    case kjfuka = "KJFUKA"
    case snchotei = "SNCHOTEI"
    case kesharyo = "KESHARYO"
    case hjshink = "HJSHINK"
    case ktdaicho = "KTDAICHO"
    case kkfuka = "KKFUKA"
    case nnshikaku = "NNSHIKAKU"
    case tgrenkei = "TGRENKEI"
    case cross = "CROSS"
    case planted = "PLANTED"
    case residents, seed
  }

  package init() {}

  /// The files that were written, by name.
  package var files: [(name: String, facts: File)] {
    let optional = [
      ("KESHARYO", kesharyo), ("HJSHINK", hjshink), ("KTDAICHO", ktdaicho), ("KKFUKA", kkfuka),
      ("NNSHIKAKU", nnshikaku), ("TGRENKEI", tgrenkei),
    ]
    return [("ATMAST", atmast), ("KJFUKA", kjfuka)] + optional.compactMap { name, file in file.map { (name, $0) } }
      + [("SNCHOTEI", snchotei)]
  }

  /// The number of occurrences of each lawful case in the written files.
  package func occurrences(of item: CityCase) -> Int { files.reduce(0) { $0 + ($1.facts.cases[item.id] ?? 0) } }

  /// The facts as JSON with sorted keys: the same facts, the same bytes.
  package func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    return try encoder.encode(self)
  }
}
