import Base
import Datasets
import Testing

/// What a reference says, and which are none.
@Suite struct ReferenceTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let form: DatasetReference.Form
    let path: String
    let parameters: [String: String]
    let dataset: String

    init(
      _ text: String, _ form: DatasetReference.Form, _ path: String, _ parameters: [String: String] = [:],
      dataset: String = ""
    ) {
      testDescription = text
      (self.form, self.path, self.parameters, self.dataset) = (form, path, parameters, dataset)
    }
  }

  static let good: [Case] = [
    Case("a.csv", .csv, "a.csv"), Case("A.CSV", .csv, "A.CSV"), Case("a.b.tsv", .tsv, "a.b.tsv"),
    Case("a.tab", .tsv, "a.tab"), Case("a.ndjson", .ndjson, "a.ndjson"), Case("a.jsonl", .ndjson, "a.jsonl"),
    Case("a.csv.gz", .csv, "a.csv.gz"), Case("csv:a", .csv, "a"), Case("tsv:a.csv", .tsv, "a.csv"),
    Case("ndjson:a b", .ndjson, "a b"), Case("csv:-", .csv, "-"),
    Case("a.csv?delimiter=;&quotes=none", .csv, "a.csv", ["delimiter": ";", "quotes": "none"]),
    Case("a.csv?null=", .csv, "a.csv", ["null": ""]), Case("a.csv?", .csv, "a.csv"),
    Case("a.csv?delimiter=%7C", .csv, "a.csv", ["delimiter": "|"]),
    // What is no name behind an & belongs to the value.
    Case("a.csv?header=a&b", .csv, "a.csv", ["header": "a&b"]),
    Case("a.csv?header=a&B=c", .csv, "a.csv", ["header": "a&B=c"]),
    Case("a.csv?null=%25", .csv, "a.csv", ["null": "%"]), Case("a.csv?null=50%", .csv, "a.csv", ["null": "50%"]),
    Case("a.csv?null=%FF", .csv, "a.csv", ["null": "%FF"]),
    Case("sqlite:a.db?table=t", .sqlite, "a.db", ["table": "t"]),
    Case(
      "sqlite:a.db?query=SELECT a FROM t WHERE a LIKE '%ab%' AND b=1", .sqlite, "a.db",
      ["query": "SELECT a FROM t WHERE a LIKE '%ab%' AND b=1"]),
    Case("legacy:a.dat?copybook=b.cpy&choose=A,B", .legacy, "a.dat", ["copybook": "b.cpy", "choose": "A,B"]),
    Case("p.yaml:tax.bills", .project, "p.yaml", dataset: "tax.bills"),
    Case("d/p.yml:tax.bills?data=x", .project, "d/p.yml", ["data": "x"], dataset: "tax.bills"),
    Case("postgres://h/d?table=t&sslmode=require", .postgres, "postgres://h/d?table=t&sslmode=require", ["table": "t"]),
    Case("POSTGRESQL://h/d?schema=s", .postgres, "postgresql://h/d?schema=s", ["schema": "s"]),
  ]

  @Test(arguments: good) func whatAReferenceSaysIsTakenApart(_ row: Case) throws {
    let reference = try DatasetReference(row.testDescription)
    #expect(reference.form == row.form)
    #expect(reference.path == row.path)
    #expect(reference.parameters == row.parameters)
    #expect(reference.dataset == row.dataset)
  }

  @Test(
    arguments: [
      ("", .datasetReference, []), ("a", .datasetReference, []), ("a.txt", .datasetReference, []),
      (".gz", .datasetReference, []), ("a.csv.zip", .datasetReference, []),
      ("mysql://h/d", .datasetReference, []), ("sqlite:postgres://u:geheim@h/d", .datasetReference, []),
      ("csv:ftp://u:geheim@h/a", .datasetReference, []),
      ("a.csv?sep=;", .datasetParameter, ["sep", "charset, delimiter, gaiji, header, null, quotes"]),
      ("a.ndjson?charset=x", .datasetParameter, ["charset", "columns"]),
      ("sqlite:a.db?tables=t", .datasetParameter, ["tables", "query, table"]),
      ("p.yaml:a.b?table=t", .datasetParameter, ["table", "data"]),
      ("a.csv?null=a&null=b", .datasetParameter, ["null=… null=…", "null=…"]),
    ] as [(String, DiagnosticCode, [String])])
  func whatIsNoReferenceIsRefused(_ text: String, _ code: DiagnosticCode, _ facts: [String]) throws {
    let failure = try #require(#expect(throws: Diagnostic.self) { try DatasetReference(text) })
    #expect(failure.code == code && failure.facts == facts, "\(failure)")
    for language in Language.allCases { #expect(!failure.message(language).contains("geheim")) }
    #expect(!(failure.place.file ?? "").contains("geheim"), "\(failure.place)")
  }
}
