SELECT 種別コード AS 種別, 税率区分, 税額, count(*) AS 台数, sum(税額) AS 税額計 FROM 軽自_賦課
WHERE 賦課年度 = (SELECT 年度 FROM 年度) AND 最新フラグ = '1' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
