import Datasets
import Projects
import Comparisons
import ArgumentParser
import Base
import Charset
import Foundation

extension DatasetReference {
  /// Opens the dataset of the reference.
  ///
  /// - Throws: ``Diagnostic`` or ``Diagnostics``: the errors of opening it.
  func open() throws -> any Dataset {
    switch form {
    case .csv, .tsv: return try DelimitedFile(path: path, dialect: try delimitedDialect(), reference: text)
    case .ndjson:
      let names = parameters["columns"].map { $0.split(separator: ",").map(String.init) }
      if let names { try DatasetColumn.requireDistinct(names, in: path) }
      return try NDJSONFile(path: path, names: names)
    case .postgres: return try PostgresDataset(text)
    case .sqlite:
      guard (parameters["table"] == nil) != (parameters["query"] == nil) else {
        throw Diagnostic(.datasetReference, at: Place(file: "sqlite:" + path))
      }
      return try SQLiteDataset(path: path, table: parameters["table"], query: parameters["query"])
    case .legacy: return try legacy()
    case .project:
      let project = try ProjectReader.read(path)
      let data = parameters["data"] ?? (project.folder as NSString).appendingPathComponent("data")
      return try ProjectDataset(project, dataset, data: data, reference: text)
    }
  }

  /// The parameters of a legacy file are the options of `decode`.
  private func legacy() throws -> any Dataset {
    let source = try SourceFile.rereadable(path)
    var arguments = [path, "--strict"]
    for (name, value) in parameters.sorted(by: { $0.key < $1.key }) where name != "where" {
      let isList = ["copybook", "type", "personal", "choose", "length-of", "charset-of"].contains(name)
      for part in isList ? value.split(separator: name == "choose" ? ";" : ",").map(String.init) : [value] {
        arguments += ["--\(name)", part]
      }
    }
    let options: LegacyFileOptions
    do { options = try LegacyFileOptions.parse(arguments) } catch {
      throw Diagnostic(.datasetLegacy, at: Place(file: path), LegacyFileOptions.message(for: error))
    }
    let layout = try options.layout()
    let reading = try options.interpretation()
    let plan = try options.plan(layout, reading)
    return try LegacyDataset(source, plan, where: parameters["where"], reference: text) { () throws(Diagnostic) in
      do { return try options.reader(layout, plan, reading, of: source) } catch let diagnostic as Diagnostic {
        throw diagnostic
      } catch {
        throw Diagnostic(.fileOpen, at: Place(file: path), "\(error)")
      }
    }
  }

  private func delimitedDialect() throws -> DelimitedDialect {
    var dialect = DelimitedDialect()
    if form == .tsv { dialect.delimiter = 9 }
    if let delimiter = parameters["delimiter"] {
      let byte = delimiter == "tab" || delimiter == "\\t" ? 9 : delimiter.utf8.count == 1 ? delimiter.utf8.first : nil
      guard let byte, byte < 0x80, ![10, 13, 34].contains(byte) else {
        throw Diagnostic(.optionValue, at: Place(file: path), "delimiter=\(delimiter)", "one ASCII character, or tab")
      }
      dialect.delimiter = byte
    }
    if let header = parameters["header"] {
      let names = header.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      try DatasetColumn.requireDistinct(names, in: path)
      dialect.header = names
    }
    dialect.null = parameters["null"].map { Array($0.utf8) }
    switch parameters["quotes"] {
    case nil, "double": break
    case "none": dialect.hasQuotes = false
    case let other?: throw Diagnostic(.optionValue, at: Place(file: path), "quotes=\(other)", "double, none")
    }
    if let name = parameters["charset"], name != "utf-8" {
      let known = ["windows-31j", "euc-jp", "us-ascii", "utf-16", "utf-16le", "utf-16be"]
      guard known.contains(name), let charset = Charset.CharacterSet.named(name) else {
        throw Diagnostic(
          .optionValue, at: Place(file: path), "charset=\(name)", "utf-8, " + known.joined(separator: ", "))
      }
      if name == "utf-16" { dialect.hasMark = true } else { dialect.charset = charset }
    }
    if let name = parameters["gaiji"] {
      guard let charset = dialect.charset, charset.hasDoubleBytes, !charset.name.hasPrefix("utf-") else {
        throw Diagnostic(.optionValue, at: Place(file: path), "gaiji=\(name)", "charset=windows-31j, euc-jp")
      }
      let table = try DefinitionFile.read(name)
      dialect.charset = try GaijiReader.add(table.text(), file: name, to: charset)
    }
    return dialect
  }
}
