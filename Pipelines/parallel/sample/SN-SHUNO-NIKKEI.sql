SELECT 収入日, 科目, 会計年度, count(*) AS 件数, sum(収納額_本税) AS 本税, sum(収納額_督促手数料) AS 督促手数料, sum(収納額_延滞金) AS 延滞金
FROM 収入 JOIN 科目名 USING (科目コード) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
