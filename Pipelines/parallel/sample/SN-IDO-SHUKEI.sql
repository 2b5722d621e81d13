SELECT 税目, sum(当初) AS 当初, sum(max(現在 - 当初, 0)) AS 増, sum(max(当初 - 現在, 0)) AS 減, sum(現在) AS "旧.累計", sum(調定) AS "新.累計額"
FROM (
  SELECT '国民健康保険税' AS 税目, 年税額 AS 現在, (
      SELECT 年税額 FROM 国保税_賦課 AS 初 WHERE 初.賦課年度 = 国保.賦課年度 AND 初.相当年度 = 国保.相当年度
        AND 初.通知書番号 = 国保.通知書番号
      ORDER BY 履歴番号 LIMIT 1) AS 当初, coalesce((
      SELECT sum(調定額_本税) FROM 収納_調定 AS 調定
      WHERE 調定.賦課年度 = 国保.賦課年度 AND 調定.相当年度 = 国保.相当年度 AND 調定.通知書番号 = 国保.通知書番号 AND 科目コード = 'B2'), 0) AS 調定
  FROM 国保
  UNION ALL
  SELECT '固定資産税', 年税額, (
      SELECT 年税額 FROM 固定資産税_賦課 AS 初 WHERE 初.課税年度 = 賦課.課税年度 AND 初.相当年度 = 賦課.相当年度
        AND 初.通知書番号 = 賦課.通知書番号
      ORDER BY 履歴番号 LIMIT 1), coalesce((
      SELECT sum(調定額_本税) FROM 収納_調定 AS 調定
      WHERE 調定.賦課年度 = 賦課.課税年度 AND 調定.相当年度 = 賦課.相当年度 AND 調定.通知書番号 = 賦課.通知書番号 AND 科目コード IN ('C1', 'C2')), 0)
  FROM 固定資産税_賦課 AS 賦課 WHERE 課税年度 = (SELECT 年度 FROM 年度) AND 最新フラグ = '1'
  UNION ALL
  SELECT '軽自動車税', 賦課.調定額, 賦課.調定額, coalesce(調定額_本税, 0) FROM 軽自_賦課 AS 賦課
  LEFT JOIN 収納_調定 AS 調定 ON 調定.科目コード = 'D1' AND 調定.賦課年度 = 賦課.賦課年度
    AND 調定.相当年度 = 賦課.相当年度 AND 調定.通知書番号 = 賦課.通知書番号
  WHERE 賦課.賦課年度 = (SELECT 年度 FROM 年度) AND 賦課.最新フラグ = '1')
GROUP BY 1 ORDER BY 1
