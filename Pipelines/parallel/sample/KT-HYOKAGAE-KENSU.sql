SELECT '土地' AS 資産, 現況地目 AS 区分, 評価年度, count(*) AS 件数, sum(評価額) AS 評価額 FROM 固定資産税_土地
WHERE 課税年度 = (SELECT 年度 FROM 年度) AND 最新フラグ = '1' GROUP BY 2, 3
UNION ALL
SELECT '家屋', 構造, 評価年度, count(*), sum(評価額)
FROM (SELECT *, 課税年度 - (課税年度 + 1) % 3 AS 評価年度 FROM 固定資産税_家屋)
WHERE 課税年度 = (SELECT 年度 FROM 年度) AND 最新フラグ = '1' GROUP BY 2, 3
ORDER BY 1, 2, 3
