import Base
import Charset
import Copybook
import Decode

/// Writes a claim with its history: kind 10, then 20, 30 and 40 by 連番.
struct ClaimWriter {
  let calendar: CityCalendar
  let seed: UInt64
  let claims: KindWriter
  let receipts: KindWriter
  let refunds: KindWriter
  let enforcements: KindWriter
  private let claimSlots: (CollectionSlots, ClaimSlots)
  private let receiptSlots: (CollectionSlots, ReceiptSlots)
  private let refundSlots: (CollectionSlots, RefundSlots)
  private let enforcementSlots: (CollectionSlots, EnforcementSlots)
  private(set) var collected = InstalmentTable(CityFacts.Collected())
  /// 済通番号 of the next claim's first payment.
  private var slip: Int64 = 10_000_200_000
  /// Trailer totals: Σ CHOTEI, Σ SHUNO of rows neither cancelled nor 速報取消, Σ MINO.
  private(set) var totals: [Int64] = [0, 0, 0]

  static let banks: [Int64] = [1, 5, 9, 10, 173, 1_346, 9_900]

  init(layout: Layout, characters: CharacterSet, calendar: CityCalendar, seed: UInt64) throws(Diagnostic) {
    self.calendar = calendar
    self.seed = seed
    func writer(_ kind: Int) -> KindWriter {
      KindWriter(kind, layout: layout, choosing: ["SN-BODY-\(kind)"], characters: characters)
    }
    let (office, _) = characters.encode(.single, "NOZ")
    claims = writer(10)
    receipts = writer(20)
    refunds = writer(30)
    enforcements = writer(40)
    claimSlots = (try CollectionSlots(claims, department: office), try ClaimSlots(claims))
    receiptSlots = (try CollectionSlots(receipts, department: office), try ReceiptSlots(receipts))
    refundSlots = (try CollectionSlots(refunds, department: office), try RefundSlots(refunds))
    enforcementSlots = (try CollectionSlots(enforcements, department: office), try EnforcementSlots(enforcements))
  }

  mutating func write(
    _ claim: Claim, _ history: borrowing ClaimHistory, isCarried: Bool, planDay: (Int) -> DayNumber,
    to file: LegacyFileWriter
  ) throws(Diagnostic) {
    var draw = Draw(
      seed, .stamp, claim.number,
      claim.year * 10_000 + claim.tax * 1_000 + Int(claim.code.high & 15) * 256 + Int(claim.code.low)
        + Int(claim.notice) * 7)
    var mark = RecordMark()
    (mark.year, mark.assessed, mark.number, mark.notice) = (claim.year, claim.assessed, claim.number, claim.notice)
    (mark.tax, mark.code) = (claim.tax, claim.code)
    mark.amount = claim.amount
    mark.unpaid = history.unpaid(claim.amount)
    mark.received = history.received
    try writeClaim(claim, history, isCarried: isCarried, mark, &draw, file)
    let rows = max(history.receipts.count, history.refunds.count, history.enforcements.count)
    for serial in 0..<rows {
      if serial < history.receipts.count {
        try write(history.receipts[serial], serial + 1, claim, mark, &draw, file)
      }
      if serial < history.refunds.count { try write(history.refunds[serial], serial + 1, claim, mark, &draw, file) }
      if serial < history.enforcements.count {
        try write(history.enforcements[serial], serial + 1, claim, mark, planDay, &draw, file)
      }
    }
    slip += 3 + Int64(history.receipts.count) * 7
  }

