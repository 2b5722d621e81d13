import Base
import Drafts
import Testing

/// DDL of the dialects: what is read, and what is told and left out.
@Suite struct DDLReaderTests {
  /// `T(a text(3) optional, …) key(…)` of all tables, and the lines of what was left out.
  private static func read(_ text: String) -> (tables: String, told: [Int]) {
    let schema = DDLReader.read(text, file: "new.sql")
    let tables = schema.tables.map { table in
      let columns = table.columns.map { $0.name + " " + $0.type.words + ($0.isOptional ? " optional" : "") }
      return "\(table.name)(\(columns.joined(separator: ", "))) key(\(table.key.joined(separator: ", ")))"
    }
    return (tables.joined(separator: "; "), schema.problems.compactMap(\.place.line))
  }

  static let dialects: [(String, String)] = [
    // PostgreSQL
    (
      "CREATE TABLE public.\"税\" (\"年度\" integer NOT NULL, \"氏名\" character varying(20), PRIMARY KEY (\"年度\"));",
      "税(年度 integer, 氏名 text(20) optional) key(年度)"
    ),
    (
      "CREATE TABLE IF NOT EXISTS t (a bigserial PRIMARY KEY, b numeric(7,2) DEFAULT 0.00 NOT NULL, c text);",
      "t(a integer, b numeric(7,2), c text(1000000) optional) key(a)"
    ),
    (
      "CREATE TABLE t (a int NOT NULL);\nALTER TABLE ONLY t\n  ADD CONSTRAINT t_pkey PRIMARY KEY (a);",
      "t(a integer) key(a)"
    ),
    // Oracle
    (
      "CREATE TABLE \"S\".\"T\" (\"A\" VARCHAR2(10 CHAR) NOT NULL ENABLE, \"B\" NUMBER(11,0), \"C\" DATE, CONSTRAINT \"K\" PRIMARY KEY (\"A\") USING INDEX) TABLESPACE \"U\"\n/\n",
      "T(A text(10), B numeric(11) optional, C date optional) key(A)"
    ),
    ("CREATE TABLE T (A NUMBER(3) DEFAULT 0 NOT NULL, B NVARCHAR2(5));", "T(A numeric(3), B text(5) optional) key()"),
    // SQL Server
    (
      "SET ANSI_NULLS ON\nGO\nCREATE TABLE [dbo].[T]([A] [int] IDENTITY(1,1) NOT NULL, [B] [nvarchar](20) COLLATE Japanese_CI_AS NULL, [C] [money] NULL, CONSTRAINT [PK] PRIMARY KEY CLUSTERED ([A] ASC)) ON [PRIMARY]\nGO\n",
      "T(A integer, B text(20) optional, C decimal(4) optional) key(A)"
    ),
    (
      "CREATE TABLE T (A varchar(max), B smallint CHECK (B > 0) NOT NULL UNIQUE)",
      "T(A text(1000000) optional, B integer) key(B)"
    ),
    (
      "CREATE TABLE T (A bit NOT NULL, B datetime2(3), C time(0), D timestamp(6) without time zone, E NUMBER(20), F character(5))",
      "T(A boolean, B timestamp optional, C time optional, D timestamp optional, E numeric(20) optional, F char(5) optional) key()"
    ),
    // SQLite
    (
      "CREATE TABLE `t` (`a` INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT NOT NULL) WITHOUT ROWID;",
      "t(a integer, b text(1000000)) key(a)"
    ),
    (
      "CREATE TABLE t (a CHAR, key VARCHAR(3), FOREIGN KEY (a) REFERENCES u (b) ON DELETE NO ACTION)",
      "t(a char(1) optional, key text(3) optional) key()"
    ),
    (
      "CREATE TABLE t (a INT);\nALTER TABLE t ADD b VARCHAR(2) NOT NULL;\nALTER TABLE t ALTER COLUMN a SET NOT NULL;",
      "t(a integer, b text(2)) key()"
    ),
    ("CREATE TABLE t (a INT);\nCREATE UNIQUE INDEX i ON t (a);", "t(a integer optional) key(a)"),
  ]

  @Test(arguments: dialects) func dialectIsRead(ddl: String, tables: String) {
    let found = Self.read(ddl)
    #expect(found.tables == tables)
    #expect(found.told.isEmpty)
  }

  static let refused: [(String, [Int], String)] = [
    // A type that the schema has no word for: its column is left out.
    ("CREATE TABLE t (\n  a INT,\n  b BYTEA,\n  c GEOMETRY(3)\n);", [3, 4], "t(a integer optional) key()"),
    ("CREATE TABLE t (\n a NUMBER,\n b INT)", [2], "t(b integer optional) key()"),
    // Statements.
    ("SELECT 1;\nCREATE VIEW v AS SELECT 1;", [1, 2], ""),
    ("CREATE TABLE t AS SELECT * FROM u;", [1], ""),
    ("CREATE TABLE t (a INT) INHERITS (u);", [1], "t(a integer optional) key()"),
    ("\nALTER TABLE unknown ADD a INT;", [2], ""),
    ("CREATE TABLE t (a INT);\n\nALTER TABLE t DROP COLUMN a;", [3], "t(a integer optional) key()"),
    ("CREATE TABLE t (a INT);\nCREATE TABLE T (b INT);", [2], "t(a integer optional) key()"),
    ("COMMENT ON TABLE gone IS 'x';", [1], ""),
    ("CREATE TABLE t (a INT", [1], ""),
    ("CREATE TABLE t (\n a INT FANCY WORDS\n);", [2], "t(a integer optional) key()"),
  ]

  @Test(arguments: refused) func unclearTextIsToldWithItsLine(ddl: String, lines: [Int], tables: String) {
    let found = Self.read(ddl)
    #expect(found.told == lines)
    #expect(found.tables == tables)
  }

  @Test(arguments: [
    "CREATE TABLE t (a INT);\nCOMMENT ON COLUMN s.t.a IS '税額';",
    "CREATE TABLE t (\n  a INT, -- 税額\n  b INT\n);",
    "CREATE TABLE t (\n  -- 税額\n  a INT\n);",
    "CREATE TABLE t (a INT COMMENT '税額');",
    "CREATE TABLE t (a INT)\nGO\nEXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'税額', @level0type=N'SCHEMA', @level0name=N'dbo', @level1type=N'TABLE', @level1name=N't', @level2type=N'COLUMN', @level2name=N'a'\nGO",
  ]) func commentBelongsToItsColumn(ddl: String) {
    #expect(DDLReader.read(ddl, file: "x").tables[0].columns[0].comment == "税額")
  }

  @Test func foreignKeysAreKept() {
    let schema = DDLReader.read(
      "CREATE TABLE u (k INT PRIMARY KEY);\nCREATE TABLE t (a INT REFERENCES u(k), b INT, CONSTRAINT f FOREIGN KEY (a, b) REFERENCES s.u (k, k));",
      file: "x")
    #expect(schema.tables[1].references.map(\.columns) == [["a"], ["a", "b"]])
    #expect(schema.tables[1].references.allSatisfy { $0.table == "u" })
    #expect(schema.problems.isEmpty)
  }
}
