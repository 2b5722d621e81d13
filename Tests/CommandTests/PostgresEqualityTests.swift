import Foundation
import Targets
import Testing

/// Values that only PostgreSQL has, and rows that it hides.
@Suite(.enabled(if: PostgresSchema.server != nil, PostgresSchema.absence))
struct PostgresEqualityTests {
  private func schema(_ sql: String...) throws -> PostgresSchema {
    let schema = try PostgresSchema()
    try schema.execute("CREATE SCHEMA \(schema.name)")
    for statement in sql { try schema.execute(statement) }
    return schema
  }

  /// A table and its copy are identical for all values; so is the copy with padded texts.
  @Test func aCopyIsIdentical() throws {
    let server = try schema(
      "CREATE TABLE a (no int PRIMARY KEY, until date, f float8, rate numeric, c char(5), t timestamp)",
      """
      INSERT INTO a VALUES (1, 'infinity', 'NaN', 'NaN', 'A01', 'infinity'), (2, '10000-01-01', '-Infinity', 1, '', now()),
        (3, '0044-03-15 BC', '1e-300', 'Infinity', NULL, NULL), (4, NULL, '-0', -0.00, 'x', NULL), (5, '-infinity', 1, 2, 'y', NULL)
      """,
      "CREATE TABLE b AS SELECT no, until, f, rate, c::char(9) AS c, t FROM a")
    let program = try Program()
    defer { program.remove() }
    let tables = ["a", "b"].map { server.target + "&table=" + $0 }
    let answer = try program.diff(tables[0], tables[1], key: "no", ["--ignore", "c"])
    #expect(answer.counts == [5, 0, 0, 0], "\(answer.output)\(answer.errors)")
    let padded = try program.diff(tables[0], tables[1], key: "no", ["--ignore", "t"])
    #expect(padded.counts == [5, 0, 0, 0], "\(padded.output)\(padded.errors)")
    try program.write("columns: {until: {type: text}}", to: "map.yaml")
    let texts = try program.diff(tables[0], tables[1], key: "no", ["--map", "map.yaml"])
    #expect(texts.counts == [5, 0, 0, 0], "\(texts.output)\(texts.errors)")
    try server.execute("UPDATE b SET until = '9999-12-31' WHERE no = 1")
    try server.execute("UPDATE b SET until = '0044-03-15' WHERE no = 3")
    #expect(try program.diff(tables[0], tables[1], key: "no").counts == [3, 2, 0, 0])
  }

  /// Keys of types that have no order of bytes.
  @Test(arguments: ["uuid", "timestamp", "bytea", "text[]"]) func keysOfAnyType(_ type: String) throws {
    let values =
      [
        "uuid": ["gen_random_uuid()"], "timestamp": ["now() + n * interval '1 day'"],
        "bytea": ["decode(n::text, 'escape')"],
        "text[]": ["ARRAY[n::text]"],
      ][type] ?? []
    let server = try schema(
      "CREATE TABLE a AS SELECT (\(values[0]))::\(type) AS k, n AS v FROM generate_series(1, 20) AS n",
      "ALTER TABLE a ADD PRIMARY KEY (k)", "CREATE TABLE b AS SELECT * FROM a", "ALTER TABLE b ADD PRIMARY KEY (k)")
    let program = try Program()
    defer { program.remove() }
    let answer = try program.diff(server.target + "&table=a", server.target + "&table=b", key: "k")
    #expect(answer.counts == [20, 0, 0, 0], "\(answer.output)\(answer.errors)")
  }

  /// Rows that a policy hides from the role are not silently missing.
  @Test func rowsThatAPolicyHidesAreTrouble() throws {
    let role = "r_" + UUID().uuidString.lowercased().replacing("-", with: "")
    let server = try schema(
      "CREATE TABLE t AS SELECT n AS k, n AS v FROM generate_series(1, 10) AS n",
      "CREATE TABLE h AS SELECT n AS k, n AS v FROM generate_series(1, 11) AS n",
      "ALTER TABLE h ENABLE ROW LEVEL SECURITY", "CREATE POLICY p ON h FOR SELECT USING (k <= 10)",
      "CREATE ROLE \(role) LOGIN PASSWORD 'geheim'")
    defer {
      try? server.execute("DROP OWNED BY \(role)")
      try? server.execute("DROP ROLE \(role)")
    }
    try server.execute("GRANT USAGE ON SCHEMA \(server.name) TO \(role)")
    try server.execute("GRANT SELECT ON h TO \(role)")
    let program = try Program()
    defer { program.remove() }
    let reading = server.target.replacing(#/\/\/[^@]*@/#, with: "//\(role):geheim@")
    let answer = try program.diff(server.target + "&table=t", reading + "&table=h", key: "k")
    #expect(answer.code == 2 && answer.errors.contains("row-level security"), "\(answer.output)\(answer.errors)")
  }

  /// Columns and tables that the schema does not name, only in the schema of the target.
  @Test func whatTheSchemaDoesNotNameIsFound() throws {
    let server = try PostgresSchema()
    let program = try Program()
    defer { program.remove() }
    try program.write(NoticeFile.clean(12).bytes)
    let run = try program.run(
      "run", Program.notices, "--data", "data", "--workspace", "ws", "--target", server.target, "--format", "json")
    #expect(run.code == 0 && (run.json["not_verified"] as? [Any])?.isEmpty == true, "\(run.output)\(run.errors)")
    try server.execute("ALTER TABLE 期別 ADD 延滞金 integer")
    try server.execute("CREATE VIEW 一覧 AS SELECT 1 AS x")
    let answer = try program.run(
      "reconcile", Program.notices, "--data", "data", "--workspace", "ws", "--target", server.target, "--format", "json"
    )
    let found = (answer.json["not_verified"] as? [[String: Any]] ?? []).map {
      "\($0["table"] ?? "").\($0["column"] ?? "*")"
    }
    #expect(answer.code == 1 && Set(found) == ["一覧.*", "期別.延滞金"], "\(answer.output)\(answer.errors)")
    #expect(answer.json["failed_checks"] as? [String] == ["NOT-VERIFIED"])
  }
}
