SELECT 宛名番号, coalesce(資料数, 0) AS 資料数, 合計所得金額, 総所得金額等, 所得控除合計額
FROM 市民税個人
LEFT JOIN (SELECT 賦課年度, 宛名番号, count(*) AS 資料数 FROM 個人住民税_課税資料 GROUP BY 1, 2) USING (賦課年度, 宛名番号)
WHERE 賦課年度 = (SELECT 年度 FROM 年度) ORDER BY 宛名番号
