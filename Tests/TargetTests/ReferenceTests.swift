import Base
import Foundation
import Targets
import Testing

/// References to PostgreSQL: the names in them, and the protection of their password. No server is needed.
@Suite struct ReferenceTests {
  @Test(arguments: [
    (
      "postgres://kacho:h%40na@db:5433/city?schema=new&sslmode=require",
      "postgres://kacho@db:5433/city?schema=new&sslmode=require"
    ),
    ("postgresql://db/city", "postgresql://db/city"),
    ("postgres:///city?host=/run/postgresql&password=h%40na", "postgres:///city?host=/run/postgresql"),
    ("postgres://a:h@h1:1,h2:2/city?pass%77ord=h&sslpassword=x", "postgres://a@h1:1,h2:2/city"),
    ("postgres://:h%40na@db/city", "postgres://@db/city"),
  ])
  func theTextHasNoPassword(given: String, shown: String) throws {
    let reference = try PostgresReference(given)
    #expect(reference.text == shown && "\(reference)" == shown)
    #expect(try PostgresReference(shown).text == shown)
  }

  @Test func ourParametersAreTakenOut() throws {
    let reference = try PostgresReference(
      "postgres://db/city?table=%E8%B3%A6%E8%AA%B2&schema=a%22b&query=SELECT%201%20%26%202&connect_timeout=3")
    #expect(reference.table == "賦課" && reference.schema == "a\"b" && reference.query == "SELECT 1 & 2")
    #expect(try PostgresReference("postgres://db").schema == nil)
  }

  @Test(arguments: [
    "postgres://u:sec@ret@db/city", "postgres://u:sec/ret@db/city", "postgres://u:sec%zzret@db/city",
    "postgres://u:secret@db/city?nonsense=1", "postgres://u:secret@db/city?schema=",
    "postgres://u:secret@db/city?schema",
    "postgres://u:secret@db/city?schema=%ff", "postgres://u:secret@[::1/city", "oracle:secret",
  ])
  func whatIsNotUnderstoodIsNotShownEither(given: String) {
    do {
      _ = try PostgresReference(given)
      Issue.record("\(given) was understood")
    } catch {
      #expect(error.code == .targetReference)
      for language in [Language.japanese, .english] {
        let message = error.message(language)
        #expect(!message.contains("sec") && !message.contains("ret@"), "\(message)")
      }
    }
  }
}
