import Base

/// Slots common to all kinds of KJFUKA.
struct ResidentTaxSlots {
  let kind, assessed, belongs, number, notice, history, latest, method, reason, decided, exemption, provisional,
    spouse: Int
  let stamp: Stamp

  init(_ writer: KindWriter, department: [UInt8]) throws(Diagnostic) {
    kind = try writer.slot("KJ-KIND")
    assessed = try writer.slot("KJ-FUKA-NENDO")
    belongs = try writer.slot("KJ-SOTO-NENDO")
    number = try writer.slot("KJ-ATENA-NO")
    notice = try writer.slot("KJ-TSUCHI-NO")
    history = try writer.slot("KJ-RIREKI-NO")
    latest = try writer.slot("KJ-SAISHIN-KBN")
    method = try writer.slot("KJ-CHOSHU-KBN")
    reason = try writer.slot("KJ-KOSEI-JIYU")
    decided = try writer.slot("KJ-KOSEI-YMD")
    exemption = try writer.slot("KJ-HIKAZEI-KBN")
    provisional = try writer.slot("KJ-KARI-CHOSHU")
    spouse = try writer.slot("KJ-HAIGU-NO")
    stamp = try Stamp(writer, "KJ", department: department)
  }
}

/// Slots of the amounts that kinds 10 and 20 both have.
struct AssessmentSlots {
  let income, totalIncome, salary, annuity, deductions, difference, dependants, base: Int
  let gross, adjustment, credits, dividends, onIncome, perCapita: (city: Int, metro: Int)
  let relief, total, byInstalment, fromSalary, fromPension: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    func pair(_ name: String) throws(Diagnostic) -> (city: Int, metro: Int) {
      (try writer.slot("KJ-SHI-\(name)"), try writer.slot("KJ-TO-\(name)"))
    }
    income = try writer.slot("KJ-GOKEI-SHOTOKU")
    totalIncome = try writer.slot("KJ-SOSHOTOKU-TO")
    salary = try writer.slot("KJ-KYUYO-SHUNYU")
    annuity = try writer.slot("KJ-NENKIN-SHUNYU")
    deductions = try writer.slot("KJ-SHOTOKU-KOJO")
    difference = try writer.slot("KJ-JINTEKI-SA")
    dependants = try writer.slot("KJ-FUYO-NINZU")
    base = try writer.slot("KJ-KAZEI-HYOJUN")
    gross = try pair("SANSHUTSU")
    adjustment = try pair("CHOSEI-KOJO")
    credits = try pair("ZEIGAKU-KOJO")
    dividends = try pair("HAITOWARI")
    onIncome = try pair("SHOTOKUWARI")
    perCapita = try pair("KINTOWARI")
    relief = try writer.slot("KJ-GEMMEN")
    total = try writer.slot("KJ-NENZEI")
    byInstalment = try writer.slot("KJ-FUCHO-GAKU")
    fromSalary = try writer.slot("KJ-KYUTOKU-GAKU")
    fromPension = try writer.slot("KJ-NENTOKU-GAKU")
  }

  func put(_ notice: Notice, _ writer: KindWriter) throws(Diagnostic) {
    let tax = notice.tax
    try writer.set(income, tax.income)
    try writer.set(totalIncome, tax.income)
    try writer.set(salary, tax.salary)
    try writer.set(annuity, tax.annuity)
    try writer.set(deductions, tax.deductions)
    try writer.set(difference, tax.personalDifference)
    try writer.set(dependants, tax.dependants)
    try writer.set(total, tax.total)
    guard tax.total > 0 else { return }
    try writer.set(base, tax.base)
    try put(gross, tax.gross, writer)
    try put(adjustment, tax.adjustment, writer)
    if tax.exemption == 0 {
      try put(credits, tax.credits, writer)
      try put(dividends, tax.dividends, writer)
    }
    try put(onIncome, tax.onIncome, writer)
    try put(perCapita, tax.perCapita, writer)
    try writer.set(relief, tax.relief)
    try writer.set(byInstalment, notice.byInstalment)
    try writer.set(fromSalary, notice.fromSalary)
    try writer.set(fromPension, notice.fromPension)
  }

  private func put(
    _ slots: (city: Int, metro: Int), _ values: (city: Int, metro: Int), _ writer: KindWriter
  ) throws(Diagnostic) {
    try writer.set(slots.city, values.city)
    try writer.set(slots.metro, values.metro)
  }
}
