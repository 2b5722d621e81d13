SELECT 処分コード AS 処分, 根拠法令 AS 根拠, count(*) AS 件数, sum(処分金額_本税) AS 金額 FROM 収納_滞納処分
WHERE 処分コード IN ('70', '80') GROUP BY 1, 2 ORDER BY 1, 2
