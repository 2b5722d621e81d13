/// A chart of a paper, as a value; each has a text with the same content in words.
package enum PaperChart: Sendable {
  /// Rows × columns; `nil` when there is no value.
  case heat(HeatMap)
  /// The remaining amount, by day.
  case lines(LineChart)
  /// From the first amount to the last, every step named.
  case waterfall(Waterfall)
  /// Bars that begin at zero.
  case bars(BarChart)
  /// Bars whose parts add up to a whole.
  case stacks(StackChart)
  /// Lines of a plan over time.
  case gantt(GanttChart)

  package struct HeatMap: Sendable {
    package struct Square: Sendable {
      package let text: String
      package let tone: Tone

      package init(text: String, tone: Tone) {
        self.text = text
        self.tone = tone
      }
    }

    package let title: String
    package let rows: [String]
    package let columns: [String]
    /// By row, then by column.
    package let squares: [[Square?]]
    package let alternative: String

    package init(title: String, rows: [String], columns: [String], squares: [[Square?]], alternative: String) {
      self.title = title
      self.rows = rows
      self.columns = columns
      self.squares = squares
      self.alternative = alternative
    }
  }

  package struct LineChart: Sendable {
    package struct Line: Sendable {
      package let name: String
      package let values: [Int]

      package init(name: String, values: [Int]) {
        self.name = name
        self.values = values
      }
    }

    package let title: String
    /// The labels below the points.
    package let points: [String]
    package let lines: [Line]
    package let alternative: String

    package init(title: String, points: [String], lines: [Line], alternative: String) {
      self.title = title
      self.points = points
      self.lines = lines
      self.alternative = alternative
    }
  }

  package struct Waterfall: Sendable {
    package struct Step: Sendable {
      package let name: String
      /// An independent amount, or one that is added to the previous one.
      package let value: Int
      package let isTotal: Bool
      package let tone: Tone

      package init(name: String, value: Int, isTotal: Bool, tone: Tone) {
        self.name = name
        self.value = value
        self.isTotal = isTotal
        self.tone = tone
      }
    }

    package let title: String
    package let steps: [Step]
    package let alternative: String

    package init(title: String, steps: [Step], alternative: String) {
      self.title = title
      self.steps = steps
      self.alternative = alternative
    }
  }

  package struct BarChart: Sendable {
    package struct Bar: Sendable {
      package let name: String
      package let value: Double
      /// The label behind the bar.
      package let text: String
      package let tone: Tone
      /// The upper limit, drawn as a line.
      package var limit: Double?

      package init(name: String, value: Double, text: String, tone: Tone, limit: Double? = nil) {
        self.name = name
        self.value = value
        self.text = text
        self.tone = tone
        self.limit = limit
      }
    }

    package let title: String
    package let bars: [Bar]
    package let alternative: String

    package init(title: String, bars: [Bar], alternative: String) {
      self.title = title
      self.bars = bars
      self.alternative = alternative
    }
  }

  package struct StackChart: Sendable {
    package struct Bar: Sendable {
      package let name: String
      /// Its parts, one for each part of the chart, none below zero.
      package let values: [Int]

      package init(name: String, values: [Int]) {
        self.name = name
        self.values = values
      }
    }

    package let title: String
    /// The name of the whole.
    package let whole: String
    /// The names of the parts, at most four. The fourth is drawn as an undesired state.
    package let parts: [String]
    package let bars: [Bar]
    /// The whole of a bar of full width, so that adjacent charts have one scale.
    package let scale: Int
    package let alternative: String

    package init(title: String, whole: String, parts: [String], bars: [Bar], scale: Int, alternative: String) {
      self.title = title
      self.whole = whole
      self.parts = parts
      self.bars = bars
      self.scale = scale
      self.alternative = alternative
    }
  }

  package var title: String {
    switch self {
    case .heat(let chart): chart.title
    case .lines(let chart): chart.title
    case .waterfall(let chart): chart.title
    case .bars(let chart): chart.title
    case .stacks(let chart): chart.title
    case .gantt(let chart): chart.title
    }
  }

  package var alternative: String {
    switch self {
    case .heat(let chart): chart.alternative
    case .lines(let chart): chart.alternative
    case .waterfall(let chart): chart.alternative
    case .bars(let chart): chart.alternative
    case .stacks(let chart): chart.alternative
    case .gantt(let chart): chart.alternative
    }
  }
}
