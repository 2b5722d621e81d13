import Base
import Decode
import Pipeline
import Profile
import Projects

/// What the data hold: of each item of each kind, how often it is filled and with what.
package struct ItemContents {
  /// Of one item.
  package struct Content {
    package let rows: Int
    package let filled: Int
    /// The most frequent values that anybody may see; empty for personal items.
    package let samples: [String]
    /// Characters of the longest text; `nil` for numbers and dates, and when none is filled.
    package let longest: Int?
    package let invalid: Int
  }

  private struct Key: Hashable {
    let file: String
    let kind: String
    let item: String
  }

  private var contents: [Key: Content] = [:]

  package init() {}

  package var isEmpty: Bool { contents.isEmpty }

  /// - Returns: `nil` when the item was not read.
  package subscript(file: String, kind: String, item: String) -> Content? {
    contents[Key(file: file, kind: kind, item: item)]
  }

  /// Reads the files of a project once each. Memory is that of a profile of every item.
  ///
  /// - Parameters:
  ///   - data: the folder of the legacy files.
  ///   - limit: so many records of each file, rounded up to whole blocks; `nil` for all.
  /// - Throws: the errors of opening and reading the files; the user's interruption.
  package init(_ project: Project, data: String, limit: Int? = nil) throws(Diagnostic) {
    let reading = ItemReading(project, data: data)
    for file in project.files {
      var profiles: [String: [FieldProfile]] = [:]
      try reading.read(file, limit: limit) { (block) throws(Diagnostic) in
        let fields = block.kind.plan.fields
        var own =
          profiles[block.kind.code]
          ?? fields.map {
            FieldProfile(
              name: $0.name, type: $0.codec.type, privacy: $0.privacy, isFloatingPoint: $0.isFloatingPoint)
          }
        profiles[block.kind.code] = nil
        for (index, field) in fields.enumerated() {
          for occurrence in field.offsets.indices {
            own[index].add(block.columns[field.column + occurrence], record: block.records.first ?? 1)
          }
        }
        profiles[block.kind.code] = own
      }
      for (kind, own) in profiles {
        for profile in own {
          contents[Key(file: file.id, kind: kind, item: profile.name)] = Content(
            rows: profile.rows, filled: profile.filled,
            samples: profile.isOpen ? profile.mostFrequent(3).map(\.value) : [], longest: profile.lengths?.upperBound,
            invalid: profile.invalid)
        }
      }
    }
  }
}
