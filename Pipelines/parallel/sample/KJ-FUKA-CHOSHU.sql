SELECT 徴収方法 AS 徴収区分, count(*) AS "旧.賦課件数", count(DISTINCT 通知書番号) AS "新.通知件数", sum(年税額) AS 年税額
FROM 市民税 WHERE 賦課年度 = (SELECT 年度 FROM 年度) AND 相当年度 = 賦課年度 AND 年税額 > 0 GROUP BY 1 ORDER BY 1
