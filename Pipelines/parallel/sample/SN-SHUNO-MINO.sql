SELECT 科目, 賦課年度, 期別, count(*) AS 件数, sum(未納税額) AS 未納額 FROM 収納_調定 JOIN 科目名 USING (科目コード)
WHERE 未納税額 > 0 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