  private mutating func writeClaim(
    _ claim: Claim, _ history: borrowing ClaimHistory, isCarried: Bool, _ key: RecordMark, _ draw: inout Draw,
    _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let (common, own) = claimSlots
    let writer = claims
    var mark = key
    try common.begin(writer, claim, serial: 0)
    try writer.set(own.due, claim.printedDue)
    try writer.set(own.legalDue, claim.printedDue)
    try writer.set(own.amount, claim.amount)
    try writer.set(own.perCapita, claim.perCapita)
    try writer.set(own.onProfit, claim.onProfit)
    try writer.set(own.medical, claim.health.medical)
    try writer.set(own.support, claim.health.support)
    try writer.set(own.care, claim.health.care)
    try writer.set(own.fee, history.fee)
    try writer.set(own.interest, history.interest)
    writer.code(own.isInterestFinal, history.isInterestFinal ? 1 : 0)
    try writer.set(own.received, history.received)
    var fee = 0
    var interest = 0
    for receipt in history.receipts where !receipt.isCancelled && receipt.stage != 2 {
      fee += receipt.fee
      interest += receipt.interest
      if receipt.stage == 0 { mark.traits.insert(.hasReport) }
    }
    try writer.set(own.receivedFee, fee)
    try writer.set(own.receivedInterest, interest)
    let overpaid = max(0, -mark.unpaid)
    try writer.set(own.overpaid, overpaid)
    try writer.set(own.writtenOff, history.writtenOff)
    try writer.set(own.unpaid, mark.unpaid)
    try writer.set(own.dunned, calendar.packed(history.dunned))
    try writer.set(own.reminded, calendar.packed(history.reminded))
    try writer.set(own.prescribes, calendar.packed(history.prescribes))
    writer.code(own.state, history.state(claim.amount))
    if history.settledOn > 0 { try writer.set(own.settled, calendar.packed(history.settledOn)) }
    writer.code(own.carried, isCarried ? 1 : 0)
    let active = history.enforcements.filter { $0.released == 0 }
    writer.code(own.seized, active.contains { $0.code == 10 || $0.code == 20 } ? 1 : 0)
    writer.code(own.planned, active.contains { $0.code == 60 } ? 1 : 0)
    let isStopped = active.contains { $0.code == 70 }
    if isStopped { mark.traits.insert(.stopped) }
    note(claim, history, &mark)
    writer.code(own.stopped, isStopped ? 1 : 0)
    if claim.designation > 0 || claim.businessYear > 0 { mark.traits.insert(.leadingZero) }
    if !history.enforcements.isEmpty || !history.refunds.isEmpty { mark.traits.insert(.enforced) }
    if claim.printedDue >= 431_0501, claim.printedDue < 500_0000 { file.noteAlias() }
    let issued = CityCalendar.day(claim.year, 6, 3)
    try common.stamp.put(writer, &draw, on: calendar.packed(max(history.lastEvent, issued)))
    try file.emit(writer, mark)
    totals[0] += Int64(claim.amount)
    totals[2] += Int64(mark.unpaid)
    collected[claim.tax, claim.year, claim.code].claims += 1
    collected[claim.tax, claim.year, claim.code].chotei += Int64(claim.amount)
    collected[claim.tax, claim.year, claim.code].shuno += Int64(history.received)
    collected[claim.tax, claim.year, claim.code].kesson += Int64(history.writtenOff)
    collected[claim.tax, claim.year, claim.code].kagono += Int64(overpaid)
    collected[claim.tax, claim.year, claim.code].mino += Int64(mark.unpaid)
  }

  /// Notes the cases of which a claim is an example.
  private func note(_ claim: Claim, _ history: borrowing ClaimHistory, _ mark: inout RecordMark) {
    let may = CityCalendar.day(claim.year + 1, 5, 31)
    if claim.due > may { mark.cases.insert(.dueAfterMay) }
    if claim.due > may, history.settledOn > claim.due { mark.cases.insert(.paidLateAfterMay) }
    if calendar.isNewYear(history.dunned) { mark.cases.insert(.remindedAtNewYear) }
    if mark.traits.contains(.stopped) { mark.cases.insert(.executionStopped) }
    if history.writtenOff > 0 { mark.cases.insert(.writtenOff) }
    if history.refunds.contains(where: { $0.process == 2 }) { mark.cases.insert(.moved) }
    if claim.printedDue >= 431_0501, claim.printedDue < 500_0000 { mark.cases.insert(.aliasDue) }
    if history.receipts.contains(where: { $0.stage == 2 }) { mark.cases.insert(.reportCancelled) }
    if history.isInterestFinal, history.interest > 0 { mark.cases.insert(.interestPaid) }
  }

