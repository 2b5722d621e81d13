SELECT 軽自管理番号 AS 管理番号, max(CASE WHEN 賦課年度 < 年度 THEN 税率区分 ELSE '' END) AS 前年度税率,
  sum(CASE WHEN 賦課年度 < 年度 THEN 税額 ELSE 0 END) AS 前年度税額, max(CASE WHEN 賦課年度 = 年度 THEN 税率区分 ELSE '' END) AS 税率,
  sum(CASE WHEN 賦課年度 = 年度 THEN 税額 ELSE 0 END) AS 税額
FROM 軽自_賦課, 年度 WHERE 賦課年度 BETWEEN 年度 - 1 AND 年度 AND 最新フラグ = '1'
GROUP BY 1 HAVING sum(税率区分 IN ('4', '5', '6')) > 0 ORDER BY 1
