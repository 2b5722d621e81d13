/// The keys of the definitions of files and tables, once for their readers and for the JSON Schemas.
package enum DefinitionKeys {
  package static let project = ProjectHead.keys
  package static let schema = ["tables", "not-verified"]
  package static let table = ["key", "columns"]
  package static let subsystem = ["title", "files"]
  package static let file = [
    "title", "data", "copybook", "layout", "record-format", "charset-of", "kind", "types", "personal", "kinds", "drop",
  ]
  package static let kind = ["title", "role", "copybook", "choose", "exclude", "rows"]
  package static let exclusion = ["id", "when", "reason"]
  package static let row = ["table", "each", "when", "columns"]
  package static let layout = ["format", "charset", "header", "length", "items", "sheet", "tab"]
  package static let layoutItem = ["name", "header", "type", "form", "offset", "length"]
}
