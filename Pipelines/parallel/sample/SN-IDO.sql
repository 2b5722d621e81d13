SELECT 科目, 賦課.賦課年度, 賦課.相当年度, 賦課.通知書番号, 賦課.期別, 賦課期別額 AS "旧.賦課期別額", 調定額_本税 AS "新.調定額"
FROM (
  SELECT CASE WHEN 期別 GLOB '0[A-F]' THEN 'A3' ELSE 'A1' END AS 科目コード, 賦課年度, 相当年度, 通知書番号, 期別, 期別税額 AS 賦課期別額
  FROM 個人住民税_期別 WHERE 賦課種別 = '1' AND 最新フラグ = '1'
  UNION ALL
  SELECT 'B2', 賦課年度, 相当年度, 通知書番号, 期別, 期別税額 FROM 国保税_期別 WHERE 最新フラグ = '1'
  UNION ALL
  SELECT 'C1', 課税年度, 相当年度, 通知書番号, 期別, 期別税額 FROM 固定資産税_期別 WHERE 最新フラグ = '1'
  UNION ALL
  SELECT 'C2', 課税年度, 相当年度, 通知書番号, 期別, 期別税額 FROM 固定資産税_期別 WHERE 最新フラグ = '1') AS 賦課
JOIN 収納_調定 AS 調定 USING (科目コード, 賦課年度, 相当年度, 通知書番号, 期別) JOIN 科目名 USING (科目コード)
WHERE 賦課年度 = (SELECT 年度 FROM 年度) ORDER BY 1, 2, 3, 4, 5