  private mutating func write(
    _ receipt: Receipt, _ serial: Int, _ claim: Claim, _ key: RecordMark, _ draw: inout Draw, _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let (common, own) = receiptSlots
    let writer = receipts
    var mark = key
    mark.version = serial
    mark.amount = receipt.amount
    mark.month = calendar.number(receipt.received) / 100 % 100
    mark.day = calendar.number(receipt.received)
    mark.method = receipt.channel
    if receipt.isCancelled { mark.traits.insert(.cancelled) }
    try common.begin(writer, claim, serial: serial)
    try writer.set(own.paid, calendar.packed(receipt.paid))
    try writer.set(own.received, calendar.packed(receipt.received))
    let accounting = calendar.accountingYear(received: receipt.received, booked: claim.year)
    // A claim booked under the new era's year is received under it.
    try writer.set(
      own.accounting, claim.assessed > 500 && accounting == 2019 ? 501 : CityCalendar.packedYear(accounting))
    writer.code2(own.channel, receipt.channel)
    try writer.set(own.amount, receipt.amount)
    try writer.set(own.fee, receipt.fee)
    try writer.set(own.interest, receipt.interest)
    writer.code(own.stage, receipt.stage)
    writer.code(own.cancelled, receipt.isCancelled ? 1 : 0)
    let place = (bank: Self.banks[draw.below(Self.banks.count)], branch: draw.below(900))
    // 充当 did not pass through a bank.
    if receipt.channel != 90 {
      try writer.set(own.bank, place.bank)
      try writer.set(own.branch, place.branch)
    }
    try writer.set(own.slip, slip + Int64(receipt.slip))
    try common.stamp.put(writer, &draw, on: calendar.packed(receipt.received))
    try file.emit(writer, mark)
    if !receipt.isCancelled, receipt.stage != 2 { totals[1] += Int64(receipt.amount) }
    collected[claim.tax, claim.year, claim.code].receiptRows += 1
    collected[claim.tax, claim.year, claim.code].receiptSumRaw += Int64(receipt.amount)
  }

  private func write(
    _ refund: Refund, _ serial: Int, _ claim: Claim, _ key: RecordMark, _ draw: inout Draw, _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let (common, own) = refundSlots
    let writer = refunds
    try common.begin(writer, claim, serial: serial)
    writer.code(own.process, refund.process)
    try writer.set(own.arose, calendar.packed(refund.arose))
    try writer.set(own.decided, calendar.packed(refund.decided))
    try writer.set(own.paid, calendar.packed(refund.paid))
    try writer.set(own.amount, refund.amount)
    if let target = refund.target {
      try writer.set(own.targetYear, claim.assessed)
      writer.code2(own.targetTax, claim.tax)
      try writer.set(own.targetNotice, claim.notice)
      writer.code(own.targetCode, target)
    }
    writer.code(own.state, refund.paid > 0 ? 2 : 1)
    try common.stamp.put(writer, &draw, on: calendar.packed(max(refund.decided, refund.paid)))
    var mark = key
    mark.amount = refund.amount
    try file.emit(writer, mark)
  }

  private func write(
    _ step: Enforcement, _ serial: Int, _ claim: Claim, _ key: RecordMark, _ planDay: (Int) -> DayNumber,
    _ draw: inout Draw,
    _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let (common, own) = enforcementSlots
    let writer = enforcements
    try common.begin(writer, claim, serial: serial)
    writer.code2(own.code, step.code)
    try writer.set(own.day, calendar.packed(step.day))
    try writer.set(own.released, calendar.packed(step.released))
    if step.basis > 0 { writer.code2(own.basis, step.basis) }
    try writer.set(own.amount, step.amount)
    if step.payments > 0 {
      let (first, other) = ResidentTax.split(step.amount, parts: step.payments, unit: 100)
      for payment in 0..<step.payments {
        try writer.set(own.planDay, payment, calendar.packed(planDay(payment)))
        try writer.set(own.planAmount, payment, Int64(payment == 0 ? first : other))
        writer.encoder.set(own.planDone, payment, byte: payment < step.fulfilled ? 0xF1 : 0xF0)
      }
    }
    try common.stamp.put(writer, &draw, on: calendar.packed(max(step.day, step.released)))
    var mark = key
    mark.amount = step.amount
    try file.emit(writer, mark)
  }
}
