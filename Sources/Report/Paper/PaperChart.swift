/// A chart of a paper, as a value; each has a text that says the same in words.
package enum PaperChart: Sendable {
  /// Rows × columns; what there is nothing of is `nil`.
  case heat(HeatMap)
  /// What there still is, by day.
  case lines(LineChart)
  /// From the first amount to the last, every step named.
  case waterfall(Waterfall)
  /// Bars that begin at zero.
  case bars(BarChart)
  /// Bars whose parts make a whole.
  case stacks(StackChart)

  package struct HeatMap: Sendable {
    struct Square: Sendable {
      let text: String
      let tone: Tone
    }

    let title: String
    let rows: [String]
    let columns: [String]
    /// By row, then by column.
    let squares: [[Square?]]
    let alternative: String
  }

  package struct LineChart: Sendable {
    struct Line: Sendable {
      let name: String
      let values: [Int]
    }

    let title: String
    /// What stands below each point.
    let points: [String]
    let lines: [Line]
    let alternative: String
  }

  package struct Waterfall: Sendable {
    struct Step: Sendable {
      let name: String
      /// An amount that stands by itself, or one that is added to what was before.
      let value: Int
      let isTotal: Bool
      let tone: Tone
    }

    let title: String
    let steps: [Step]
    let alternative: String
  }

  package struct BarChart: Sendable {
    struct Bar: Sendable {
      let name: String
      let value: Double
      /// What stands behind the bar.
      let text: String
      let tone: Tone
      /// Up to where it may go, as a line.
      var limit: Double?
    }

    let title: String
    let bars: [Bar]
    let alternative: String
  }

  package struct StackChart: Sendable {
    package struct Bar: Sendable {
      package let name: String
      /// Its parts, as many as the chart has, none below zero.
      package let values: [Int]
    }

    package let title: String
    /// What the whole is called.
    package let whole: String
    /// What the parts are called, at most four. The fourth is drawn as what should not be.
    package let parts: [String]
    package let bars: [Bar]
    /// The whole that a bar of full width stands for, so that charts beside each other have one scale.
    package let scale: Int
    package let alternative: String
  }

  var title: String {
    switch self {
    case .heat(let chart): chart.title
    case .lines(let chart): chart.title
    case .waterfall(let chart): chart.title
    case .bars(let chart): chart.title
    case .stacks(let chart): chart.title
    }
  }

  var alternative: String {
    switch self {
    case .heat(let chart): chart.alternative
    case .lines(let chart): chart.alternative
    case .waterfall(let chart): chart.alternative
    case .bars(let chart): chart.alternative
    case .stacks(let chart): chart.alternative
    }
  }
}
