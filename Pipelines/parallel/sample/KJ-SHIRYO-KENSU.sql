SELECT 課税資料区分 AS 資料区分, count(*) AS "旧.受付件数", sum(採用区分 <> '9') AS 登録件数, sum(採用区分 = '9') AS 保留件数,
  0 AS 未特定件数, 0 AS エラー件数
FROM 個人住民税_課税資料 WHERE 賦課年度 = (SELECT 年度 FROM 年度) AND 最新フラグ = '1'
GROUP BY 1 ORDER BY 1
