SELECT 更正事由, sum(件数) AS 件数, sum(増) AS 増, sum(減) AS 減, max(累計) AS "旧.累計", max(調定) AS "新.調定累計"
FROM (
  SELECT 更正事由, count(*) AS 件数, sum(max(増減額, 0)) AS 増, sum(max(-増減額, 0)) AS 減 FROM 国保更正 GROUP BY 1
  UNION ALL
  SELECT '00', count(*), sum(年税額), 0 FROM 国保税_賦課 WHERE 賦課年度 = (SELECT 年度 FROM 年度) AND 更正事由 = '00'),
  (SELECT sum(年税額) AS 累計 FROM 国保), (
  SELECT sum(調定額_本税) AS 調定 FROM 収納_調定 WHERE 科目コード = 'B2' AND 賦課年度 = (SELECT 年度 FROM 年度))
GROUP BY 1 ORDER BY 1
