SELECT 賦課.種別コード AS 種別, count(*) AS "旧.課税台数", sum(賦課.調定額 = 0) AS "旧.全額減免台数",
  count(調定額_本税) AS "新.調定件数", sum(coalesce(調定額_本税 = 0, 0)) AS "新.零円調定件数"
FROM 軽自_賦課 AS 賦課
LEFT JOIN 収納_調定 AS 調定 ON 調定.科目コード = 'D1' AND 調定.賦課年度 = 賦課.賦課年度 AND 調定.相当年度 = 賦課.相当年度
  AND 調定.通知書番号 = 賦課.通知書番号
WHERE 賦課.賦課年度 = (SELECT 年度 FROM 年度) AND 賦課.課税区分 = '1' AND 賦課.最新フラグ = '1'
GROUP BY 1 ORDER BY 1
