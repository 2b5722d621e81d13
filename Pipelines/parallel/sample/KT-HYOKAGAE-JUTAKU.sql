SELECT 物件番号, 住宅戸数, 小規模住宅用地_地積 AS 小規模, 一般住宅用地_地積 AS 一般, 非住宅用地_地積 AS 非住宅 FROM 固定資産税_土地
WHERE 課税年度 = (SELECT 年度 FROM 年度) AND 最新フラグ = '1' ORDER BY 1
