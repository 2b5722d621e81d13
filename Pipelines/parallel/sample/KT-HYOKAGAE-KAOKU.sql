SELECT 物件番号, 家屋番号, 構造, 床面積_延 AS 床面積, 再建築費評点数 AS 評点数, 評価額 FROM 固定資産税_家屋
WHERE 課税年度 = (SELECT 年度 FROM 年度) AND 最新フラグ = '1' ORDER BY 1
