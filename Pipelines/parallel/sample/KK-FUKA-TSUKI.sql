-- The wages of those who lost their work without their will count at 30 %; 330,000 yen are deducted from
-- everybody. Corrections of resident tax since October come with the next month.
SELECT 被保険者.通知書番号, 宛名番号, 資格履歴番号 AS 資格履歴, 生年月日, 月数_医療 AS 医療月数, 月数_介護 AS 介護月数,
  max(coalesce(総所得金額等, 0)
    - CASE WHEN 非自発的失業 = '1' THEN 給与所得 - 給与所得 * 30 / 100 ELSE 0 END - 330000, 0) AS "旧.連携所得",
  賦課標準額 AS "新.算定所得"
FROM 国保税_被保険者 AS 被保険者 JOIN 個人 USING (宛名番号)
LEFT JOIN (
  SELECT 宛名番号, 総所得金額等, max(履歴番号) FROM 個人住民税_賦課, 年度
  WHERE 賦課年度 = 年度 AND 相当年度 = 年度 AND 課税更正日 < 年度 || '-10-01' GROUP BY 1) AS 所得 USING (宛名番号)
WHERE 賦課年度 = (SELECT 年度 FROM 年度) AND 最新フラグ = '1' AND 月数_医療 > 0 ORDER BY 1, 2, 3
