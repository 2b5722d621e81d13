SELECT 発生年月日 AS 発生日, CASE WHEN 更正あり THEN '減額更正' ELSE '二重納付' END AS 理由, count(*) AS 件数, sum(還付充当額_本税) AS 過誤納額
FROM (
  SELECT *, EXISTS (
      SELECT 1 FROM 個人住民税_賦課 AS 賦課
      WHERE 過誤納.科目コード IN ('A1', 'A2', 'A3') AND 賦課.賦課年度 = 過誤納.賦課年度 AND 賦課.相当年度 = 過誤納.相当年度
        AND 賦課.通知書番号 = 過誤納.通知書番号
        AND 更正事由 <> '00') OR EXISTS (
      SELECT 1 FROM 国保税_賦課 AS 賦課
      WHERE 過誤納.科目コード = 'B2' AND 賦課.賦課年度 = 過誤納.賦課年度 AND 賦課.相当年度 = 過誤納.相当年度
        AND 賦課.通知書番号 = 過誤納.通知書番号 AND 更正事由 <> '00') OR EXISTS (
      SELECT 1 FROM 固定資産税_賦課 AS 賦課
      WHERE 過誤納.科目コード IN ('C1', 'C2') AND 課税年度 = 過誤納.賦課年度 AND 賦課.相当年度 = 過誤納.相当年度
        AND 賦課.通知書番号 = 過誤納.通知書番号
        AND 異動事由 = '70') AS 更正あり
  FROM 収納_過誤納 AS 過誤納)
GROUP BY 1, 2 ORDER BY 1, 2
