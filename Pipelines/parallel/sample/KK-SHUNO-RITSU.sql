SELECT 年度区分, 調定額, 収納額, (百分率 / 100) || '.' || substr('0' || (百分率 % 100), -2) AS 収納率
FROM (
  SELECT CASE WHEN 賦課年度 = 年度 THEN '現年' ELSE '滞納繰越' END AS 年度区分, sum(調定額_本税) AS 調定額, sum(収納額_本税) AS 収納額,
    (sum(収納額_本税) * 100000 / sum(調定額_本税) + 5) / 10 AS 百分率
  FROM 収納_調定, 年度 WHERE 科目コード = 'B2' GROUP BY 1)
ORDER BY 1
