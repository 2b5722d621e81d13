SELECT 物件番号, 所在コード, 現況地積 AS 地積, 評価額 FROM 固定資産税_土地
WHERE 課税年度 = (SELECT 年度 FROM 年度) AND 現況地目 = '03' AND 最新フラグ = '1' ORDER BY 1
