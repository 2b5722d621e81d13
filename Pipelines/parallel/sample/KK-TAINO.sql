-- A household that the tax section reminds on the same day is left to it.
SELECT 宛名番号, 催告日, count(*) AS 期別数, sum(未納税額) AS 滞納額, sum(現在延滞金) AS 延滞金, '0' AS "旧.重複", sum(納税課) AS "新.納税課催告"
FROM (
  SELECT *, (宛名番号, 催告日) IN (SELECT 宛名番号, 催告日 FROM 催告 WHERE 科目コード <> 'B2') AS 納税課
  FROM 催告 WHERE 科目コード = 'B2')
WHERE NOT 納税課 GROUP BY 1, 2 ORDER BY 1, 2
