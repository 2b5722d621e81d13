SELECT 税目, 更正日, count(*) AS "旧.送り側件数", sum(受け側) AS "新.受け側件数"
FROM (
  SELECT '市・都民税' AS 税目, 課税更正日 AS 更正日, EXISTS (
      SELECT 1 FROM 収納_調定 AS 調定
      WHERE 調定.賦課年度 = 賦課.賦課年度 AND 調定.相当年度 = 賦課.相当年度 AND 調定.通知書番号 = 賦課.通知書番号
        AND 調定.科目コード IN ('A1', 'A3')) AS 受け側
  FROM 個人住民税_賦課 AS 賦課
  WHERE 賦課年度 = (SELECT 年度 FROM 年度) AND 更正事由 <> '00' AND 普通徴収税額 + 年金特別徴収税額 > 0 AND 賦課種別 = '1'
  UNION ALL
  SELECT '国民健康保険税', 課税更正日, EXISTS (
      SELECT 1 FROM 収納_調定 AS 調定
      WHERE 調定.賦課年度 = 更正.賦課年度 AND 調定.相当年度 = 更正.相当年度 AND 調定.通知書番号 = 更正.通知書番号 AND 調定.科目コード = 'B2')
  FROM 国保更正 AS 更正 WHERE 年税額 > 0
  UNION ALL
  SELECT '固定資産税', 異動年月日, EXISTS (
      SELECT 1 FROM 収納_調定 AS 調定
      WHERE 調定.賦課年度 = 更正.課税年度 AND 調定.相当年度 = 更正.相当年度 AND 調定.通知書番号 = 更正.通知書番号 AND 調定.科目コード IN ('C1', 'C2'))
  FROM 固定更正 AS 更正 WHERE 年税額 > 0)
GROUP BY 1, 2 ORDER BY 1, 2
