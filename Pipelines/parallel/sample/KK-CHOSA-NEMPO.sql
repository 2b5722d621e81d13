SELECT CASE WHEN 賦課年度 = 年度 - 1 THEN '現年' ELSE '滞納繰越' END AS 年度区分, sum(調定額_本税) AS 調定額, sum(収納額_本税) AS 収納額,
  sum(不能欠損金額_本税) AS 欠損額, sum(未納税額) AS 未収額
FROM 収納_調定, 年度 WHERE 科目コード = 'B2' AND 賦課年度 < 年度 GROUP BY 1 ORDER BY 1
