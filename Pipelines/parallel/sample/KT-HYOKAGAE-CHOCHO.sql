SELECT 所在コード, 現況地目 AS 地目, 区域区分, count(*) AS 筆数 FROM 固定資産税_土地
WHERE 課税年度 = (SELECT 年度 FROM 年度) AND 最新フラグ = '1' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
